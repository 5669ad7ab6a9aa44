import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type {} from '@fastify/multipart';
import { Consents } from '../../casework/consents';
import { EvidenceFiles } from '../../casework/evidence-files';
import { fileNumber, readFileForm } from '../../casework/file-form';
import { OpenCase } from '../../casework/intake/open-case';
import { Messages } from '../../casework/messages';
import { isId, newId } from '../../platform/ids';
import { earlierThan } from '../../platform/pages';
import { ReadMyCase } from '../../casework/read-my-case';
import { TakeStep } from '../../casework/take-step';
import type { ClockView, MyCaseView, MyErasure, OpenStep } from '../../casework/views';
import type { JoinCodeView } from '../../casework/collective/views';
import type { MandateView } from '../../casework/party-views';
import type { RemedyActionView } from '../../casework/remedy/views';
import { CASE_COOKIE, dropSession, keepSession, sessionIn } from '../../people/cookies';
import { GuessPace } from '../../people/guess-pace';
import { Permits } from '../../people/permits';
import { Sessions } from '../../people/sessions';
import type { Visitor } from '../../people/visitor';
import { ApiExcludeController } from '../../platform/api-decorators';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { MEGABYTE, Settings } from '../../platform/settings';
import { CHECK_IN_ANSWERS } from '../../rules/check-ins';
import { COOLING_OFF_DAYS } from '../../rules/clocks';
import type { AskName } from '../../rules/asks';
import { STATES } from '../../rules/states';
import { verificationStep } from '../../rules/verification';
import { AMENDED_PARTS } from '../../rules/taking-part';
import { languageName, WRITTEN_LANGUAGES } from '../../rules/languages';
import { ON_REQUEST } from '../../rules/retention';
import { has, say, sayDay } from '../../words/words';
import { sendFile } from '../send-file';
import { answersOf, stepFields, type StepField } from '../step-form';
import { typedTexts } from '../typed-texts';
import { shownReceipt } from './shown-receipt';
import { consentStatus } from './consent-status';
import { needsAtFields } from './needs-at-fields';
import { standingOf } from './standing';
import { besideIn } from './translated';
import { goTo, PortalPages, roleSeen, sentenceOf, typed, type PortalRequest } from './portal-pages';

/** Own steps that stand where they belong on the page instead of in the list. */
const HAS_A_PLACE = new Set([
  'report-late',
  'record-mandate',
  'confirm-mandate',
  'end-mandate',
  'request-support',
  'end-support',
  'amend-complaint',
  'approve-transcript',
  'dispute-transcript',
  'object-to-dictation',
  'deny-dictation',
  'describe-group',
  'make-join-code',
  'end-join-code',
  'write-to-members',
  'join-group',
  'leave-group',
]);

/** Lists of the page that grow without end. */
type ListName = 'messages' | 'letters' | 'evidence' | 'timeline';

type Holder = Visitor & { kind: 'rightsholder' };

/** The case of the person who holds the receipt: read, answer, write, send files, take own steps. */
@ApiExcludeController()
@Controller('my-case')
export class MyCasePagesController {
  constructor(
    private readonly openCase: OpenCase,
    private readonly readMyCase: ReadMyCase,
    private readonly messages: Messages,
    private readonly evidence: EvidenceFiles,
    private readonly consents: Consents,
    private readonly takeStep: TakeStep,
    private readonly sessions: Sessions,
    private readonly pace: GuessPace,
    private readonly settings: Settings,
    private readonly pages: PortalPages,
  ) {}

  @Get('open')
  @Permits('read-open-form')
  openForm(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    return this.pages.show(request, reply, 'portal/open.njk', 'open.title', {});
  }

  @Post('open')
  @Permits('open-case')
  async open(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const receipt = typed(body, 'receipt').slice(0, 200);
    try {
      const { token, taken } = await this.pace.slowingMisses(request, () =>
        this.openCase.byReceipt(receipt, 'page'),
      );
      keepSession(reply, this.settings, CASE_COOKIE, token);
      if (taken) return await this.showTaken(request, reply, taken);
      return goTo(reply, this.pages.address(request, '/my-case'));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const isTooOld = error.needs.some(({ sentence }) => sentence === 'error.receipt.too-old');
      const sentence = isTooOld ? 'error.receipt.too-old' : 'error.receipt';
      const needs = [{ name: 'receipt', field: 'receipt', sentence }];
      const model = { receipt };
      return this.pages.show(request, reply, 'portal/open.njk', 'open.title', model, { status: 404, needs });
    }
  }

