// Source: LkSG s.10(1) (seven years); Dir. (EU) 2024/1760 Art. 5 (five years); Colorado SB 26-189 (three years); GDPR Arts 5(1)(e), 9 and
// 17; AI Act Art. 26(6) (logs: six months at least). Every length but the first three is our own design: a lawyer signs it off.
import type { Day } from '../platform/time';
import { addMonthsClamped } from './counting';
import { CLOSURE_CODE_LIST, type ClosureCode } from './outcomes';
import type { RoleCode } from './roles';

/** How sure we are: read in the text, from memory, or our own design. */
export type Mark = 'VERIFIED' | 'MEMORY' | 'DESIGN';

export interface Schedule {
  label: string;
  /** What is erased when it is carried out. */
  erases: string;
  /** Whole years from the last closure; a house may set those that name a `setting`. */
  years: number;
  setting: string | null;
  why: readonly { law: string; mark: Mark }[];
}

/** What is erased by two people once its time is over. Codes are stable: they stand in the ledger. */
export const SCHEDULES = {
  'RS-SPECIAL': {
    label: 'Special-category data',
    erases: 'what the person needs to take part (health, disability), and the groups noted of them',
    years: 0,
    setting: null,
    why: [{ law: 'GDPR Arts 5 and 9: not longer than the remedy needs it', mark: 'DESIGN' }],
  },
  'RS-IDENTITY': {
    label: 'Names and contacts',
    erases: 'names and contacts of everybody who lodged or stands beside them, with their keys',
    years: 3,
    setting: 'RETENTION_IDENTITY_YEARS',
    why: [{ law: 'GDPR Art. 5(1)(c) and (e); earlier on request', mark: 'DESIGN' }],
  },
  'RS-CASE': {
    label: 'Case file',
    erases:
      'every text and file of the case and every name and contact, with their keys; codes stay as statistics',
    years: 7,
    setting: 'RETENTION_CASE_YEARS',
    why: [
      { law: 'LkSG s.10(1): seven years', mark: 'VERIFIED' },
      { law: 'Dir. (EU) 2024/1760 Art. 5: five years', mark: 'MEMORY' },
      { law: 'Colorado SB 26-189: three years', mark: 'VERIFIED' },
    ],
  },
} as const satisfies Record<string, Schedule>;

export type ScheduleCode = keyof typeof SCHEDULES;
export const SCHEDULE_CODES = Object.keys(SCHEDULES) as ScheduleCode[];

/** What has no schedule of its own, and what becomes of it. */
export const FOLLOWS_THE_CASE = {
  'AI logs snapshot':
    'Texts that say where it is kept fall with the case file; the snapshot itself is kept while a legal hold stands.',
  'Audit trail':
    'Never erased: codes, numbers and digests only, so that the history verifies after everything else is gone.',
} as const;

/** Why something was erased although no schedule was due: the person asked. */
export const ON_REQUEST = 'RS-REQUEST';
export const ERASURE_GROUNDS = [...SCHEDULE_CODES, ON_REQUEST] as const;

/** What a person can ask to have erased. */
export const ERASURE_SCOPES = ['PERSON', 'CASE'] as const;
export type ErasureScope = (typeof ERASURE_SCOPES)[number];

/** Why logs and evidence are kept; the first holds by itself from receipt, where a system is named (AI Act Art. 26(6)). */
export const HOLD_GROUNDS = {
  SYSTEM_NAMED: { label: 'A system is named: its logs are kept from receipt' },
  LEGAL_CLAIM: { label: 'A legal claim is made or expected' },
  AUTHORITY_ORDER: { label: 'A court or authority asks for it' },
  EVIDENCE: { label: 'Needed as evidence elsewhere' },
} as const;
export type HoldGround = keyof typeof HOLD_GROUNDS;
export const HOLD_GROUND_CODES = Object.keys(HOLD_GROUNDS);
export const HOLD_GROUNDS_OF_STAFF = HOLD_GROUND_CODES.filter((code) => code !== 'SYSTEM_NAMED');

/** Why a case of a batch was not erased after all. */
export const KEPT_BACK = {
  REOPENED: { label: 'It was reopened, or its time is not over any more' },
  ON_HOLD: { label: 'A legal hold stands' },
  REQUEST_OPEN: { label: 'The person asked for erasure, and that is not decided yet' },
  STILL_OWED: { label: 'Something is still owed in it by a day' },
  ERASED: { label: 'It was erased already' },
} as const;
export type KeptBack = keyof typeof KEPT_BACK;

/** Who proposes that cases be erased, and who agrees: two of these, never one. */
export const DISPOSERS: readonly RoleCode[] = ['DPO', 'DEC', 'EXE'];

/** Years by schedule, as this house keeps them. */
export type RetentionYears = Readonly<Record<ScheduleCode, number>> & {
  /** Of the case file where a case ended in this way; of any other, the years of its schedule. */
  readonly byOutcome: Readonly<Partial<Record<ClosureCode, number>>>;
};

