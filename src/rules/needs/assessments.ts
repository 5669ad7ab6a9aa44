// Assessments that have to be made (severity 1.3; involvement 1.4; process model 6.3).
import { SAFETY_CLOCKS } from '../clocks';
import { missingAttempts, WRITE_DOWN_WITHIN_DAYS } from '../contact-attempts';
import { addDays } from '../counting';
import { oweRemedy, type InvolvementCode } from '../involvement';
import { reprisalLevel } from '../protection';
import { computeTier, tierRank, type Score, type Severity } from '../severity';
import type { CaseFacts, StepAnswers } from './facts';
import { need, thereIs, type Need } from './need';
import {
  sinceShown,
  mustRemedy,
  substantiated,
  LEVELS,
  ownRating,
  reprisalRankOf,
  disclosureIsPlanned,
  said,
} from './readings';

const lowersReprisal = (facts: CaseFacts, answers: StepAnswers) =>
  LEVELS.indexOf(said(answers, 'reprisalLevel')) < reprisalRankOf(facts) ||
  (facts.isDefender && answers.isDefender === false);
/** What spells a risk out. */
const RISK = ['personsAtRisk', 'threatActors', 'threatTypes', 'threatLikelihood', 'threatImpact'];
const interimIsDecided = (facts: CaseFacts) =>
  facts.interimDecision !== null && (!facts.interimRequired || facts.measures.length > 0);
const tierOf = (answers: StepAnswers) => computeTier(answers as unknown as Severity).tier;

