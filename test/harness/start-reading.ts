import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

const ROOT = join(__dirname, '..', '..');

/** As the house starts it, from TypeScript: what Jest compiles for itself no other thread can read. */
export function startReading(raw: Uint8Array, ownAddresses: readonly string[]): Worker {
  return new Worker(join(ROOT, 'src', 'mail', 'reading-thread.ts'), {
    workerData: { raw, ownAddresses },
    execArgv: ['-r', join(ROOT, 'test', 'records', 'typescript-child.js')],
  });
}
