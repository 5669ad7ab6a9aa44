import { boxesIn, freeBox, topBoxes, zeroOutside, type Box, type Range } from './boxes';
import { fourLetters, u64 } from './bytes';
import { broken, countOf, HeldBack, MOST_FRAMES, type RemovedCode, type WorkingCopy } from './cleaned';

/** Boxes that may have children, and which of them stay; all others become free space. */
const KEPT = new Map<string, readonly string[]>([
  ['moov', ['mvhd', 'iods', 'trak']],
  ['trak', ['tkhd', 'edts', 'mdia']],
  ['edts', ['elst']],
  ['mdia', ['mdhd', 'hdlr', 'minf']],
  ['minf', ['smhd', 'dinf', 'stbl']],
  ['dinf', ['dref']],
  ['stbl', ['stsd', 'stts', 'ctts', 'stsc', 'stsz', 'stz2', 'stco', 'co64', 'stss', 'sgpd', 'sbgp']],
]);
/** How many bytes of a box's body say something, by what it says itself (8.2, 8.3, 8.4, 8.6, 8.7); what stands behind goes. */
const BODY_BYTES = new Map<string, (box: Buffer) => number>([
  ['mvhd', (body) => (body[0] === 1 ? 112 : 100)],
  ['tkhd', (body) => (body[0] === 1 ? 96 : 84)],
  ['mdhd', (body) => (body[0] === 1 ? 36 : 24)],
  ['hdlr', () => 24],
  ['smhd', () => 8],
  ['elst', (body) => 8 + body.readUInt32BE(4) * (body[0] === 1 ? 20 : 12)],
  ['stts', (body) => 8 + body.readUInt32BE(4) * 8],
  ['ctts', (body) => 8 + body.readUInt32BE(4) * 8],
  ['stsc', (body) => 8 + body.readUInt32BE(4) * 12],
  ['stss', (body) => 8 + body.readUInt32BE(4) * 4],
  ['stco', (body) => 8 + body.readUInt32BE(4) * 4],
  ['co64', (body) => 8 + body.readUInt32BE(4) * 8],
  ['stsz', (body) => 12 + (body.readUInt32BE(4) === 0 ? body.readUInt32BE(8) * 4 : 0)],
]);
const CODED = ['mp4a', 'alac', 'Opus', 'fLaC', 'ac-3', 'ec-3', 'samr', 'sawb'];
const KEPT_IN_CODED = ['esds', 'alac', 'dOps', 'btrt', 'srat', 'chan', 'dac3', 'dec3', 'damr'];
const TIMED = new Set(['mvhd', 'tkhd', 'mdhd']);

/**
 * The same coded sound (AAC, ALAC … in MP4) without tags, covers, chapters, other tracks and times. Everything is
 * overwritten in place, so no position moves; media data that no sound needs becomes zeros.
 * Throws HeldBack BROKEN when something does not fit, NO-CLEANER for files in fragments, ENCRYPTED for protected sound.
 * Source: ISO/IEC 14496-12, 8; ISO/IEC 14496-14.
 */
export function cleanM4a(content: Buffer): WorkingCopy {
  const removed = new Set<RemovedCode>();
  const { boxes, end } = topBoxes(content);
  if (boxes[0]?.type !== 'ftyp') throw broken('no file type');
  if (boxes.some(({ type }) => type === 'moof')) throw new HeldBack('NO-CLEANER', 'a recording in fragments');
  if (end < content.length) removed.add('TRAILING');
  const movies = boxes.filter(({ type }) => type === 'moov');
  if (movies.length !== 1) throw broken('no movie box');
  const out = Buffer.from(content.subarray(0, end));
  const ranges: Range[] = [];
  cleanMovie(out, movies[0]!, ranges, removed);
  if (ranges.length === 0) throw broken('no sound inside');
  const media = boxes.filter(({ type }) => type === 'mdat');
  for (const range of ranges)
    if (!media.some(({ body, end }) => range.from >= body && range.to <= end))
      throw broken('sound is cut off');
  for (const found of boxes.slice(1)) {
    if (found.type === 'mdat') {
      if (zeroOutside(out, { from: found.body, to: found.end }, ranges)) removed.add('CUSTOM-DATA');
    } else if (found !== movies[0]) remove(out, found, removed);
  }
  return { content: out, removed, turnedBy: 0 };
}

/** Adds where the sound's samples lie. Boxes nest only as deep as the table above. */
function cleanMovie(out: Buffer, parent: Box, ranges: Range[], removed: Set<RemovedCode>): void {
  for (const child of boxesIn(out, parent.body, parent.end)) {
    const { type } = child;
    if (!KEPT.get(parent.type)!.includes(type) || (type === 'trak' && handlerOf(out, child) !== 'soun')) {
      if (type === 'mvex') throw new HeldBack('NO-CLEANER', 'a recording in fragments');
      remove(out, child, removed);
    } else if (type === 'dref') checkOwnData(out, child);
    else if (type === 'stsd') cleanDescriptions(out, child, removed);
    else if (TIMED.has(type)) clearTimes(out, child, removed);
    else if (KEPT.has(type)) cleanMovie(out, child, ranges, removed);
    if (KEPT.get(parent.type)!.includes(type)) clearRest(out, child, removed);
    if (type === 'stbl') for (const range of sampleRanges(out, child)) ranges.push(range);
  }
}

