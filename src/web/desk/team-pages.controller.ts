import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { TakeStep } from '../../casework/take-step';
import { HandOver, type HandedOver } from '../../casework/team/hand-over';
import { ReadAsked } from '../../casework/team/read-asked';
import { ReadProposals } from '../../casework/team/read-proposals';
import { Accounts } from '../../people/accounts';
import { Permits } from '../../people/permits';
import { Time } from '../../platform/time';
import { Refusal } from '../../platform/refusal';
import { CASE_ROLES } from '../../rules/roles';
import { reachOf, RECUSAL_GROUNDS } from '../../rules/sight';
import { casePath, needsAt } from './case-page';
import { DeskPages, officerOf, redirect, typed, type DeskRequest } from './desk-pages';
import { roleLabel } from './code-label';

const GROUNDS = Object.entries(RECUSAL_GROUNDS).map(([value, { label }]) => ({ value, label }));

/** Coming onto the team of a case and leaving it: what one is asked, and handing over. */
@Controller('desk')
export class TeamPagesController {
  constructor(
    private readonly readAsked: ReadAsked,
    private readonly readProposals: ReadProposals,
    private readonly takeStep: TakeStep,
    private readonly handOver: HandOver,
    private readonly accounts: Accounts,
    private readonly time: Time,
    private readonly pages: DeskPages,
  ) {}

  @Get('assignments')
  @Permits('read-asked')
  async asked(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.showAsked(request, reply);
  }

  @Post('assignments/:reference')
  @Permits('answer-asked')
  async answer(
    @Param('reference') reference: string,
    @Body() body: unknown,
    @Req() request: DeskRequest,
    @Res() reply: FastifyReply,
  ) {
    const isFree = typed(body, 'conflict') === 'no';
    const ground = typed(body, 'recusalGround');
    try {
      await this.takeStep.run({
        reference,
        visitor: request.visitor,
        ...(isFree
          ? { step: 'declare-no-conflict', answers: { noConflict: true } }
          : { step: 'recuse', answers: ground ? { recusalGround: ground } : {} }),
      });
    } catch (error) {
      if (!(error instanceof Refusal) || !['invalid', 'unmet'].includes(error.kind)) throw error;
      return this.showAsked(request, reply, error);
    }
    return redirect(reply, isFree ? `/desk/cases/${encodeURIComponent(reference)}` : '/desk/assignments');
  }

  @Get('hand-over')
  @Permits('read-hand-over')
  async form(@Req() request: DeskRequest, @Res() reply: FastifyReply) {
    return this.showForm(request, reply, {});
  }

  @Post('hand-over')
  @HttpCode(200)
  @Permits('hand-over-cases')
  async hand(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const [person, note, from] = [typed(body, 'person'), typed(body, 'note'), typed(body, 'from')];
    try {
      const done = await this.handOver.run(request.visitor, { person, note, ...(from ? { from } : {}) });
      return this.showForm(request, reply, { done, ...(done.left.length > 0 ? { note, from } : {}) });
    } catch (error) {
      if (!(error instanceof Refusal) || !['invalid', 'unmet', 'forbidden'].includes(error.kind)) throw error;
      return this.showForm(request, reply, { person, note, from, refusal: error });
    }
  }

  private async showAsked(request: DeskRequest, reply: FastifyReply, refusal?: Refusal) {
    const asked = await this.readAsked.list(request.visitor);
    const { guest } = officerOf(request);
    const model = {
      asked,
      agreements: (await this.readProposals.list(request.visitor)).map((each) => ({
        ...each,
        href: `${casePath(each.reference)}/steps/${each.step}`,
        overdue: each.dueOn !== null && each.dueOn < this.time.today(),
      })),
      grounds: GROUNDS,
      ...(guest
        ? { guestUntil: guest.until, guestCase: await this.readAsked.ownOfGuest(request.visitor) }
        : { own: await this.handOver.count(request.visitor) }),
    };
    const title = guest ? 'The case' : 'Asked of me';
    return this.pages.show(request, reply, 'desk/assignments.njk', title, model, {
      status: refusal?.status ?? 200,
      needs: refusal ? needsAt(refusal, 'recusalGround') : [],
    });
  }

  private async showForm(
    request: DeskRequest,
    reply: FastifyReply,
    {
      refusal,
      ...typedBefore
    }: { person?: string; note?: string; from?: string; done?: HandedOver; refusal?: Refusal },
  ) {
    const { personId, roles } = officerOf(request);
    const everybody = await this.accounts.list();
    const people = everybody.filter(
      (each) => each.guestUntil === null && each.roles.some((role) => CASE_ROLES.includes(role)),
    );
    const choice = ({ id, name, roles: held }: (typeof people)[number]) => ({
      value: id,
      label: `${name} (${held.map(roleLabel).join(', ')})`,
    });
    const names = new Map(everybody.map(({ id, name }) => [id, name]));
    const left = (await this.handOver.whoLeft(request.visitor)).flatMap(({ personId: id, cases }) => {
      const name = names.get(id);
      return name ? [{ name, cases }] : [];
    });
    const model = {
      ...typedBefore,
      left,
      own: await this.handOver.count(request.visitor),
      mayForOthers: reachOf(roles) === 'EVERY',
      successors: people.filter(({ active }) => active).map(choice),
      others: people.filter(({ id }) => id !== personId).map(choice),
    };
    return this.pages.show(request, reply, 'desk/hand-over.njk', 'Hand over', model, {
      status: refusal?.status ?? 200,
      needs: refusal ? (refusal.needs.length > 0 ? refusal.needs : needsAt(refusal, 'person')) : [],
    });
  }
}
