import type { EntityManager, EntityTarget } from 'typeorm';
import { Case } from '../records/entities/case';
import { readThese } from './read-cases';
import { verifyCase } from './verify';
import { verifyStored } from './verify-case';

/**
 * Those of these cases, by id, whose rows are not what their histories tell. Of what belongs to a case only the rows of `tables` are
 * held against it, so that many can be looked at while somebody waits; where they differ, the case is verified whole and calmly, since
 * somebody may just be at work on it.
 */
export async function findAltered(
  db: EntityManager,
  tables: readonly EntityTarget<{ id: string; caseId: string }>[],
  caseIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const altered = new Set<string>();
  if (caseIds.length === 0) return altered;
  const stored = await readThese(db, [Case, ...tables], [...new Set(caseIds)]);
  for (const [id, each] of stored.cases)
    if (
      verifyStored(stored.tables, each).differences.length > 0 &&
      (await verifyCase(db, each.ledgerId)).length > 0
    )
      altered.add(id);
  return altered;
}
