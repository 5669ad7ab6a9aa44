import type { QueueFilter } from '../casework/views';
import type { Visitor } from '../people/visitor';
import { Refusal, type UnmetNeed } from '../platform/refusal';
import { TIERS } from '../rules/severity';
import { STATE_CODES, type State } from '../rules/states';

const ALLOWED: Record<string, readonly string[] | RegExp> = {
  state: STATE_CODES,
  tier: TIERS,
  overdue: ['true'],
  mine: ['true'],
  sort: ['due', 'lodged'],
  cursor: /^[\w-]{1,200}$/,
  limit: /^([1-9]\d?|100)$/,
};

/** The filter of the queue from a query string; every unknown name or value is refused at once. */
export function queueFilter(
  query: Record<string, unknown>,
  visitor: Visitor & { kind: 'officer' },
): QueueFilter {
  const faults: UnmetNeed[] = Object.entries(query).flatMap(([field, value]) => {
    const allowed = Object.hasOwn(ALLOWED, field) ? ALLOWED[field] : undefined;
    if (!allowed)
      return [{ name: 'unknown-field', field: field.slice(0, 64), sentence: 'error.unknown-field' }];
    const fits =
      typeof value === 'string' &&
      (allowed instanceof RegExp ? allowed.test(value) : allowed.includes(value));
    if (fits) return [];
    const sentence =
      allowed instanceof RegExp
        ? 'This value cannot be read; leave it out.'
        : `Use one of: ${allowed.join(', ')}.`;
    return [{ name: 'answer', field, sentence }];
  });
  if (faults.length > 0) throw new Refusal('invalid', 'The queue cannot be filtered like this.', faults);
  const { state, tier, overdue, mine, sort, cursor, limit } = query as Record<string, string | undefined>;
  return {
    state: state as State | undefined,
    tier,
    overdue: overdue === 'true',
    assignedTo: mine === 'true' ? visitor.personId : undefined,
    sort: sort as 'due' | 'lodged' | undefined,
    cursor,
    limit: limit ? Number(limit) : undefined,
  };
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