/** What the time of a case depends on. */
export interface Ended {
  /** Day of the last closure; null while the case is open, reopened or under appeal. */
  closedOn: Day | null;
  /** How it ended. */
  closureCode: string | null;
}

/** The years of this house from its settings; throws a sentence that names the setting to mend. */
export function readRetentionYears(env: Readonly<Record<string, string | undefined>>): RetentionYears {
  const years = Object.fromEntries(
    Object.entries<Schedule>(SCHEDULES).map(([code, schedule]) => [code, yearsOf(schedule, env)]),
  ) as Record<ScheduleCode, number>;
  if (years['RS-IDENTITY'] > years['RS-CASE'])
    throw new Error(
      `RETENTION_IDENTITY_YEARS (${years['RS-IDENTITY']}) is more than RETENTION_CASE_YEARS (${years['RS-CASE']}): names fall with the case file at the latest. Lower the first or raise the second.`,
    );
  return { ...years, byOutcome: yearsByOutcome(env[BY_OUTCOME] ?? '') };
}

const BY_OUTCOME = 'RETENTION_CASE_YEARS_BY_OUTCOME';

function yearsByOutcome(said: string): RetentionYears['byOutcome'] {
  const pairs = said.split(',').filter((each) => each.trim() !== '');
  const years = new Map<string, number>();
  for (const pair of pairs) {
    const [outcome = '', ...rest] = pair.split('=').map((part) => part.trim());
    if (!CLOSURE_CODE_LIST.some((code) => code === outcome) || years.has(outcome))
      throw new Error(
        `${BY_OUTCOME} names “${outcome}”; write each of these at most once, such as CR-DECLINED=3: ${CLOSURE_CODE_LIST.join(', ')}.`,
      );
    years.set(outcome, wholeYears(rest.join('='), `${BY_OUTCOME} for ${outcome}`));
  }
  return Object.fromEntries(years);
}

function yearsOf({ years, setting }: Schedule, env: Readonly<Record<string, string | undefined>>): number {
  const said = setting === null ? '' : (env[setting] ?? '');
  return said === '' ? years : wholeYears(said, setting!, years);
}

function wholeYears(said: string, setting: string, otherwise?: number): number {
  const set = said === '' ? NaN : Number(said);
  if (Number.isInteger(set) && set >= 1 && set <= 100) return set;
  const orEmpty = otherwise === undefined ? '' : `, or leave it empty for ${otherwise}`;
  throw new Error(`${setting} is "${said}"; set it to whole years from 1 to 100${orEmpty}.`);
}

/** Names and what is special fall with the case file at the latest. */
function yearsUnder(schedule: ScheduleCode, outcome: string | null, years: RetentionYears): number {
  const ofFile = years.byOutcome[outcome as ClosureCode] ?? years['RS-CASE'];
  return schedule === 'RS-CASE' ? ofFile : Math.min(years[schedule], ofFile);
}

/** How long something is kept after a case that ended in this way. */
export interface LengthByOutcome {
  outcome: ClosureCode;
  years: number;
}

/** The endings after which it is kept for other than the years of its schedule, as this house set them. */
export function otherLengths(schedule: ScheduleCode, years: RetentionYears): LengthByOutcome[] {
  return CLOSURE_CODE_LIST.filter((outcome) => yearsUnder(schedule, outcome, years) !== years[schedule]).map(
    (outcome) => ({ outcome, years: yearsUnder(schedule, outcome, years) }),
  );
}

/**
 * The day from which something may be erased: whole years after the last closure, the same day of the year or the last of its month.
 * Null while the case is open, reopened or under appeal. Computed, never stored.
 */
export function disposalDueOn(
  schedule: ScheduleCode,
  { closedOn, closureCode }: Ended,
  years: RetentionYears,
): Day | null {
  return closedOn === null ? null : addMonthsClamped(closedOn, 12 * yearsUnder(schedule, closureCode, years));
}

/**
 * Of cases that ended in one of these ways (null: in any that is not named here), those closed after this day cannot be due today; of
 * those closed on it or before, `disposalDueOn` says.
 */
export interface LatestClosure {
  outcomes: ClosureCode[] | null;
  latest: Day;
}

/** The latest closures due today, one for each length; what has no length of its own comes last. */
export function latestClosuresDue(
  schedule: ScheduleCode,
  today: Day,
  years: RetentionYears,
): LatestClosure[] {
  const byLength = new Map<number, ClosureCode[]>();
  for (const outcome of Object.keys(years.byOutcome) as ClosureCode[]) {
    const length = yearsUnder(schedule, outcome, years);
    byLength.set(length, [...(byLength.get(length) ?? []), outcome]);
  }
  return [
    ...[...byLength].map(([length, outcomes]) => ({ outcomes, latest: yearsBefore(today, length) })),
    { outcomes: null, latest: yearsBefore(today, yearsUnder(schedule, null, years)) },
  ];
}

function yearsBefore(today: Day, years: number): Day {
  const month = addMonthsClamped(today, -12 * years);
  // 28 February reaches back to 29 February of a leap year, too.
  return month.endsWith('-02-28') ? `${month.slice(0, 8)}29` : month;
}
