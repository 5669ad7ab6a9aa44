import type { Day, Instant } from '../platform/time';
import type { Clock } from '../records/entities/clock';
import type { Party } from '../records/entities/party';
import { clockRule, type ClockCode } from '../rules/clocks';
import { isOverdue } from '../rules/due-dates';
import { PROTECTION_MEASURES, type ProtectionMeasureCode } from '../rules/protection';
import { REMEDY_ACTIONS, type RemedyActionCode } from '../rules/remedies';
import type { State } from '../rules/states';
import type { CaseFile } from './case-file';
import { answerWrittenDown, writtenDown, type OwnReader } from './dictation-rows';
import type { OpenWords } from './open-words';
import type { AllegationView } from './inquiry/views';
import type { AppealView } from './closure/views';
import type { CheckInView } from './safety/views';
import type { ClockView, QuestionView } from './views';
import type { InterimMeasureView, OfferView, RemedyActionView } from './remedy/views';

/** Names of members of staff by id; who is not in it is shown as a former member. */
export type Names = ReadonlyMap<string, string>;

export const nameOf = (names: Names, id: string | null): string =>
  id ? (names.get(id) ?? 'former member of staff') : '';

/** Whether somebody holds a receipt that nobody else was shown. */
export function isTakenOver({
  receiptHash,
  oneTimeUntil,
}: Pick<Party, 'receiptHash' | 'oneTimeUntil'>): boolean {
  return receiptHash !== null && oneTimeUntil === null;
}

export function clockViews(
  clocks: readonly Clock[],
  words: OpenWords,
  { today, now }: { today: Day; now: Instant },
): ClockView[] {
  return clocks.map((clock) => ({
    code: clock.code,
    basis: clock.basis as ClockView['basis'],
    startedOn: clock.startedOn,
    dueInternal: clock.dueInternal,
    dueLegalLatest: clock.dueLegalLatest,
    dueAt: clock.dueAt,
    status: clock.status as ClockView['status'],
    stoppedOn: clock.stoppedOn,
    extendedOn: clock.extendedOn,
    extensionReason: words.maybe('clocks', 'extensionReasonSealed', clock.id, clock.extensionReasonSealed),
    overdue: clockRule(clock.code as ClockCode).owedBy === 'organisation' && isOverdue(clock, today, now),
  }));
}

/** Allegations with what was found; `sees` SHARED leaves out what staff noted for themselves, as the complainant sees them. */
export function allegationViews(file: CaseFile, words: OpenWords, sees: 'ALL' | 'SHARED'): AllegationView[] {
  return file.allegations.map((row) => ({
    n: row.n,
    harm: row.harm,
    text: words.text('allegations', 'textSealed', row.id, row.textSealed),
    finding: row.finding,
    findingReasons: words.maybe('allegations', 'findingReasonsSealed', row.id, row.findingReasonsSealed),
    standardOfProof: row.standardOfProof,
    evidenceWithheld: row.evidenceWithheld,
    missingRecords: words.maybe('allegations', 'missingRecordsSealed', row.id, row.missingRecordsSealed),
    rootCauses: sees === 'ALL' ? row.rootCauses : null,
  }));
}

export function offerViews(file: CaseFile, words: OpenWords): OfferView[] {
  return file.offers.map((row) => ({
    n: row.n,
    kind: row.kind,
    madeByRole: row.madeByRole,
    madeOn: row.madeOn,
    text: words.text('offers', 'textSealed', row.id, row.textSealed),
    replyDueOn: row.replyDueOn,
    status: row.status,
    answeredOn: row.answeredOn,
  }));
}

/** Actions with owner and evidence for staff; `names` null leaves both out, as the complainant sees them. */
export function actionViews(file: CaseFile, words: OpenWords, names: Names | null): RemedyActionView[] {
  return file.actions.map((row) => {
    const action = REMEDY_ACTIONS[row.action as RemedyActionCode];
    return {
      n: row.n,
      action: row.action,
      label: action.label,
      form: row.form,
      description: words.text('remedy_actions', 'descriptionSealed', row.id, row.descriptionSealed),
      owner: names ? nameOf(names, row.ownerId) : '',
      dueOn: row.dueOn,
      status: row.status,
      offer: file.offers.find(({ id }) => id === row.offerId)?.n ?? null,
      agreed: row.agreed,
      wish: words.maybe('remedy_actions', 'wishSealed', row.id, row.wishSealed),
      doneOn: row.doneOn,
      evidence: names ? words.maybe('remedy_actions', 'evidenceSealed', row.id, row.evidenceSealed) : null,
      cost: names ? words.maybe('remedy_actions', 'costSealed', row.id, row.costSealed) : null,
      verificationQuestion: action.question,
      verificationResult: row.verificationResult,
      verificationComment: words.maybe(
        'remedy_actions',
        'verificationCommentSealed',
        row.id,
        row.verificationCommentSealed,
      ),
    };
  });
}

/** What the complainant knows of what is done: what was offered or went on, and not what was dropped. */
export function toldActions(file: CaseFile, words: OpenWords): RemedyActionView[] {
  const offered = new Set(
    file.actions.filter(({ offerId, status }) => offerId !== null || status !== 'PROPOSED').map(({ n }) => n),
  );
  return actionViews(file, words, null).filter(({ n, status }) => offered.has(n) && status !== 'DROPPED');
}

/** Allegations, findings and what was asked for are the complainant's to read from the moment they were shared. */
export function findingsAreShared({ answers }: CaseFile): boolean {
  return answers.some(({ step }) => step === 'share-findings');
}

export function checkInViews({ checkIns }: CaseFile): CheckInView[] {
  return checkIns.map(({ n, everyDays, dueOn, status, askedOn, answer, answeredOn }) => ({
    n,
    everyDays,
    dueOn,
    status,
    askedOn,
    answer,
    answeredOn,
  }));
}

export function measureViews(file: CaseFile, words: OpenWords, names: Names): InterimMeasureView[] {
  return file.measures.map((row) => ({
    n: row.n,
    measure: row.measure,
    label:
      row.measure in REMEDY_ACTIONS
        ? REMEDY_ACTIONS[row.measure as RemedyActionCode].label
        : PROTECTION_MEASURES[row.measure as ProtectionMeasureCode].label,
    status: row.status,
    reason: words.text('interim_measures', 'reasonSealed', row.id, row.reasonSealed),
    owner: nameOf(names, row.ownerId),
    dueOn: row.dueOn,
  }));
}

/** Appeals; `names` null leaves the reviewer out. */
export function appealViews(file: CaseFile, words: OpenWords, names: Names | null): AppealView[] {
  return file.appeals.map((row) => ({
    n: row.n,
    against: row.against as State,
    grounds: words.maybe('appeals', 'groundsSealed', row.id, row.groundsSealed),
    filedOn: row.filedOn,
    late: row.late,
    reviewer: names && row.reviewerId ? nameOf(names, row.reviewerId) : null,
    outcome: row.outcome,
    reasons: words.maybe('appeals', 'reasonsSealed', row.id, row.reasonsSealed),
    decidedOn: row.decidedOn,
  }));
}

/** `reader` null: staff. */
export function questionViews(file: CaseFile, words: OpenWords, reader: OwnReader | null): QuestionView[] {
  return file.questions.map((row) => ({
    n: row.n,
    text: words.text('questions', 'textSealed', row.id, row.textSealed),
    why: words.text('questions', 'whySealed', row.id, row.whySealed),
    dueOn: row.dueOn,
    answeredOn: row.answeredOn,
    answeredThrough: writtenDown(answerWrittenDown(file, row), reader),
  }));
}
