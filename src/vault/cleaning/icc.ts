import { part } from './bytes';
import { broken, type RemovedCode } from './cleaned';

const HEADER_BYTES = 128;
const ENTRY_BYTES = 12;
const MOST_TAGS = 100;
/** The light that all profiles count from (ICC.1, 7.2.16). */
const D50 = Buffer.from('0000f6d6000100000000d32d', 'hex');
const CLASSES = new Set(['mntr', 'scnr', 'prtr', 'spac']);
/** Tags without which colours would look different, by the colours that a profile is for: one of the sets must be whole. */
const NEEDED = new Map([
  ['GRAY', [['kTRC'], ['A2B0']]],
  ['RGB ', [['rXYZ', 'gXYZ', 'bXYZ', 'rTRC', 'gTRC', 'bTRC'], ['A2B0']]],
  ['CMYK', [['A2B0']]],
  ['Lab ', [['A2B0']]],
]);
const KEPT = new Set(
  'rXYZ gXYZ bXYZ wtpt bkpt chad rTRC gTRC bTRC kTRC A2B0 A2B1 A2B2 B2A0 B2A1 B2A2 cicp'.split(' '),
);
const PARAMETERS = [1, 3, 4, 5, 7];
const NAME = 'ICC';

/**
 * A colour profile made of nothing but what decides how colours look, written anew: no maker, model, serial number, time,
 * text or calibration of a device. Null when it is no profile or one that this does not read; never throws. A rebuilt
 * profile rebuilt again gives the same bytes. Source: ICC.1:2022 (version 4) and ICC.1:2001-04 (version 2), 7, 9 and 10.
 */
export function rebuildProfile(profile: Buffer): Buffer | null {
  try {
    return rebuilt(profile);
  } catch {
    return null; // cut off, or of a form that nobody knows
  }
}

/** The rebuilt profile or null, and into `removed` whether anything of it went. */
export function cleanProfile(profile: Buffer, removed: Set<RemovedCode>): Buffer | null {
  const clean = rebuildProfile(profile);
  if (!clean?.equals(profile)) removed.add('COLOUR-PROFILE');
  return clean;
}

function rebuilt(profile: Buffer): Buffer {
  const letters = (at: number): string => part(profile, at, 4).toString('latin1');
  const version = profile.readUInt8(8);
  const space = letters(16);
  const needed = NEEDED.get(space);
  if (letters(36) !== 'acsp' || !CLASSES.has(letters(12)) || !needed || version < 2 || version > 4)
    throw broken('no colour profile');
  const count = profile.readUInt32BE(HEADER_BYTES);
  if (count > MOST_TAGS) throw broken('a colour profile in too many pieces');
  const tags = new Map<string, Buffer>();
  for (let index = 0; index < count; index += 1) {
    const at = HEADER_BYTES + 4 + index * ENTRY_BYTES;
    const type = letters(at);
    if (!KEPT.has(type) || tags.has(type)) continue;
    const data = part(profile, profile.readUInt32BE(at + 4), profile.readUInt32BE(at + 8));
    tags.set(type, element(data));
  }
  if (!needed.some((set) => set.every((type) => tags.has(type)))) throw broken('a profile without colours');
  tags.set('desc', version < 4 ? description() : text());
  tags.set('cprt', version < 4 ? padded(Buffer.from(`text\0\0\0\0${NAME}\0`)) : text());
  return assemble(header(profile), tags);
}

/** Version, class, colours and intent; everything else tells of a device or a program. */
function header(profile: Buffer): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  profile.copy(bytes, 8, 8, 10);
  profile.copy(bytes, 12, 12, 24);
  bytes.write('acsp', 36, 'latin1');
  bytes.writeUInt32BE(profile.readUInt32BE(64) & 3, 64);
  D50.copy(bytes, 68);
  return bytes;
}

function assemble(head: Buffer, tags: ReadonlyMap<string, Buffer>): Buffer {
  const table = Buffer.alloc(4 + tags.size * ENTRY_BYTES);
  table.writeUInt32BE(tags.size, 0);
  const places = new Map<string, number>();
  const written: Buffer[] = [];
  let end = HEADER_BYTES + table.length;
  let entry = 4;
  for (const [type, data] of tags) {
    const key = data.toString('latin1');
    if (!places.has(key)) {
      places.set(key, end);
      written.push(data);
      end += data.length;
    }
    table.write(type, entry, 'latin1');
    table.writeUInt32BE(places.get(key)!, entry + 4);
    table.writeUInt32BE(data.length, entry + 8);
    entry += ENTRY_BYTES;
  }
  head.writeUInt32BE(end, 0);
  return Buffer.concat([head, table, ...written]);
}

