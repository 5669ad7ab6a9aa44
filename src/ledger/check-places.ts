import type { Day } from '../platform/time';
import { CLOCK_CODES, type ClockCode } from '../rules/clocks';
import { forwardOn, placesOn, type QueuedClock, type QueuedFacts, type QueuedPlace } from '../rules/queue';
import type { Difference } from './difference';
import { nameOfHistory } from './house';
import type { ToldRows } from './replay';

/** In the order in which a row of `queue_places` is read. */
type StoredPlace = [
  facet: unknown,
  lane: unknown,
  urgency: unknown,
  dueOn: unknown,
  caseId: unknown,
  legalDueOn: unknown,
];

const BEFORE_EVERY_DAY = '';

/**
 * Derives the places of a case in the queue again. A case whose places were taken away or moved would be worked on late, or never, and
 * its own rows would not show it. Only for a history that its rows follow from.
 */
export function wrongPlaces(ledgerId: string, told: ToldRows, stored: unknown[][], today: Day): Difference[] {
  const facts = factsOf(told);
  if (!facts || areSound(facts, clocksOf(told), stored as StoredPlace[], today)) return [];
  return [
    {
      ledgerId,
      n: null,
      table: 'queue_places',
      column: null,
      sentence: `${nameOfHistory(ledgerId)}: queue_places: the case does not stand in the queue where its rows say.`,
    },
  ];
}

function factsOf(told: ToldRows): QueuedFacts | null {
  const [row] = told.get('cases')?.values() ?? [];
  if (!row) return null;
  const facts = row as unknown as QueuedFacts;
  let awaitsSecond = false;
  for (const { status } of told.get('proposals')?.values() ?? []) awaitsSecond ||= status === 'OPEN';
  // Most rows say it as it is; in a few somebody may have rewritten what should be a list, together with the history.
  const areLists = isListOrNone(row.harms) && isListOrNone(row.rights);
  if (areLists && !awaitsSecond) return facts;
  const listOf = (value: unknown): string[] | null => (Array.isArray(value) ? (value as string[]) : null);
  return { ...facts, harms: listOf(row.harms), rights: listOf(row.rights), awaitsSecond };
}

const isListOrNone = (value: unknown): boolean => (value ?? null) === null || Array.isArray(value);

function clocksOf(told: ToldRows): QueuedClock[] {
  const clocks = [...(told.get('clocks')?.values() ?? [])] as unknown as QueuedClock[];
  return clocks.filter(({ code }) => CLOCK_CODES.includes(code as ClockCode));
}

/**
 * A case that became late, or whose day is near after its end, moves when somebody reads the queue: from its day on it may stand before or
 * after that, before it only where it was.
 */
function areSound(
  facts: QueuedFacts,
  clocks: readonly QueuedClock[],
  stored: readonly StoredPlace[],
  today: Day,
): boolean {
  const days = [BEFORE_EVERY_DAY, forwardOn(facts) ?? today, today].filter((day) => day <= today);
  return days.some((day) => areSame(placesOn(day, facts, clocks), stored));
}

/** No facet stands twice, on either side. */
function areSame(told: readonly QueuedPlace[], stored: readonly StoredPlace[]): boolean {
  return (
    told.length === stored.length &&
    told.every((place) =>
      stored.some(
        ([facet, lane, urgency, dueOn, , legalDueOn]) =>
          facet === place.facet &&
          lane === place.lane &&
          urgency === place.urgency &&
          dueOn === place.dueOn &&
          legalDueOn === place.legalDueOn,
      ),
    )
  );
}
