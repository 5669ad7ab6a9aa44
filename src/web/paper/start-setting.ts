import { Worker } from 'node:worker_threads';

/** A thread that sets one document and ends. It is given no environment: nothing it could tell is in there. */
export function startSetting(paper: string): Worker {
  return new Worker(require.resolve('./setting-thread'), {
    workerData: paper,
    resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 32 },
    env: {},
  });
}
