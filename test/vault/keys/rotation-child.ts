import { openRecords } from '../../records/open-records';
import { findKeyStore } from '../../../src/vault/keys/find-key-store';
import { KeyRotation } from '../../../src/vault/keys/rotation';

/** Changes the keys of a vault and says each step aloud, for a parent that kills it on the way; or dies at a step by its own hand. */
async function main(): Promise<void> {
  const [dataDir = '', url = '', diesAt = ''] = process.argv.slice(2);
  let steps = 0;
  const records = await openRecords({ dataDir, url });
  process.send?.('ready');
  const rotation = new KeyRotation(records.transactions, findKeyStore(dataDir, {}), 10, 0);
  await rotation.run(() => {
    steps += 1;
    if (String(steps) === diesAt) process.kill(process.pid, 'SIGKILL');
    process.send?.('step');
  });
  await records.close();
  process.disconnect?.();
}

void main();
