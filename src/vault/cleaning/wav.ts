import { broken, type RemovedCode, type WorkingCopy } from './cleaned';
import { readRiff, writeRiff } from './riff';

const KEPT = ['fmt ', 'fact', 'data'];
/** How many samples there are; some programs write more behind it. */
const FACT_BYTES = 4;
/** The longest known, with room: what a codec needs, not a place to write in. */
const LONGEST_FORMAT_BYTES = 100;
const TAGS = new Set(['LIST', 'INFO', 'bext', 'iXML', 'id3 ', 'ID3 ', '_PMX', 'axml', 'cart']);

/**
 * The same samples: format, fact and data, no other chunk, nothing behind the end.
 * Throws HeldBack BROKEN when a chunk does not fit or the format or the samples are not there exactly once.
 * Source: Multimedia Programming Interface and Data Specifications 1.0, chapter 3; EBU Tech 3285 (bext).
 */
export function cleanWav(content: Buffer): WorkingCopy {
  const { chunks, trailing } = readRiff(content, 'WAVE');
  const removed = new Set<RemovedCode>(trailing ? ['TRAILING'] : []);
  const kept = chunks
    .filter(({ type }) => KEPT.includes(type))
    .map(({ type, data }) => ({ type, data: type === 'fact' ? data.subarray(0, FACT_BYTES) : data }));
  if (chunks.some(({ type, data }) => type === 'fact' && data.length > FACT_BYTES))
    removed.add('CUSTOM-DATA');
  if (kept.filter(({ type }) => type === 'fact').length > 1) throw broken('the number of samples twice');
  for (const { type } of chunks)
    if (TAGS.has(type)) removed.add('TAGS');
    else if (!KEPT.includes(type)) removed.add('CUSTOM-DATA');
  for (const type of ['fmt ', 'data'])
    if (kept.filter((chunk) => chunk.type === type).length !== 1) throw broken(`not one chunk ${type}`);
  const format = kept.find(({ type }) => type === 'fmt ')!.data;
  if (format.length < 14 || format.length > LONGEST_FORMAT_BYTES) throw broken('a format of another length');
  return { content: writeRiff('WAVE', kept), removed, turnedBy: 0 };
}
