import { Worker } from 'node:worker_threads';

/** A thread that reads one mail and ends. It is given no environment: nothing a mail could make it tell is in there. */
export function startReading(raw: Uint8Array, ownAddresses: readonly string[]): Worker {
  return new Worker(require.resolve('./reading-thread'), {
    workerData: { raw, ownAddresses },
    resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64 },
    env: {},
  });
}
