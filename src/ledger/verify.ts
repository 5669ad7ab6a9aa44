import { IsNull, Not, type EntityManager } from 'typeorm';
import { Case } from '../records/entities/case';
import { Entry } from '../records/entities/entry';
import { wrongKeys } from './check-keys';
import { forgottenEntries, wrongCheckpoints, wrongLeaves } from './check-log';
import type { Difference } from './difference';
import { checkHouse, HOUSE } from './house-history';
import { strayRows } from './stray-rows';
import { verifyCases } from './verify-cases';

export interface Verified {
  cases: number;
  /** Cases whose content was lawfully erased: their histories say so, and hold. */
  erased: number;
  entries: number;
  differences: Difference[];
}

const CASES_AT_ONCE = 200;

/**
 * Re-derives every chain and replays every case against its rows. Stops collecting after `most` differences. Texts of people are
 * never opened: sealed columns are compared by digest.
 */
export async function verifyLedger(db: EntityManager, most = 100): Promise<Verified> {
  const result: Verified = { cases: 0, erased: 0, entries: 0, differences: [] };
  for (let after = ''; ;) {
    const ids = await nextLedgerIds(db, after);
    if (ids.length === 0) break;
    for (const each of await verifyCases(db, ids)) {
      result.cases += 1;
      result.entries += each.entries;
      result.differences.push(...each.differences);
    }
    if (result.differences.length >= most) break;
    after = ids.at(-1)!;
  }
  const house = await checkHouse(db);
  result.entries += house.entries;
  result.differences.push(
    ...house.faults.map(({ n, what }) => ({
      ledgerId: HOUSE,
      n,
      table: 'entries',
      column: null,
      sentence: `history of the house, entry ${n}: ${what}`,
    })),
    ...(await strayRows(db)),
    ...(await wrongKeys(db)),
    ...(await wrongLeaves(db)),
    ...(await forgottenEntries(db)),
    ...(await wrongCheckpoints(db)),
  );
  result.erased = await db.countBy(Case, { erasedOn: Not(IsNull()) });
  return result;
}

/** Verifies the history of one case. */
export async function verifyCase(db: EntityManager, ledgerId: string): Promise<Difference[]> {
  const [verified] = await verifyCases(db, [ledgerId]);
  return verified!.differences;
}

async function nextLedgerIds(db: EntityManager, after: string): Promise<string[]> {
  const take = CASES_AT_ONCE;
  const fromCases: { id: string }[] = await db
    .createQueryBuilder(Case, 'c')
    .select('c.ledgerId', 'id')
    .where('c.ledgerId > :after', { after })
    .orderBy('c.ledgerId')
    .limit(take)
    .getRawMany();
  const fromEntries: { id: string }[] = await db
    .createQueryBuilder(Entry, 'e')
    .select('e.ledgerId', 'id')
    .where('e.ledgerId > :after AND e.ledgerId <> :house', { after, house: HOUSE })
    .groupBy('e.ledgerId')
    .orderBy('e.ledgerId')
    .limit(take)
    .getRawMany();
  return [...new Set([...fromCases, ...fromEntries].map(({ id }) => id))].sort().slice(0, take);
}
