import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

const ROOT = join(__dirname, '..', '..');

/** As the house starts it, from TypeScript: what Jest compiles for itself no other thread can read. */
export function startSetting(workerData: string): Worker {
  return new Worker(join(ROOT, 'src', 'web', 'paper', 'setting-thread.ts'), {
    workerData,
    execArgv: ['-r', join(ROOT, 'test', 'records', 'typescript-child.js')],
  });
}