function remove(out: Buffer, found: Box, removed: Set<RemovedCode>): void {
  if (found.type === 'trak') removed.add('OTHER-PICTURES');
  else if (found.type === 'udta' || found.type === 'meta') removed.add('TAGS');
  else if (!['free', 'skip', 'wide'].includes(found.type)) removed.add('CUSTOM-DATA');
  freeBox(out, found);
}

function handlerOf(content: Buffer, track: Box): string {
  const media = boxesIn(content, track.body, track.end).find(({ type }) => type === 'mdia');
  const handler = media && boxesIn(content, media.body, media.end).find(({ type }) => type === 'hdlr');
  if (!handler) throw broken('a track of no kind');
  return fourLetters(content, handler.body + 8);
}

/** What stands in a box behind its own end becomes zeros: the name in words of a handler, and anything that hides there. */
function clearRest(out: Buffer, { type, body, end }: Box, removed: Set<RemovedCode>): void {
  const told = BODY_BYTES.get(type)?.(out.subarray(body, end)) ?? Infinity;
  const rest = out.subarray(Math.min(body + told, end), end);
  if (type !== 'hdlr' && rest.some((byte) => byte !== 0)) removed.add('CUSTOM-DATA');
  rest.fill(0);
  // Twelve reserved bytes in front of a handler's name.
  if (type === 'hdlr') out.fill(0, Math.min(body + 12, end), end);
}

function clearTimes(out: Buffer, { body, end }: Box, removed: Set<RemovedCode>): void {
  const to = body + 4 + (out.readUInt8(body) === 1 ? 16 : 8);
  if (to > end) throw broken('times are cut off');
  if (out.subarray(body + 4, to).some((byte) => byte !== 0)) removed.add('TIME');
  out.fill(0, body + 4, to);
}

/** Sound must lie in this very file: flag 1 and no address. */
function checkOwnData(content: Buffer, { body, end }: Box): void {
  for (const entry of boxesIn(content, body + 8, end))
    if (entry.type !== 'url ' || !(content.readUInt32BE(entry.body) & 1) || entry.end > entry.body + 4)
      throw new HeldBack('ACTIVE-CONTENT', 'sound in another file');
}

function cleanDescriptions(out: Buffer, { body, end }: Box, removed: Set<RemovedCode>): void {
  for (const entry of boxesIn(out, body + 8, end)) {
    if (['enca', 'drms', 'drmi'].includes(entry.type)) throw new HeldBack('ENCRYPTED', 'protected sound');
    if (!CODED.includes(entry.type) || out.readUInt16BE(entry.body + 8) !== 0)
      throw new HeldBack('NO-CLEANER', 'sound of another kind');
    for (const child of boxesIn(out, Math.min(entry.body + 28, entry.end), entry.end))
      if (!KEPT_IN_CODED.includes(child.type)) remove(out, child, removed);
  }
}

/** From chunk positions, samples in each chunk and sizes of samples (8.7). Chunks side by side are one range. */
function sampleRanges(content: Buffer, table: Box): Range[] {
  const boxes = boxesIn(content, table.body, table.end);
  const find = (...types: string[]): Box => {
    const found = boxes.find(({ type }) => types.includes(type));
    if (!found) throw broken(`no box ${types[0]}`);
    return found;
  };
  const offsets = find('stco', 'co64');
  const runs = find('stsc');
  const sizes = sampleSizes(content, find('stsz', 'stz2'));
  const runCount = content.readUInt32BE(runs.body + 4);
  const chunks = content.readUInt32BE(offsets.body + 4);
  const wide = offsets.type === 'co64' ? 8 : 4;
  if (runs.body + 8 + runCount * 12 > runs.end || offsets.body + 8 + chunks * wide > offsets.end)
    throw broken('tables are cut off');
  const ranges: Range[] = [];
  const countChunk = countOf('chunks of sound', MOST_FRAMES);
  const countRange = countOf('pieces of sound');
  let sample = 0;
  let run = -1;
  for (let chunk = 1; chunk <= chunks; chunk += 1) {
    countChunk();
    while (run + 1 < runCount && content.readUInt32BE(runs.body + 8 + (run + 1) * 12) <= chunk) run += 1;
    if (run < 0) throw broken('a chunk without samples');
    const at = offsets.body + 8 + (chunk - 1) * wide;
    const from = wide === 8 ? u64(content, at) : content.readUInt32BE(at);
    let to = from;
    for (let left = content.readUInt32BE(runs.body + 12 + run * 12); left > 0; left -= 1) {
      if (sample >= sizes.count) throw broken('more samples than sizes');
      to += sizes.of(sample);
      sample += 1;
    }
    const last = ranges.at(-1);
    if (last?.to === from) last.to = to;
    else {
      countRange();
      ranges.push({ from, to });
    }
  }
  return ranges;
}

function sampleSizes(
  content: Buffer,
  { type, body, end }: Box,
): { count: number; of: (sample: number) => number } {
  const count = content.readUInt32BE(body + 8);
  if (type === 'stz2') throw new HeldBack('NO-CLEANER', 'sizes of samples in few bits');
  const same = content.readUInt32BE(body + 4);
  if (same === 0 && body + 12 + count * 4 > end) throw broken('sizes of samples are cut off');
  if (same !== 0 && count > content.length) throw broken('more samples than bytes');
  return { count, of: (sample) => (same !== 0 ? same : content.readUInt32BE(body + 12 + sample * 4)) };
}