export const ASSESSMENT_NEEDS = {
  classified: need(
    'Classify the case first: rights, harms, domain, track and AI system.',
    (f) => f.classified,
  ),
  severitySet: need('Set the severity first.', (f) => f.tier !== null),
  reprisalAssessed: need('Assess the risk of reprisal first.', (f) => f.reprisalLevel !== null),
  legalFactsAssessed: need(
    'Say first which legal clocks apply (acknowledgement).',
    (f) => f.legalFactsAssessed,
  ),
  interimDecided: need(
    'Decide on interim measures first; where delay would make the harm impossible to undo, order one.',
    (f) => interimIsDecided(f),
  ),
  interimDecidedWhereCritical: need(
    'The case is critical: decide on interim measures before it ends; where delay would make the harm impossible to undo, order one.',
    (f) => f.tier !== 'CRITICAL' || interimIsDecided(f),
  ),
  interimOrderedWhereRequired: need(
    'Delay would make the harm impossible to undo: an interim measure is required (UN Guiding Principle 24).',
    (f, a) => !f.interimRequired || a.interimChoice !== 'IM_NONE',
  ),
  involvementDetermined: need(
    'Determine the involvement first.',
    (f) => f.involvement !== null && f.involvement !== 'UNDETERMINED',
  ),
  disclosurePlanApproved: need(
    'The risk of reprisal is medium or higher: the protection officer has to approve the disclosure plan first.',
    (f) => disclosureIsPlanned(f),
  ),
  tierNotLowered: need(
    'This would lower the tier; use “lower severity”, which a second person has to agree to.',
    (f, a) => f.tier === null || tierRank(tierOf(a)) >= tierRank(f.tier),
  ),
  tierLowered: need(
    'This does not lower the tier; use “set severity”.',
    (f, a) => f.tier !== null && tierRank(tierOf(a)) < tierRank(f.tier),
    {
      isThere: (f) => f.tier !== null && tierRank(f.tier) > 0,
      sentence: 'No severity is set that could be lowered.',
    },
  ),
  reprisalNotLowered: need(
    'This would lower the risk of reprisal, or end that somebody counts as a defender; use “lower reprisal”, which a second person has to agree to.',
    (f, a) => !lowersReprisal(f, a),
  ),
  reprisalLowered: need(
    'This does not lower the risk of reprisal; use “assess reprisal”.',
    (f, a) => lowersReprisal(f, a),
    {
      isThere: (f) => reprisalRankOf(f) > 0 || f.isDefender,
      sentence:
        'The risk of reprisal is not above low, and nobody counts as a defender: nothing can be lowered.',
    },
  ),
  safetyAlertOpen: thereIs('Nothing reported waits for a protection officer.', (f) =>
    f.clocks.some(
      ({ code, status }) => (SAFETY_CLOCKS as readonly string[]).includes(code) && status !== 'STOPPED',
    ),
  ),
  reprisalNotBelowOwnRating: need(
    "This is below the person's own rating of the risk; give reasons, or rate it higher.",
    (f, a) => LEVELS.indexOf(said(a, 'reprisalLevel')) >= ownRating(f) || Boolean(a.reasons),
  ),
  riskSpelledOut: need(
    'From medium on, spell the risk out: who is at risk, from whom, of what, how likely it is, and how bad it would be.',
    (_, a) => LEVELS.indexOf(said(a, 'reprisalLevel')) < 1 || RISK.every((name) => a[name] !== undefined),
  ),
  riskFollowsScores: need(
    'How likely and how bad, multiplied, give another level (up to 4 low, up to 9 medium, up to 15 high, from 16 extreme). Rate it so, or give reasons.',
    (_, a) =>
      a.threatLikelihood === undefined ||
      a.threatImpact === undefined ||
      Boolean(a.reasons) ||
      reprisalLevel(a.threatLikelihood as Score, a.threatImpact as Score) === a.reprisalLevel,
  ),
  defenderTypeSaid: need(
    'Say what the person defends: it decides who else can help.',
    (_, a) => a.isDefender !== true || a.defenderType !== undefined,
  ),
  reprisalReviewInTime: need(
    'The day on which somebody had to look at the risk of reprisal again has passed. Look at it before anybody learns or decides anything.',
    (f) => f.reprisalReviewOn === null || f.reprisalReviewOn >= f.today,
  ),
  noneSubstantiatedOrNotInvolved: need(
    'An allegation is substantiated and the organisation is involved, or one was not assessed: propose a remedy, or assess it first.',
    (f) =>
      (!substantiated(f) || f.involvement === 'NOT_INVOLVED') &&
      f.allegations.every(({ finding }) => finding !== 'FC-NA'),
  ),
  remedyOwed: need(
    'Only what the organisation caused or contributed to is closed without remedy. Harm that is only linked to it is closed as such (close-linked), and what was not found as not substantiated.',
    (f) => f.involvement !== null && oweRemedy(f.involvement as InvolvementCode),
  ),
  linkedOnly: need(
    'This is for harm that was found, and that is linked to the organisation through a business relationship only. What it caused or contributed to it remedies.',
    (f) => f.involvement === 'DIRECTLY_LINKED' && substantiated(f),
  ),
  noRemedyOwed: need(
    'The organisation owes a remedy here: go on without the person (UN Guiding Principle 22).',
    (f) => !mustRemedy(f),
  ),
  notSevere: need(
    'A severe or critical case is never closed for lost contact; go on without the person.',
    (f) => f.tier === null || tierRank(f.tier) < tierRank('SEVERE'),
  ),
  ownInitiativeWarranted: need(
    'Going on without the complainant needs a severe case or other people at risk.',
    (f, a) => (f.tier !== null && tierRank(f.tier) >= tierRank('SEVERE')) || a.othersAtRisk === true,
  ),
  threeContactAttempts: {
    ...need(
      'Record attempts to reach the person on three different days, by two ways that are safe for the person.',
      (f) => missingAttempts(f.contactAttempts).length === 0,
    ),
    now: (f: CaseFacts) =>
      `Record further attempts to reach the person. So far: ${missingAttempts(f.contactAttempts).join('; ')}.`,
  },
  attemptInTime: need(
    `The day of the attempt is not ahead, not before the complaint was lodged or the person was asked what you try to ask, and at most ${WRITE_DOWN_WITHIN_DAYS} days ago.`,
    (f, a) =>
      said(a, 'attemptOn') <= f.today &&
      said(a, 'attemptOn') >= (f.askedSince ?? f.lodgedOn) &&
      said(a, 'attemptOn') >= addDays(f.today, -WRITE_DOWN_WITHIN_DAYS),
  ),
  commentPeriodOver: need(
    'The complainant can still comment: wait until the time is over, or answer the comment.',
    (f) => commentAnswered(f) || (f.commentsDueOn !== null && f.commentsDueOn < f.today),
  ),
} as const satisfies Record<string, Need>;

/** Since the findings were last shown, a comment came and the last one was answered. */
function commentAnswered(facts: CaseFacts): boolean {
  const steps = sinceShown(facts).map(({ step }) => step);
  const commentedAt = steps.lastIndexOf('comment-on-findings');
  return commentedAt !== -1 && steps.lastIndexOf('answer-comment') > commentedAt;
}
