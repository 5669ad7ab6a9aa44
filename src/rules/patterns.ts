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
  'PT-GROUP': { label: 'One group more often than elsewhere' },
} as const satisfies Record<string, { label: string }>;
export type PatternRule = keyof typeof PATTERN_RULES;
export const PATTERN_RULE_CODES = Object.keys(PATTERN_RULES) as PatternRule[];

export const PATTERN_DAYS = 90;
export const REPEATED_FROM = 3;
export const SEVERE_FROM = 2;
/** From the first cases under a new version on; and more than twice as many as in as many days before it. */
export const RISE_FROM = 3;
export const RISE_FACTOR = 2;
/** Cases of a group about one system: fewer are chance, and would tell of single people. */
export const GROUP_FROM = 5;
/** Cases about anything else of which a group is noted: without so many there is nothing to hold a share against. */
export const OTHERS_FROM = 10;
/** More than twice the share that the group has elsewhere. */
export const SHARE_FACTOR = 2;
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
  `One group more often than elsewhere: of the cases of ${PATTERN_DAYS} days that name the system and of which a group is noted, at least ${GROUP_FROM} are of one group, and its share is more than ${SHARE_FACTOR} times its share in all other cases of these days of which a group is noted, of which there have to be ${OTHERS_FROM}. How large the group is among the people whom the system reaches is not known here, so a hit is a question and no proof; a group that complains less is not found. Keyed hashes are counted, and no case is opened or named: whoever wants to see the cases looks for the group in the queue, which leaves an entry.`,
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

/** How many cases were lodged on each day. */
export type CasesByDay = ReadonlyMap<Day, number>;

/** What the share of a group among the cases that name a system is held against; of cases alone of which some group is noted. */
export interface GroupShares {
  /** That name the system. */
  named: CasesByDay;
  /** Whatever they name. */
  all: CasesByDay;
  /** Whatever they name, of the group. */
  allOfGroup: CasesByDay;
}

/**
 * The first day on which, among the cases of the days of a pattern up to it, the share of the group with the system was more than so
 * many times its share elsewhere; null: on none. `from`: what was lodged before does not count. `ofGroup`: cases of the group that name the system.
 */
export function moreOftenOn(
  ofGroup: readonly PatternCase[],
  { named, all, allOfGroup }: GroupShares,
  from: Day,
): Day | null {
  const days = [...all.keys()].filter((day) => day >= from).sort();
  return (
    days.find((last) => {
      const first = [from, addDays(last, 1 - PATTERN_DAYS)].sort()[1]!;
      const isWithin = (day: Day) => day >= first && day <= last;
      const sum = (tally: CasesByDay) =>
        [...tally].reduce((total, [day, count]) => (isWithin(day) ? total + count : total), 0);
      const hit = ofGroup.filter(({ lodgedOn }) => isWithin(lodgedOn)).length;
      if (hit < GROUP_FROM) return false;
      const namedNow = sum(named);
      const others = sum(all) - namedNow;
      return others >= OTHERS_FROM && hit * others > SHARE_FACTOR * namedNow * (sum(allOfGroup) - hit);
    }) ?? null
  );
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