  /** After a receipt that worked once: the person's own, which has to be kept before the page is left by its button. */
  private async showTaken(
    request: PortalRequest,
    reply: FastifyReply,
    { receipt, reference }: { receipt: string; reference: string },
  ) {
    const model = {
      ...(await shownReceipt(receipt)),
      reference,
      comeBackAt: this.pages.comeBackAt(request),
    };
    return this.pages.show(request, reply, 'portal/receipt.njk', 'receipts.taken-over.title', {
      ...model,
      lead: say(this.pages.languageFor(request), 'receipts.taken-over.lead'),
    });
  }

  @Get()
  @Permits('read-my-case')
  async page(@Query() query: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const erasure = await this.readMyCase.erasure(request.visitor as Holder);
    if (erasure) return this.showErased(request, reply, erasure, numberIn(query, 'timeline'));
    return this.showCase(
      request,
      reply,
      200,
      [],
      {},
      {
        messages: numberIn(query, 'messages'),
        letters: numberIn(query, 'letters'),
        evidence: numberIn(query, 'evidence'),
        timeline: numberIn(query, 'timeline'),
      },
    );
  }

  @Post('messages')
  @Permits('write-my-message')
  async write(@Body() body: unknown, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const text = typed(body, 'text').replaceAll('\r\n', '\n');
    const language = typed(body, 'language');
    return this.orAgain(request, reply, { text, language }, async () => {
      const form = typed(body, 'form');
      await this.messages.write(request.visitor, text, undefined, language, isId(form) ? form : undefined);
      return '/my-case';
    });
  }

  @Post('evidence')
  @Permits('add-my-evidence')
  async addEvidence(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const kept: Record<string, string> = {};
    return this.orAgain(request, reply, kept, async () => {
      const form = request.isMultipart() ? await readFileForm(request.parts()) : null;
      kept.describes = form?.describedBefore ?? '';
      if (!form?.fileName)
        throw new Refusal('invalid', 'error.evidence.none', [
          { name: 'evidence', field: 'file', sentence: 'error.evidence.none' },
        ]);
      await this.evidence.add(request.visitor, form);
      return '/my-case';
    });
  }

  @Get('evidence/:n')
  @Permits('open-my-evidence')
  async openEvidence(@Param('n') n: string, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    try {
      return sendFile(reply, await this.evidence.open(request.visitor, fileNumber(n)));
    } catch (error) {
      if (!(error instanceof Refusal) || error.needs.length === 0) throw error;
      return this.showCase(request, reply, error.status, error.needs, {});
    }
  }

  @Get('steps/:step')
  @Permits('read-my-step')
  stepForm(@Param('step') step: string, @Req() request: PortalRequest, @Res() reply: FastifyReply) {
    return this.showStep(request, reply, step, 200, {}, []);
  }

  @Post('steps/:step')
  @Permits('take-my-step')
  async take(
    @Param('step') step: string,
    @Body() body: Record<string, unknown>,
    @Req() request: PortalRequest,
    @Res() reply: FastifyReply,
  ) {
    const answers = answersOf(body ?? {});
    const revision = typed(body, 'seen') || undefined;
    try {
      const take = () => this.takeStep.run({ visitor: request.visitor, step, answers, revision });
      // Whoever has a case could try codes of collective complaints, too.
      const { joinCode } = await (step === 'join-group' ? this.pace.slowingMisses(request, take) : take());
      if (joinCode) return await this.showJoinCode(request, reply, joinCode);
      return goTo(reply, this.pages.address(request, '/my-case'));
    } catch (error) {
      if (!(error instanceof Refusal) || (error.kind === 'not-found' && error.needs.length === 0))
        throw error;
      if (await this.wasSentTwice(request, error, step, answers, revision))
        return goTo(reply, this.pages.address(request, '/my-case'));
      return this.showStep(request, reply, step, error.status, answers, [
        ...staleNeed(error),
        ...error.needs,
      ]);
    }
  }

