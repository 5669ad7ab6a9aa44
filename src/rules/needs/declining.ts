// When a case may be declined (process model 6.3).
import { declineIsAllowed, independentReviewIsNeeded, type DeclineCode } from '../outcomes';
import type { CaseFacts } from './facts';
import { need, type Need } from './need';
import { said } from './readings';

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
  followUpAhead: need('The follow-up has to lie ahead.', (f, a) => said(a, 'followUpOn') > f.today),
} as const satisfies Record<string, Need>;

/** Questions put to the person and attempts to reach them, as recorded; not what somebody remembers. */
function attemptsToUnderstand(facts: CaseFacts): number {
  return facts.taken.filter(({ step }) => ['ask-question', 'record-contact-attempt'].includes(step)).length;
}
