import type { Officer, Visitor } from '../people/visitor';
import { newId } from '../platform/ids';
import type { Day } from '../platform/time';
import { Dictation } from '../records/entities/dictation';
import { Proposal } from '../records/entities/proposal';
import { CASE_WENT_ON, objectUntil, toldRefusal } from '../rules/dictations';
import { DICTATION_ASKS, DICTATION_MAY_ASK, settlesSame, waitsOnlyDictated } from '../rules/dictated-row';
import { isOwnWord } from '../rules/needs/dictations';
import type { StepAnswers } from '../rules/needs/facts';
import type { RoleCode } from '../rules/roles';
import type { StepName, StepRow } from '../rules/steps';
import type { CaseFile } from './case-file';
import { nameOf, type Names } from './case-objects';
import type { Actor } from './facts';
import type { ClockKeeper } from './keep-clocks';
import type { OpenWords } from './open-words';
import {
  knowsHowSaid,
  saidIn,
  waitingDenials,
  waitingDictations,
  wordOf,
  type OwnReader,
} from './dictation-rows';
import { queueTold } from './letters';
import type {
  DenialView,
  DictationView,
  HowSaid,
  MyDictationView,
  MyProposedDictationView,
} from './party-views';
import { nextNumber, type CaseContext, type StepContext } from './step-context';
import type { StepEffect } from './step-effect';

const OBJECTION = 'TARGET-OBJECTION';
const OWN_ASKS: readonly string[] = [...DICTATION_ASKS, ...DICTATION_MAY_ASK];

/** Whether these are answers of a step that somebody wrote down for the person. */
export function isDictated(answers: StepAnswers): boolean {
  return answers.saidBy !== undefined;
}

/**
 * Whether a member of staff writes a step of hers down: it says how she said it, or it is none that they take themselves. A guest never does.
 */
export function isToBeDictated(row: StepRow, visitor: Visitor, raw: Record<string, unknown>): boolean {
  if (!row.dictatedTo || visitor.kind !== 'officer' || visitor.guest) return false;
  return (
    Object.keys(raw).some((name) => OWN_ASKS.includes(name)) || !row.by.some((role) => holds(visitor, role))
  );
}

function holds({ roles }: Officer, role: RoleCode): boolean {
  return roles.includes(role);
}

/** Whose step it is: hers, or that of whoever speaks for her under the mandate that is named. */
export function speakerOf(
  { mandates }: CaseFile,
  answers: StepAnswers,
  writtenBy: NonNullable<Actor['writtenBy']>,
): Actor {
  if (answers.saidBy !== 'REP') return { role: 'RH', personId: null, writtenBy };
  const mandate = mandates.find(({ n }) => n === answers.mandateNumber);
  return { role: 'REP', personId: null, ...(mandate ? { partyId: mandate.partyId } : {}), writtenBy };
}

/** Keeps who wrote it down, when and how, so that she can object; her letter says so. */
export async function keepDictation(step: StepContext, agreedBy: string | null): Promise<void> {
  const { writtenBy } = step.actor;
  if (!writtenBy) return;
  const until = objectUntil(step.today);
  await step.insert(Dictation, {
    id: newId(),
    caseId: step.caseId,
    n: nextNumber(step.file.dictations),
    revision: step.file.case.revision + 1,
    step: step.row.step,
    saidBy: step.actor.role,
    mandateNumber: wordOf(step.answers).mandateNumber,
    saidOn: step.text('saidOn'),
    saidThrough: step.text('saidThrough'),
    knownBy: step.text('knownBy'),
    byRole: writtenBy.role,
    personId: writtenBy.personId,
    agreedBy,
    writtenOn: step.today,
    objectUntil: until,
    objectedOn: null,
    holds: null,
    answeredOn: null,
  });
  Object.assign(step.told, toldOf(step.row.step, step.answers, writtenBy.role), { objectUntil: until });
}

/** What her letter says of something that was written down for her: what, who said it, how and through which role. */
function toldOf(step: string, answers: StepAnswers, penRole: string): Record<string, unknown> {
  const { saidBy, mandateNumber, saidOn, saidThrough, saidWords } = answers;
  return {
    toldStep: step,
    toldSpeaker: saidBy,
    toldMandate: mandateNumber,
    toldPen: penRole,
    saidOn,
    saidThrough,
    ...(OF_DANGER.includes(step) ? {} : { saidWords }),
  };
}