  /** The only time that the code is shown. */
  private async showJoinCode(request: PortalRequest, reply: FastifyReply, joinCode: string) {
    const { complaint } = await this.readMyCase.view(request.visitor as Holder);
    const model = { joinCode, joinAt: this.pages.joinAt(request) };
    return this.pages.show(request, reply, 'portal/join-code.njk', 'join-code.title', model, {
      language: complaint.language,
    });
  }

  /** One form for everything that is said to be done; the answers decide which step they are. */
  @Get('check')
  @Permits('read-my-step')
  checkForm(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    return this.showCheck(request, reply, 200, {}, []);
  }

  @Post('check')
  @Permits('take-my-step')
  async check(
    @Body() body: Record<string, unknown>,
    @Req() request: PortalRequest,
    @Res() reply: FastifyReply,
  ) {
    const answers = answersOf(body ?? {});
    const revision = typed(body, 'seen') || undefined;
    try {
      const { actions } = await this.readMyCase.view(request.visitor as Holder);
      const { step, ...said } = checkedAnswers(answers, actions);
      try {
        await this.takeStep.run({ visitor: request.visitor, step, answers: said, revision });
      } catch (error) {
        if (!(await this.wasSentTwice(request, error, step, said, revision))) throw error;
      }
      return goTo(reply, this.pages.address(request, '/my-case'));
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind === 'not-found') throw error;
      return this.showCheck(request, reply, error.status, answers, [...staleNeed(error), ...error.needs]);
    }
  }

  /** Whether a step was refused only because the same form had been sent before: then it is done. A code that is shown once has to be made anew. */
  private async wasSentTwice(
    { visitor }: PortalRequest,
    error: unknown,
    step: string,
    answers: Record<string, unknown>,
    seen: string | undefined,
  ): Promise<boolean> {
    if (!(error instanceof Refusal) || error.kind !== 'stale' || seen === undefined) return false;
    return (
      step !== 'make-join-code' &&
      (await this.readMyCase.tookAlready(visitor as Holder, { step, answers, seen }))
    );
  }

  @Post('leave')
  @Permits('leave-case')
  async leave(@Req() request: PortalRequest, @Res() reply: FastifyReply) {
    const token = sessionIn(request, this.settings, CASE_COOKIE);
    if (token) await this.sessions.end(token);
    dropSession(reply, this.settings, CASE_COOKIE);
    return goTo(reply, this.pages.address(request, '/'));
  }

  /** Does it and goes on, or shows the case again with what was wrong and what was typed. */
  private async orAgain(
    request: PortalRequest,
    reply: FastifyReply,
    kept: Record<string, string>,
    work: () => Promise<string>,
  ) {
    try {
      return goTo(reply, this.pages.address(request, await work()));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return this.showCase(
        request,
        reply,
        error.status,
        error.needs.length > 0 ? error.needs : [{ name: error.kind, sentence: error.message }],
        kept,
      );
    }
  }

  private async showCase(
    request: PortalRequest,
    reply: FastifyReply,
    status: number,
    needs: UnmetNeed[],
    kept: Record<string, string>,
    before: Record<ListName, number | undefined> = {
      messages: undefined,
      letters: undefined,
      evidence: undefined,
      timeline: undefined,
    },
  ) {
    const holder = request.visitor as Holder;
    const first = await this.readMyCase.view(holder);
    const language = this.pages.languageFor(request, first.complaint.language);
    const view = await this.readMyCase.view(holder, language, before);
    const messages = await this.messages.page(holder, before.messages ? { before: before.messages } : {});
    const steps = (await this.readMyCase.steps(holder)).filter(({ unmet }) => unmet.length === 0);
    const timeline = await this.timelineIn(language, holder, before.timeline);
    const openings = await this.readMyCase.openings(holder.caseId);
    const roleName = (code: string) => roleSeen(code, language, request);
    const model = {
      view: withChecks(view, language),
      kept,
      role: holder.role,
      may: Object.fromEntries(steps.map(({ step }) => [step, true])),
      steps: steps
        .filter(({ step }) => !HAS_A_PLACE.has(step))
        .map(({ step }) => ({ step, name: say(language, `step.${step}.name`) })),
      translated: besideIn(view, language),
      amended: Object.fromEntries(
        AMENDED_PARTS.map((each) => [each, view.amendments.filter(({ part }) => part === each)]),
      ),
      writtenLanguages: WRITTEN_LANGUAGES.map((value) => ({ value, label: languageName(value) })),
      agreed: (await this.consents.list(holder, language))
        .filter(({ given }) => given !== null)
        .map((each) => ({ text: each.text, status: consentStatus(each, language, roleName) })),
      joinCodes: (view.collective?.joinCodes ?? []).map((code) => ({
        ...code,
        line: joinCodeLine(code, language),
      })),
      standing: standingOf({ ...view, clocks: clocksOpenTo(view, steps) }, language),
      safety: safetyOf(view, language),
      hasEnded: STATES[view.state].ended,
      offerSteps: OFFER_STEPS,
      canCheck: deliveredActions(view).length > 0 && steps.some(({ step }) => step === CHECK.step),
      promised: promisedActions(withChecks(view, language), language),
      largestFileMb: this.settings.evidenceMaxBytes / MEGABYTE,
      messages,
      messageForm: newId(),
      timeline,
      earlier: {
        messages: this.pagerOf(request, 'messages', before.messages, earlierThan(messages)),
        letters: this.pagerOf(request, 'letters', before.letters, view.earlierLetters),
        evidence: this.pagerOf(request, 'evidence', before.evidence, view.earlierEvidence),
        timeline: this.pagerOf(request, 'timeline', before.timeline, earlierThan(timeline)),
      },
      openings: openings.map((line) => ({ ...line, name: deedName(line.act, language) })),
    };
    return this.pages.show(request, reply, 'portal/my-case.njk', 'mycase.title', model, {
      status,
      needs,
      questions: {
        text: say(language, 'mycase.message.label'),
        language: say(language, 'mycase.message.language'),
        describes: say(language, 'mycase.evidence.describes'),
      },
      language: view.complaint.language,
    });
  }

  /** Addresses of the page before, and of the newest where another one is shown. */
  private pagerOf(
    request: PortalRequest,
    list: ListName,
    before: number | undefined,
    earlier: number | null,
  ): { earlier: string | null; newest: string | null } {
    const home = this.pages.address(request, '/my-case');
    const earlierPage = `${home}${home.includes('?') ? '&' : '?'}${list}=${earlier}#${list}`;
    return {
      earlier: earlier === null ? null : earlierPage,
      newest: before === undefined ? null : `${home}#${list}`,
    };
  }

  private async showErased(
    request: PortalRequest,
    reply: FastifyReply,
    erasure: MyErasure,
    before: number | undefined,
  ) {
    const holder = request.visitor as Holder;
    const language = this.pages.languageFor(request, erasure.language);
    const timeline = await this.timelineIn(language, holder, before);
    const model = {
      erasure,
      why: say(
        language,
        erasure.erasedUnder === ON_REQUEST ? 'mycase.erased.by-request' : 'mycase.erased.by-time',
      ),
      timeline,
      earlier: { timeline: this.pagerOf(request, 'timeline', before, earlierThan(timeline)) },
    };
    return this.pages.show(request, reply, 'portal/erased.njk', 'mycase.erased.title', model, {
      status: 410,
      language,
    });
  }

  private async timelineIn(language: string, holder: Holder, before: number | undefined) {
    const lines = await this.readMyCase.timeline(holder, before ? { before } : {});
    return lines.map((line) => ({ ...line, name: deedName(line.act, language) }));
  }

  private async showCheck(
    request: PortalRequest,
    reply: FastifyReply,
    status: number,
    answers: Record<string, unknown>,
    needs: UnmetNeed[],
  ) {
    const holder = request.visitor as Holder;
    const view = await this.readMyCase.view(holder);
    const language = this.pages.languageFor(request, view.complaint.language);
    const isOpen =
      deliveredActions(view).length > 0 &&
      (await this.readMyCase.steps(holder)).some(({ step }) => step === CHECK.step);
    const said = isOpen ? needs : [{ name: 'state', sentence: 'need.state' }];
    const { fields, placed } = fieldsWith(said, language, (faults) =>
      isOpen ? fieldsOf(CHECK, view, language, answers, faults) : [],
    );
    const model = {
      address: '/my-case/check',
      view,
      fields: fields.filter(({ action }) => action === null),
      actions: actionsAsked(fields, withChecks(view, language)),
      notices: [say(language, 'mycase.check.lead')],
      isOpen,
      typed: typedTexts(request.body),
    };
    return this.pages.show(request, reply, 'portal/step.njk', 'mycase.check.title', model, {
      status: isOpen ? status : Math.max(status, 409),
      needs: placed,
      language: view.complaint.language,
    });
  }

  private async showStep(
    request: PortalRequest,
    reply: FastifyReply,
    step: string,
    status: number,
    answers: Record<string, unknown>,
    needs: UnmetNeed[],
  ) {
    const holder = request.visitor as Holder;
    const view = await this.readMyCase.view(holder);
    const language = this.pages.languageFor(request, view.complaint.language);
    const open = (await this.readMyCase.steps(holder)).find((each) => each.step === step);
    const all = open || needs.length > 0 ? needs : [{ name: 'state', sentence: 'need.state' }];
    const { fields, placed } = fieldsWith(all, language, (faults) =>
      open
        ? fieldsOf(open, view, language, answers, faults).filter(({ name }) => isForHolder(name, step, view))
        : [],
    );
    return this.pages.show(
      request,
      reply,
      'portal/step.njk',
      has(`step.${step}.name`) ? `step.${step}.name` : 'mycase.title',
      {
        step,
        address: `/my-case/steps/${step}`,
        view,
        fields: fields.filter(({ action }) => action === null),
        actions: actionsAsked(fields, withChecks(view, language)),
        notices: noticesOf(step, language),
        isOpen: Boolean(open),
        typed: typedTexts(request.body),
        follows: has(`step.${step}.follows`) ? say(language, `step.${step}.follows`) : null,
      },
      {
        status: open ? status : Math.max(status, 409),
        needs: placed,
        language: view.complaint.language,
      },
    );
  }
}

