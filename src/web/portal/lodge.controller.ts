import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type {} from '@fastify/multipart';
import { AddDraftFiles } from '../../casework/intake/add-draft-files';
import type { ComplaintForm } from '../../casework/intake/complaint-form';
import { Drafts, type OpenDraft, type TypedAnswers } from '../../casework/intake/drafts';
import { ENCLOSED_MAX_FILES } from '../../casework/intake/enclosed-files';
import type { Lodged } from '../../casework/intake/lodge';
import { LodgeDraft } from '../../casework/intake/lodge-draft';
import { ReceiveForm } from '../../casework/intake/receive-form';
import { DRAFT_COOKIE, dropSession, keepSession, sessionIn } from '../../people/cookies';
import { GuessPace } from '../../people/guess-pace';
import { LodgingPace, type Paced } from '../../people/lodging-pace';
import { Permits } from '../../people/permits';
import { ApiExcludeController } from '../../platform/api-decorators';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { MEGABYTE, Settings } from '../../platform/settings';
import {
  DRAFT_DAYS,
  LODGING_QUESTIONS,
  lodgingQuestion,
  placeOf,
  type LodgingQuestion,
} from '../../rules/lodging-questions';
import { say } from '../../words/words';
import {
  answeredLines,
  answerNeeds,
  complaintIn,
  drawnFields,
  isOneField,
  questionOf,
  titleKeyOf,
  typedFor,
  whyOf,
} from './lodge-questions';
import { goTo, PortalPages, typed, typedLines, type PortalRequest } from './portal-pages';
import { shownReceipt } from './shown-receipt';
import { Signposts } from './signposts';

const QUESTIONS: readonly LodgingQuestion[] = LODGING_QUESTIONS;
const FROM_CHECK = 'check';
/** The question after whose answer other places are named. */
const BEFORE_ELSEWHERE = 'country';

