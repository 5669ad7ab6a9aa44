// What several families of needs read from the facts of a case and the answers of a step.
import { REASON_MIN_LENGTH } from '../asks';
import { seenLength } from '../seen-length';
import { PUBLISHING_ACTION } from '../consents';
import { oweRemedy, type InvolvementCode } from '../involvement';
import type { ByAction, CaseFacts, StepAnswers } from './facts';

export const OPEN_ACTION = ['PROPOSED', 'AGREED', 'STARTED'];
/** Neither dropped nor refused: an action that is to be carried out, or was. */
export const live = (facts: CaseFacts) =>
  facts.actions.filter(({ status }) => status !== 'DROPPED' && status !== 'REFUSED');
/** Steps since the findings were last shown, first or corrected. */
export function sinceShown({ taken }: CaseFacts): CaseFacts['taken'] {
  const shown = taken.findLastIndex(({ step }) => step === 'share-findings' || step === 'correct-finding');
  return taken.slice(shown + 1);
}
/** What was answered in one text, code or day; empty where nothing was. */
export function said(answers: StepAnswers, name: string): string {
  const answer = answers[name];
  return typeof answer === 'string' ? answer : '';
}

/** Words that say something: one word is no reason. */
export const isSpelledOut = (answers: StepAnswers, name: string) =>
  seenLength(said(answers, name)) >= REASON_MIN_LENGTH;
/** What was answered action by action. */
export const byAction = (answers: StepAnswers, name: string) =>
  Object.entries((answers[name] ?? {}) as ByAction);
export const actionNamed = (facts: CaseFacts, answers: StepAnswers) =>
  live(facts).find((action) => action.n === answers.actionNumber);
export const publishes = (facts: CaseFacts, answers: StepAnswers) =>
  (answers.action ?? actionNamed(facts, answers)?.action) === PUBLISHING_ACTION;
export const holdNamed = (facts: CaseFacts, answers: StepAnswers) =>
  facts.holds.find(({ n }) => n === answers.holdNumber);
/** Whether a deed is another person’s than whose who acts; one that is nobody’s is. */
export const isAnothers = ({ noOthers }: CaseFacts, personId: string | null | undefined) =>
  !noOthers.some((id) => id === personId);
export const substantiated = (facts: CaseFacts) =>
  facts.allegations.some(
    ({ finding, withheld }) =>
      finding === 'FC-SUBST' || finding === 'FC-PART' || (finding === 'FC-INCON' && withheld),
  );
export const mustRemedy = (facts: CaseFacts) =>
  facts.involvement !== null &&
  oweRemedy(facts.involvement as InvolvementCode) &&
  (substantiated(facts) || facts.allegations.every(({ finding }) => finding === null));
const OWN_RATINGS: Record<string, number> = { none: 0, some: 1, serious: 2 };
export const ownRating = (facts: CaseFacts) => OWN_RATINGS[facts.fearOfReprisal ?? 'none'] ?? 0;
export const LEVELS = ['LOW', 'MEDIUM', 'HIGH', 'EXTREME'];
/** Until somebody rates the risk, the person's own rating counts. */
export const reprisalRankOf = (facts: CaseFacts) =>
  facts.reprisalLevel === null ? ownRating(facts) : LEVELS.indexOf(facts.reprisalLevel);

/** Whether the time is over in which it is watched that the harm does not come back; it never is while the case is paused. */
export const monitoringIsOver = ({ monitoring, today }: CaseFacts) =>
  monitoring !== null && monitoring.until !== null && monitoring.until <= today;

/** From medium risk on, the protection officer has looked at who learns what before anybody learns anything. */
export function disclosureIsPlanned(facts: CaseFacts): boolean {
  return reprisalRankOf(facts) < 1 || facts.taken.some(({ step }) => step === 'approve-disclosure-plan');
}
