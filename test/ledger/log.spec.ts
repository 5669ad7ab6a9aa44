import { createHash, generateKeyPairSync } from 'node:crypto';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { canonical, NO_PREVIOUS, type EntryBody } from '../../src/ledger/entry';
import { Ledger } from '../../src/ledger/ledger.service';
import { GlobalLog } from '../../src/ledger/log';
import { SigningKey } from '../../src/ledger/signing-key';
import { verifyLedger } from '../../src/ledger/verify';
import { SystemTime } from '../../src/platform/time';
import { newId } from '../../src/platform/ids';
import { Case } from '../../src/records/entities/case';
import { Entry } from '../../src/records/entities/entry';
import { LogCheckpoint } from '../../src/records/entities/log-checkpoint';
import { LogLeaf } from '../../src/records/entities/log-leaf';
import { Party } from '../../src/records/entities/party';
import { insert } from '../../src/records/insert';
import { createMigratedDatabase, engines, type TestDatabase } from '../harness/database';
import { openRecords, signal, type OpenRecords } from '../records/open-records';
import { bytes, treeHash, verifiesConsistency, verifiesInclusion } from './rfc9162';
import { readCheckpoint } from './signed-note';
import { keep, WrittenCase } from './written-case';

const key = new SigningKey(generateKeyPairSync('ed25519').privateKey, 'redress.example.org/redress');
const ledger = new Ledger(key);

