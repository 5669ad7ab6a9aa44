// Who speaks for the person, and for what (representatives 5.6; withdrawal and no waiver 5.7).
import { consentHolds } from '../consents';
import { isOfLaw, type MandateCover, type MandateStatus } from '../mandates';
import type { CaseFacts, MandateFacts, StepAnswers } from './facts';
import { need, oneOf, thereIs, type Need } from './need';
import { byAction, said } from './readings';

const mandateNamed = (facts: CaseFacts, answers: StepAnswers) =>
  facts.mandates.find(({ n }) => n === answers.mandateNumber);
/** The newest mandate of a party, which is the one that counts. */
const newestOf = ({ mandates }: CaseFacts, party: string | undefined): MandateFacts | undefined =>
  mandates.findLast(({ partyId }) => partyId === party);
const ownMandate = (facts: CaseFacts) => newestOf(facts, facts.actor.partyId);
const isStaff = ({ actor }: CaseFacts) => actor.personId !== null;
const OVER: readonly MandateStatus[] = ['REFUSED', 'ENDED', 'EXPIRED'];
/** Whether the mandate of whoever takes the step is over; of whom none is written down, it is not. */
const isOver = (facts: CaseFacts) => {
  const own = ownMandate(facts);
  return own !== undefined && OVER.includes(own.status);
};
/** Whether it can be told, or told anew: nobody confirmed it, its last day is over, or staff ended it, who have not the last word on that. */
const mayBeTold = ({ status, endedByStaff }: MandateFacts) =>
  status === 'CLAIMED' || status === 'EXPIRED' || endedByStaff;
/** Whether it says of any action that it is done as promised. */
const saysDone = (answers: StepAnswers) =>
  answers.actionResult === 'FULL' ||
  byAction(answers, 'actionResults').some(([, result]) => result === 'FULL');
const STANDS: readonly MandateStatus[] = ['CLAIMED', 'CONFIRMED'];

/** Whether a representative may do what this covers: confirmed, not over, and wide enough. */
export function mandateCovers(facts: CaseFacts, cover: MandateCover): boolean {
  const own = ownMandate(facts);
  return own?.status === 'CONFIRMED' && own.covers.includes(cover);
}

const covering = (cover: MandateCover, what: string) =>
  need(
    `${what} gives something up for the person, so it needs a confirmed mandate that covers it (${cover}). The person confirms it on the page of the case; where they have no receipt, staff do once they have looked at what it rests on.`,
    (f) => f.actor.role !== 'REP' || mandateCovers(f, cover),
  );

export const MANDATE_NEEDS = {
  representativeMayAct: need(
    'The person said that nobody acts for them any more, or the mandate is over.',
    (f) => f.actor.role !== 'REP' || (f.consents['CN-REP']?.given !== false && !isOver(f)),
  ),
  isHersToDecide: need(
    'Only the person whose case this is decides this, with their own receipt.',
    (f) => f.actor.role !== 'REP' || !f.personHoldsReceipt,
  ),
  mandateForRemedy: covering('MC-REMEDY', 'This step'),
  mandateForVerifying: need(
    'To say for the person that an action is done as promised (FULL) gives something up for them, so it needs a confirmed mandate that covers it (MC-REMEDY). What is missing can be said without.',
    (f, a) => f.actor.role !== 'REP' || mandateCovers(f, 'MC-REMEDY') || !saysDone(a),
  ),
  mandateForEnding: covering('MC-END', 'This step'),
  mandateForErasure: covering('MC-ERASE', 'This step'),
  mandateForConsent: covering('MC-CONSENT', 'A yes'),
  representativeIsThere: thereIs(
    'Nobody speaks for the person in this case.',
    (f) => f.mandates.length + f.representativesUnwritten > 0,
  ),
  mandateOpen: need(
    'Your mandate is confirmed, or the person or you ended it. To change it, the person gives whoever is to act a new receipt, or we end it first.',
    (f) => {
      // Staff have none of their own; which one they may write down is another need.
      const own = ownMandate(f);
      return own === undefined || mayBeTold(own);
    },
  ),
  mandateNumberOpen: need(
    'Give the number of a mandate that nobody confirmed yet, or that we ended; without a number, there has to be a representative of whom nothing is written down. What the person ended stays so.',
    (f, a) => {
      if (!isStaff(f)) return true;
      if (a.mandateNumber === undefined) return f.representativesUnwritten > 0;
      // An older one of somebody whose newer one is confirmed would take that one's place.
      const newest = newestOf(f, mandateNamed(f, a)?.partyId);
      return newest !== undefined && mayBeTold(newest);
    },
  ),
  mandateIsOfReader: need(
    'A representative writes down and ends their own mandate, and no other.',
    (f, a) =>
      f.actor.role !== 'REP' ||
      a.mandateNumber === undefined ||
      mandateNamed(f, a)?.partyId === f.actor.partyId,
  ),
  mandateEndsAhead: need(
    'The last day of a mandate is today or later, and not before its first.',
    (f, a) =>
      a.mandateUntil === undefined ||
      (said(a, 'mandateUntil') >= f.today && said(a, 'mandateUntil') >= said(a, 'mandateSince')),
  ),
  mandateProofIsThere: need(
    'Give the number of a file of this case, or leave it empty: no paper is needed.',
    (f, a) => a.mandateProof === undefined || f.named.proofIsThere,
  ),
  mandateWaits: oneOf('mandate that is claimed and not confirmed yet', 'mandateNumber', (f) =>
    f.mandates.filter(({ status }) => status === 'CLAIMED'),
  ),
  mandateBasisKnown: need(
    'Nobody said yet what this mandate rests on. Ask, and write it down first (record-mandate).',
    (f, a) => !isStaff(f) || mandateNamed(f, a)?.basis !== null,
  ),
  mandateIsForStaff: need(
    'The person has a receipt of their own, so nobody else confirms who speaks for them. Ask them to do it on their page. Only what rests on law, a court or an authority is for staff.',
    (f, a) => !isStaff(f) || !f.personHoldsReceipt || isOfLaw(mandateNamed(f, a)?.basis ?? null),
  ),
  representationNotRefused: need(
    'The person said no to being represented (CN-REP). Only they can say yes again, on the page of what they agree to.',
    (f) => f.consents['CN-REP'] === undefined || consentHolds(f.consents, 'CN-REP'),
  ),
  mandateStands: oneOf('mandate that stands', 'mandateNumber', (f) =>
    f.mandates.filter(({ status }) => STANDS.includes(status)),
  ),
  staffGiveReasons: need(
    'Say why: what you looked at, or who said so.',
    (f, a) => !isStaff(f) || a.reasons !== undefined,
  ),
} as const satisfies Record<string, Need>;