/** A number in an address; undefined for anything else that stands there. */
function numberIn(query: unknown, field: string): number | undefined {
  const value = typed(query, field);
  return /^[1-9]\d{0,8}$/.test(value) ? Number(value) : undefined;
}

/** Which mandate is the own one is known, and where there is no file, none is asked for. */
function isForHolder(field: string, step: string, { evidence }: MyCaseView): boolean {
  if (field === 'mandateNumber') return step !== 'record-mandate';
  return field !== 'mandateProof' || evidence.length > 0;
}

/** What the check of every delivered action asks; the steps it leads to ask the same. */
const CHECK = {
  step: 'confirm-remedy',
  asks: ['actionResults'],
  mayAsk: ['actionComments', 'residualAccepted'],
} as const;

/** The step that the answers of the check are. Throws a `Refusal` that names each action without an answer. */
function checkedAnswers(
  answers: Record<string, unknown>,
  actions: readonly RemedyActionView[],
): { step: string } & Record<string, unknown> {
  const results = { ...(answers.actionResults as Record<string, unknown> | undefined) };
  const open = actions.filter(({ n, status }) => status === 'DONE' && !results[n]);
  if (open.length > 0)
    throw new Refusal(
      'invalid',
      'Every action that is done has to be answered.',
      open.map(({ n }) => ({ name: 'answer', field: `actionResults.${n}`, sentence: 'need.answer' })),
    );
  const { residualAccepted, ...said } = answers;
  const way = verificationStep(Object.values(results).map(String), residualAccepted === 'yes');
  if (!way)
    throw new Refusal('conflict', 'Nothing waits to be checked.', [
      { name: 'state', sentence: 'need.state' },
    ]);
  return { ...said, ...way, ...('remedyResult' in way && residualAccepted ? { residualAccepted } : {}) };
}

