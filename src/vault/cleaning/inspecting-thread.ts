import { parentPort, workerData } from 'node:worker_threads';
import { clean } from './clean';
import type { Inspection, Marking, Told } from './inspection';
import { markedCopy } from './marked-copy';
import { largeMediaTypeOf, mediaTypeOf } from './media-type';

/** Looks at one file and says what it is before it cleans it: should cleaning end this thread, so much is known. Or marks a copy. */
async function inspect(inspection: Inspection | Marking): Promise<void> {
  if ('mark' in inspection) {
    tell({ marked: markedCopy({ ...inspection, content: bufferOf(inspection.content) }) });
    return;
  }
  if ('head' in inspection) {
    tell({ mediaType: await largeMediaTypeOf(bufferOf(inspection.head), bufferOf(inspection.tail)) });
    return;
  }
  const content = bufferOf(inspection.content);
  const mediaType = await mediaTypeOf(content);
  tell({ mediaType });
  if (mediaType && inspection.toClean) tell({ cleaned: await clean(content, mediaType) });
}

function tell(told: Told): void {
  parentPort!.postMessage(told);
}

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

void inspect(workerData as Inspection | Marking);
