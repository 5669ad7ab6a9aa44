import { readQueueFilter } from '../casework/queue/queue-filter';
import type { QueueFilter } from '../casework/queue/views';
import type { Officer } from '../people/visitor';
import { Refusal } from '../platform/refusal';

/** The filter of the queue from a query string; every unknown name or value is refused at once. */
export function queueFilter(query: Record<string, unknown>, visitor: Officer): QueueFilter {
  const { filter, faults } = readQueueFilter(query, visitor.personId);
  if (faults.length > 0) throw new Refusal('invalid', 'The queue cannot be filtered like this.', faults);
  return filter;
}

/** The lines of a filter in a body, as they stand in an address: the number of a system may come as one. */
export function filterIn(filter: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(filter).map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]),
  );
}

/** The revision in `If-Match`: `"7"` or 7. Programs have to say which revision they saw. */
export function revisionIn(ifMatch: string | undefined): number {
  const revision = /^(?:W\/)?"?(\d{1,9})"?$/.exec(ifMatch?.trim() ?? '')?.[1];
  if (!revision)
    throw new Refusal(
      'revision-missing',
      'Send the revision you saw in If-Match, for example If-Match: "7".',
      [{ name: 'revision', sentence: 'Read the case, take its revision (or ETag) and send it in If-Match.' }],
    );
  return Number(revision);
}