/** The fields of a form, each with what is wrong with it, and everything that is wrong. */
function fieldsWith(needs: UnmetNeed[], language: string, draw: (faults: UnmetNeed[]) => StepField[]) {
  const asked = draw([]);
  const placed = needsAtFields(
    needs,
    asked.map(({ name }) => name),
  ).map((need) => {
    const at = asked.find(({ name }) => name === need.field);
    // Nothing of what it was remains, or the page would say it anew without its question.
    return { name: 'said', field: need.field, sentence: saidOf(need, at, language) };
  });
  return { fields: draw(placed), placed };
}

/** A need as it is said at a question; where nothing was answered, by how that is answered. */
function saidOf(need: UnmetNeed, at: StepField | undefined, language: string): string {
  if (!at) return sentenceOf(need, language);
  const question =
    at.action === null
      ? at.label
      : `${say(language, 'mycase.action.number', { n: Number(at.action) })} – ${at.label}`;
  const isBlank = need.name === 'answer';
  return sentenceOf(isBlank ? { ...need, sentence: BLANK[at.shape] } : need, language, question);
}

/** What has to be done at a question that was left empty. */
const BLANK: Record<StepField['shape'], string> = {
  textarea: 'need.answer',
  line: 'need.answer',
  number: 'need.answer',
  day: 'need.answer',
  radios: 'need.answer.choose',
  checkboxes: 'need.answer.choose',
  select: 'need.answer.choose',
  confirm: 'need.answer.tick',
};

