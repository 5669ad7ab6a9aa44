// Source: Dir. (EU) 2019/1937 Art. 9(1)(b) and (f) (WBD-*); GDPR Art. 12(3) (GDPR-RTS); Data Protection Act 2018 s.164A, in force since
// 19 June 2026 (UK-164A). All others are internal targets of ours, not law, and are always shown as such.
import type { Length } from './counting';
import type { Tier } from './severity';

/** How sure we are of the rule: read in the text, read in a text about it, from memory, or our own design. */
export type Verification = 'VERIFIED' | 'SECONDARY' | 'MEMORY' | 'DESIGN';

export interface ClockRule {
  label: string;
  /** `legal` never pauses; `internal` is a promise of ours. */
  basis: 'legal' | 'internal';
  law: string;
  /** What starts it and what stops it, in plain words. */
  starts: string;
  stops: string;
  /** Whose time it is. A rightsholder is never late: when the time is over, the organisation may go on. */
  owedBy: 'organisation' | 'rightsholder';
  /** Null: it runs only in the tiers of `byTier`. */
  period: Length | null;
  byTier: Partial<Record<Tier, Length>>;
  /** A later day that must not be passed, where `period` is only our target. */
  hardLimit: Length | null;
  rollEnd: boolean;
  firstDayCounts: boolean;
  extension: { months: number; reasonRequired: boolean; beforeDue: boolean } | null;
  forceStatus: string;
  verification: Verification;
  pausable: boolean;
}

const days = (length: number): Length => ({ length, unit: 'calendarDays' });
const workingDays = (length: number): Length => ({ length, unit: 'workingDays' });
const hours = (length: number): Length => ({ length, unit: 'hours' });
const months = (length: number): Length => ({ length, unit: 'months' });

type Written = Pick<ClockRule, 'label' | 'starts' | 'stops' | 'period'>;

function legal(
  rule: Written & Pick<ClockRule, 'law' | 'forceStatus' | 'verification'> & Partial<ClockRule>,
): ClockRule {
  return {
    basis: 'legal',
    owedBy: 'organisation',
    byTier: {},
    hardLimit: null,
    rollEnd: false,
    firstDayCounts: false,
    extension: null,
    pausable: false,
    ...rule,
  };
}

function target(rule: Written & Partial<ClockRule>): ClockRule {
  return {
    basis: 'internal',
    law: 'Internal target, not law',
    owedBy: 'organisation',
    byTier: {},
    hardLimit: null,
    rollEnd: false,
    firstDayCounts: false,
    extension: null,
    forceStatus: 'Our own promise',
    verification: 'DESIGN',
    pausable: true,
    ...rule,
  };
}

/** Days to take an acceptance back. Not law, our promise; as long as Dir. 2011/83/EU Art. 9 gives for contracts at a distance. */
export const COOLING_OFF_DAYS = 14;

/**
 * Every deadline we keep. Directives run by national law, whose rule for a last day that is no working day differs: WBD clocks never
 * move it, which is in time everywhere.
 */
