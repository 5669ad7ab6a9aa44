import { missingAttempts } from '../../rules/contact-attempts';
import { MAIL_ANSWERS, type MailAnswerStatus } from '../../rules/mail-answers';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Messages } from '../../casework/messages';
import { ReadCase } from '../../casework/read-case';
import type { BesideCaseView } from '../../casework/registers/register-views';
import { Registers } from '../../casework/registers/registers';
import type { CasePages, CaseView, MessageView, OpenStep, TaskView } from '../../casework/views';
import { Wordings } from '../../casework/wordings/wordings';
import { Accounts } from '../../people/accounts';
import type { Refusal, UnmetNeed } from '../../platform/refusal';
import { languageName } from '../../rules/languages';
import type { StepName } from '../../rules/steps';
import { TASKS, type TaskKind } from '../../rules/tasks';
import { REACH_OUT, type RoleCode } from '../../rules/roles';
import { answerLines, assessmentLines } from './answer-lines';
import { codeLabel } from './code-label';
import { DeskPages, officerOf, type DeskRequest } from './desk-pages';
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
    const all = await this.readCase.openSteps(reference, request.visitor);
    const openSteps = all.filter(({ dictated }) => !dictated);
    const typedBefore = { message: kept.message ?? '', describes: kept.describes ?? '' };
    const { roles, guest } = officerOf(request);
    const mayReveal = !guest && roles.some((role) => (REACH_OUT as readonly RoleCode[]).includes(role));
    const beside = guest ? null : await this.registers.besideCase(request.visitor, reference);
    const model = {
      ...(await this.modelOf(request, view, openSteps, beside)),
      dictatable: dictatable(
        view,
        all.filter(({ dictated }) => dictated),
        openSteps,
      ),
      missingAttempts: missingAttempts(view.contactAttempts.filter(({ counts }) => counts)),
      beside,
      isEarlier: kept.pages ?? {},
      ...typedBefore,
      mayReveal,
      mayErase: roles.includes('DPO'),
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

  /** Messages that have a translation and stand on another page. */
  private async translatedMessages(request: DeskRequest, view: CaseView): Promise<MessageView[]> {
    const shown = new Set(view.messages.map(({ n }) => n));
    const missing = view.translations
      .filter(({ ofKind, ofNumber }) => ofKind === 'MESSAGE' && !shown.has(ofNumber))
      .map(({ ofNumber }) => ofNumber);
    return missing.length === 0 ? [] : this.messages.numbered(request.visitor, missing, view.reference);
  }

  private async modelOf(
    request: DeskRequest,
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
    return {
      view,
      translations: translationCards(view, await this.translatedMessages(request, view)),
      requests: translationRequestCards(view),
      languageName: languageName(view.complaint.language),
      jumps: drawn(sections),
      empty: sections.filter(({ isEmpty }) => isEmpty).map(({ title }) => title.toLowerCase()),
      path: casePath(view.reference),
      tasks: view.tasks.map((task) => ({ ...task, href: taskHref(task, standing) })),
      nextDue: due ?? null,
      mailAnswerTold: MAIL_ANSWERS[view.mailAnswer as MailAnswerStatus] ?? null,
      assessment: assessmentLines(view.assessment),
      said: view.said.map((each) => ({ ...each, lines: answerLines(each.answers, names) })),
      ready: openSteps.filter(({ proposal, unmet }) => proposal === null && unmet.length === 0),
      waiting: openSteps
        .filter(({ proposal, unmet }) => proposal === null && unmet.length > 0)
        .map((each) => ({ ...each, unmet: needsWithWays(each.step as StepName, each.unmet, standing) })),
      agreements: openSteps
        .filter(({ proposal }) => proposal !== null)
        .map((each) => ({ ...each, lines: answerLines(each.proposal!.answers, names) })),
    };
  }
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
    section('dictations', 'Written down for the person', view.dictations),
    section('supports', 'What the person asked for to take part', view.supports),
    section('amendments', 'What the person added or corrected', view.amendments),
    section('transcripts', 'Transcripts', view.transcripts),
    section('translations', 'Translations', [...view.translations, ...view.translationRequests]),
    section('complaint', 'Complaint'),
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
    section('protection', 'Protection plan', view.protection),
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

/** Steps of the person that this reader may write down, in the words of her own page; or why somebody else has to. */
function dictatable(view: CaseView, hers: readonly OpenStep[], openSteps: readonly OpenStep[]) {
  const standing: Standing = {
    path: casePath(view.reference),
    openSteps,
    sections: drawnSections(view),
    page: 'case',
  };
  const steps = hers
    .filter(({ step }) => isAboutSomething(step, view))
    .map((each) => ({ ...each, name: say('en', `step.${each.step}.name`) }));
  const apart = hers.flatMap(({ unmet }) => unmet).find(({ name }) => name === 'penHolderIsApart');
  return {
    keptApart: apart?.sentence ?? null,
    ready: steps.filter(({ unmet }) => unmet.length === 0),
    waiting: steps
      .filter(({ unmet }) => unmet.length > 0)
      .map((each) => ({ ...each, unmet: needsWithWays(each.step as StepName, each.unmet, standing) })),
  };
}

/** What a step has to be about for it to be offered. */
const ABOUT: Partial<Record<string, (view: CaseView) => readonly unknown[]>> = {
  'object-to-dictation': ({ dictations }) => dictations.filter(({ objectedOn }) => objectedOn === null),
  'approve-transcript': ({ transcripts }) => transcripts,
  'dispute-transcript': ({ transcripts }) => transcripts,
  'accept-facilitator': ({ facilitators }) => facilitators,
  'refuse-facilitator': ({ facilitators }) => facilitators,
};

function isAboutSomething(step: string, view: CaseView): boolean {
  return ABOUT[step]?.(view).length !== 0;
}

/** To the form that settles a task, where the reader may use it; otherwise to where it stands. */
function taskHref({ kind, step }: TaskView, { path, openSteps, sections }: Standing): string {
  if (step !== null && openSteps.some((open) => open.step === step)) return `${path}/steps/${step}`;
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