function staleNeed({ kind }: Refusal): UnmetNeed[] {
  return kind === 'stale' ? [{ name: 'stale', sentence: 'need.stale' }] : [];
}

function fieldsOf(
  open: Pick<OpenStep, 'step'> & { asks: readonly AskName[]; mayAsk: readonly AskName[] },
  view: MyCaseView,
  language: string,
  answers: Record<string, unknown>,
  needs: UnmetNeed[],
) {
  const actions = view.actions
    .filter(({ status }) => status !== 'REFUSED')
    .map(({ n, action, description }) => ({
      value: String(n),
      label: has(`remedy.${action}.check`) ? say(language, `remedy.${action}.check`) : description,
    }));
  return stepFields(
    open,
    {
      label: (name) => say(language, `ask.${name}`),
      code: (name, code) => say(language, `code.${name}.${code}`),
      yes: say(language, 'page.yes'),
      no: say(language, 'page.no'),
      choices: { actionNumber: actions, ...numbered(view, language, open.step) },
      actions: ACTIONS_ASKED[open.step]?.(view).map(({ n }) => String(n)) ?? [],
    },
    { writtenIn: language, ...answers },
    needs,
  );
}

/** What the person can choose from where a step names one of several things of the case. */
function numbered(
  {
    supports,
    transcripts,
    dictations,
    mandates,
    evidence,
    earlierEvidence,
    collective,
    facilitators,
  }: MyCaseView,
  language: string,
  step: string,
) {
  const none = { value: '', label: say(language, 'mycase.mandate.no-file') };
  return {
    joinCodeNumber: (collective?.joinCodes ?? [])
      .filter(({ endedOn }) => endedOn === null)
      .map((code) => ({ value: String(code.n), label: joinCodeLine(code, language) })),
    mandateNumber: mandates
      .filter(({ status }) => status === 'CLAIMED' || (status === 'CONFIRMED' && step !== 'confirm-mandate'))
      .map((each) => ({ value: String(each.n), label: mandateLine(each, language) })),
    // Of more files than stand on one page the number is asked, which the list of files shows.
    ...(earlierEvidence === null
      ? {
          mandateProof: [
            none,
            ...evidence.map(({ n, fileName }) => ({ value: String(n), label: `${n}. ${fileName}` })),
          ],
        }
      : {}),
    supportNumber: supports
      .filter(({ status }) => status === 'ASKED' || status === 'ARRANGED')
      .map(({ n, kind }) => ({ value: String(n), label: say(language, `code.supportKind.${kind}`) })),
    facilitatorNumber: facilitators
      .filter(({ person }) => person !== (step === 'accept-facilitator' ? 'ACCEPTED' : 'REFUSED'))
      .map(({ n, who }) => ({
        value: String(n),
        label: `${n}. ${who.length > 80 ? `${who.slice(0, 79)}…` : who}`,
      })),
    dictationNumber: dictations
      .filter(({ objectedOn }) => objectedOn === null)
      .map(({ n, step: said, saidOn, writtenOn }) => ({
        value: String(n),
        label: `${n}. ${say(language, `step.${said}.done`)} (${sayDay(language, saidOn ?? writtenOn)})`,
      })),
    transcriptNumber: transcripts.map(({ n, occasion, heldOn }) => ({
      value: String(n),
      label: say(language, `mycase.transcript.${occasion}`, { day: sayDay(language, heldOn) }),
    })),
  };
}

