import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { OpenInEmergency } from '../../../src/casework/team/open-in-emergency';
import { CASE_TABLES } from '../../../src/ledger/case-tables';
import { Case } from '../../../src/records/entities/case';
import { DataKey } from '../../../src/records/entities/data-key';
import { Party } from '../../../src/records/entities/party';
import { Transactions } from '../../../src/records/transactions';
import { findKeyStore } from '../../../src/vault/keys/find-key-store';
import { KeyRotation } from '../../../src/vault/keys/rotation';
import { openVault } from '../../../src/vault/open-vault';
import { Vault } from '../../../src/vault/vault';
import { engines } from '../../harness/database';
import { House } from '../../harness/house';
import { hireStaff, type Staff, type Walk } from '../../harness/walk';
import { disposeOf, endedCase, PLANTED } from './due-house';

/** What an erasure leaves of a case in tables that no history tells of. Whoever adds one decides, and says it to `Erase`. */
const BESIDE: Record<string, 'nothing' | 'codes'> = {
  alerts: 'nothing',
  case_stays: 'codes',
  disposal_items: 'codes',
  invitations: 'codes',
  mail_answers: 'nothing',
  people: 'codes',
  queue_places: 'codes',
  register_cases: 'codes',
  searched_cases: 'nothing',
  searched_groups: 'nothing',
  sessions: 'nothing',
};

const SEVEN_YEARS_IN_DAYS = 7 * 366;