export const CLOCKS = {
  'WBD-ACK': legal({
    label: 'Acknowledge the report of a breach',
    law: 'Directive (EU) 2019/1937 Art. 9(1)(b)',
    starts: 'receipt',
    stops: 'acknowledgement sent',
    period: days(7),
    forceStatus: 'In force; covers breaches of the AI Act since 2 August 2026',
    verification: 'SECONDARY',
  }),
  'WBD-FB': legal({
    label: 'Give feedback on the report of a breach',
    law: 'Directive (EU) 2019/1937 Art. 9(1)(f)',
    starts: 'acknowledgement; without one, the end of the 7 days after receipt',
    stops: 'feedback given: action envisaged or taken, and its grounds',
    period: months(3),
    forceStatus: 'In force',
    verification: 'SECONDARY',
  }),
  'GDPR-RTS': legal({
    label: 'Answer the request about personal data or for a human review',
    law: 'GDPR Art. 12(3) with Arts 15 to 22; counted by Regulation 1182/71',
    starts: 'receipt of the request, through any channel and in any words',
    stops: 'answer on the action taken',
    period: months(1),
    rollEnd: true,
    extension: { months: 2, reasonRequired: true, beforeDue: true },
    forceStatus: 'In force',
    verification: 'VERIFIED',
  }),
  // Apart from GDPR-RTS, so that the answer to one request does not end the time of the other.
  'GDPR-ERASURE': legal({
    label: 'Answer the request for erasure',
    law: 'GDPR Art. 12(3) with Art. 17; counted by Regulation 1182/71',
    starts: 'receipt of the request',
    stops: 'erased, refused with reasons, or taken back',
    period: months(1),
    rollEnd: true,
    extension: { months: 2, reasonRequired: true, beforeDue: true },
    forceStatus: 'In force',
    verification: 'VERIFIED',
  }),
  'UK-164A': legal({
    label: 'Acknowledge the data protection complaint',
    law: 'Data Protection Act 2018 (UK) s.164A',
    starts: 'receipt; the day of receipt is the first day',
    stops: 'acknowledgement sent',
    period: days(30),
    firstDayCounts: true,
    forceStatus: 'In force since 19 June 2026',
    verification: 'VERIFIED',
  }),

  'TARGET-ACK': target({
    label: 'Acknowledge the complaint',
    starts: 'receipt',
    stops: 'acknowledgement sent',
    period: workingDays(2),
    hardLimit: days(7),
    pausable: false,
  }),
  'TARGET-ELIGIBILITY-START': target({
    label: 'Begin the eligibility check',
    starts: 'acknowledgement',
    stops: 'eligibility check begun',
    period: workingDays(5),
  }),
  'TARGET-ELIGIBILITY': target({
    label: 'Decide whether this is the right place to help',
    starts: 'eligibility check begun',
    stops: 'accepted, declined or passed on',
    period: workingDays(10),
  }),
  'TARGET-TRIAGE': target({
    label: 'Decide how urgent it is and who works on it',
    starts: 'acceptance',
    stops: 'investigation or dialogue begun, or remedy offered',
    period: workingDays(5),
    byTier: { CRITICAL: hours(24) },
  }),
  'TARGET-ASSESSMENT': target({
    label: 'Assess the case and begin to work on it: triage in 5 working days, assessment in 15',
    starts: 'acceptance',
    stops: 'investigation or dialogue begun, or remedy offered',
    period: workingDays(20),
  }),
  'TARGET-QUESTION-REMINDER': target({
    label: 'Remind the person of the question',
    starts: 'question asked',
    stops: 'question answered, or the person reminded',
    period: days(7),
  }),
  'TARGET-REFERRAL-CHECK': target({
    label: 'Ask whether the other body has taken it up',
    starts: 'case passed on',
    stops: 'referral confirmed, or case taken back',
    period: days(30),
  }),
  'TARGET-INTERIM': target({
    label: 'Decide on interim measures',
    starts: 'severity set',
    stops: 'interim measures decided',
    period: null,
    byTier: { SEVERE: workingDays(3), CRITICAL: hours(24) },
    pausable: false,
  }),
  'TARGET-INVESTIGATION': target({
    label: 'Find out the facts',
    starts: 'investigation begun',
    stops: 'findings shown to the complainant',
    period: days(60),
    byTier: { SEVERE: days(45), CRITICAL: days(20) },
  }),
  'TARGET-DIALOGUE': target({
    label: 'Hold the dialogue',
    starts: 'dialogue opened',
    stops: 'agreement proposed, or back to investigation',
    period: days(60),
  }),
  'TARGET-FINDINGS-COMMENT': target({
    label: 'Time to comment on the findings',
    starts: 'findings shown to the complainant',
    stops: 'comment answered, or the time is over',
    owedBy: 'rightsholder',
    period: days(14),
  }),
  'TARGET-OFFER': target({
    label: 'Offer remedy',
    starts: 'findings shown to the complainant',
    stops: 'remedy offered, or case closed with reasons',
    period: workingDays(15),
  }),
  'TARGET-OFFER-REPLY': target({
    label: 'Time to answer the offer',
    starts: 'remedy offered',
    stops: 'offer accepted, refused or countered, or the time is over',
    owedBy: 'rightsholder',
    period: days(30),
  }),
  'TARGET-OFFER-QUESTION': target({
    label: 'Answer the question about the offer',
    starts: 'question about the offer asked',
    stops: 'question answered, or the offer answered',
    period: workingDays(5),
  }),
  'TARGET-COOLING-OFF': target({
    label: 'Time to take the acceptance back',
    starts: 'offer accepted',
    stops: 'acceptance taken back, or the time is over',
    owedBy: 'rightsholder',
    period: days(COOLING_OFF_DAYS),
    pausable: false,
  }),
  'TARGET-IMPLEMENTATION-START': target({
    label: 'Begin to carry out the remedy',
    starts: 'remedy agreed or decided',
    stops: 'first action begun',
    period: workingDays(5),
  }),
  'TARGET-VERIFICATION': target({
    label: 'Check with the complainant that the remedy is done',
    starts: 'complainant asked to check',
    stops: 'complainant answered, or three attempts without reply',
    period: days(30),
  }),
  'TARGET-MONITORING': target({
    label: 'Check that it has not happened again',
    starts: 'remedy verified',
    stops: 'case closed',
    period: months(3),
  }),
  'TARGET-FOLLOW-UP-6': target({
    label: 'Look again, six months after the remedy',
    starts: 'remedy verified',
    stops: 'follow-up recorded',
    period: months(6),
    pausable: false,
  }),
  'TARGET-FOLLOW-UP-12': target({
    label: 'Look again, twelve months after the remedy',
    starts: 'remedy verified',
    stops: 'follow-up recorded',
    period: months(12),
    pausable: false,
  }),
  'TARGET-RETALIATION': target({
    label: 'Look at the report of retaliation, protect the person and tell them',
    starts: 'retaliation reported',
    stops: 'a protection officer has acted and told the person',
    period: hours(48),
    forceStatus: 'Our own promise: protection measure PM-24, response within 48 hours',
    pausable: false,
  }),
  'TARGET-SAFETY-CHECK': target({
    label: 'Reach the person, who did not answer or wants to talk about being safe',
    starts: 'two check-ins without an answer, or the person wants to talk',
    stops: 'a protection officer has acted and told the person, or she says that she is safe',
    period: hours(48),
    pausable: false,
  }),
  'TARGET-SAFETY-3': target({
    label: 'Review the risk of reprisal, three months after the end',
    starts: 'case closed',
    stops: 'review recorded',
    period: months(3),
    pausable: false,
  }),
  'TARGET-SAFETY-6': target({
    label: 'Review the risk of reprisal, six months after the end',
    starts: 'case closed',
    stops: 'review recorded',
    period: months(6),
    pausable: false,
  }),
  'TARGET-REOPEN': target({
    label: 'Take up the reopened case',
    starts: 'case reopened',
    stops: 'case classified again, investigation or dialogue begun, or remedy offered',
    period: workingDays(5),
  }),
  'APPEAL-WINDOW': target({
    label: 'Time to ask for a review',
    starts: 'decision sent',
    stops: 'review asked for, or the time is over',
    owedBy: 'rightsholder',
    period: days(60),
    pausable: false,
  }),
  'TARGET-APPEAL-DECISION': target({
    label: 'Decide the review',
    starts: 'review asked for',
    stops: 'review decided',
    period: days(30),
  }),
  'TARGET-SUPPORT': target({
    label: 'Answer the request for support',
    starts: 'the person asked for an interpreter, somebody beside them, a meeting or another form',
    stops: 'arranged, or declined with a reason and an alternative',
    period: workingDays(5),
    pausable: false,
  }),
  'TARGET-OBJECTION': target({
    label: 'Answer the person who says that what was written down is not what they said',
    starts: 'the person objected to what was written down for them',
    stops: 'answered',
    period: workingDays(5),
    pausable: false,
  }),
  'TARGET-LATE-ANSWER': target({
    label: 'Answer the person about what is late',
    starts: 'the person reported that something is late',
    stops: 'answered, or the case ended',
    period: workingDays(2),
    pausable: false,
  }),
} as const satisfies Record<string, ClockRule>;

