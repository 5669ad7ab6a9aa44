// Source: UN Guiding Principles 29 (to find patterns is one of the two things that a mechanism is for) and 31(g); AI Act Arts 26(5) and 79;
// GDPR Art. 58. The numbers of cases, days and working days are our own design.
import type { Day } from '../platform/time';
import type { RegisterForm } from './register-form';
import { addWorkingDays } from './calendars';
import { addDays } from './days';
import type { RoleCode } from './roles';
import { tierRank, type Tier } from './severity';

/** Why somebody has to look whether cases about one AI system belong together. */
export const PATTERN_RULES = {
  'PT-HARM': { label: 'The same harm again' },
  'PT-ORDER': { label: 'An authority looks at it' },
  'PT-VERSION': { label: 'More cases after a new version' },
} as const satisfies Record<string, { label: string }>;
export type PatternRule = keyof typeof PATTERN_RULES;
export const PATTERN_RULE_CODES = Object.keys(PATTERN_RULES) as PatternRule[];

export const PATTERN_DAYS = 90;
export const REPEATED_FROM = 3;
export const SEVERE_FROM = 2;
/** From the first cases under a new version on; and more than twice as many as in as many days before it. */
export const RISE_FROM = 3;
export const RISE_FACTOR = 2;
/** A case is classified after it came: so far back hits are still looked for. */
export const LOOKS_BACK_DAYS = 2 * PATTERN_DAYS;
export const REVIEW_WORKING_DAYS = 10;

/** Proceedings before an authority that can forbid or limit the use of a system. */
export const AUTHORITY_PROCEEDINGS = ['PP-MSA', 'PP-DPA'] as const;

/** How each rule is told beside its hits, and what of it cannot be seen here. */
export const PATTERN_DEFINITIONS = [
  `The same harm again: at least ${REPEATED_FROM} cases that name the same AI system and the same harm were lodged within ${PATTERN_DAYS} days, or at least ${SEVERE_FROM} that are severe or critical.`,
  'An authority looks at it: a case that names the system has a proceeding before a market surveillance or a data protection authority. What the authority ordered is sealed text, so every such proceeding counts, an order or not.',
  `More cases after a new version: at least ${RISE_FROM} cases that name the system were lodged within ${PATTERN_DAYS} days from the day of a version in the register, and more than ${RISE_FACTOR} times as many as in the ${PATTERN_DAYS} days before. A change of vendor counts once it is recorded as a version.`,
  'One rule cannot run: whether a group of people is hit more than twice as often as one would expect. Which groups a case concerns is sealed, and found only by whoever looks for them in the queue, which leaves an entry; no program counts them. And the register does not hold how large each group is among the people whom a system reaches. Whoever works on the cases has to look for it.',
  'Each hit has one review, due within 10 working days. What was decided about counts no more for the next one.',
] as const;

export const PATTERN_DECISIONS = {
  'PD-NONE': { label: 'No pattern: the cases have nothing else in common' },
  'PD-WATCH': { label: 'Watched further' },
  'PD-ASSESS': { label: 'The assessment of impacts is done anew' },
  'PD-CORRECT': { label: 'The system or its use is changed' },
  'PD-SUSPEND': { label: 'Its use is suspended or limited' },
} as const satisfies Record<string, { label: string }>;
export type PatternDecision = keyof typeof PATTERN_DECISIONS;
export const PATTERN_DECISION_CODES = Object.keys(PATTERN_DECISIONS) as PatternDecision[];

/** Who takes reviews and decides them: whoever distributes the work, decides, keeps people safe, or answers for data. */
export const PATTERN_REVIEWERS = ['TRI', 'DEC', 'PRT', 'DPO'] as const satisfies readonly RoleCode[];

/** Records of a system that say what it does to human rights. */
export const ASSESSMENT_KINDS = ['HRIA', 'FRIA', 'DPIA'] as const;

export const PATTERN_DECISION_FORM = {
  asks: {
    patternDecision: { kind: 'code', label: 'What was decided', codes: PATTERN_DECISION_CODES },
    decisionReasons: {
      kind: 'text',
      label: 'Reasons. Nothing of a single case, and no names of people',
      maxLength: 2000,
    },
    assessmentRecord: {
      kind: 'number',
      label: 'Number of the record of the system that assesses its impacts on human rights',
      min: 1,
      max: 1_000_000,
    },
  },
  must: ['patternDecision', 'decisionReasons'],
} as const satisfies RegisterForm;

/** What of a case tells of a pattern. */
export interface PatternCase {
  lodgedOn: Day;
  tier: string | null;
}

const isSevere = ({ tier }: PatternCase): boolean =>
  tier !== null && tierRank(tier as Tier) >= tierRank('SEVERE');

/** Cases of the same system and the same harm: the day on which there first were enough of them, or enough severe ones; null: never. */
export function harmedAgainOn(cases: readonly PatternCase[]): Day | null {
  const days = [enoughOn(cases, REPEATED_FROM), enoughOn(cases.filter(isSevere), SEVERE_FROM)];
  return days.filter((day) => day !== null).sort()[0] ?? null;
}

/** The day of the case with which, for the first time, so many lie within the days of a pattern, its first day included. */
function enoughOn(cases: readonly PatternCase[], enough: number): Day | null {
  const days = cases.map(({ lodgedOn }) => lodgedOn).sort();
  return (
    days.find((day, index) => {
      const first = days[index - enough + 1];
      return first !== undefined && first > addDays(day, -PATTERN_DAYS);
    }) ?? null
  );
}

/** Cases that name a system, around the day of a version: the day on which there were first so many more of them; null: there are not. */
export function risenOn(versionOn: Day, cases: readonly PatternCase[]): Day | null {
  const before = cases.filter(
    ({ lodgedOn }) => lodgedOn < versionOn && lodgedOn >= addDays(versionOn, -PATTERN_DAYS),
  ).length;
  const after = cases
    .map(({ lodgedOn }) => lodgedOn)
    .filter((day) => day >= versionOn && day < addDays(versionOn, PATTERN_DAYS))
    .sort();
  return after[Math.max(RISE_FROM, RISE_FACTOR * before + 1) - 1] ?? null;
}

/** The last day of a review. */
export function reviewDueOn(foundOn: Day, calendar: string): Day {
  return addWorkingDays(foundOn, REVIEW_WORKING_DAYS, calendar);
}

/**
 * From when on cases count again after a review was decided: those of the day itself were before whoever decided on the day on which it
 * was found; later, they may not have been.
 */
export function countsAgainFrom(foundOn: Day, decidedOn: Day): Day {
  return decidedOn === foundOn ? addDays(decidedOn, 1) : decidedOn;
}
