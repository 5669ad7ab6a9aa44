import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { FolderStore } from '../../src/vault/store/folder-store';

/** Stores a file, says so, and waits for its row for ever: it will be killed. */
async function main(): Promise<void> {
  const store = new FolderStore(process.argv[2]!);
  await store.write(randomUUID(), Readable.from([Buffer.from('sealed')]));
  process.send?.('stored');
  setInterval(() => undefined, 1000);
}

void main();
