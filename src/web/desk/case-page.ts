import { missingAttempts } from '../../rules/contact-attempts';
import { MAIL_ANSWERS, type MailAnswerStatus } from '../../rules/mail-answers';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { EvidenceFiles } from '../../casework/evidence-files';
import { Messages } from '../../casework/messages';
import { Policies } from '../../casework/policies/policies';
import { ReadCase } from '../../casework/read-case';
import type { BesideCaseView } from '../../casework/registers/register-views';
import { Registers } from '../../casework/registers/registers';
import type { CasePages, CaseView, OpenStep, TaskView } from '../../casework/views';
import { Wordings } from '../../casework/wordings/wordings';
import { Accounts } from '../../people/accounts';
import { newId } from '../../platform/ids';
import type { Refusal, UnmetNeed } from '../../platform/refusal';
import { mayDo } from '../../rules/acts';
import { languageName } from '../../rules/languages';
import type { Policy } from '../../rules/policy';
import { TASKS, type TaskKind } from '../../rules/tasks';
import type { Readiness } from '../../rules/workflow';
import { REACH_OUT, type RoleCode } from '../../rules/roles';
import type { TranslatedKind } from '../../rules/taking-part';
import { answerLines, assessmentLines } from './answer-lines';
import { peopleOf } from './case-people';
import { clockRows } from './clock-lines';
import { codeLabel } from './code-label';
import { DeskPages, officerOf, type DeskRequest } from './desk-pages';
import { partLabel } from './sharing-model';
import { proofOf } from './step-guide';
import { needsWithWays, type Standing } from './need-ways';
import { translationCards, translationRequestCards } from './translation-cards';
import { has, languageOf, say } from '../../words/words';

/** The page of one case; forms that lie on it draw it again when something was wrong. */
@Injectable()
export class CasePage {
  constructor(
    private readonly readCase: ReadCase,
    private readonly registers: Registers,
    private readonly messages: Messages,
    private readonly evidenceFiles: EvidenceFiles,
    private readonly policies: Policies,
    private readonly accounts: Accounts,
    private readonly wordings: Wordings,
    private readonly pages: DeskPages,
  ) {}

  /** Draws the case; `kept` is what was typed into one of its forms. */
  async show(
    request: DeskRequest,
    reply: FastifyReply,
    reference: string,
    kept: { notice?: string | null; message?: string; describes?: string; pages?: CasePages },
    status = 200,
    needs: readonly UnmetNeed[] = [],
  ) {
    const view = await this.readCase.forStaff(reference, request.visitor, kept.pages);
    const policy = await this.policies.of(view.policyVersion);
    const all = await this.readCase.openSteps(reference, request.visitor);
    const openSteps = all.filter(({ dictated, proposal }) => !dictated || proposal !== null);
    const typedBefore = {
      message: kept.message ?? '',
      describes: kept.describes ?? '',
      messageForm: newId(),
    };
    const { roles, guest } = officerOf(request);
    const mayReveal = !guest && roles.some((role) => (REACH_OUT as readonly RoleCode[]).includes(role));
    const beside = guest ? null : await this.registers.besideCase(request.visitor, reference);
    const model = {
      ...(await this.modelOf(request, policy, view, openSteps, beside)),
      dictatable: dictatable(
        policy,
        view,
        all.filter(({ dictated, proposal }) => dictated && proposal === null),
        openSteps,
      ),
      missingAttempts: missingAttempts(view.contactAttempts.filter(({ counts }) => counts)),
      beside,
      isEarlier: kept.pages ?? {},
      ...typedBefore,
      mayReveal,
      mayShare: !guest && mayDo(roles, 'read-sharing'),
      mayErase: roles.includes('DPO'),
      mayAssign: openSteps.some(({ step }) => step === 'assign'),
      mayLink: openSteps.some(({ step }) => step === 'link-case'),
      mayEndGuests: openSteps.some(({ step }) => step === 'end-guest'),
      ...(await this.blocksFor(view, guest !== undefined)),
      seesFiles: !guest || guest.seesFiles,
      notice: kept.notice ?? null,
    };
    return this.pages.show(request, reply, 'desk/case.njk', `Case ${reference}`, model, { status, needs });
  }

  /** Text blocks in the language in which the person is written to. What is worded for the house is no guest's. */
  async blocksFor({ complaint }: CaseView, isGuest: boolean) {
    const blockLanguage = languageOf(complaint.language);
    return {
      blocks: isGuest ? [] : await this.wordings.blocks(blockLanguage),
      blockLanguage,
      blockLanguageLabel: codeLabel('storyLanguage', blockLanguage),
    };
  }

