import { fork } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findKeyStore } from '../../../src/vault/keys/find-key-store';
import { idsOf } from '../../../src/vault/keys/key-ring';
import { KeyRotation } from '../../../src/vault/keys/rotation';
import { openVault } from '../../../src/vault/open-vault';
import { createMigratedDatabase, engines } from '../../harness/database';
import { openRecords } from '../../records/open-records';
import { dataKeys, SealedTexts } from './rotating-vault';

const ROUNDS = { sqlite: 8, postgres: 3 };
/** With ten rows a change: how many steps a run says that nobody kills. */
const DATA_KEYS = 100;
const STEPS = DATA_KEYS / 10 + 1;

interface Place {
  dataDir: string;
  url: string;
}

/** Runs until it is killed: exactly at this step, or a moment after it (step 0: its start). Tells whether it was. */
async function runAndKill({ dataDir, url }: Place, step: number, exactly: boolean): Promise<boolean> {
  const child = fork(join(__dirname, 'rotation-child.ts'), [dataDir, url, exactly ? String(step) : ''], {
    execArgv: ['-r', join(__dirname, '../../records/typescript-child.js')],
  });
  let heard = -1;
  child.on('message', () => {
    heard += 1;
    if (heard === step && !exactly) void delay(Math.random() * 4).then(() => child.kill('SIGKILL'));
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.once('exit', (...end) => resolve(end)),
  );
  if (signal !== 'SIGKILL' && code !== 0)
    throw new Error(`The child ended with ${code}; its words are above.`);
  return signal === 'SIGKILL';
}

describe.each(engines())('a change of keys on %s that is killed again and again', (engine) => {
  it('loses nothing, and a later run ends what it began', async () => {
    const database = await createMigratedDatabase(engine);
    const records = await openRecords(database);
    const store = findKeyStore(database.dataDir, {});
    const texts = new SealedTexts();
    await texts.add(records.transactions, await openVault(store, records.transactions), DATA_KEYS);
    const ids = new Set(idsOf(await store.open(false)));
    let kills = 0;
    for (let round = 0; round < ROUNDS[engine]; round += 1) {
      // The first one dies before it has changed a row; the others anywhere, from the new key to the last moment.
      const step = round === 0 ? 1 : Math.floor(Math.random() * (STEPS + 1));
      const killed = await runAndKill(database, step, round % 2 === 0);
      if (killed) kills += 1;
      const ring = idsOf(await store.open(false));
      for (const id of ring) ids.add(id);
      const where = `round ${round}, step ${step}: ${ring.length} keys`;
      // One that is whole, or one in the middle of a change: never a third key, never a data key under none of them.
      expect([where, ring.length <= 2]).toEqual([where, true]);
      for (const { keyEncryptionKeyId } of await dataKeys(records.transactions))
        expect(ring).toContain(keyEncryptionKeyId);
      await texts.openAll(records.transactions, store);
      await texts.add(records.transactions, await openVault(store, records.transactions), 1);
    }
    expect(kills).toBeGreaterThan(0);

    const unfinished = idsOf(await store.open(false));
    expect(await new KeyRotation(records.transactions, store).run()).toEqual([]);
    const last = idsOf(await store.open(false));
    expect(last).toHaveLength(1);
    if (unfinished.length === 2) expect(last).toEqual(unfinished.slice(1));
    for (const { keyEncryptionKeyId } of await dataKeys(records.transactions))
      expect(keyEncryptionKeyId).toBe(last[0]);
    await texts.openAll(records.transactions, store);
    expect(readdirSync(join(database.dataDir, 'keys'))).toEqual(['vault.key']);
    await records.close();
    await database.drop();
  });
});
