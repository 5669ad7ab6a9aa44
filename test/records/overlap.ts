import { Case } from '../../src/records/entities/case';
import { Party } from '../../src/records/entities/party';
import { insert } from '../../src/records/insert';
import type { Transactions } from '../../src/records/transactions';
import { newId } from '../../src/platform/ids';
import { caseRow } from './open-records';

export interface OverlapResult {
  acknowledged: string[];
  refused: string[];
}

/** Starts `count` changes at once, each a case and its party; every third one fails after it has written both. */
export async function overlap(transactions: Transactions, count: number): Promise<OverlapResult> {
  const result: OverlapResult = { acknowledged: [], refused: [] };
  await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const row = caseRow();
      const party = newId();
      try {
        await transactions.change(async (db) => {
          await insert(db, Case, row);
          await insert(db, Party, { id: party, caseId: row.id, role: 'RH' });
          if (n % 3 === 0) throw new Error('fails on purpose');
          if (n % 9 === 1) await db.findOneBy(Case, { id: row.id });
        });
        result.acknowledged.push(row.id);
      } catch {
        result.refused.push(row.id);
      }
    }),
  );
  return result;
}