/** Who says on what they act: the name only where the reader may know it. */
function mandateLine({ n, name, basis }: MandateView, language: string): string {
  const rests = say(language, basis === null ? 'mycase.mandate.no-basis' : `code.mandateBasis.${basis}`);
  return name === null ? `${n}. ${rests}` : `${n}. ${name} – ${rests}`;
}

function joinCodeLine({ n, places, until }: JoinCodeView, language: string): string {
  return say(language, 'mycase.group.code', { n, places, day: sayDay(language, until) });
}

/** The actions that a step asks about one by one. */
const ACTIONS_ASKED: Partial<Record<string, (view: MyCaseView) => RemedyActionView[]>> = {
  'accept-offer': ({ actions }) => actions.filter(({ status }) => status === 'PROPOSED'),
  'confirm-remedy': deliveredActions,
  'report-not-delivered': deliveredActions,
};

function deliveredActions({ actions }: MyCaseView): RemedyActionView[] {
  return actions.filter(({ status }) => status === 'DONE');
}

/** The check-in that waits for an answer, and the day of the next. */
function safetyOf({ checkIns }: MyCaseView, language: string) {
  return {
    askedOn: checkIns.findLast(({ status }) => status === 'ASKED')?.askedOn ?? null,
    nextOn: checkIns.find(({ status }) => status === 'PLANNED')?.dueOn ?? null,
    answers: CHECK_IN_ANSWERS.map((value) => ({ value, label: say(language, `code.safeNow.${value}`) })),
  };
}

/** What can be answered to an open offer; the same links stand at the offer and among what can be done now. */
const OFFER_STEPS = ['accept-offer', 'refuse-offer', 'counter-offer', 'ask-about-offer', 'appeal'];

/** Actions that were answered, each with where it stands now. */
function promisedActions({ actions }: MyCaseView, language: string) {
  return actions
    .filter(({ status }) => status !== 'PROPOSED')
    .map((action) => ({
      ...action,
      standing: say(language, `mycase.action.standing.${actionStanding(action)}`),
    }));
}

function actionStanding({ status, agreed }: RemedyActionView): string {
  return agreed === false && status !== 'REFUSED' && status !== 'DONE' ? 'WITHOUT_AGREEMENT' : status;
}

/** Each action with the questions that are asked about it. */
function actionsAsked(fields: readonly StepField[], view: MyCaseView) {
  return view.actions
    .map((action) => ({ ...action, fields: fields.filter((field) => field.action === String(action.n)) }))
    .filter((action) => action.fields.length > 0);
}

/** The case, each action with the question by which the person will check it, in her language. */
function withChecks(view: MyCaseView, language: string) {
  const check = ({ action }: RemedyActionView) =>
    say(language, has(`remedy.${action}.check`) ? `remedy.${action}.check` : 'ask.actionResult');
  return { ...view, actions: view.actions.map((action) => ({ ...action, check: check(action) })) };
}

/** What has to be known before a step is taken, paragraph by paragraph. */
function noticesOf(step: string, language: string): string[] {
  const key = `step.${step}.notice`;
  const coolingOff = say(language, 'how.length.calendarDays', { n: COOLING_OFF_DAYS });
  return has(key) ? say(language, key, { coolingOff }).split('\n\n') : [];
}

/** Clocks of the case; the time to take an acceptance back only while it can be. */
function clocksOpenTo({ clocks }: MyCaseView, open: readonly OpenStep[]): ClockView[] {
  return clocks.filter(
    ({ code }) => code !== 'TARGET-COOLING-OFF' || open.some(({ step }) => step === 'take-back-acceptance'),
  );
}

/** What happened, never as the button that does it: she would read it as something that she still has to do. */
function deedName(act: string, language: string): string {
  return has(`step.${act}.done`)
    ? say(language, `step.${act}.done`)
    : has(`act.${act}`)
      ? say(language, `act.${act}`)
      : act;
}
