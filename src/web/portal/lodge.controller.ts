import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Alerts } from '../../casework/alerts/alerts';
import type { ComplaintForm } from '../../casework/intake/complaint-form';
import { Drafts, type TypedAnswers } from '../../casework/intake/drafts';
import type { Lodged } from '../../casework/intake/lodge';
import { Policies } from '../../casework/policies/policies';
import { LodgeDraft } from '../../casework/intake/lodge-draft';
import { DRAFT_COOKIE, dropSession, keepSession } from '../../people/cookies';
import type { Puzzle } from '../../people/lodging-work';
import { Permits } from '../../people/permits';
import { ApiExcludeController } from '../../platform/api-decorators';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { Settings } from '../../platform/settings';
import { Time, type Day } from '../../platform/time';
import { isForAnother } from '../../rules/mandates';
import { lodgingQuestion, placeOf, questionsFor, type LodgingQuestion } from '../../rules/lodging-questions';
import { say } from '../../words/words';
import {
  answeredLines,
  answerNeeds,
  complaintIn,
  drawnFields,
  JOINS,
  isOneField,
  questionOf,
  titleKeyOf,
  typedFor,
  whyOf,
} from './lodge-questions';
import {
  BEFORE_ELSEWHERE,
  fromIn,
  LodgePages,
  needOf,
  QUESTIONS,
  refuseForeign,
  type Held,
  type Waiting,
} from './lodge-pages';
import { nextDates } from './next-dates';
import { goTo, PortalPages, typed, typedLines, type PortalRequest } from './portal-pages';
import { shownReceipt } from './shown-receipt';
import { Signposts } from '../signposts';

interface QuestionPage {
  status?: number;
  needs?: UnmetNeed[];
  /** What was typed, where it is not what is kept. */
  typed?: TypedAnswers;
  /** What stands in the draft instead, where another window put it there. */
  other?: TypedAnswers;
  from?: string;
  /** Whether the next press begins a new draft. */
  isClosed?: boolean;
  /** What the device may calculate instead of waiting. */
  work?: Puzzle | null;
}

/**
 * A person lodges a complaint, one question a page. What is typed is kept sealed before anything is said against it; nothing is a complaint
 * before the last button, which makes one however often it is pressed. The first answer sets the cookie, not the first look.
 */
@ApiExcludeController()
@Controller('lodge')
export class LodgeController {
  constructor(
    private readonly drafts: Drafts,
    private readonly lodgePages: LodgePages,
    private readonly lodgeDraft: LodgeDraft,
    private readonly signposts: Signposts,
    private readonly alerts: Alerts,
    private readonly pages: PortalPages,
    private readonly policies: Policies,
    private readonly settings: Settings,
    private readonly time: Time,
  ) {}

  @Get()
  @Permits('read-lodge-form')
  async start(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const held = await this.lodgePages.held(request);
    const isSent = !held && (await this.sentHere(request)) !== null;
    return this.lodgePages.showStart(request, reply, held, { isSent });
  }

  /** Between a draft that begins and its next page, so that a browser that keeps no cookie is told; nobody goes back to this address. */
  @Get('begun')
  @Permits('read-draft')
  begun(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const to = /^[a-z-]+$/.exec(typed(request.query, 'to'))?.[0];
    return this.lodgePages.tokenIn(request)
      ? goTo(reply, this.pages.address(request, to ? `/lodge/${to}` : '/lodge'))
      : this.lodgePages.showLacksCookie(request, reply);
  }

  /** Where the button back leads from a receipt that nobody said to have kept yet: it is shown again. */
  @Get('check')
  @Permits('read-draft')
  async check(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const held = await this.lodgePages.held(request);
    if (held) return this.showCheck(request, reply, held);
    const lodged = await this.sentHere(request);
    return lodged
      ? this.showReceipt(request, reply, receiptOf(lodged, this.time.today()))
      : goTo(reply, this.pages.address(request, '/lodge'));
  }

  @Post()
  @Permits('lodge')
  async send(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const token = this.lodgePages.tokenIn(request);
    if (!token || !this.drafts.isFormOf(token, typed(body, '_csrf')))
      return this.lodgePages.showClosed(request, reply);
    const draft = await this.drafts.open(token);
    if (!draft) {
      const lodged = await this.lodgeDraft.lodgedWith(token);
      const country = typed(body, 'country');
      return lodged
        ? this.showReceipt(request, reply, receiptOf(lodged, this.time.today(), country))
        : this.lodgePages.showClosed(request, reply);
    }
    return this.lodgeOnce(request, reply, { token, draft }, body);
  }

