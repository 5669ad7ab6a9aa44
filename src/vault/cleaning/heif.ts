import { box, boxesIn, freeBox, topBoxes, zeroOutside, type Box, type Range } from './boxes';
import { part } from './bytes';
import { broken, checkPixels, HeldBack, type RemovedCode, type WorkingCopy } from './cleaned';
import {
  readAssociations,
  readItems,
  readLocations,
  readPrimary,
  readReferences,
  type Associations,
  type Item,
  type Reference,
} from './heif-items';
import { cleanProfile } from './icc';

const CODED = new Set(['hvc1', 'av01', 'avc1', 'vvc1', 'grid', 'iovl', 'iden']);
/** Pictures coded so have metadata of their own inside, which cannot go without moving what lies behind. */
const WITH_OWN_METADATA = new Set(['jpeg', 'j2k1', 'j2ki', 'mime']);
const ALPHA = new Set(['urn:mpeg:mpegB:cicp:systems:auxiliary:alpha', 'urn:mpeg:hevc:2015:auxid:1']);
/** Properties without which the picture would look different. */
const KEPT_PROPERTIES = new Set(
  'ispe pixi colr hvcC av1C avcC vvcC auxC irot imir clap pasp rloc lsel a1op a1lx clli mdcv cclv amve'.split(
    ' ',
  ),
);

/**
 * The same coded picture (HEIC, HEIF, AVIF) without Exif, XMP, thumbnails, depth maps and further pictures. The table
 * of items is written anew for the primary picture, its tiles and its transparency, and filled up to its old length;
 * all other bytes of the media data become zeros. So no position moves and the coded bytes stay where they are.
 * A picture is turned by its own property irot, so `turnedBy` is 0.
 * Throws HeldBack BROKEN when something does not fit, NO-CLEANER for image sequences and pictures coded as JPEG, ENCRYPTED for protected items.
 * Source: ISO/IEC 14496-12, 8.11; ISO/IEC 23008-12; AV1 Image File Format 1.1.
 */
export function cleanHeif(content: Buffer): WorkingCopy {
  const { boxes, end } = topBoxes(content);
  if (boxes[0]?.type !== 'ftyp') throw broken('no file type');
  if (boxes.some(({ type }) => type === 'moov')) throw new HeldBack('NO-CLEANER', 'a sequence of pictures');
  const removed = new Set<RemovedCode>();
  const meta = only(boxes, 'meta');
  const { rebuilt, ranges, known } = rebuildMeta(content, meta, removed);
  const out = Buffer.from(content.subarray(0, end));
  if (end < content.length) removed.add('TRAILING');
  const media = boxes.filter(({ type }) => type === 'mdat');
  for (const range of ranges)
    if (!media.some(({ body, end }) => range.from >= body && range.to <= end))
      throw broken('a picture is cut off');
  for (const found of boxes.slice(1)) {
    if (found.type === 'mdat') {
      const area = { from: found.body, to: found.end };
      if (zeroOutside(out, area, known)) removed.add('CUSTOM-DATA');
      zeroOutside(out, area, ranges);
    } else if (found.type === 'free' || found.type === 'skip') freeBox(out, found);
    else if (found !== meta) {
      freeBox(out, found);
      removed.add(found.type === 'uuid' ? 'XMP' : 'OTHER-PICTURES');
    }
  }
  rebuilt.copy(out, meta.start);
  if (meta.start + rebuilt.length < meta.end)
    freeBox(out, { start: meta.start + rebuilt.length, end: meta.end });
  const last = boxes.filter((found) => found === meta || found.type === 'mdat').at(-1)!;
  return { content: out.subarray(0, last.end), removed, turnedBy: 0 };
}

function only(boxes: readonly Box[], type: string): Box {
  const found = boxes.filter((candidate) => candidate.type === type);
  if (found.length !== 1) throw broken(`${found.length} boxes ${type} where one must be`);
  return found[0]!;
}

