import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import {
  ChangeMany,
  STEPS_OF_MANY,
  type CaseOutcome,
  type ChosenCase,
  type StepOfMany,
} from '../../casework/queue/change-many';
import { Accounts } from '../../people/accounts';
import { Permits } from '../../people/permits';
import { Refusal } from '../../platform/refusal';
import { CASE_ROLES, ROLES } from '../../rules/roles';
import { needsAt } from './case-page';
import { roleLabel } from './code-label';
import { DeskPages, officerOf, ticked, typed, type DeskRequest } from './desk-pages';

/** What the form of each step asks, by the names of its answers. */
const FIELDS: Record<StepOfMany, readonly string[]> = {
  assign: ['role', 'person'],
  'write-internal-note': ['internalNote'],
};

const TITLES: Record<StepOfMany, string> = {
  assign: 'Assign many cases',
  'write-internal-note': 'Write a note in many cases',
};

/** One step in many cases: choose, say what, see what would happen in each, and only then do it. */
@Controller('desk/many-cases')
export class ManyCasesController {
  constructor(
    private readonly changeMany: ChangeMany,
    private readonly accounts: Accounts,
    private readonly pages: DeskPages,
  ) {}

  @Post()
  @HttpCode(200)
  @Permits('change-many-cases')
  async change(@Body() body: unknown, @Req() request: DeskRequest, @Res() reply: FastifyReply) {
    const step = STEPS_OF_MANY.find((each) => each === typed(body, 'step'));
    if (!step)
      throw new Refusal('not-found', 'Choose what to do in the queue, and press one of its buttons.');
    const cases = chosenCases(ticked(body, 'cases'));
    const answers = Object.fromEntries(FIELDS[step].map((name) => [name, typed(body, name)]));
    const visitor = officerOf(request);
    const press = typed(body, 'press');
    const changes = { step, cases, answers };
    try {
      const outcomes =
        press === 'do'
          ? await this.changeMany.run(visitor, changes)
          : press === 'preview' || cases.length === 0
            ? await this.changeMany.preview(visitor, changes)
            : null;
      return await this.show(request, reply, { step, cases, answers, outcomes, isDone: press === 'do' });
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error;
      return this.show(request, reply, { step, cases, answers, outcomes: null, isDone: false }, error);
    }
  }

  private async show(
    request: DeskRequest,
    reply: FastifyReply,
    shown: {
      step: StepOfMany;
      cases: readonly ChosenCase[];
      answers: Record<string, string>;
      outcomes: readonly CaseOutcome[] | null;
      isDone: boolean;
    },
    refusal?: Refusal,
  ) {
    const { step, answers, ...rest } = shown;
    const people = await this.accounts.caseStaff();
    const model = {
      ...rest,
      answers,
      chosenStep: step,
      cases: shown.cases.map(({ reference, revision }) => ({ reference, value: `${reference} ${revision}` })),
      fitting: shown.outcomes?.filter(({ problems }) => problems.length === 0).length ?? 0,
      fittingCases: (shown.outcomes ?? [])
        .filter(({ problems }) => problems.length === 0)
        .map(({ reference, revision }) => `${reference} ${revision}`),
      roles: CASE_ROLES.map((code) => ({
        value: code,
        label: ROLES[code].label,
        chosen: answers.role === code,
      })),
      people: people.map(({ id, name, roles }) => ({
        value: id,
        label: `${name} (${roles.map(roleLabel).join(', ')})`,
        chosen: answers.person === id,
      })),
    };
    return this.pages.show(request, reply, 'desk/many-cases.njk', TITLES[step], model, {
      status: refusal?.status ?? 200,
      needs: refusal ? (refusal.needs.length > 0 ? refusal.needs : needsAt(refusal, 'cases')) : [],
    });
  }
}

/** As the boxes of the queue say it: reference, and the revision in which it was seen. */
function chosenCases(values: readonly string[]): ChosenCase[] {
  return [...new Set(values)].flatMap((value) => {
    const [, reference, revision] = /^(RD-[0-9A-Z]{4}-[0-9A-Z]{4}) (\d{1,9})$/.exec(value) ?? [];
    return reference ? [{ reference, revision: Number(revision) }] : [];
  });
}
