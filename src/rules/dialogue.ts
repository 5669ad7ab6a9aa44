// Source: features 27 and 28 (one dialogue, files both ways, for everybody alike); UN Guiding Principle 31(d), (e) and (h): who may ask for
// a review needs a way to be heard. How long it stays open is our own design, not law.
import type { Day } from '../platform/time';
import { CLOCKS } from './clocks';
import { addDays } from './counting';
import { STATES, type State } from './states';

/** Whoever was written to after the end can answer for so many days. */
export const DAYS_TO_ANSWER = 30;

export interface DialogueFacts {
  state: State;
  /** Day of the end; null while the case is open. */
  closedOn: Day | null;
  /** Last day on which a review can be asked for in time; null where none was opened. */
  reviewUntil: Day | null;
  /** A request of the person waits for an answer: by law, or for support; or what she told is looked at in another case that is open. */
  isOwed: boolean;
  /** When the organisation wrote last. */
  lastFromUs: Day | null;
}

/**
 * The last day on which the person can write and send files: null while there is no end to it, in an open case and while we owe an answer.
 * After the end it is that of the review, as long where none can be asked for, or the days to answer what we wrote.
 */
export function dialogueEnd({ state, closedOn, reviewUntil, isOwed, lastFromUs }: DialogueFacts): Day | null {
  // Without the day of its end, which only a hand from outside takes away, nobody is kept from writing.
  if (!STATES[state].ended || isOwed || closedOn === null) return null;
  const review = reviewUntil ?? addDays(closedOn, CLOCKS['APPEAL-WINDOW'].period!.length);
  const answer = lastFromUs ? addDays(lastFromUs, DAYS_TO_ANSWER) : review;
  return answer > review ? answer : review;
}

export function dialogueIsOpen(facts: DialogueFacts, today: Day): boolean {
  const end = dialogueEnd(facts);
  return end === null || today <= end;
}