  /** The page cannot be left by its button before the person says that the receipt is kept; the receipt travels in the form only. */
  @Post('saved')
  @Permits('confirm-receipt-saved')
  saved(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    if (typed(body, 'saved') === 'yes') {
      dropSession(reply, this.settings, DRAFT_COOKIE);
      return goTo(reply, this.pages.address(request, '/my-case/open'));
    }
    const hashes = typedLines(body, 'sha256');
    const model = {
      ...Object.fromEntries(
        ['reference', 'receipt', 'statement', 'ackBy', 'lodgedOn', 'country'].map((field) => [
          field,
          typed(body, field),
        ]),
      ),
      files: typedLines(body, 'fileName').map((fileName, at) => ({ fileName, sha256: hashes[at] ?? '' })),
    };
    return this.showReceipt(request, reply, model, [
      { name: 'saved', field: 'saved', sentence: 'error.saved-gate' },
    ]);
  }

  /** Where else one can turn, in the country that was chosen. It leads on to the next question. */
  @Get('elsewhere')
  @Permits('read-draft')
  async elsewhere(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const held = await this.lodgePages.held(request);
    const at = placeOf(lodgingQuestion(BEFORE_ELSEWHERE)!);
    const model = {
      signposts: this.signposts.of(held?.draft.answers.country ?? ''),
      before: BEFORE_ELSEWHERE,
      next: QUESTIONS[at]!.name,
    };
    return this.pages.show(request, reply, 'portal/lodge-elsewhere.njk', 'elsewhere.title', model);
  }

  @Get(':question')
  @Permits('read-draft')
  async question(@Param('question') name: string, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const from = fromIn(request.query);
    return this.showQuestion(request, reply, questionNamed(name), await this.lodgePages.held(request), {
      from,
    });
  }

  @Post(':question')
  @Permits('write-draft')
  async answer(
    @Param('question') name: string,
    @Body() body: unknown,
    @Req() request: PortalRequest,
    @Res() reply: FastifyReply,
  ) {
    refuseForeign(request);
    const question = questionNamed(name);
    const from = fromIn(body);
    const now = typedFor(question, body);
    const again = (page: QuestionPage, held: Held | null) =>
      this.showQuestion(request, reply, question, held, { typed: now, from, ...page });
    const before = await this.lodgePages.held(request);
    const closed = {
      status: 410,
      needs: [{ name: 'draft', sentence: 'error.draft.closed' }],
      isClosed: true,
    };
    let token: string;
    if (before) {
      if (!this.drafts.isFormOf(before.token, typed(body, '_csrf')))
        return again({ status: 403, needs: [{ name: 'draft', sentence: 'error.draft.form' }] }, before);
      const seenVersion = Number(typed(body, 'version'));
      try {
        await this.drafts.answer(before.token, { question: question.name, typed: now, seenVersion });
      } catch (error) {
        if (!(error instanceof Refusal) || !['stale', 'gone'].includes(error.kind)) throw error;
        const after = await this.lodgePages.held(request);
        if (!after) return again(closed, null);
        const needs = [{ name: 'draft', sentence: 'error.draft.conflict' }];
        return again({ status: 409, needs, other: after.draft.answers }, after);
      }
      token = before.token;
    } else {
      // A page that was drawn from a draft does not silently begin another one.
      if (typed(body, '_csrf') !== '' && typed(body, 'anew') !== 'yes') return again(closed, null);
      const wait = this.lodgePages.waitFor(request, reply, 'begin', body);
      if (wait) return again({ status: 429, isClosed: typed(body, 'anew') === 'yes', ...wait }, null);
      token = await this.drafts.begin({ question: question.name, typed: now });
      keepSession(reply, this.settings, DRAFT_COOKIE, token);
    }
    const go = typed(body, 'go');
    const draft = await this.drafts.open(token);
    const answers = draft?.answers ?? now;
    if (go !== 'back' && go !== 'later') {
      const all = await answerNeeds(answers, this.pages.languageFor(request));
      const needs = all.filter(({ field }) => question.fields.includes(field ?? ''));
      if (needs.length > 0) return again({ status: 400, needs }, draft && { token, draft });
    }
    const next = this.lodgePages.onward(request, question, answers, go, from);
    return goTo(reply, before ? next : this.lodgePages.begunAt(request, next));
  }

  /** What this browser sent, until its receipt is kept; null where it sent nothing. */
  private async sentHere(request: PortalRequest): Promise<Lodged | null> {
    const token = this.lodgePages.tokenIn(request);
    return token ? this.lodgeDraft.lodgedWith(token) : null;
  }