/** One element, exactly as long as it says; what it reserves is zero. Throws HeldBack BROKEN for other types. */
function element(data: Buffer): Buffer {
  const type = part(data, 0, 4).toString('latin1');
  const exactly = (length: number): Buffer => {
    const bytes = Buffer.from(part(data, 0, length));
    bytes.fill(0, 4, 8);
    return padded(bytes);
  };
  if (type === 'XYZ ') return exactly(20);
  if (type === 'sf32') return exactly(44);
  if (type === 'cicp') return exactly(12);
  if (type === 'curv' || type === 'para') return exactly(curveBytes(data, 0));
  if (type === 'mft1' || type === 'mft2') {
    const [ins, outs, grid] = [data.readUInt8(8), data.readUInt8(9), data.readUInt8(10)];
    const cells = grid ** ins * outs;
    if (type === 'mft1') return exactly(48 + 256 * ins + cells + 256 * outs);
    return exactly(52 + 2 * (data.readUInt16BE(48) * ins + cells + data.readUInt16BE(50) * outs));
  }
  if (type === 'mAB ' || type === 'mBA ') return stages(data, type === 'mAB ');
  throw broken('an element of another type');
}

/** How long a curve at `at` is. */
function curveBytes(data: Buffer, at: number): number {
  const type = part(data, at, 4).toString('latin1');
  if (type === 'curv') return 12 + 2 * data.readUInt32BE(at + 8);
  const parameters = type === 'para' ? PARAMETERS[data.readUInt16BE(at + 8)] : undefined;
  if (parameters === undefined) throw broken('a curve of another type');
  return 12 + 4 * parameters;
}

/** Curves, matrix and table in stages (10.12, 10.13), one behind the other and nothing between them. */
function stages(data: Buffer, toPcs: boolean): Buffer {
  const [ins, outs] = [data.readUInt8(8), data.readUInt8(9)];
  const [inside, outside] = toPcs ? [outs, ins] : [ins, outs];
  const head = Buffer.from(part(data, 0, 32));
  head.fill(0, 4, 8);
  head.fill(0, 10, 12);
  const curves = (at: number, count: number): Buffer => {
    const found: Buffer[] = [];
    for (let from = at; found.length < count;) {
      const curve = element(part(data, from, curveBytes(data, from)));
      found.push(curve);
      from += curve.length;
    }
    return Buffer.concat(found);
  };
  const table = (at: number): Buffer => {
    const cells = [...part(data, at, ins)].reduce((product, grid) => product * grid, outs);
    const bytes = Buffer.from(part(data, at, 20 + cells * (data.readUInt8(at + 16) === 1 ? 1 : 2)));
    bytes.fill(0, ins, 16);
    bytes.fill(0, 17, 20);
    return padded(bytes);
  };
  const readers: [number, (at: number) => Buffer][] = [
    [12, (at) => curves(at, inside)],
    [16, (at) => part(data, at, 48)],
    [20, (at) => curves(at, inside)],
    [24, table],
    [28, (at) => curves(at, outside)],
  ];
  const found: Buffer[] = [head];
  let end = head.length;
  for (const [field, read] of readers) {
    const at = data.readUInt32BE(field);
    if (at === 0) continue;
    found.push(read(at));
    head.writeUInt32BE(end, field);
    end += found.at(-1)!.length;
  }
  return Buffer.concat(found);
}

function description(): Buffer {
  const bytes = Buffer.alloc(12 + NAME.length + 1 + 78);
  bytes.write('desc', 'latin1');
  bytes.writeUInt32BE(NAME.length + 1, 8);
  bytes.write(NAME, 12, 'latin1');
  return padded(bytes);
}

function text(): Buffer {
  const letters = Buffer.from(NAME, 'utf16le').swap16();
  const bytes = Buffer.alloc(28);
  bytes.write('mluc', 'latin1');
  [1, 12].forEach((value, index) => bytes.writeUInt32BE(value, 8 + index * 4));
  bytes.write('enUS', 16, 'latin1');
  bytes.writeUInt32BE(letters.length, 20);
  bytes.writeUInt32BE(28, 24);
  return padded(Buffer.concat([bytes, letters]));
}

function padded(bytes: Buffer): Buffer {
  return bytes.length % 4 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(4 - (bytes.length % 4))]);
}
