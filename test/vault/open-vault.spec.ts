import { randomUUID } from 'node:crypto';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Test, type TestingModule } from '@nestjs/testing';
import { Settings } from '../../src/platform/settings';
import { DataKey } from '../../src/records/entities/data-key';
import { Party } from '../../src/records/entities/party';
import { update } from '../../src/records/update';
import { RecordsModule } from '../../src/records/records.module';
import { Transactions } from '../../src/records/transactions';
import { findKeyStore } from '../../src/vault/keys/find-key-store';
import { KeyStore } from '../../src/vault/keys/key-store';
import { openVault } from '../../src/vault/open-vault';
import { ReceiptBook } from '../../src/vault/receipt-book';
import { Vault } from '../../src/vault/vault';
import { VaultModule } from '../../src/vault/vault.module';
import { createMigratedDatabase, engines, type TestDatabase } from '../harness/database';
import { lodgedCase } from '../people/lodged-case';

describe.each(engines())('the vault of a database on %s', (engine) => {
  let database: TestDatabase;
  let running: TestingModule | null;

  async function start(): Promise<{ vault: Vault; transactions: Transactions; receipts: ReceiptBook }> {
    running = await Test.createTestingModule({ imports: [RecordsModule, VaultModule] })
      .overrideProvider(Settings)
      .useValue(new Settings(0, database.dataDir, database.url, 'http://localhost', 'Example', 'DE'))
      .compile();
    await running.init();
    return {
      vault: running.get(Vault),
      transactions: running.get(Transactions),
      receipts: running.get(ReceiptBook),
    };
  }

  async function stop(): Promise<void> {
    await running?.close();
    running = null;
  }

  beforeEach(async () => {
    database = await createMigratedDatabase(engine);
  });

  afterEach(async () => {
    await stop();
    await database.drop();
  });

  const place = { table: 'people', column: 'nameSealed', id: 'x' };

  it('opens after a restart what was sealed before, until the key is erased', async () => {
    const id = randomUUID();
    let { vault, transactions } = await start();
    const { sealed, commitment } = await transactions.change(async (db) =>
      vault.seal(await vault.createKey(db, { kind: 'person', id }), place, 'a name'),
    );
    await stop();
    ({ vault, transactions } = await start());
    const key = await transactions.read((db) => vault.openKey(db, id));
    expect(vault.unseal(key, place, sealed)).toBe('a name');
    expect(vault.commitmentOf(key, place, sealed)).toBe(commitment);
    expect((await transactions.read((db) => vault.openKeys(db, [id, randomUUID()]))).size).toBe(1);
    await transactions.change((db) => db.delete(DataKey, { ownerId: id }));
    await expect(transactions.read((db) => vault.openKey(db, id))).rejects.toMatchObject({
      kind: 'not-found',
    });
    expect((await transactions.read((db) => vault.openKeys(db, [id]))).size).toBe(0);
  });

  it('does not open a wrapped key in the row of another owner or of another kind', async () => {
    const { vault, transactions } = await start();
    const [one, two] = [randomUUID(), randomUUID()];
    await transactions.change(async (db) => {
      await vault.createKey(db, { kind: 'person', id: one });
      await vault.createKey(db, { kind: 'person', id: two });
      const { wrappedKey } = await db.findOneByOrFail(DataKey, { ownerId: one });
      await update(db, DataKey, { ownerId: two }, { wrappedKey });
      await update(db, DataKey, { ownerId: one }, { ownerKind: 'case' });
    });
    for (const id of [one, two])
      await expect(transactions.read((db) => vault.openKey(db, id))).rejects.toThrow(
        /does not open the data key/,
      );
  });

  it('does not start without its keys file, or with that of another database', async () => {
    const { vault, transactions } = await start();
    await transactions.change((db) => vault.createKey(db, { kind: 'case', id: randomUUID() }));
    await stop();
    rmSync(path.join(database.dataDir, 'keys', 'vault.key'));
    await expect(start()).rejects.toThrow(/vault\.key is missing/);
    await findKeyStore(database.dataDir, {}).open(true);
    await expect(start()).rejects.toThrow(/belongs to another database/);
  });

  it('does not start with a keys file that is cut off or that others can read, nor mends it', async () => {
    await start();
    await stop();
    const file = path.join(database.dataDir, 'keys', 'vault.key');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.slice(0, text.length / 2));
    await expect(start()).rejects.toThrow(/vault\.key is damaged\. Put it back from your backup/);
    writeFileSync(file, text);
    chmodSync(file, 0o644);
    await expect(start()).rejects.toThrow(/can be read by others\. Run "chmod 600/);
    expect(readFileSync(file, 'utf8')).toBe(text);
    chmodSync(file, 0o600);
    await start();
  });

  it('does not start with a ring that misses the key of either end of a half-done change of keys', async () => {
    const { vault, transactions } = await start();
    const ids = [randomUUID(), randomUUID(), randomUUID()].sort();
    await transactions.change(async (db) => {
      for (const id of ids) await vault.createKey(db, { kind: 'case', id });
    });
    await stop();
    for (const ownerId of [ids[0]!, ids[2]!]) {
      await start();
      const { keyEncryptionKeyId } = await running!
        .get(Transactions)
        .read((db) => db.findOneByOrFail(DataKey, { ownerId }));
      const put = (id: string): Promise<unknown> =>
        running!
          .get(Transactions)
          .change((db) => update(db, DataKey, { ownerId }, { keyEncryptionKeyId: id }));
      await put('of another ring');
      const failed = await openVault(running!.get(KeyStore), running!.get(Transactions)).then(String, String);
      expect(failed).toContain(`does not open the data key of case ${ownerId}`);
      await put(keyEncryptionKeyId);
      await stop();
    }
  });

  it('finds a case by its receipt, however typed, and keeps the receipt nowhere', async () => {
    const { vault, transactions, receipts } = await start();
    const lodged = await lodgedCase(transactions, vault);
    const { caseId, partyId: id } = lodged;
    const { receipt, receiptHash } = receipts.issue({ caseId, id, role: 'RH' });
    await transactions.change((db) => update(db, Party, { caseId, id }, { receiptHash }));
    const open = (typed: string) => transactions.read((db) => receipts.find(db, typed));
    expect(await open(receipt)).toMatchObject({ caseId, id });
    const arabic = receipt.replaceAll(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit)));
    expect(await open(arabic.replaceAll(' ', '-'))).toMatchObject({ caseId, id });
    for (const wrong of ['', 'hello', receipt.slice(1), '0'.repeat(25), '0'.repeat(26)])
      expect(await open(wrong)).toBeNull();
    const other = await lodgedCase(transactions, vault);
    for (const stolen of [
      { caseId: other.caseId, id: other.partyId, role: 'RH' },
      { caseId, id: other.partyId, role: 'RH' },
      { caseId, id, role: 'REPRESENTATIVE' },
    ]) {
      const { receiptHash: elsewhere } = receipts.issue(stolen);
      await transactions.change((db) => update(db, Party, { caseId, id }, { receiptHash: elsewhere }));
      expect(await open(receipt)).toBeNull();
    }
    await transactions.change((db) => update(db, Party, { caseId, id }, { receiptHash }));
    expect(await open(receipt)).toMatchObject({ caseId, id });
    const [stored] = await transactions.read((db) => db.findBy(Party, { id }));
    expect(JSON.stringify(stored)).not.toContain(receipt.replaceAll(' ', ''));
    expect(stored).toMatchObject({ receiptHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
  });

  it('does the same work for a receipt that opens nothing, and for what is no receipt, as for one that opens', async () => {
    const { vault, transactions, receipts } = await start();
    const { caseId, partyId: id } = await lodgedCase(transactions, vault);
    const { receipt, receiptHash } = receipts.issue({ caseId, id, role: 'RH' });
    await transactions.change((db) => update(db, Party, { caseId, id }, { receiptHash }));
    const hash = jest.spyOn(vault, 'hash');
    const work = (typed: string) =>
      transactions.read(async (db) => {
        const done: string[] = [];
        hash.mockClear();
        const counted = new Proxy(db, {
          get(target, name) {
            const found: unknown = Reflect.get(target, name, target);
            if (typeof found !== 'function') return found;
            done.push(String(name));
            return found.bind(target) as unknown;
          },
        });
        const found = await receipts.find(counted, typed);
        return { found: found?.id ?? null, done: [...done, ...hash.mock.calls.map(([purpose]) => purpose)] };
      });
    const done = ['findOneBy', 'receipt', 'receipt of'];
    expect(await work(receipt)).toEqual({ found: id, done });
    for (const wrong of ['0'.repeat(25), '', 'hello', receipt.slice(1), 'x'.repeat(10_000)])
      expect([wrong, await work(wrong)]).toEqual([wrong, { found: null, done }]);
  });
});