/** The box meta for what is kept, never longer than before, and where the bytes of kept and of all items lie. */
function rebuildMeta(
  content: Buffer,
  meta: Box,
  removed: Set<RemovedCode>,
): { rebuilt: Buffer; ranges: Range[]; known: Range[] } {
  const boxes = boxesIn(content, meta.body + 4, meta.end);
  const primary = readPrimary(content, only(boxes, 'pitm'));
  const iinf = only(boxes, 'iinf');
  const items = readItems(content, iinf);
  const { head, wide, locations } = readLocations(content, only(boxes, 'iloc'));
  const iref = boxes.find(({ type }) => type === 'iref');
  const references = iref ? readReferences(content, iref) : [];
  const iprp = boxesIn(content, only(boxes, 'iprp').body, only(boxes, 'iprp').end);
  const ipco = only(iprp, 'ipco');
  const properties = boxesIn(content, ipco.body, ipco.end);
  const ipma = iprp.filter(({ type }) => type === 'ipma');
  const associations = new Map<number, Associations>();
  for (const found of ipma) readAssociations(content, found, associations);

  const keptIds = pictureAndParts(primary, references, (id) =>
    isAlpha(content, properties, associations.get(id)),
  );
  for (const id of keptIds) {
    if (WITH_OWN_METADATA.has(items.get(id)?.type ?? ''))
      throw new HeldBack('NO-CLEANER', 'a picture of another kind inside');
    if (!CODED.has(items.get(id)?.type ?? '') || !locations.has(id)) throw broken('the picture is missing');
  }
  tellRemoved(
    [...items.values()].filter(({ id }) => !keptIds.has(id)),
    references,
    removed,
  );

  const kept = [...keptIds].sort((a, b) => a - b);
  const idat = boxes.find(({ type }) => type === 'idat');
  const inIdat = kept.flatMap((id) => (locations.get(id)!.inIdat ? locations.get(id)!.ranges : []));
  const parts = [
    box('pitm', body(content, only(boxes, 'pitm'))),
    box('iloc', head, number(kept.length, wide), ...kept.map((id) => locations.get(id)!.raw)),
    rebuildItems(
      content,
      iinf,
      kept.map((id) => items.get(id)!),
    ),
    ...(iref ? rebuildReferences(content, iref, references, keptIds) : []),
    box('iprp', ...rebuildProperties(content, properties, ipma, kept, associations, removed)),
    ...(idat ? [box('idat', idatWith(body(content, idat), inIdat))] : []),
  ];
  const shortest = box('meta', Buffer.alloc(4), handler(0), ...parts);
  const spare = meta.end - meta.start - shortest.length;
  if (spare < 0) throw broken('tables that overlap');
  // Free space needs eight bytes for its own header: less than that goes into the handler's empty name.
  const rebuilt = spare > 0 && spare < 8 ? box('meta', Buffer.alloc(4), handler(spare), ...parts) : shortest;
  const inFile = (id: number): Range[] => (locations.get(id)!.inIdat ? [] : locations.get(id)!.ranges);
  const others = [...locations.keys()].filter((id) => !keptIds.has(id)).flatMap(inFile);
  const ranges = kept.flatMap(inFile);
  checkApart(ranges, others);
  return { rebuilt, ranges, known: [...ranges, ...others] };
}

/** Throws HeldBack BROKEN where what stays and what goes lie in the same bytes. */
function checkApart(kept: readonly Range[], others: readonly Range[]): void {
  const all = [
    ...kept.map((range) => ({ ...range, stays: true })),
    ...others.map((range) => ({ ...range, stays: false })),
  ]
    .filter(({ from, to }) => to > from)
    .sort((a, b) => a.from - b.from);
  const ends = { stays: 0, goes: 0 };
  for (const { from, to, stays } of all) {
    if (from < (stays ? ends.goes : ends.stays)) throw broken('pictures that lie in each other');
    if (stays) ends.stays = Math.max(ends.stays, to);
    else ends.goes = Math.max(ends.goes, to);
  }
}

/** The primary picture, what it is put together from, and the transparency of it. */
function pictureAndParts(
  primary: number,
  references: readonly Reference[],
  isTransparency: (id: number) => boolean,
): Set<number> {
  const kept = new Set([primary]);
  const alphas = references.filter(
    ({ type, from, to }) => type === 'auxl' && to.includes(primary) && isTransparency(from),
  );
  for (const { from } of alphas) kept.add(from);
  const parts = new Map<number, number[]>();
  for (const { type, from, to } of references) {
    if (type !== 'dimg') continue;
    if (parts.has(from)) throw broken('a picture put together twice');
    parts.set(from, to);
  }
  // A set that grows while it is walked reaches everything once.
  for (const id of kept) for (const child of parts.get(id) ?? []) kept.add(child);
  return kept;
}

function isAlpha(content: Buffer, properties: readonly Box[], found: Associations | undefined): boolean {
  return (found?.properties ?? []).some(({ index }) => {
    const property = properties[index - 1];
    if (property?.type !== 'auxC') return false;
    return ALPHA.has(
      content
        .toString('latin1', property.body + 4, Math.min(property.end, property.body + 100))
        .split('\0', 1)[0]!,
    );
  });
}

function tellRemoved(dropped: Item[], references: readonly Reference[], removed: Set<RemovedCode>): void {
  const thumbnails = new Set(references.filter(({ type }) => type === 'thmb').map(({ from }) => from));
  for (const { id, type, contentType } of dropped)
    if (type === 'Exif') removed.add('EXIF');
    else if (type === 'mime') removed.add(contentType === 'application/rdf+xml' ? 'XMP' : 'CUSTOM-DATA');
    else if (thumbnails.has(id)) removed.add('THUMBNAIL');
    else removed.add(type === 'uri ' ? 'CUSTOM-DATA' : 'OTHER-PICTURES');
}