/** A draft with the token that opened it. */
interface Held {
  token: string;
  draft: OpenDraft;
}

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
    private readonly addDraftFiles: AddDraftFiles,
    private readonly receiveForm: ReceiveForm,
    private readonly lodgeDraft: LodgeDraft,
    private readonly guessPace: GuessPace,
    private readonly lodgingPace: LodgingPace,
    private readonly signposts: Signposts,
    private readonly pages: PortalPages,
    private readonly settings: Settings,
  ) {}

  @Get()
  @Permits('read-lodge-form')
  async start(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    return this.showStart(request, reply, await this.held(request));
  }

  @Get('check')
  @Permits('read-draft')
  async check(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const held = await this.held(request);
    return held ? this.showCheck(request, reply, held) : goTo(reply, this.pages.address(request, '/lodge'));
  }

  @Post()
  @Permits('lodge')
  async send(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const token = sessionIn(request, this.settings, DRAFT_COOKIE);
    if (!token || !this.drafts.isFormOf(token, typed(body, '_csrf'))) return this.showClosed(request, reply);
    const draft = await this.drafts.open(token);
    if (!draft) {
      const lodged = await this.lodgeDraft.lodgedWith(token);
      const country = typed(body, 'country');
      return lodged
        ? this.showReceipt(request, reply, receiptOf(lodged, country))
        : this.showClosed(request, reply);
    }
    return this.lodgeOnce(request, reply, { token, draft }, typed(body, 'revision'));
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
        ['reference', 'receipt', 'statement', 'ackBy', 'country'].map((field) => [field, typed(body, field)]),
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
    const held = await this.held(request);
    const at = placeOf(lodgingQuestion(BEFORE_ELSEWHERE)!);
    const model = {
      signposts: this.signposts.of(held?.draft.answers.country ?? ''),
      before: BEFORE_ELSEWHERE,
      next: QUESTIONS[at]!.name,
    };
    return this.pages.show(request, reply, 'portal/lodge-elsewhere.njk', 'lodge.elsewhere.title', model);
  }

  @Get('files')
  @Permits('read-draft')
  async files(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const held = await this.held(request);
    if (!held) return goTo(reply, this.pages.address(request, '/lodge'));
    return this.showFiles(request, reply, held, { from: fromIn(request.query) });
  }

  /** A form with a file brings the token of its draft in the address, as its fields are read only after that was looked at. */
  @Post('files')
  @Permits('add-draft-file')
  async addFile(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const held = await this.heldWith(request, typed(request.query, '_csrf'));
    if (!held || !request.isMultipart()) return this.showClosed(request, reply);
    const parts = request.parts(this.receiveForm.reading);
    const { fields, refusal } = await this.addDraftFiles.run(held.token, parts);
    if (refusal?.kind === 'gone') return this.showClosed(request, reply);
    const from = fromIn(fields);
    if (refusal) {
      const needs = refusal.needs.length > 0 ? refusal.needs : [needOf(refusal)];
      const after = (await this.drafts.open(held.token)) ?? held.draft;
      return this.showFiles(
        request,
        reply,
        { ...held, draft: after },
        {
          status: refusal.status,
          needs,
          describes: fields['describes-1'],
          from,
        },
      );
    }
    const question = lodgingQuestion('files')!;
    return goTo(
      reply,
      fields.go === 'add' ? this.at(request, 'files', from) : this.onward(request, question, fields.go, from),
    );
  }

  @Post('files/remove')
  @Permits('remove-draft-file')
  async removeFile(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const held = await this.heldWith(request, typed(body, '_csrf'));
    if (!held) return this.showClosed(request, reply);
    await this.drafts.removeFile(held.token, typed(body, 'file'));
    return goTo(reply, this.at(request, 'files', fromIn(body)));
  }

  @Get('later')
  @Permits('read-draft')
  async later(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const held = await this.held(request);
    return held ? this.showLater(request, reply, held) : goTo(reply, this.pages.address(request, '/lodge'));
  }

  @Post('later')
  @Permits('show-draft-code')
  async makeCode(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const held = await this.heldWith(request, typed(body, '_csrf'));
    if (!held) return this.showClosed(request, reply);
    return this.showLater(request, reply, held, await this.drafts.makeCode(held.token));
  }

  @Get('continue')
  @Permits('read-lodge-form')
  continueForm(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    return this.showContinue(request, reply);
  }

  @Post('continue')
  @Permits('open-draft')
  async continue(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    refuseForeign(request);
    const code = typed(body, 'code').slice(0, 200);
    try {
      const token = await this.guessPace.slowingMisses(request, () => this.drafts.openByCode(code));
      keepSession(reply, this.settings, DRAFT_COOKIE, token);
      return goTo(reply, this.pages.address(request, '/lodge/check'));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return this.showContinue(request, reply, error);
    }
  }

  @Post('leave')
  @Permits('leave-draft')
  leave(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const token = sessionIn(request, this.settings, DRAFT_COOKIE);
    if (token && !this.drafts.isFormOf(token, typed(body, '_csrf'))) return this.showClosed(request, reply);
    if (token) dropSession(reply, this.settings, DRAFT_COOKIE);
    return goTo(reply, this.pages.address(request, '/'));
  }

  @Post('delete')
  @Permits('delete-draft')
  async delete(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const token = sessionIn(request, this.settings, DRAFT_COOKIE);
    if (token && !this.drafts.isFormOf(token, typed(body, '_csrf'))) return this.showClosed(request, reply);
    if (token) await this.drafts.delete(token);
    if (token) dropSession(reply, this.settings, DRAFT_COOKIE);
    return goTo(reply, this.pages.address(request, '/'));
  }

  @Get(':question')
  @Permits('read-draft')
  async question(@Param('question') name: string, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const from = fromIn(request.query);
    return this.showQuestion(request, reply, questionNamed(name), await this.held(request), { from });
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
    const before = await this.held(request);
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
        const after = await this.held(request);
        if (!after) return again(closed, null);
        const needs = [{ name: 'draft', sentence: 'error.draft.conflict' }];
        return again({ status: 409, needs, other: after.draft.answers }, after);
      }
      token = before.token;
    } else {
      // A page that was drawn from a draft does not silently begin another one.
      if (typed(body, '_csrf') !== '' && typed(body, 'anew') !== 'yes') return again(closed, null);
      const wait = this.waitFor(request, reply, 'begin');
      if (wait) return again({ status: 429, needs: [wait], isClosed: typed(body, 'anew') === 'yes' }, null);
      token = await this.drafts.begin({ question: question.name, typed: now });
      keepSession(reply, this.settings, DRAFT_COOKIE, token);
    }
    const go = typed(body, 'go');
    if (go !== 'back' && go !== 'later') {
      const draft = await this.drafts.open(token);
      const all = await answerNeeds(draft?.answers ?? now, this.pages.languageFor(request));
      const needs = all.filter(({ field }) => question.fields.includes(field ?? ''));
      if (needs.length > 0) return again({ status: 400, needs }, draft && { token, draft });
    }
    return goTo(reply, this.onward(request, question, go, from));
  }

  /** The draft of this browser; null without one. */
  private async held(request: PortalRequest): Promise<Held | null> {
    const token = sessionIn(request, this.settings, DRAFT_COOKIE);
    const draft = token ? await this.drafts.open(token) : null;
    return token && draft ? { token, draft } : null;
  }

  /** The same for a form that brings the token of that draft; null for any other. */
  private async heldWith(request: PortalRequest, csrfToken: string): Promise<Held | null> {
    const held = await this.held(request);
    return held && this.drafts.isFormOf(held.token, csrfToken) ? held : null;
  }

  private async lodgeOnce(request: PortalRequest, reply: FastifyReply, held: Held, seen: string) {
    const { token, draft } = held;
    const language = this.pages.languageFor(request);
    const again = (status: number, needs: UnmetNeed[], now: Held = held) =>
      this.showCheck(request, reply, now, { status, needs });
    if (seen !== String(draft.revision))
      return again(409, [{ name: 'draft', sentence: 'error.draft.changed' }]);
    const needs = await answerNeeds(draft.answers, language);
    if (needs.length > 0) return again(400, needs);
    const wait = this.waitFor(request, reply, 'lodge');
    if (wait) return again(429, [wait]);
    const form = complaintIn(draft.answers, language);
    try {
      const lodged = await this.lodgeDraft.run(token, draft, form, { role: lodgedBy(form) });
      return await this.showReceipt(request, reply, receiptOf(lodged, draft.answers.country));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const now = await this.held(request);
      if (!now) return this.showClosed(request, reply);
      const changed = error.kind === 'stale' && [{ name: 'draft', sentence: 'error.draft.changed' }];
      return again(error.status, changed || (error.needs.length > 0 ? error.needs : [needOf(error)]), now);
    }
  }

  /** Null, or how long this network has to wait: said in the page and in `Retry-After`. */
  private waitFor(request: PortalRequest, reply: FastifyReply, what: Paced): UnmetNeed | null {
    const seconds = this.lodgingPace.secondsToWait(request, what);
    if (seconds === 0) return null;
    void reply.header('retry-after', String(seconds));
    const sentence = say(this.pages.languageFor(request), 'error.draft.wait', { seconds });
    return { name: 'draft', sentence };
  }

  /** Where a saved page leads. */
  private onward(
    request: PortalRequest,
    question: LodgingQuestion,
    go: string | undefined,
    from: string,
  ): string {
    if (go === 'later') return this.at(request, 'later', '');
    if (from === FROM_CHECK) return this.at(request, 'check', '');
    if (question.name === BEFORE_ELSEWHERE && go !== 'back') return this.at(request, 'elsewhere', '');
    const next = QUESTIONS[placeOf(question) - 1 + (go === 'back' ? -1 : 1)];
    if (next) return this.at(request, next.name, '');
    return go === 'back' ? this.pages.address(request, '/lodge') : this.at(request, 'check', '');
  }

  private at(request: PortalRequest, page: string, from: string): string {
    const address = this.pages.address(request, `/lodge/${page}`);
    return from === FROM_CHECK ? `${address}${address.includes('?') ? '&' : '?'}from=${FROM_CHECK}` : address;
  }

  private showStart(
    request: PortalRequest,
    reply: FastifyReply,
    held: Held | null,
    { status, needs }: { status?: number; needs?: UnmetNeed[] } = {},
  ) {
    const model = { first: QUESTIONS[0]!.name, of: QUESTIONS.length, isOpen: held !== null };
    return this.pages.show(request, reply, 'portal/lodge.njk', 'lodge.title', model, { status, needs });
  }

  /** To a form of a draft that is not open here: nothing of it was done. */
  private async showClosed(request: PortalRequest, reply: FastifyReply) {
    const needs = [{ name: 'draft', sentence: 'error.draft.nothing' }];
    return this.showStart(request, reply, await this.held(request), { status: 409, needs });
  }

  private showQuestion(
    request: PortalRequest,
    reply: FastifyReply,
    question: LodgingQuestion,
    held: Held | null,
    { status, needs, typed: now, other, from = '', isClosed = false }: QuestionPage,
  ) {
    const language = this.pages.languageFor(request);
    const kept = held?.draft.answers ?? {};
    const model = {
      question: question.name,
      n: placeOf(question),
      of: QUESTIONS.length,
      why: whyOf(question, language),
      fields: drawnFields(question, now ?? kept, language, this.signposts.countries),
      isOneField: isOneField(question),
      other: other && answeredLines(question, other, language),
      draftToken: held?.draft.csrfToken ?? (isClosed ? 'closed' : ''),
      version: held?.draft.versions[question.name] ?? 0,
      from,
      isClosed,
    };
    return this.pages.show(request, reply, 'portal/lodge-question.njk', titleKeyOf(question), model, {
      status,
      needs,
    });
  }

  private showFiles(
    request: PortalRequest,
    reply: FastifyReply,
    { draft }: Held,
    page: { status?: number; needs?: UnmetNeed[]; describes?: string; from?: string },
  ) {
    const question = lodgingQuestion('files')!;
    const { status, needs, describes = '', from = '' } = page;
    const model = {
      n: placeOf(question),
      of: QUESTIONS.length,
      files: draft.files,
      isFull: draft.files.length >= ENCLOSED_MAX_FILES,
      mostFiles: ENCLOSED_MAX_FILES,
      largestFileMb: this.settings.evidenceMaxBytes / MEGABYTE,
      draftToken: draft.csrfToken,
      describes,
      from,
    };
    return this.pages.show(request, reply, 'portal/lodge-files.njk', titleKeyOf(question), model, {
      status,
      needs,
    });
  }

  private showCheck(
    request: PortalRequest,
    reply: FastifyReply,
    { draft }: Held,
    { status, needs = [] }: { status?: number; needs?: UnmetNeed[] } = {},
  ) {
    const language = this.pages.languageFor(request);
    const rows = QUESTIONS.map((question) => ({
      name: question.name,
      title: say(language, titleKeyOf(question)),
      lines: answeredLines(question, draft.answers, language),
      files: question.name === 'files' ? draft.files : [],
    }));
    const model = {
      rows,
      draftToken: draft.csrfToken,
      revision: draft.revision,
      country: draft.answers.country,
      last: QUESTIONS.at(-1)!.name,
    };
    return this.pages.show(request, reply, 'portal/lodge-check.njk', 'lodge.check.title', model, {
      status,
      needs: needs.map((need) => ({ ...need, field: questionOf(need)?.name })),
    });
  }

  private showLater(
    request: PortalRequest,
    reply: FastifyReply,
    { draft }: Held,
    code: string | null = null,
  ) {
    const model = { draftToken: draft.csrfToken, days: DRAFT_DAYS, code };
    return this.pages.show(request, reply, 'portal/lodge-later.njk', 'lodge.later.title', model);
  }

  private showContinue(request: PortalRequest, reply: FastifyReply, refusal?: Refusal) {
    return this.pages.show(
      request,
      reply,
      'portal/lodge-continue.njk',
      'lodge.continue.title',
      {},
      {
        status: refusal?.status,
        needs: refusal?.needs,
      },
    );
  }

  private async showReceipt(
    request: PortalRequest,
    reply: FastifyReply,
    shown: Record<string, unknown>,
    needs: UnmetNeed[] = [],
  ) {
    const model = {
      ...shown,
      ...(await shownReceipt(shown.receipt)),
      comeBackAt: this.pages.comeBackAt,
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

function fromIn(holder: unknown): string {
  return typed(holder, 'from') === FROM_CHECK ? FROM_CHECK : '';
}

/** A form of another site would put its own draft in the place of hers. Browsers that do not say where a form came from are let in. */
function refuseForeign({ headers }: PortalRequest): void {
  const site = headers['sec-fetch-site'];
  if (site === 'cross-site' || site === 'same-site')
    throw new Refusal('forbidden', 'This form came from another site, and nothing was done.');
}

/** What a refusal without needs says to a rightsholder. */
function needOf({ kind }: Refusal): UnmetNeed {
  return { name: kind, sentence: `error-page.${kind}.sentence` };
}

function lodgedBy(form: ComplaintForm): 'RH' | 'REP' {
  return form.identityMode === 'REPRESENTED' || form.complainantRole === 'representative' ? 'REP' : 'RH';
}

function receiptOf({ dueDates, ...lodged }: Lodged, country = ''): Record<string, unknown> {
  return { ...lodged, ackBy: dueDates[0]?.dueLegalLatest, country };
}