describe.each(engines())('the log on %s', (engine) => {
  let database: TestDatabase;
  let records: OpenRecords;
  let elsewhere: OpenRecords;
  let log: GlobalLog;
  let otherLog: GlobalLog;

  // A database of its own for each test: what is integrated can never be taken away again.
  beforeEach(async () => {
    database = await createMigratedDatabase(engine);
    records = await openRecords(database);
    elsewhere = await openRecords(database);
    log = new GlobalLog(records.transactions, key);
    otherLog = new GlobalLog(elsewhere.transactions, key);
  });

  afterEach(async () => {
    await elsewhere.close();
    await records.close();
    await database.drop();
  });

  const lodge = () => WrittenCase.lodge(records.transactions, ledger);
  const lodgeMany = (count: number) => Promise.all(Array.from({ length: count }, lodge));
  const entries = () =>
    records.transactions.read((db) => db.find(Entry, { order: { ledgerId: 'ASC', n: 'ASC' } }));
  const places = () => records.transactions.read((db) => db.find(LogLeaf, { order: { index: 'ASC' } }));
  const checkpoints = () =>
    records.transactions.read((db) => db.find(LogCheckpoint, { order: { size: 'ASC' } }));
  const differences = async () =>
    (await records.transactions.read((db) => verifyLedger(db, new SystemTime().today()))).differences.map(
      ({ sentence }) => sentence,
    );

  async function expectEachEntryOnce(): Promise<void> {
    const all = await places();
    expect(all.map(({ index }) => index)).toEqual(all.map((_, i) => i));
    const told = (list: { ledgerId: string; n: number; leafHash: string }[]) =>
      list.map(({ ledgerId, n, leafHash }) => `${ledgerId} ${n} ${leafHash}`).sort();
    expect(told(all)).toEqual(told(await entries()));
    const next = new Map<string, number>();
    for (const { ledgerId, n } of all) {
      expect(n).toBe((next.get(ledgerId) ?? 0) + 1);
      next.set(ledgerId, n);
    }
    expect((await checkpoints()).at(-1)?.size ?? 0).toBe(all.length);
    expect(await differences()).toEqual([]);
  }

  it('begins with a signed checkpoint over the empty tree', async () => {
    expect(await log.integrate()).toBe(0);
    expect(await checkpoints()).toEqual([]);
    expect(readCheckpoint(key.verifierKey, await log.checkpoint())).toEqual({
      origin: key.origin,
      size: 0,
      root: treeHash([]).toString('hex'),
    });
  });

  it('chains the entries of a case and writes down every row of a change, texts as digests only', async () => {
    const written = await lodge();
    const party = newId();
    await records.transactions.change((db) => keep(db, { ownerKind: 'party', ownerId: party }));
    await written.go((change) =>
      change.insert(Party, { id: party, caseId: written.row.id, role: 'RH', contactSealed: 'c2VhbGVk' }),
    );
    await written.go();
    const history = await entries();
    const bodies = history.map(({ body }) => JSON.parse(body) as EntryBody);
    expect(bodies.map(({ n }) => n)).toEqual([1, 2, 3]);
    expect(bodies.map(({ prev }) => prev)).toEqual([NO_PREVIOUS, history[0]!.leafHash, history[1]!.leafHash]);
    for (const { body, leafHash } of history) {
      expect(canonical(JSON.parse(body))).toBe(body);
      expect(leafHash).toBe(createHash('sha256').update(`\0${body}`, 'utf8').digest('hex'));
    }
    const digest = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
    expect(bodies[0]!.rows[0]!.set).toMatchObject({
      reference: digest(written.row.reference),
      narrativeSealed: digest(written.row.narrativeSealed),
      state: 'received',
      legalHold: false,
    });
    expect(bodies[1]!.rows.map(({ table, id }) => [table, id])).toEqual([
      ['cases', written.row.id],
      ['parties', party],
    ]);
    expect(bodies[1]!.rows[1]!.set).toMatchObject({ role: 'RH', contactSealed: digest('c2VhbGVk') });
    expect(await differences()).toEqual([]);
  });

  it('keeps nothing of a change that updates a row which is not there', async () => {
    const written = await lodge();
    await expect(written.go((change) => change.update(Case, newId(), { state: 'closed' }))).rejects.toThrow(
      'cases has no row to update; it was changed from outside.',
    );
    expect(await entries()).toHaveLength(1);
    expect(await differences()).toEqual([]);
  });

  it('gives every entry one place, those of a case in their order, and grows', async () => {
    const sizes: number[] = [];
    for (let round = 1; round <= 3; round++) {
      const cases = await lodgeMany(round * 2);
      for (const written of cases) await written.go();
      expect(await log.integrate()).toBe(round * 4);
      sizes.push((await places()).length);
      await expectEachEntryOnce();
    }
    expect(sizes).toEqual([4, 12, 24]);
    expect((await checkpoints()).map(({ size }) => size)).toEqual(sizes);
  });

  it('adds nothing when it integrates again, and the checkpoint stays the same letter by letter', async () => {
    await lodgeMany(3);
    expect(await log.integrate()).toBe(3);
    const note = await log.checkpoint();
    expect(await log.integrate()).toBe(0);
    expect(await otherLog.integrate()).toBe(0);
    expect(await log.checkpoint()).toBe(note);
    expect(await checkpoints()).toHaveLength(1);
    await expectEachEntryOnce();
  });

  it('signs checkpoints of which each is the beginning of the next, and proves every entry in each', async () => {
    const notes: string[] = [await log.checkpoint()];
    for (const count of [1, 2, 1, 5, 8]) {
      await lodgeMany(count);
      await log.integrate();
      notes.push(await log.checkpoint());
    }
    const signed = notes.map((note) => readCheckpoint(key.verifierKey, note));
    expect(signed.map(({ size }) => size)).toEqual([0, 1, 3, 4, 9, 17]);
    const leaves = (await places()).map(({ leafHash }) => bytes(leafHash));
    for (const { size, root } of signed) {
      expect(root).toBe(treeHash(leaves.slice(0, size)).toString('hex'));
      for (let index = 0; index < size; index++) {
        const { leafHash, proof } = await log.inclusion(index, size);
        const { entry } = await log.entry(index);
        expect(
          createHash('sha256')
            .update(`\0${canonical(entry)}`, 'utf8')
            .digest('hex'),
        ).toBe(leafHash);
        expect(verifiesInclusion(bytes(leafHash), index, size, proof.map(bytes), bytes(root))).toBe(true);
      }
    }
    for (const [at, large] of signed.entries())
      for (const small of signed.slice(1, at + 1)) {
        const { proof } = await log.consistency(small.size, large.size);
        expect(
          verifiesConsistency(small.size, large.size, proof.map(bytes), bytes(small.root), bytes(large.root)),
        ).toBe(true);
      }
  });

  it('serves the hashes of its places as tiles', async () => {
    await lodgeMany(260);
    await log.integrate();
    const leaves = (await places()).map(({ leafHash }) => bytes(leafHash));
    expect(await log.tile(0, 0)).toEqual(Buffer.concat(leaves.slice(0, 256)));
    expect(await log.tile(0, 1, 4)).toEqual(Buffer.concat(leaves.slice(256)));
    expect(await log.tile(1, 0, 1)).toEqual(treeHash(leaves.slice(0, 256)));
    await expect(log.tile(0, 1)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(log.tile(1, 0, 2)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('refuses proofs beyond its size', async () => {
    await lodge();
    await log.integrate();
    await expect(log.inclusion(0, 2)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(log.inclusion(1, 1)).rejects.toMatchObject({ kind: 'invalid' });
    await expect(log.consistency(2, 1)).rejects.toMatchObject({ kind: 'invalid' });
    await expect(log.entry(1)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('adds each entry once when several integrate at the same time', async () => {
    for (let round = 0; round < 4; round++) {
      await lodgeMany(7);
      const taken = await Promise.all([log, otherLog, log, otherLog].map((each) => each.integrate()));
      expect(taken.reduce((sum, count) => sum + count)).toBe(7);
    }
    expect(await places()).toHaveLength(28);
    await expectEachEntryOnce();
  });

  it('waits for the one that came first, and takes what that one left', async () => {
    await lodgeMany(2);
    const [taken, goOn] = [signal(), signal()];
    const first = elsewhere.transactions.change(async () => {
      const count = await otherLog.integrate();
      taken.give();
      await goOn.given;
      return count;
    });
    await taken.given;
    const second = log.integrate();
    await delay(100);
    expect(await places()).toEqual([]);
    goOn.give();
    expect([await first, await second]).toEqual([2, 0]);
    await expectEachEntryOnce();
  });

  it('integrates while complaints come in, and verifies at any moment', async () => {
    const cases = await lodgeMany(4);
    let working = true;
    // SQLite answers without waiting for anything: without a turn of the event loop nobody else would get to work.
    const integrating = (async () => {
      while (working) {
        await Promise.all([log.integrate(), otherLog.integrate()]);
        await nextTurn();
      }
    })();
    const found: string[] = [];
    const verifying = (async () => {
      while (working) {
        found.push(...(await differences()));
        await nextTurn();
      }
    })();
    for (let round = 0; round < 15; round++)
      await Promise.all([lodge(), ...cases.map((written) => written.go())]);
    working = false;
    await Promise.all([integrating, verifying]);
    expect(found).toEqual([]);
    await log.integrate();
    expect(await places()).toHaveLength(4 + 15 * 5);
    await expectEachEntryOnce();
  });

  it('shows places and checkpoints that were changed by somebody who took the guard away', async () => {
    await lodgeMany(3);
    await log.integrate();
    await lodgeMany(2);
    await log.integrate();
    const sql = (text: string) => records.write.query<unknown>(text);
    for (const table of ['log_leaves', 'log_checkpoints']) {
      await expect(sql(`DELETE FROM "${table}"`)).rejects.toThrow(/never changed or deleted/);
      if (engine === 'postgres') await sql(`ALTER TABLE "${table}" DISABLE TRIGGER USER`);
      else for (const deed of ['update', 'delete']) await sql(`DROP TRIGGER "${table}_no_${deed}"`);
    }
    const swap = (a: number, b: number) =>
      [
        [a, -1],
        [b, a],
        [-1, b],
      ].map(([from, to]) => `UPDATE "log_leaves" SET "index" = ${to} WHERE "index" = ${from}`);
    const [, last] = await checkpoints();
    const forgedRoot = 'a'.repeat(64);
    const forgedNote = key.note(`${key.origin}\n5\n${bytes(forgedRoot).toString('base64')}\n`);
    const put = (column: string, value: string) =>
      `UPDATE "log_checkpoints" SET "${column}" = '${value}' WHERE "size" = 5`;
    const tamperings: [string, string[], string[]][] = [
      ['checkpoint 3 of the global log: column rootHash', swap(0, 1), swap(0, 1)],
      ['checkpoint 5 of the global log: column rootHash', swap(3, 4), swap(3, 4)],
      ['column rootHash does not name', [put('rootHash', forgedRoot)], [put('rootHash', last!.rootHash)]],
      ['column note does not name', [put('note', forgedNote)], [put('note', last!.note)]],
      [
        'place 1 of the global log is missing',
        ['UPDATE "log_leaves" SET "index" = 9 WHERE "index" = 1'],
        ['UPDATE "log_leaves" SET "index" = 1 WHERE "index" = 9'],
      ],
      [
        'has 4 places, but its last checkpoint covers 5',
        ['UPDATE "log_leaves" SET "index" = 9 WHERE "index" = 4'],
        ['UPDATE "log_leaves" SET "index" = 4 WHERE "index" = 9'],
      ],
      [
        'place 4 of the global log is covered by no checkpoint',
        ['DELETE FROM "log_checkpoints" WHERE "size" = 5'],
        [
          `INSERT INTO "log_checkpoints" ("size", "rootHash", "note") VALUES (5, '${last!.rootHash}', '${last!.note}')`,
        ],
      ],
    ];
    for (const [sentence, forge, mend] of tamperings) {
      for (const statement of forge) await sql(statement);
      expect(await differences()).toEqual([expect.stringContaining(sentence)]);
      for (const statement of mend) await sql(statement);
      expect(await differences()).toEqual([]);
    }
  });

  it.each([
    'null',
    '[]',
    '{"v":1}',
    '{"rows":[null],"v":1}',
    '{"rows":[{"id":"1","set":7,"table":"cases"}],"v":1}',
  ])('shows a forged entry %s instead of stumbling over it', async (body) => {
    await lodge();
    const ledgerId = newId();
    const leafHash = createHash('sha256').update(`\0${body}`).digest('hex');
    await records.transactions.change((db) => insert(db, Entry, { ledgerId, n: 1, body, leafHash }));
    expect(await differences()).toContain(
      `case ${ledgerId}, entry 1: is not an entry any more; its text was changed.`,
    );
  });
});
