// What the person says and staff write down: who may hold the pen, and what stays hers (separation of duty 6.1; mandates 5.6).
import { PEN_HOLDERS } from '../dictations';
import type { Day } from '../../platform/time';
import type { CaseFacts, StepAnswers, Word } from './facts';
import { need, oneOf, thereIs, type Need } from './need';
import { isAnothers, live, said } from './readings';

export const HOLD_PENS: readonly string[] = PEN_HOLDERS;
/** To say whether one has a conflict of interest is no part in a case. */
export const NO_PART: readonly string[] = ['declare-no-conflict', 'recuse'];

/**
 * Whether somebody has had no other part in the case than to receive what she says and to keep her safe: whoever decides, investigates,
 * mediates, reviews or owns the remedy does not write down what she says of it.
 */
export function holdsNoOtherPart(facts: CaseFacts, personId: string): boolean {
  const others = [
    ...facts.places,
    ...facts.assigned,
    ...facts.taken.filter(({ step }) => !NO_PART.includes(step)),
  ];
  return (
    !others.some((part) => part.personId === personId && !HOLD_PENS.includes(part.role)) &&
    !live(facts).some(({ ownerId }) => ownerId === personId) &&
    facts.appeal?.reviewerId !== personId
  );
}

/** Whether somebody wrote a step of hers down, or agreed that it is what she said. */
export function heldPen({ dictations }: CaseFacts, personId: string | null): boolean {
  return dictations.some(({ penHolders }) => penHolders.some((id) => id === personId));
}

/** Whether whoever acts may take back what is said to be somebody's word: she any that is in her name, who speaks for her what they said. */
export function isOwnWord({ role, partyId }: CaseFacts['actor'], word: Word): boolean {
  return role === 'RH' || (word.saidBy === role && word.partyId === partyId);
}

/** The day from which a step counts: that on which she said it, where somebody wrote it down later. */
export function countsFrom(facts: CaseFacts, answers: StepAnswers): Day {
  return said(answers, 'saidOn') || facts.today;
}

/** Whether the step was written down for her when it was taken last, she said that she did not say it, and nobody told her that it holds all the same. */
export function isDisputed({ dictations }: CaseFacts, step: string): boolean {
  return dictations.some((each) => each.step === step && each.isLast && each.objected && each.holds !== true);
}

export const NEEDS_OF_DICTATIONS = {
  penHolderIsApart: need(
    'You decide, investigate, mediate or review in this case, or own an action of its remedy: somebody else of intake or protection has to write down what the person says.',
    (f) => !f.actor.writtenBy || holdsNoOtherPart(f, f.actor.writtenBy.personId),
  ),
  penHolderNotDenied: need(
    'The person says that they never said what you, or somebody who counts as one person with you, wrote down in this case: somebody else has to write down what they say.',
    (f) => !f.actor.writtenBy || f.denials.every(({ penHolder }) => isAnothers(f, penHolder)),
  ),
  deciderHeldNoPen: need(
    'You wrote down what the person said in this case, or agreed to it: somebody else has to decide.',
    (f) => !heldPen(f, f.actor.personId),
  ),
  saidInTime: need(
    'The day on which the person said it is not ahead, and not before the complaint was lodged or, in answer to an offer or to whether all is done, not before they were asked.',
    (f, a) => said(a, 'saidOn') <= f.today && said(a, 'saidOn') >= (f.askedSince ?? f.lodgedOn),
  ),
  throughWhomSaid: need(
    'Say through whom it came.',
    (_, a) => a.saidThrough !== 'assisted' || a.saidThroughWhom !== undefined,
  ),
  speakerHasMandate: need(
    'For somebody who speaks for the person, give the number of their mandate, and write it down first where there is none (record-mandate). For the person herself, leave it empty.',
    (f, a) => (a.saidBy === 'REP') === f.mandates.some(({ n }) => n === a.mandateNumber),
  ),
  dictationStands: oneOf(
    'step that was written down for you and that you did not object to yet',
    'dictationNumber',
    (f) => f.dictations.filter(({ objected }) => !objected),
  ),
  dictationWaits: need('Nothing that was written down for you waits for a second person.', (f) =>
    f.wordsWaiting.some((word) => isOwnWord(f.actor, word)),
  ),
  denialWaits: thereIs('The person denied nothing that nobody has answered yet.', (f) =>
    f.denials.some(({ answered }) => !answered),
  ),
  denialIsOfAnother: need(
    'You wrote down what the person denies, or one of you created the other’s account: somebody else has to answer.',
    (f) => f.denials.every(({ penHolder, answered }) => answered || isAnothers(f, penHolder)),
  ),
  objectionIsInTime: need(
    'The time to say that it is not what you said is over. Write a message, or ask for a review.',
    (f, a) =>
      f.dictations.some(({ n, objectUntil }) => n === a.dictationNumber && objectUntil >= countsFrom(f, a)),
  ),
  objectionWaits: oneOf(
    'step written down that the person objected to and that nobody answered yet',
    'dictationNumber',
    (f) => f.dictations.filter(({ objected, holds }) => objected && holds === null),
  ),
  objectionIsOfAnother: need(
    'You wrote this or an objection down, or agreed to it, or one of you created the other’s account: somebody else has to answer the objection.',
    (f, a) =>
      f.dictations.every(
        ({ n, step, penHolders }) =>
          (n !== a.dictationNumber && step !== 'object-to-dictation') ||
          penHolders.every((id) => isAnothers(f, id)),
      ),
  ),
  nothingDisputed: need(
    'The person says that something that was written down for them is not what they said. Answer that first (answer-objection); where it does not hold, they have to say it anew.',
    (f) =>
      f.dictations.every(({ objected, holds }) => !objected || holds !== null) &&
      !f.dictations.some(({ step }) => isDisputed(f, step)),
  ),
} as const satisfies Record<string, Need>;
