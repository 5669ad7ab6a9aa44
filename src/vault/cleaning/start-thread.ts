import { Worker, type ResourceLimits } from 'node:worker_threads';
import type { Inspection, Marking } from './inspection';

/** A thread that does one inspection and ends. It is given no environment: nothing it could tell is in there. */
export function startThread(inspection: Inspection | Marking, resourceLimits: ResourceLimits): Worker {
  const parts = 'head' in inspection ? [inspection.head, inspection.tail] : [inspection.content];
  return new Worker(require.resolve('./inspecting-thread'), {
    workerData: inspection,
    transferList: parts.map(({ buffer }) => buffer as ArrayBuffer),
    resourceLimits,
    env: {},
  });
}