/** Tells her what was written down for her and waits for a second person, so that she can stop it. */
export async function tellWaiting(
  context: CaseContext,
  step: string,
  answers: StepAnswers,
  { byRole, dueOn }: { byRole: string; dueOn: Day },
): Promise<void> {
  await queueTold(context, 'dictation-waits', { ...toldOf(step, answers, byRole), agreeUntil: dueOn });
}

/** Tells her that what was written down for her was not accepted, and why. */
export async function tellRefused(
  context: CaseContext,
  { step, byRole }: Proposal,
  answers: StepAnswers,
  refusedFor: string,
): Promise<void> {
  const letter = refusedFor === CASE_WENT_ON ? 'dictation-over' : 'dictation-refused';
  await queueTold(context, letter, {
    ...toldOf(step, answers, byRole),
    refusedFor: toldRefusal(refusedFor),
  });
}

/** What was proposed waits for nobody any more, and the person is told what of it was hers. */
export async function giveWay(context: CaseContext, proposal: Proposal): Promise<void> {
  await context.update(Proposal, proposal.id, { status: 'REPLACED' });
  await tellMoot(context, proposal);
}

/** Tells her that what was written down for her can no longer be done, since the case went on without it; of anything else, nothing. */
async function tellMoot(context: CaseContext, proposal: Proposal): Promise<void> {
  if (!waitsOnlyDictated(proposal.step) || !context.hasKey) return;
  const answers = answersOf(context, proposal);
  const refusedFor = CASE_WENT_ON;
  await context.update(Proposal, proposal.id, { refusedFor, refusedOn: context.today });
  await tellRefused(context, proposal, answers, refusedFor);
}

/** What was answered with what somebody proposed. */
export function answersOf(context: CaseContext, { id, answersSealed }: Proposal): StepAnswers {
  return JSON.parse(context.unseal('proposals', 'answersSealed', id, answersSealed)) as StepAnswers;
}

/** What was written down and still waits for a second person gives way to what the same person says of the same thing themselves; she is told. */
export async function replaceDictated(step: StepContext): Promise<void> {
  for (const proposal of ownWaiting(step))
    if (settlesSame(step.row, step.answers, step.file.policy.row(proposal.step), answersOf(step, proposal)))
      await giveWay(step, proposal);
}

/** What waits of what the actor may take back. */
function ownWaiting({ file, actor }: StepContext): Proposal[] {
  return waitingDictations(file).filter((proposal) => isOwnWord(actor, saidIn(file, proposal)));
}

/** Steps whose words are of danger: they stand on no page and in no letter that somebody else may open. */
const OF_DANGER: readonly string[] = ['report-retaliation', 'withdraw'];

/** She says that it is not what she said, of what waits and of what was done; somebody who did not write it down answers. */
export const DICTATION_EFFECTS: Partial<Record<StepName, StepEffect>> = {
  'deny-dictation': async (step) => {
    for (const { id } of ownWaiting(step))
      await step.update(Proposal, id, { status: 'DENIED', deniedOn: step.today });
  },
  'answer-denial': async (step, clocks) => {
    for (const { id } of waitingDenials(step.file))
      await step.update(Proposal, id, { denialAnsweredOn: step.today });
    if (!step.file.dictations.some(waitsForAnswer)) await clocks.stop(({ code }) => code === OBJECTION);
  },
  'object-to-dictation': (step) =>
    step.update(Dictation, namedDictation(step).id, { objectedOn: step.today }),
  'answer-objection': async (step, clocks) => {
    const named = namedDictation(step);
    const holds = step.answer<boolean>('dictationHolds');
    await step.update(Dictation, named.id, { holds, answeredOn: step.today });
    await stopUnlessAnotherWaits(step, clocks, named);
  },
};

async function stopUnlessAnotherWaits(step: StepContext, clocks: ClockKeeper, answered: Dictation) {
  const others = step.file.dictations.filter(({ id }) => id !== answered.id);
  if (others.some(waitsForAnswer) || waitingDenials(step.file).length > 0) return;
  await clocks.stop(({ code }) => code === OBJECTION);
}

const waitsForAnswer = ({ objectedOn, answeredOn }: Dictation) => objectedOn !== null && answeredOn === null;