describe.each(engines())('what an erasure leaves on %s', (engine) => {
  let house: House;
  let staff: Staff;
  let walk: Walk;
  let kept: Walk;
  /** Every row of the case and its keys as they were before: what a backup of that day holds. */
  let before: { row: Case; sealed: string[]; keys: DataKey[] };

  beforeAll(async () => {
    house = await House.open(engine);
    staff = await hireStaff(house);
    kept = await endedCase(house, staff);
    // The newest rows of a page: PostgreSQL does not push others over their bytes when it tidies up.
    walk = await endedCase(house, staff);
    await walk.by('TRI', 'exclude', { exclusionGround: 'EX-UNIT', unit: 'planted unit' });
    await house.get(OpenInEmergency).run(staff.EXE, walk.reference, 'planted emergency');
    house.time.addDays(SEVEN_YEARS_IN_DAYS);
    before = await snapshot(walk.reference);
    await disposeOf(house, staff, [walk]);
  });
  afterAll(() => house.close());

  async function snapshot(reference: string): Promise<typeof before> {
    const row = await house.source.getRepository(Case).findOneByOrFail({ reference });
    const sealed: string[] = [];
    for (const entity of CASE_TABLES) {
      const where = (entity === Case ? { id: row.id } : { caseId: row.id }) as object;
      const rows = (await house.source.getRepository(entity).findBy(where)) as unknown as Record<
        string,
        unknown
      >[];
      for (const each of rows)
        for (const [column, value] of Object.entries(each))
          if (column.endsWith('Sealed') && typeof value === 'string' && value) sealed.push(value);
    }
    const parties = await house.source.getRepository(Party).findBy({ caseId: row.id });
    const owners = [row.id, ...parties.map(({ id }) => id)];
    const keys = await house.source.getRepository(DataKey).find();
    return { row, sealed, keys: keys.filter(({ ownerId }) => owners.includes(ownerId)) };
  }

  function filesBelow(folder: string): string[] {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile());
  }

  /** Every byte of the live files: of the data folder, and on PostgreSQL of every table. */
  async function everyByte(): Promise<Buffer> {
    const files = filesBelow(house.database.dataDir).map((path) => readFileSync(path));
    if (engine === 'sqlite') return Buffer.concat(files);
    await house.source.query('CHECKPOINT');
    const heaps: { bytes: Buffer }[] = await house.source.query(
      `SELECT pg_read_binary_file(pg_relation_filepath(c.oid)) AS bytes FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'i') AND pg_relation_size(c.oid) > 0`,
    );
    return Buffer.concat([...files, ...heaps.map(({ bytes }) => bytes)]);
  }

  it('is no plaintext anywhere, of this case or of any other', async () => {
    const bytes = await everyByte();
    expect(bytes.length).toBeGreaterThan(50_000);
    expect(bytes.includes(before.row.ledgerId)).toBe(true);
    for (const phrase of PLANTED) expect([phrase, bytes.includes(phrase)]).toEqual([phrase, false]);
  });

  if (engine === 'sqlite')
    it('is no wrapped key and no ciphertext in the database file or its write-ahead log', async () => {
      const bytes = await everyByte();
      expect(before.sealed.length).toBeGreaterThan(5);
      expect(before.keys).toHaveLength(2);
      for (const trace of [...before.sealed, ...before.keys.map(({ wrappedKey }) => wrappedKey)])
        expect(bytes.includes(trace)).toBe(false);
      const control = await snapshot(kept.reference);
      for (const trace of [...control.sealed, ...control.keys.map(({ wrappedKey }) => wrappedKey)])
        expect(bytes.includes(trace)).toBe(true);
    });

  it('is no wrapped key in any live file, while those of other cases are there', async () => {
    const bytes = await everyByte();
    expect(before.keys).toHaveLength(2);
    for (const { wrappedKey } of before.keys) expect(bytes.includes(wrappedKey)).toBe(false);
    for (const { wrappedKey } of (await snapshot(kept.reference)).keys)
      expect(bytes.includes(wrappedKey)).toBe(true);
  });

  it('is no file of the case in the store, and every file of the others', () => {
    expect(readdirSync(join(house.database.dataDir, 'evidence'))).toHaveLength(2);
  });

  it('is of every table that names a case either nothing, or codes and days alone', async () => {
    const { id: caseId } = before.row;
    const naming = house.source.entityMetadatas.filter(
      ({ target, columns }) =>
        !CASE_TABLES.includes(target as (typeof CASE_TABLES)[number]) &&
        columns.some(({ propertyName }) => /caseId$/i.test(propertyName)),
    );
    expect(naming.map(({ tableName }) => tableName).sort()).toEqual(Object.keys(BESIDE).sort());
    for (const { target, tableName } of naming.filter(({ tableName }) => BESIDE[tableName] === 'nothing'))
      expect([tableName, await house.source.getRepository(target).countBy({ caseId })]).toEqual([
        tableName,
        0,
      ]);
    for (const { target, tableName, columns } of house.source.entityMetadatas.filter((each) =>
      CASE_TABLES.includes(each.target as (typeof CASE_TABLES)[number]),
    )) {
      const rows = await house.source
        .getRepository<Record<string, unknown>>(target)
        .findBy(tableName === 'cases' ? { id: caseId } : { caseId });
      for (const { propertyName } of columns.filter((each) => each.propertyName.endsWith('Sealed')))
        expect([tableName, propertyName, rows.filter((row) => row[propertyName]).length]).toEqual([
          tableName,
          propertyName,
          0,
        ]);
    }
  });

  it('is nothing that opens: no key of the case is in the house', async () => {
    const vault = house.get(Vault);
    const { row } = before;
    const opened = await house.get(Transactions).read((db) =>
      vault.openKeys(
        db,
        before.keys.map((key) => key.ownerId),
      ),
    );
    expect(opened.size).toBe(0);
    await expect(house.get(Transactions).read((db) => vault.openKey(db, row.id))).rejects.toMatchObject({
      kind: 'not-found',
    });
  });

  it('is found by verify when a row, a text or a key is brought back, and is content otherwise', async () => {
    const { row, keys } = before;
    const differences = async () =>
      (await house.verify()).differences.map(({ sentence }) => sentence).join('\n');
    const q = (text: string) => house.source.query(text);
    expect(await house.verify()).toMatchObject({ erased: 1, differences: [] });

    await q(`UPDATE "cases" SET "narrativeSealed" = '${row.narrativeSealed}' WHERE "id" = '${row.id}'`);
    expect(await differences()).toMatch(/column narrativeSealed was changed/);
    await q(`UPDATE "cases" SET "narrativeSealed" = '' WHERE "id" = '${row.id}'`);

    const key = keys.find(({ ownerId }) => ownerId === row.id)!;
    await house.source.getRepository(DataKey).insert(key);
    expect(await differences()).toMatch(/a data key of it is there again/);
    await house.source.getRepository(DataKey).delete({ ownerId: row.id });

    await q(`UPDATE "cases" SET "erasedOn" = NULL WHERE "id" = '${row.id}'`);
    expect(await differences()).toMatch(/column erasedOn is null/);
    await q(`UPDATE "cases" SET "erasedOn" = '${house.time.today()}' WHERE "id" = '${row.id}'`);
    expect(await differences()).toBe('');
  });

  it('is told from an erasure that no history tells of', async () => {
    const other = await snapshot(kept.reference);
    const [ofCase, ofParty] = [
      other.keys.find(({ ownerId }) => ownerId === other.row.id)!,
      other.keys.find(({ ownerId }) => ownerId !== other.row.id)!,
    ];
    for (const [key, sentence] of [
      [ofCase, /its data key is gone, but the history tells of no erasure/],
      [ofParty, /the data key of parties .* is gone/],
    ] as const) {
      await house.source.getRepository(DataKey).delete({ ownerId: key.ownerId });
      expect((await house.verify()).differences.map((each) => each.sentence).join()).toMatch(sentence);
      await house.source.getRepository(DataKey).insert(key);
    }
    await house.source.query(`UPDATE "cases" SET "narrativeSealed" = '' WHERE "id" = '${other.row.id}'`);
    expect((await house.verify()).differences.map((each) => each.column)).toEqual(['narrativeSealed']);
    await house.source.query(
      `UPDATE "cases" SET "narrativeSealed" = '${other.row.narrativeSealed}' WHERE "id" = '${other.row.id}'`,
    );
    expect((await house.verify()).differences).toEqual([]);
  });

  it('is a key in an older backup that opens until the keys are changed, and never after', async () => {
    const vault = house.get(Vault);
    for (const key of before.keys) expect(vault.unwrap(key).ownerId).toBe(key.ownerId);
    const store = findKeyStore(house.database.dataDir, {});
    expect(await new KeyRotation(house.get(Transactions), store).run()).toEqual([]);
    const ring = await store.open(false);
    const today = await openVault(store, house.get(Transactions));
    expect(ring.keys.map(({ id }) => id)).not.toContain(before.keys[0]!.keyEncryptionKeyId);
    await house.get(Transactions).read((db) => today.openKey(db, kept.holder.caseId));
    for (const key of before.keys) {
      expect(() => today.unwrap(key)).toThrow(/does not open the data key/);
      for (const { id } of ring.keys)
        expect(() => today.unwrap({ ...key, keyEncryptionKeyId: id })).toThrow(/does not open the data key/);
    }
    today.onApplicationShutdown();
  });
});
