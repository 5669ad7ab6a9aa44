import { join } from 'node:path';
import { Worker, type ResourceLimits } from 'node:worker_threads';
import type { Inspection, Marking } from '../../src/vault/cleaning/inspection';

const ROOT = join(__dirname, '..', '..');

/** As the house starts it, from TypeScript: what Jest compiles for itself no other thread can read. */
export function startThread(workerData: Inspection | Marking, resourceLimits: ResourceLimits): Worker {
  return new Worker(join(ROOT, 'src', 'vault', 'cleaning', 'inspecting-thread.ts'), {
    workerData,
    resourceLimits,
    execArgv: ['-r', join(ROOT, 'test', 'records', 'typescript-child.js')],
  });
}
