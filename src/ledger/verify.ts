import { IsNull, Not, type EntityManager } from 'typeorm';
import type { Day } from '../platform/time';
import { Case } from '../records/entities/case';
import { wrongKeys } from './check-keys';
import { forgottenEntries, wrongCheckpoints, wrongLeaves } from './check-log';
import type { Difference } from './difference';
import { HOUSE } from './house';
import { CaseReader } from './read-cases';
import { checkHouseAndRows } from './check-house-rows';
import { wrongAccess } from './check-access';
import { wrongAlerts } from './check-alerts';
import { strangePolicies } from './check-policies';
import { wrongDisposals } from './check-disposals';
import { strayRows } from './stray-rows';
import { verifyCalmly } from './verify-case';

export interface Verified {
  cases: number;
  /** Cases whose content was lawfully erased: their histories say so, and hold. */
  erased: number;
  entries: number;
  differences: Difference[];
}

/**
 * Re-derives every chain and replays every case against its rows. Stops collecting after `most` differences. Texts of people are
 * never opened: sealed columns are compared by digest. No case is late before its day: `today` says which.
 */
export async function verifyLedger(db: EntityManager, today: Day, most = 100): Promise<Verified> {
  const result: Verified = { cases: 0, erased: 0, entries: 0, differences: [] };
  const reader = new CaseReader(db);
  for (const batches of [reader.all(), reader.allWithoutCase()])
    for await (const batch of batches) {
      for (const stored of batch) {
        const { entries, differences } = await verifyCalmly(reader, stored, today);
        result.cases += 1;
        result.entries += entries;
        result.differences.push(...differences);
      }
      if (result.differences.length >= most) break;
    }
  const { house, differences } = await checkHouseAndRows(db);
  result.entries += house.entries;
  result.differences.push(
    ...house.faults.map(({ n, what }) => ({
      ledgerId: HOUSE,
      n,
      table: 'entries',
      column: null,
      sentence: `history of the house, entry ${n}: ${what}`,
    })),
    ...differences,
    ...(await strayRows(db)),
    ...(await strangePolicies(db, most)),
    ...(await wrongAccess(db)),
    ...(await wrongAlerts(db, most)),
    ...(await wrongKeys(db)),
    ...(await wrongDisposals(db)).map((fault) => ({ ledgerId: HOUSE, n: null, column: null, ...fault })),
    ...(await wrongLeaves(db)),
    ...(await forgottenEntries(db)),
    ...(await wrongCheckpoints(db)),
  );
  result.erased = await db.countBy(Case, { erasedOn: Not(IsNull()) });
  return result;
}

/** Verifies the history of one case. */
export async function verifyCase(db: EntityManager, ledgerId: string): Promise<Difference[]> {
  const reader = new CaseReader(db);
  const { differences } = await verifyCalmly(reader, await reader.one(ledgerId));
  return differences;
}
