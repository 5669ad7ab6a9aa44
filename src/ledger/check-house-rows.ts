import type { EntityManager, EntityTarget } from 'typeorm';
import { Passkey } from '../records/entities/passkey';
import { readBetween, type RowReader } from '../records/read-rows';
import { caseTable, compareRows } from './compare-rows';
import type { Difference } from './difference';
import { HOUSE } from './house';
import { checkHouse, type CheckedHouse } from './house-history';
import { HOUSE_TABLES } from './house-tables';
import { passkeyDigest } from './passkey-digest';

const LOOKS = 20;
const ALL = ['', '\uffff'];

/**
 * Derives the history of the house again and holds accounts, registers and rules of routing against what it tells: a role, a password or a
 * vendor that somebody wrote into the database by hand is named. A change between two reads looks like a difference: it is one when the
 * history tells of no more by then.
 */
export async function checkHouseAndRows(
  db: EntityManager,
): Promise<{ house: CheckedHouse; differences: Difference[] }> {
  const readers = Object.values(HOUSE_TABLES).map((entity) =>
    readBetween(db, entity as EntityTarget<{ id: string }>, 'id'),
  );
  const people = readers[Object.keys(HOUSE_TABLES).indexOf('people')]!;
  const tables = readers.map(caseTable);
  let before = -1;
  for (let looks = 1; ; looks++) {
    // Rows before their history: what is told by then must stand in them, or the history has grown.
    const rows: unknown[][][] = [];
    for (const { read } of readers) rows.push(await read(ALL));
    const digests = digestsIn(people, rows[readers.indexOf(people)]!);
    const strangePasskeys = await passkeysUnlikeAccounts(db, digests);
    const house = await checkHouse(db);
    const differences =
      house.faults.length > 0 ? [] : [...compareRows(tables, HOUSE, house.told, rows), ...strangePasskeys];
    if (differences.length === 0 || house.changes === before || looks === LOOKS)
      return { house, differences };
    before = house.changes;
  }
}

/** The account that names each digest, by digest. */
function digestsIn({ columns }: RowReader, rows: unknown[][]): Map<string, string> {
  const [id, passkeys] = ['id', 'passkeys'].map((name) =>
    columns.findIndex((column) => column.name === name),
  );
  return new Map(
    rows.flatMap((row) => {
      const digests = columns[passkeys!]!.load(row[passkeys!]);
      return (Array.isArray(digests) ? digests : []).map((digest) => [String(digest), row[id!] as string]);
    }),
  );
}

/** A row that its account does not name, and a digest without a row, were not our doing. */
async function passkeysUnlikeAccounts(db: EntityManager, named: Map<string, string>): Promise<Difference[]> {
  const differences: Difference[] = [];
  const add = (sentence: string) =>
    differences.push({
      ledgerId: HOUSE,
      n: null,
      table: 'passkeys',
      column: null,
      sentence: `the house: ${sentence}`,
    });
  for (const row of await db.find(Passkey)) {
    const digest = passkeyDigest(row);
    if (named.get(digest) !== row.personId)
      add(`passkeys ${row.id} is not as the account ${row.personId} knows it.`);
    named.delete(digest);
  }
  for (const personId of named.values())
    add(`a passkey of the account ${personId} is missing from the database, or was changed.`);
  return differences;
}
