import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { JoinCodes, type JoinablePlace } from '../../casework/collective/join-codes';
import { Drafts } from '../../casework/intake/drafts';
import { DRAFT_COOKIE, keepSession } from '../../people/cookies';
import { GuessPace } from '../../people/guess-pace';
import { Permits } from '../../people/permits';
import { ApiExcludeController } from '../../platform/api-decorators';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { Settings } from '../../platform/settings';
import { say } from '../../words/words';
import { LodgePages, QUESTIONS, refuseForeign, type Held, type Waiting } from './lodge-pages';
import { JOINS } from './lodge-questions';
import { goTo, PortalPages, typed, type PortalRequest } from './portal-pages';

const CONSENT = 'consent.CN-GROUP';

/**
 * Whoever was given a code joins a collective complaint with a complaint of her own. She reads first what that means and says yes to it on
 * its own; then the questions of a complaint follow. The code travels in the bodies of forms, and lies sealed in her draft until she lodges.
 */
@ApiExcludeController()
@Controller('join-group')
export class JoinGroupController {
  constructor(
    private readonly joinCodes: JoinCodes,
    private readonly drafts: Drafts,
    private readonly lodgePages: LodgePages,
    private readonly guessPace: GuessPace,
    private readonly pages: PortalPages,
    private readonly settings: Settings,
  ) {}

  @Get()
  @Permits('read-join-form')
  form(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    return this.showForm(request, reply);
  }

  @Post()
  @HttpCode(200)
  @Permits('look-up-join-code')
  async lookUp(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    return this.withPlace(request, reply, body, (place) => this.showMeaning(request, reply, place));
  }

  @Post('agree')
  @Permits('join-in-draft')
  async agree(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    refuseForeign(request);
    return this.withPlace(request, reply, body, async (place) => {
      const again = (status: number, need: UnmetNeed) =>
        this.showMeaning(request, reply, place, { status, needs: [need] });
      if (typed(body, CONSENT) !== 'yes')
        return again(400, { name: 'consent', field: CONSENT, sentence: 'error.join-code.agree' });
      const answer = {
        [JOINS.code]: place.letters,
        [JOINS.reference]: place.reference,
        [CONSENT]: 'yes',
      };
      const held = await this.lodgePages.held(request);
      if (held) {
        if (!this.drafts.isFormOf(held.token, typed(body, '_csrf')))
          return again(403, { name: 'draft', sentence: 'error.draft.form' });
        await this.keep(held, answer);
      } else {
        const wait = this.lodgePages.waitFor(request, reply, 'begin', body);
        if (wait) return this.showMeaning(request, reply, place, { status: 429, ...wait });
        const token = await this.drafts.begin({ question: JOINS.question, typed: answer });
        keepSession(reply, this.settings, DRAFT_COOKIE, token);
      }
      const next = this.lodgePages.at(request, QUESTIONS[0]!.name, '');
      return goTo(reply, held ? next : this.lodgePages.begunAt(request, next));
    });
  }

  @Post('drop')
  @Permits('join-in-draft')
  async drop(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    refuseForeign(request);
    const held = await this.lodgePages.heldWith(request, typed(body, '_csrf'));
    if (!held) return this.lodgePages.showClosed(request, reply);
    await this.keep(held, { [JOINS.code]: '', [JOINS.reference]: '', [CONSENT]: '' });
    return goTo(reply, this.lodgePages.at(request, 'check', ''));
  }

  private keep({ token, draft }: Held, answer: Record<string, string>): Promise<void> {
    const { question } = JOINS;
    const seenVersion = draft.versions[question] ?? 0;
    return this.drafts.answer(token, { question, typed: answer, seenVersion });
  }

  /** Goes on with the place that the typed code leads to, or asks for the code again; wrong ones are answered ever later. */
  private async withPlace(
    request: PortalRequest,
    reply: FastifyReply,
    body: unknown,
    work: (place: JoinablePlace) => FastifyReply | Promise<FastifyReply>,
  ) {
    const code = typed(body, JOINS.code).slice(0, 400);
    let place: JoinablePlace;
    try {
      place = await this.guessPace.slowingMisses(request, () => this.joinCodes.lookUp(code));
    } catch (error) {
      if (!(error instanceof Refusal) || error.isOfServer) throw error;
      return this.showForm(request, reply, { code, refusal: error });
    }
    return work(place);
  }

  private showForm(
    request: PortalRequest,
    reply: FastifyReply,
    { code = '', refusal }: { code?: string; refusal?: Refusal } = {},
  ) {
    return this.pages.show(
      request,
      reply,
      'portal/join-group.njk',
      'join.title',
      { code },
      { status: refusal?.status, needs: refusal?.needs },
    );
  }

  private async showMeaning(
    request: PortalRequest,
    reply: FastifyReply,
    { letters, reference }: JoinablePlace,
    { status, needs, work }: { status?: number } & Partial<Waiting> = {},
  ) {
    const language = this.pages.languageFor(request);
    const held = await this.lodgePages.held(request);
    const model = {
      letters,
      reference,
      consent: CONSENT,
      meaning: say(language, 'step.join-group.notice').split('\n\n'),
      answers: ['yes', 'no'].map((value) => ({ value, label: say(language, `page.${value}`) })),
      draftToken: held?.draft.csrfToken ?? '',
      ...this.lodgePages.workOf(work),
    };
    return this.pages.show(request, reply, 'portal/join-agree.njk', 'join.agree.title', model, {
      status,
      needs,
    });
  }
}
