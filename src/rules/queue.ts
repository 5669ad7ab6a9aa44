// Source: UN Guiding Principle 24 (the most severe first, and those that delay would make irremediable); legal periods before our own.
// Where a case stands in the queue of the desk, and by what it is found there. A pure derivation: whoever has the case can check it.
import type { Day } from '../platform/time';
import { clockRule, type ClockCode } from './clocks';
import { addDays, isDay } from './days';
import { AFFECTED_GROUP_CODES } from './groups';
import { HARM_CODES } from './harms';
import { primaryLanguage } from './languages';
import { REPRISAL_LEVEL_CODES } from './protection';
import { RIGHT_CODES } from './rights';
import { TIERS, type Tier } from './severity';
import { STAGES, STATE_CODES, STATES } from './states';
import { USE_DOMAIN_CODES } from './use-domains';

/** The first order of the queue: a legal day has passed; something is due; the case has ended and is looked at again later; nothing is due any more. */
export const LANES = { LEGALLY_LATE: 0, DUE: 1, LATER: 2, SETTLED: 3 } as const;
export type Lane = (typeof LANES)[keyof typeof LANES];

const ENDED_STATES: ReadonlySet<string> = new Set(STATE_CODES.filter((state) => STATES[state].ended));

/** So many days before its day a case that has ended comes forward among those that are due. */
export const FORWARD_DAYS = 14;

/** Later than every day: stands where nothing is due. */
export const NO_DUE_DAY: Day = '9999-12-31';

/** What of a case decides its place, by the names of its columns. */
export interface QueuedFacts {
  state: string;
  language: string;
  complainantRole: string;
  tier?: string | null;
  delayMakesIrremediable?: boolean | null;
  nextDueOn?: Day | null;
  useDomain?: string | null;
  harms?: readonly string[] | null;
  rights?: readonly string[] | null;
  reprisalLevel?: string | null;
  fearOfReprisal?: string | null;
  alertSince?: Day | null;
  lateToldTo?: string | null;
  suspendedGround?: string | null;
  isDataRightsRequest?: boolean | null;
  reporterIsWorker?: boolean | null;
  vulnerable?: boolean | null;
  isDefender?: boolean | null;
  /** Whether a proposal waits for a second person; it stands in no column of the case. */
  awaitsSecond?: boolean;
}

function isKnown<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

/** What staff look for besides what is coded in one column: each with what it means on the screen, and what marks it in a row of the list. */
export const QUEUE_FLAGS = {
  ALERT: { label: 'The person may be in danger', holds: ({ alertSince }) => isKnown(alertSince) },
  LATE_TOLD: { label: 'Somebody was told that it is late', holds: ({ lateToldTo }) => isKnown(lateToldTo) },
  DELAY: {
    label: 'Delay makes it irremediable',
    mark: 'Delay harms',
    holds: ({ delayMakesIrremediable }) => delayMakesIrremediable === true,
  },
  AWAITS_SECOND: {
    label: 'A proposal waits for a second person',
    mark: 'Proposal waits',
    holds: ({ awaitsSecond }) => awaitsSecond === true,
  },
  UNASSESSED: { label: 'Severity not assessed', holds: ({ tier }) => !isKnown(tier) },
  VULNERABLE: { label: 'A vulnerable group is affected', holds: ({ vulnerable }) => vulnerable === true },
  FEAR: {
    label: 'The person fears reprisal very much',
    mark: 'Fears reprisal',
    holds: ({ fearOfReprisal }) => fearOfReprisal === 'serious',
  },
  DEFENDER: {
    label: 'A human-rights defender',
    mark: 'Defender',
    holds: ({ isDefender }) => isDefender === true,
  },
  WORKER: { label: 'A worker reports', holds: ({ reporterIsWorker }) => reporterIsWorker === true },
  DATA_REQUEST: {
    label: 'A request about data',
    holds: ({ isDataRightsRequest }) => isDataRightsRequest === true,
  },
  GROUP: { label: 'A collective complaint', holds: ({ complainantRole }) => complainantRole === 'group' },
  PAUSED: { label: 'Paused', holds: ({ suspendedGround }) => isKnown(suspendedGround) },
} as const satisfies Record<string, { label: string; mark?: string; holds: (facts: QueuedFacts) => boolean }>;
export type QueueFlag = keyof typeof QUEUE_FLAGS;
export const QUEUE_FLAG_CODES = Object.keys(QUEUE_FLAGS) as QueueFlag[];

/** By what the queue can be narrowed, most selective first. */
export const FACET_KINDS = [
  'flag',
  'harm',
  'right',
  'domain',
  'reprisal',
  'tier',
  'state',
  'language',
] as const;
export type FacetKind = (typeof FACET_KINDS)[number];