/** What staff wrote down for her and no second person agreed to yet, and what one of them refused or she denied; oldest first, those that wait last. */
export function myProposedViews(
  file: CaseFile,
  words: OpenWords,
  reader: OwnReader,
): MyProposedDictationView[] {
  const over = file.proposals.filter(({ refusedFor, deniedOn }) => refusedFor !== null || deniedOn !== null);
  return [...over, ...waitingDictations(file)].map((row) => {
    const { step, mandateNumber, byRole, proposedOn, dueOn, refusedFor, refusedOn } = row;
    const { deniedOn, denialAnsweredOn } = row;
    const answers = JSON.parse(words.text('proposals', 'answersSealed', row.id, row.answersSealed)) as Record<
      string,
      string
    >;
    const { saidBy, saidOn, saidThrough, saidThroughWhom, saidWords } = answers;
    return forReader(reader, mandateNumber, {
      step,
      saidBy: saidBy!,
      saidOn: saidOn!,
      saidThrough: saidThrough!,
      throughWhom: saidThroughWhom ?? null,
      words: saidWords!,
      byRole,
      writtenOn: proposedOn,
      agreeUntil: refusedOn === null && deniedOn === null ? dueOn : null,
      refusedFor: refusedFor && toldRefusal(refusedFor),
      refusedOn,
      deniedOn,
      denialAnsweredOn,
    });
  });
}

const namedDictation = ({ file, answers }: StepContext): Dictation =>
  file.dictations.find(({ n }) => n === answers.dictationNumber)!;

/** For the person and who stands beside them: staff by role. Of danger, nobody reads the words there; how something was said, only the person and who said it. */
export function myDictationViews(file: CaseFile, words: OpenWords, reader: OwnReader): MyDictationView[] {
  return allDictations(file, words).map(({ revision: _, ...view }, index) =>
    forReader(reader, file.dictations[index]!.mandateNumber, view),
  );
}

function forReader<T extends { step: string; saidBy: string } & HowSaid>(
  reader: OwnReader,
  mandateNumber: number | null,
  view: T,
): T & HowSaid {
  if (!knowsHowSaid(reader, { saidBy: view.saidBy, mandateNumber }))
    return { ...view, saidOn: null, saidThrough: null, throughWhom: null, words: null, byRole: null };
  return OF_DANGER.includes(view.step) ? { ...view, throughWhom: null, words: null } : view;
}

function allDictations({ dictations, answers }: CaseFile, words: OpenWords) {
  return dictations.map((row) => {
    const kept = answers.find(({ revision }) => revision === row.revision)!;
    const said = JSON.parse(words.text('answers', 'answersSealed', kept.id, kept.answersSealed)) as Record<
      string,
      string
    >;
    const { n, revision, step, saidBy, saidOn, saidThrough, byRole, writtenOn, objectUntil } = row;
    const { objectedOn, holds, answeredOn } = row;
    return {
      n,
      revision,
      step,
      saidBy,
      saidOn,
      saidThrough,
      throughWhom: said.saidThroughWhom ?? null,
      words: said.saidWords!,
      byRole,
      writtenOn,
      objectUntil,
      objectedOn,
      holds,
      answeredOn,
    };
  });
}

/** For staff. */
export function dictationViews(file: CaseFile, words: OpenWords, names: Names): DictationView[] {
  return allDictations(file, words).map((view, i) => {
    const { personId, agreedBy, knownBy } = file.dictations[i]!;
    return {
      ...view,
      knownBy,
      by: nameOf(names, personId),
      agreedBy: agreedBy === null ? null : nameOf(names, agreedBy),
    };
  });
}

/** What the person says that they never said while it waited, for staff; oldest first. */
export function denialViews({ proposals }: CaseFile, words: OpenWords, names: Names): DenialView[] {
  return proposals
    .filter(({ deniedOn }) => deniedOn !== null)
    .map(({ id, step, proposedBy, byRole, proposedOn, answersSealed, deniedOn, denialAnsweredOn }) => {
      const said = JSON.parse(words.text('proposals', 'answersSealed', id, answersSealed)) as Record<
        string,
        string
      >;
      return {
        step,
        saidBy: said.saidBy!,
        saidOn: said.saidOn!,
        saidThrough: said.saidThrough!,
        words: said.saidWords!,
        by: nameOf(names, proposedBy),
        byRole,
        writtenOn: proposedOn,
        deniedOn: deniedOn!,
        answeredOn: denialAnsweredOn,
      };
    });
}