export type ClockCode = keyof typeof CLOCKS;
export const CLOCK_CODES = Object.keys(CLOCKS) as ClockCode[];

/** Whether the person is safe does not depend on where the case stands: these end when a protection officer has acted. */
export const SAFETY_CLOCKS = [
  'TARGET-RETALIATION',
  'TARGET-SAFETY-CHECK',
] as const satisfies readonly ClockCode[];

/** Reviews of the risk of reprisal of a case that stays closed (5.1). */
export const SAFETY_REVIEW_CLOCKS = [
  'TARGET-SAFETY-3',
  'TARGET-SAFETY-6',
] as const satisfies readonly ClockCode[];

/** Days to look again at a case that was closed with a remedy; they start at its end instead of ending with it. */
export const FOLLOW_UP_CLOCKS = [
  'TARGET-FOLLOW-UP-6',
  'TARGET-FOLLOW-UP-12',
] as const satisfies readonly ClockCode[];

/** The clocks with their lengths, as one version of the process keeps them; a case is held to those of its policy (policy.ts). */
export type ClockTable = Readonly<Record<ClockCode, ClockRule>>;

/** What is the same of a clock under every policy: everything but how long it runs. */
export function clockRule(code: ClockCode): Omit<ClockRule, 'period' | 'byTier'> {
  return CLOCKS[code];
}

/** Those that run for the organisation: what a rightsholder has time for is nobody’s delay. */
export const OWED_CLOCKS = CLOCK_CODES.filter((code) => clockRule(code).owedBy === 'organisation');