/** Every case has this one. */
export const EVERY_CASE = 'all';

/** The name of a facet as the database keeps it. */
export function facet(kind: FacetKind, code: string): string {
  return `${kind}:${code}`;
}

/** Everything by which a case is found in the queue, each once. */
export function facetsOf(facts: QueuedFacts): string[] {
  const one = (kind: FacetKind, code: string | null | undefined) =>
    isKnown(code) ? [facet(kind, code)] : [];
  return [
    EVERY_CASE,
    facet('state', facts.state),
    facet('language', primaryLanguage(facts.language)),
    ...one('tier', facts.tier),
    ...one('domain', facts.useDomain),
    ...one('reprisal', facts.reprisalLevel),
    ...new Set((facts.harms ?? []).map((code) => facet('harm', code))),
    ...new Set((facts.rights ?? []).map((code) => facet('right', code))),
    ...QUEUE_FLAG_CODES.filter((code) => QUEUE_FLAGS[code].holds(facts)).map((code) => facet('flag', code)),
  ];
}

/** Null: nobody has assessed it. */
const BANDS: readonly (Tier | null)[] = ['CRITICAL', 'SEVERE', null, 'MODERATE', 'LOW'];

/** 0 is most urgent, 9 least. What nobody has assessed may be severe: it stands before what is known to be moderate. */
export function urgencyOf({
  tier,
  delayMakesIrremediable,
}: Pick<QueuedFacts, 'tier' | 'delayMakesIrremediable'>): number {
  const band = BANDS.indexOf((tier ?? null) as Tier | null);
  return 2 * band + Number(delayMakesIrremediable !== true);
}

export const URGENCIES = BANDS.flatMap((_, band) => [2 * band, 2 * band + 1]);

/** A clock of a case, as far as it decides. */
export interface QueuedClock {
  code: string;
  basis: string;
  status: string;
  dueLegalLatest: Day;
}

/** The earliest last day of a law that runs for the organisation; null where none runs. */
export function legalDueOn(clocks: readonly QueuedClock[]): Day | null {
  const days = clocks
    .filter(
      ({ basis, status, code }) =>
        basis === 'legal' && status === 'RUNNING' && clockRule(code as ClockCode).owedBy === 'organisation',
    )
    .map((clock) => clock.dueLegalLatest);
  return days.sort()[0] ?? null;
}

/**
 * The day on which a case comes forward that has ended and stands behind what is due until then; null where it does not stand there. A person
 * who may be in danger is never put behind. Whoever verifies asks it of rows that somebody edited: what they hold is taken as text, as in the facets, and what is no day waits nowhere.
 */
export function forwardOn({ state, nextDueOn, alertSince }: QueuedFacts): Day | null {
  const waits = ENDED_STATES.has(String(state)) && !isKnown(alertSince);
  const day = String(nextDueOn);
  return waits && isDay(day) ? addDays(day, -FORWARD_DAYS) : null;
}

export interface QueuedPlace {
  facet: string;
  lane: Lane;
  urgency: number;
  dueOn: Day;
  /** Only of the facet of every case, and only until it has passed: the last legal day that comes first. */
  legalDueOn: Day | null;
}

/** Where a case stands on a day, once for each of its facets. */
export function placesOn(today: Day, facts: QueuedFacts, clocks: readonly QueuedClock[]): QueuedPlace[] {
  const isDue = isKnown(facts.nextDueOn);
  const legal = isDue ? legalDueOn(clocks) : null;
  const isLate = legal !== null && legal < today;
  const forward = forwardOn(facts);
  const waits = forward !== null && today < forward;
  const lane = !isDue ? LANES.SETTLED : isLate ? LANES.LEGALLY_LATE : waits ? LANES.LATER : LANES.DUE;
  const urgency = urgencyOf(facts);
  const dueOn = facts.nextDueOn ?? NO_DUE_DAY;
  return facetsOf(facts).map((name) => ({
    facet: name,
    lane,
    urgency,
    dueOn,
    legalDueOn: name === EVERY_CASE && !isLate ? legal : null,
  }));
}

/** What each line of a filter of the queue may say; the language and who works on it are not of a fixed list. */
export const QUEUE_CHOICES = {
  stage: STAGES,
  state: STATE_CODES,
  tier: [...TIERS].reverse(),
  domain: USE_DOMAIN_CODES,
  harm: HARM_CODES,
  right: RIGHT_CODES,
  reprisal: REPRISAL_LEVEL_CODES,
  group: AFFECTED_GROUP_CODES,
  flag: QUEUE_FLAG_CODES,
  due: ['legally-late', 'overdue', 'today', 'week'],
  sort: ['now', 'due', 'lodged'],
} as const satisfies Record<string, readonly string[]>;
