import { hash } from 'node:crypto';
import type { DisposalItem } from '../records/entities/disposal-item';
import { canonical } from './entry';

/**
 * Digest, `sha256:` and hex, of what a batch lists: each case by its number and id, and the schedule that says what of it is erased.
 * The ids are random, so whoever knows none of them learns none from it.
 */
export function disposalListDigest(
  schedule: string,
  items: readonly Pick<DisposalItem, 'n' | 'caseId'>[],
): string {
  const list = [...items]
    .sort((a, b) => a.n - b.n)
    .map(({ n, caseId }) => ({ n, case: caseId, erase: schedule }));
  return `sha256:${hash('sha256', canonical(list))}`;
}
