import type { EntityManager } from 'typeorm';
import { AiSystem } from '../records/entities/ai-system';
import { Case } from '../records/entities/case';
import { DataKey } from '../records/entities/data-key';
import { Party } from '../records/entities/party';
import { PatternReview } from '../records/entities/pattern-review';
import { RegisterEmptying } from '../records/entities/register-emptying';
import { RegisterVersion } from '../records/entities/register-version';
import { SystemRecord } from '../records/entities/system-record';
import { Vendor } from '../records/entities/vendor';
import { Wording } from '../records/entities/wording';
import type { Difference } from './difference';
import { HOUSE } from './house';

/** Keys that are gone although no history tells of an erasure, and keys that are there although one does. */
export async function wrongKeys(db: EntityManager): Promise<Difference[]> {
  const looked: [string, (ledgerId: string) => string][] = [
    [
      'c.erasedOn IS NULL AND k.ownerId IS NULL',
      (ledgerId) => `case ${ledgerId}: its data key is gone, but the history tells of no erasure.`,
    ],
    [
      'c.erasedOn IS NOT NULL AND k.ownerId IS NOT NULL',
      (ledgerId) =>
        `case ${ledgerId}: the history says that it was erased, but a data key of it is there again.`,
    ],
  ];
  const differences: Difference[] = [];
  for (const [condition, sentence] of looked) {
    const rows: { ledgerId: string }[] = await db
      .createQueryBuilder(Case, 'c')
      .select('c.ledgerId', 'ledgerId')
      .leftJoin(DataKey, 'k', 'k.ownerId = c.id')
      .where(condition)
      .limit(20)
      .getRawMany();
    for (const { ledgerId } of rows)
      differences.push({ ledgerId, n: null, table: 'data_keys', column: null, sentence: sentence(ledgerId) });
  }
  const parties: { ledgerId: string; id: string }[] = await db
    .createQueryBuilder(Party, 'p')
    .select('p.id', 'id')
    .addSelect('c.ledgerId', 'ledgerId')
    .innerJoin(Case, 'c', 'c.id = p.caseId')
    .leftJoin(DataKey, 'k', 'k.ownerId = p.id')
    .where('(p.contactSealed IS NOT NULL OR p.nameSealed IS NOT NULL) AND k.ownerId IS NULL')
    .limit(20)
    .getRawMany();
  for (const { ledgerId, id } of parties)
    differences.push({
      ledgerId,
      n: null,
      table: 'data_keys',
      column: null,
      sentence: `case ${ledgerId}: the data key of parties ${id} is gone, but the history tells of no erasure.`,
    });
  return [...differences, ...(await keysOfRegisters(db))];
}

/** What needs a key only once it holds a sealed text. */
const WITHOUT_TEXTS_AT_FIRST = [Vendor, AiSystem, SystemRecord, PatternReview, Wording];

/** Rows of registers whose texts nobody can open any more: what is emptied gets a new key, so none is ever without. */
async function keysOfRegisters(db: EntityManager): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const entity of [RegisterVersion, RegisterEmptying, ...WITHOUT_TEXTS_AT_FIRST]) {
    const query = db
      .createQueryBuilder<{ id: string }>(entity, 'r')
      .select('r.id', 'id')
      .leftJoin(DataKey, 'k', 'k.ownerId = r.id')
      .where('k.ownerId IS NULL');
    if (WITHOUT_TEXTS_AT_FIRST.some((each) => each === entity)) query.andWhere('r.textsSealed IS NOT NULL');
    const table = db.dataSource.getMetadata(entity).tableName;
    for (const { id } of await query.limit(20).getRawMany<{ id: string }>())
      differences.push({
        ledgerId: HOUSE,
        n: null,
        table: 'data_keys',
        column: null,
        sentence: `the house: the data key of ${table} ${id} is gone, so that nobody can read its texts.`,
      });
  }
  return differences;
}
