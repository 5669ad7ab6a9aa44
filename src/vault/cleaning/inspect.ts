import type { Worker } from 'node:worker_threads';
import type { Cleaned } from './clean';
import type { MediaType } from './media-type';
import type { Inspection, Told } from './inspection';
import { startThread } from './start-thread';

export interface Inspected {
  /** Null for what is not accepted, or could not be told within the limits. */
  mediaType: MediaType | null;
  /** Null where nobody asked for a copy. */
  cleaned: Cleaned | null;
}

/** What one file may cost. Bytes outside the heap are limited by the cleaners, each of which unfolds at most 100 MB (`unfolding.ts`). */
export interface InspectionLimits {
  timeInMs: number;
  heapInMb: number;
}

export const LIMITS: InspectionLimits = { timeInMs: 60_000, heapInMb: 256 };

/**
 * Says what a file is and cleans it, in a thread of its own: whatever the file does to its reader, the server goes on, and
 * nothing of it meets the next file. One that passes the limits is held back. Throws only when no thread can be started.
 */
export async function inspect(
  inspection: Inspection,
  { timeInMs, heapInMb }: InspectionLimits = LIMITS,
  start = startThread,
): Promise<Inspected> {
  const thread = start(inspection, { maxOldGenerationSizeMb: heapInMb, maxYoungGenerationSizeMb: 32 });
  const limit = setTimeout(() => void thread.terminate(), timeInMs);
  try {
    return await outcomeOf(thread);
  } finally {
    clearTimeout(limit);
    await thread.terminate();
  }
}

function outcomeOf(thread: Worker): Promise<Inspected> {
  let mediaType: MediaType | null = null;
  let cleaned: Cleaned | null = null;
  let broken: (Error & { code?: string }) | null = null;
  let hasSpoken = false;
  return new Promise((resolve, reject) => {
    thread.on('message', (told: Told) => {
      hasSpoken = true;
      if ('mediaType' in told) ({ mediaType } = told);
      else if ('cleaned' in told) cleaned = withBuffer(told.cleaned);
    });
    thread.on('error', (error: Error) => {
      broken = error;
    });
    thread.on('exit', (code) => {
      if (broken && !hasSpoken && broken.code !== 'ERR_WORKER_OUT_OF_MEMORY') return reject(broken);
      const endedEarly = code !== 0 && !cleaned;
      resolve({ mediaType, cleaned: endedEarly ? { kind: 'held', why: 'TOO-COSTLY' } : cleaned });
    });
  });
}

/** What crosses between threads arrives as plain bytes. */
function withBuffer(cleaned: Cleaned): Cleaned {
  if (cleaned.kind === 'held') return cleaned;
  const { buffer, byteOffset, byteLength } = cleaned.content;
  return { ...cleaned, content: Buffer.from(buffer, byteOffset, byteLength) };
}
