import type { Marking } from './inspection';
import { LIMITS } from './inspect';
import { startThread } from './start-thread';

/** What can bear a mark: pages, and pictures that a page can hold as they are coded. */
const MARKED = new Set(['application/pdf', 'image/jpeg', 'image/png']);

/**
 * A working copy with a mark (`markedCopy`), made in a thread of its own within the limits of an inspection. Null for what bears no mark: another kind of file, or one that
 * cannot be read or costs too much.
 */
export async function mark(
  marking: Marking,
  { timeInMs, heapInMb } = LIMITS,
  start = startThread,
): Promise<Buffer | null> {
  if (!MARKED.has(marking.mediaType)) return null;
  const thread = start(marking, { maxOldGenerationSizeMb: heapInMb, maxYoungGenerationSizeMb: 32 });
  const limit = setTimeout(() => void thread.terminate(), timeInMs);
  try {
    return await new Promise((resolve) => {
      thread.once('message', ({ marked }: { marked: Uint8Array }) =>
        resolve(Buffer.from(marked.buffer, marked.byteOffset, marked.byteLength)),
      );
      thread.once('error', () => resolve(null));
      thread.once('exit', () => resolve(null));
    });
  } finally {
    clearTimeout(limit);
    await thread.terminate();
  }
}