  /** The case with messages and files, too, that are translated, or are to be, and stand on another page. */
  private async withTranslated(request: DeskRequest, view: CaseView): Promise<CaseView> {
    const { visitor } = request;
    const missing = (kind: TranslatedKind, rows: readonly { n: number }[]) =>
      [...view.translations, ...view.translationRequests]
        .filter(({ ofKind, ofNumber }) => ofKind === kind && !rows.some(({ n }) => n === ofNumber))
        .map(({ ofNumber }) => ofNumber);
    const messages = missing('MESSAGE', view.messages);
    const files = missing('FILE', view.evidence);
    return {
      ...view,
      messages: [
        ...view.messages,
        ...(messages.length > 0 ? await this.messages.numbered(visitor, messages, view.reference) : []),
      ],
      evidence: [
        ...view.evidence,
        ...(files.length > 0 ? await this.evidenceFiles.numbered(visitor, files, view.reference) : []),
      ],
    };
  }

  private async modelOf(
    request: DeskRequest,
    policy: Policy,
    view: CaseView,
    openSteps: OpenStep[],
    beside: BesideCaseView | null,
  ) {
    const names = new Map((await this.accounts.list()).map(({ id, name }) => [id, name]));
    const due = view.clocks
      .filter(({ status }) => status === 'RUNNING')
      .toSorted((a, b) => a.dueInternal.localeCompare(b.dueInternal))[0];
    const sections = sectionsOf(view, beside);
    const standing: Standing = {
      path: casePath(view.reference),
      openSteps,
      sections: drawn(sections),
      page: 'case',
    };
    const stepsThatAre = (readiness: Readiness) =>
      openSteps
        .filter((each) => each.readiness === readiness)
        .map((each) => ({ ...each, unmet: needsWithWays(policy.row(each.step), each.unmet, standing) }));
    const translated = await this.withTranslated(request, view);
    return {
      view,
      translations: translationCards(translated),
      requests: translationRequestCards(translated),
      languageName: languageName(view.complaint.language),
      jumps: drawn(sections),
      empty: sections.filter(({ isEmpty }) => isEmpty).map(({ title }) => title.toLowerCase()),
      path: casePath(view.reference),
      tasks: view.tasks.map((task) => ({ ...task, href: taskHref(task, standing, openSteps) })),
      clocks: clockRows(view.clocks),
      risk: riskOf(view).map((each) => ({ ...each, lines: answerLines(each.answers, names) })),
      people: peopleOf(view, riskOf(view)),
      proofOf,
      nextDue: due ?? null,
      mailAnswerTold: MAIL_ANSWERS[view.mailAnswer as MailAnswerStatus] ?? null,
      packets: view.packets.map((each) => ({ ...each, labels: each.parts.map(partLabel) })),
      assessment: assessmentLines(view.assessment),
      said: view.said.map((each) => ({ ...each, lines: answerLines(each.answers, names) })),
      ready: stepsThatAre('READY'),
      missing: stepsThatAre('MISSING'),
      nothingThere: stepsThatAre('NOTHING_THERE'),
      ...proposals(stepsThatAre('PROPOSED'), names),
    };
  }
}

/** The risk of reprisal as it was last assessed, for those who read what was said of it; none or one. */
function riskOf({ said }: CaseView): CaseView['said'] {
  const last = said.findLast(({ step }) => step === 'assess-reprisal');
  return last ? [last] : [];
}

/** Proposed steps: those that wait for the word of this reader, and those that wait for somebody else's. */
function proposals(steps: readonly OpenStep[], names: ReadonlyMap<string, string>) {
  const lined = steps.map((each) => ({ ...each, lines: answerLines(each.proposal!.answers, names) }));
  return {
    agreements: lined.filter(({ proposal }) => proposal!.maySettle),
    proposed: lined.filter(({ proposal }) => !proposal!.maySettle),
  };
}

/** Parts of the page of a case that are drawn, by their anchors. */
export function drawnSections(view: CaseView): { id: string; title: string }[] {
  return drawn(sectionsOf(view, null));
}

function drawn(sections: ReturnType<typeof sectionsOf>) {
  return sections.filter(({ isEmpty }) => !isEmpty);
}

