import type { EntityManager } from 'typeorm';
import { Person } from '../records/entities/person';
import { readBetween } from '../records/read-rows';
import { caseTable, compareRows } from './compare-rows';
import type { Difference } from './difference';
import { HOUSE } from './house';
import { checkHouse, type CheckedHouse } from './house-history';

const LOOKS = 20;
const ALL = ['', '\uffff'];

/**
 * Derives the history of the house again and holds the accounts against what it tells: a role or a password that somebody wrote into
 * the database by hand is named. A change between two reads looks like a difference: it is one when the history tells of no more by then.
 */
export async function checkHouseAndAccounts(
  db: EntityManager,
): Promise<{ house: CheckedHouse; differences: Difference[] }> {
  const reader = readBetween(db, Person, 'id');
  const tables = [caseTable(reader)];
  let before = -1;
  for (let looks = 1; ; looks++) {
    // Rows before their history: what is told by then must stand in them, or the history has grown.
    const rows = await reader.read(ALL);
    const house = await checkHouse(db);
    const differences = house.faults.length > 0 ? [] : compareRows(tables, HOUSE, house.told, [rows]);
    if (differences.length === 0 || house.changes === before || looks === LOOKS)
      return { house, differences };
    before = house.changes;
  }
}
