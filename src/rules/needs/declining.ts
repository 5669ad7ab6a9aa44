// When a case may be declined (process model 6.3).
import { declineIsAllowed, independentReviewIsNeeded, type DeclineCode } from '../outcomes';
import type { ReferralAnswer } from '../referrals';
import type { CaseFacts } from './facts';
import { need, type Need } from './need';
import { isSpelledOut, said } from './readings';

export const DECLINING_NEEDS = {
  declineAllowed: need(
    'This ground does not allow declining here: it must fit the facts, and people must not be affected (process model 6.3).',
    (f, a) =>
      declineIsAllowed(a.declineCode as DeclineCode, {
        tier: f.tier,
        isDefender: f.isDefender,
        reprisalLevel: f.reprisalLevel,
        identityMode: f.identityMode,
        attemptsToUnderstand: attemptsToUnderstand(f),
        twoPersonReview: true,
        effectOnPeople: a.effectOnPeople !== false,
        referralGiven: Boolean(a.signposting),
        linkedAsDuplicate: f.duplicateLinked,
        independentReviewerSaw: f.taken.some(({ step }) => step === 'sight-decline'),
      }).length === 0,
  ),
  independentSightWhereNeeded: need(
    'A defender, a severe allegation or an extreme danger of reprisal is concerned: an independent reviewer has to see it first (sight-decline).',
    (f) => !independentReviewIsNeeded(f) || f.taken.some(({ step }) => step === 'sight-decline'),
  ),
  packetWritten: need(
    'Write what is passed on where the person agreed to that: the least that the body needs, and no name unless they agreed to it. The person reads it. Where they are only told where to turn, nothing is passed on: leave it empty.',
    (f, a) => (a.referralMode === 'WITH_CONSENT') === (said(a, 'sharedWhat') !== ''),
  ),
  referralAnswerInTime: need(
    'The other body cannot have answered before the case was passed on, nor after today.',
    (f, a) =>
      said(a, 'referralAnsweredOn') <= f.today && said(a, 'referralAnsweredOn') >= (f.referredOn ?? ''),
  ),
  referralAnswered: need(
    'The other body has not said that it takes the case. Record its answer (record-referral-answer), take the case back (take-back), or spell out why it ends here all the same.',
    (f, a) => isTakenOver(f) || isSpelledOut(a, 'withoutAnswer'),
  ),
  followUpAhead: need('The follow-up has to lie ahead.', (f, a) => said(a, 'followUpOn') > f.today),
} as const satisfies Record<string, Need>;

/** Whether the body to which the case was passed on last said that it takes it. */
function isTakenOver({ taken, referralAnswer }: CaseFacts): boolean {
  const since = taken.findLastIndex(({ step }) => step === 'refer');
  const isAnswered = taken.slice(since + 1).some(({ step }) => step === 'record-referral-answer');
  return isAnswered && referralAnswer === ('RW-TAKEN' satisfies ReferralAnswer);
}

/** Questions put to the person and attempts to reach them, as recorded; not what somebody remembers. */
function attemptsToUnderstand(facts: CaseFacts): number {
  return facts.taken.filter(({ step }) => ['ask-question', 'record-contact-attempt'].includes(step)).length;
}