function rebuildItems(content: Buffer, iinf: Box, items: readonly Item[]): Buffer {
  const version = content.readUInt8(iinf.body);
  const entries = items.map(({ head }) => box('infe', head, Buffer.alloc(1)));
  return box('iinf', Buffer.of(version, 0, 0, 0), number(items.length, version === 0 ? 2 : 4), ...entries);
}

function rebuildReferences(
  content: Buffer,
  iref: Box,
  references: readonly Reference[],
  kept: ReadonlySet<number>,
): Buffer[] {
  const version = content.readUInt8(iref.body);
  const wide = version === 0 ? 2 : 4;
  const boxes = references
    .filter(({ type, from }) => ['dimg', 'auxl', 'prem'].includes(type) && kept.has(from))
    .map(({ type, from, to }) => ({ type, from, to: to.filter((id) => kept.has(id)) }))
    .filter(({ to }) => to.length > 0)
    .map(({ type, from, to }) =>
      box(type, number(from, wide), number(to.length, 2), ...to.map((id) => number(id, wide))),
    );
  return boxes.length > 0 ? [box('iref', Buffer.of(version, 0, 0, 0), ...boxes)] : [];
}

/** Boxes ipco and ipma with the properties that kept items need, counted anew. */
function rebuildProperties(
  content: Buffer,
  properties: readonly Box[],
  ipma: readonly Box[],
  kept: readonly number[],
  associations: ReadonlyMap<number, Associations>,
  removed: Set<RemovedCode>,
): Buffer[] {
  const written = new Map<number, Buffer | null>();
  const bytesOf = (index: number): Buffer | null => {
    if (!written.has(index)) written.set(index, propertyBytes(content, properties[index - 1]!, removed));
    return written.get(index)!;
  };
  if (ipma.length === 0) throw broken('a picture without properties');
  const numbers = new Map<number, number>();
  const [version, flags] = [content.readUInt8(ipma[0]!.body), content.readUInt8(ipma[0]!.body + 3) & 1];
  const entries = kept.map((id) => {
    const needed = (associations.get(id)?.properties ?? []).filter(({ index, essential }) => {
      const property = properties[index - 1];
      if (property && KEPT_PROPERTIES.has(property.type)) return bytesOf(index) !== null;
      if (essential && index !== 0) throw new HeldBack('NO-CLEANER', 'a property that no cleaner knows');
      return false;
    });
    const told = needed.map(({ index, essential }) => {
      if (!numbers.has(index)) numbers.set(index, numbers.size + 1);
      return number(numbers.get(index)! | (essential ? (flags ? 0x8000 : 0x80) : 0), flags ? 2 : 1);
    });
    return Buffer.concat([number(id, version === 0 ? 2 : 4), number(needed.length, 1), ...told]);
  });
  const found = [...numbers.keys()].map((index) => properties[index - 1]!);
  for (const { type, body } of found)
    if (type === 'ispe') checkPixels(content.readUInt32BE(body + 4), content.readUInt32BE(body + 8));
  return [
    box('ipco', ...[...numbers.keys()].map((index) => bytesOf(index)!)),
    box('ipma', Buffer.of(version, 0, 0, flags), number(entries.length, 4), ...entries),
  ];
}

/** A property as it stands, a colour profile rebuilt; null for one that cannot be read (ISO/IEC 14496-12, 12.1.5). */
function propertyBytes(
  content: Buffer,
  { type, start, body, end }: Box,
  removed: Set<RemovedCode>,
): Buffer | null {
  if (type !== 'colr') return content.subarray(start, end);
  const kind = part(content, body, 4).toString('latin1');
  if (kind === 'nclx') return box(type, part(content, body, 11));
  const profile = cleanProfile(
    ['prof', 'rICC'].includes(kind) ? content.subarray(body + 4, end) : Buffer.alloc(0),
    removed,
  );
  return profile && box(type, Buffer.from(kind), profile);
}

function idatWith(data: Buffer, ranges: readonly Range[]): Buffer {
  for (const { from, to } of ranges) part(data, from, to - from);
  const kept = Buffer.from(data);
  zeroOutside(kept, { from: 0, to: kept.length }, ranges);
  return kept;
}

function handler(spare: number): Buffer {
  return box(
    'hdlr',
    Buffer.alloc(8),
    Buffer.from('pict'),
    Buffer.alloc(12),
    Buffer.alloc(spare, ' '),
    Buffer.alloc(1),
  );
}

function body(content: Buffer, { body, end }: Box): Buffer {
  return content.subarray(body, end);
}

function number(value: number, sizeInBytes: number): Buffer {
  const bytes = Buffer.alloc(sizeInBytes);
  bytes.writeUIntBE(value, 0, sizeInBytes);
  return bytes;
}