  private async lodgeOnce(request: PortalRequest, reply: FastifyReply, held: Held, body: unknown) {
    const { token, draft } = held;
    const language = this.pages.languageFor(request);
    const again = (status: number, needs: UnmetNeed[], now: Held = held) =>
      this.showCheck(request, reply, now, { status, needs });
    if (typed(body, 'revision') !== String(draft.revision))
      return again(409, [{ name: 'draft', sentence: 'error.draft.changed' }]);
    const needs = await answerNeeds(draft.answers, language);
    if (needs.length > 0) return again(400, needs);
    const wait = this.lodgePages.waitFor(request, reply, 'lodge', body);
    if (wait) return this.showCheck(request, reply, held, { status: 429, ...wait });
    const form = complaintIn(draft.answers, language);
    const joinCode = draft.answers[JOINS.code] || undefined;
    try {
      const lodged = await this.lodgeDraft.run(token, draft, form, { role: lodgedBy(form), joinCode });
      return await this.showReceipt(
        request,
        reply,
        receiptOf(lodged, this.time.today(), draft.answers.country),
      );
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // The draft may be a complaint by now; the same button then shows its receipt.
      if (error.kind === 'uncertain')
        return again(error.status, [{ name: 'draft', sentence: 'error.draft.uncertain' }]);
      const now = await this.lodgePages.held(request);
      if (!now) return this.lodgePages.showClosed(request, reply);
      const changed = error.kind === 'stale' && [{ name: 'draft', sentence: 'error.draft.changed' }];
      return again(error.status, changed || (error.needs.length > 0 ? error.needs : [needOf(error)]), now);
    }
  }

  private showQuestion(
    request: PortalRequest,
    reply: FastifyReply,
    question: LodgingQuestion,
    held: Held | null,
    { status, needs, typed: now, other, from = '', isClosed = false, work }: QuestionPage,
  ) {
    const language = this.pages.languageFor(request);
    const kept = held?.draft.answers ?? {};
    const asked = questionsFor(kept, question);
    const fields = drawnFields(question, now ?? kept, language, this.signposts.countries);
    const model = {
      question: question.name,
      n: placeOf(question, asked),
      of: asked.length,
      why: whyOf(question, language),
      fields,
      isOneField: isOneField(question),
      joins: question.fields.includes('narrative') ? kept[JOINS.reference] || null : null,
      other: other && answeredLines(question, other, language),
      draftToken: held?.draft.csrfToken ?? (isClosed ? 'closed' : ''),
      version: held?.draft.versions[question.name] ?? 0,
      from,
      isClosed,
      ...this.lodgePages.workOf(work),
    };
    return this.pages.show(request, reply, 'portal/lodge-question.njk', titleKeyOf(question), model, {
      status,
      needs,
      questions: Object.fromEntries(fields.map(({ name, label }) => [name, label])),
    });
  }

  private showCheck(
    request: PortalRequest,
    reply: FastifyReply,
    { draft }: Held,
    { status, needs = [], work }: { status?: number } & Partial<Waiting> = {},
  ) {
    const language = this.pages.languageFor(request);
    const asked = questionsFor(draft.answers);
    const rows = asked.map((question) => ({
      name: question.name,
      title: say(language, titleKeyOf(question)),
      lines: answeredLines(question, draft.answers, language),
      files: question.name === 'files' ? draft.files : [],
    }));
    const model = {
      rows,
      joins: draft.answers[JOINS.reference] || null,
      draftToken: draft.csrfToken,
      revision: draft.revision,
      // Then it may have been sent.
      isUncertain: needs.some(({ sentence }) => sentence === 'error.draft.uncertain'),
      country: draft.answers.country,
      last: asked.at(-1)!.name,
      ...this.lodgePages.workOf(work),
    };
    return this.pages.show(request, reply, 'portal/lodge-check.njk', 'lodge.check.title', model, {
      status,
      needs: needs.map((need) => ({
        ...need,
        field: need.field === JOINS.code ? 'join' : questionOf(need)?.name,
      })),
      questions: Object.fromEntries(rows.map(({ name, title }) => [name, title])),
    });
  }

  private async showReceipt(
    request: PortalRequest,
    reply: FastifyReply,
    shown: Record<string, unknown>,
    needs: UnmetNeed[] = [],
  ) {
    const language = this.pages.languageFor(request);
    const { clocks } = await this.policies.newest();
    const model = {
      ...shown,
      ...(await shownReceipt(shown.receipt)),
      comeBackAt: this.pages.comeBackAt(request),
      sendsAlerts: this.alerts.available,
      next: nextDates(clocks, shown.lodgedOn, shown.ackBy, this.settings.country, language),
      signposts: this.signposts.of(String(shown.country)),
    };
    return this.pages.show(request, reply, 'portal/receipt.njk', 'receipt.title', model, {
      status: needs.length > 0 ? 400 : 200,
      needs,
    });
  }
}

function questionNamed(name: string): LodgingQuestion {
  const question = lodgingQuestion(name);
  if (!question || question.fields.length === 0) throw new Refusal('not-found', 'There is no such question.');
  return question;
}

function lodgedBy(form: ComplaintForm): 'RH' | 'REP' {
  return isForAnother(form) ? 'REP' : 'RH';
}

function receiptOf({ dueDates, ...lodged }: Lodged, lodgedOn: Day, country = ''): Record<string, unknown> {
  return { ...lodged, lodgedOn, ackBy: dueDates[0]?.dueInternal, country };
}