/** Sections of the page in their order. An empty one is not drawn; messages and files always are, for their forms. */
function sectionsOf(
  view: CaseView,
  beside: BesideCaseView | null,
): { id: string; title: string; isEmpty: boolean }[] {
  const section = (id: string, title: string, rows?: readonly unknown[]) => ({
    id,
    title,
    isEmpty: rows?.length === 0,
  });
  return [
    section('tasks', 'What is to be done', view.tasks),
    section('late', 'What is late', [...view.late, ...view.lateReports]),
    section('mandates', 'Who speaks for the person', view.mandates),
    section('contact-attempts', 'Attempts to reach the person', view.contactAttempts),
    section('dictations', 'Written down for the person', [...view.dictations, ...view.denials]),
    section('supports', 'What the person asked for to take part', view.supports),
    section('amendments', 'What the person added or corrected', view.amendments),
    section('transcripts', 'Transcripts', view.transcripts),
    section('translations', 'Translations', [...view.translations, ...view.translationRequests]),
    section('complaint', 'Complaint'),
    section('people', 'People'),
    section('steps', 'Steps'),
    section('assessment', 'Assessment'),
    section('routing', 'What the rules propose', view.routing ? [1] : []),
    section('clocks', 'Clocks', view.clocks),
    section('allegations', 'Allegations', view.allegations),
    section('evidence-requests', 'Requests for evidence', view.evidenceRequests),
    section('facilitators', 'Who leads the dialogue', view.facilitators),
    section('meetings', 'Interviews and sessions', view.meetings),
    section('offers', 'Offers', view.offers),
    section('actions', 'Actions of remedy', view.actions),
    section('measures', 'Interim measures', view.measures),
    section('protection', 'Protection plan', [...view.protection, ...riskOf(view)]),
    section('check-ins', 'Check-ins', view.checkIns),
    section('holds', 'Legal holds', view.holds),
    section('erasure', 'Requests for erasure', view.erasureRequests),
    section('appeals', 'Appeals', view.appeals),
    section('stories', 'Told to the public', view.stories),
    section('questions', 'Questions', view.questions),
    section('internal-notes', 'Internal notes', view.internalNotes),
    section('messages', 'Messages'),
    section('evidence', 'Evidence'),
    section('consents', 'What the person agrees to', view.consents),
    section('packets', 'Passed on, or waiting for it', view.packets),
    section('proceedings', 'Parallel proceedings', view.proceedings),
    section('joined', 'Joined cases', [...view.mergedHere, ...(view.mergedInto ? [1] : [])]),
    section('systems', 'AI systems', view.systems),
    ...(beside ? [section('registers', 'Registers and case law', [...beside.used, ...beside.caseLaw])] : []),
    section('links', 'Linked cases', view.links),
    section('duplicates', 'May tell of the same', view.duplicates),
    section('collective', 'Collective complaint', view.collective || view.memberOf ? [1] : []),
    section('assignments', 'Who works on it', view.assignments),
    section('exclusions', 'Who must not learn of it', view.exclusions),
    section('guests', 'Guests from outside', view.guests),
    section('break-glass', 'Opened in an emergency', view.breakGlass),
    section('letters', 'Letters', view.letters),
    section('said', 'What was said', view.said),
  ];
}

/** What keeps this reader from writing anything down in the case. */
const KEEPS_FROM_WRITING: readonly string[] = ['penHolderIsApart', 'penHolderNotDenied'];

/** Steps of the person that this reader may write down, in the words of her own page; or why somebody else has to. */
function dictatable(
  policy: Policy,
  view: CaseView,
  hers: readonly OpenStep[],
  openSteps: readonly OpenStep[],
) {
  const standing: Standing = {
    path: casePath(view.reference),
    openSteps,
    sections: drawnSections(view),
    page: 'case',
  };
  const steps = hers
    .filter(({ readiness }) => readiness !== 'NOTHING_THERE')
    .map((each) => ({ ...each, name: say('en', `step.${each.step}.name`) }));
  const apart = hers.flatMap(({ unmet }) => unmet).find(({ name }) => KEEPS_FROM_WRITING.includes(name));
  return {
    keptApart: apart?.sentence ?? null,
    ready: steps.filter(({ unmet }) => unmet.length === 0),
    waiting: steps
      .filter(({ unmet }) => unmet.length > 0)
      .map((each) => ({ ...each, unmet: needsWithWays(policy.row(each.step), each.unmet, standing) })),
  };
}

/** To the form that settles a task, where the reader may use it; otherwise to where it stands. */
function taskHref(
  { kind, step }: TaskView,
  { path, sections }: Standing,
  openSteps: readonly OpenStep[],
): string {
  const isWay = (open: OpenStep) =>
    open.step === step &&
    open.readiness !== 'NOTHING_THERE' &&
    (kind !== 'AGREEMENT' || open.proposal?.maySettle === true);
  if (step !== null && openSteps.some(isWay)) return `${path}/steps/${step}`;
  const section = TASKS[kind as TaskKind].section;
  return `#${sections.some(({ id }) => id === section) ? section : 'clocks'}`;
}

/** Where a case lies; safe whatever stands in the address. */
export function casePath(reference: string): string {
  return `/desk/cases/${encodeURIComponent(reference)}`;
}

/** The needs of a refusal, shown at one field; the refusal itself where it names none. */
export function needsAt(refusal: Refusal, field: string): UnmetNeed[] {
  const needs =
    refusal.needs.length > 0 ? refusal.needs : [{ name: refusal.kind, sentence: refusal.message }];
  return needs.map(({ sentence, ...need }) => ({
    ...need,
    field,
    sentence: has(sentence) ? say('en', sentence) : sentence,
  }));
}
