import { crc32 } from 'node:zlib';
import { zipSync, type Zippable } from 'fflate';
import { part } from './bytes';
import { broken, HeldBack } from './cleaned';
import { Unfolding } from './unfolding';

const MOST_ENTRIES = 2_000;
const END_BYTES = 22;
const END = 0x0605_4b50;
const ENTRY = 0x0201_4b50;
const LOCAL = 0x0403_4b50;
const ENCRYPTED = 0x2041;
/** No clock: the first moment that the format knows. */
const ALWAYS = new Date(1980, 0, 1);

export interface ZipEntry {
  name: string;
  flags: number;
  method: number;
  checksum: number;
  packedBytes: number;
  unfoldedBytes: number;
  offset: number;
}

/**
 * The central directory, nothing unfolded, nothing limited yet. Throws HeldBack BROKEN when it is not whole or not at the
 * very end. Source: PKWARE APPNOTE 6.3.10, 4.3. Zip64 is not read: no document needs it.
 */
export function readZipDirectory(content: Buffer): ZipEntry[] {
  const end = endOfDirectory(content);
  const directory = part(content, content.readUInt32LE(end + 16), content.readUInt32LE(end + 12));
  const told = content.readUInt16LE(end + 10);
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at < directory.length) {
    if (entries.length === told) throw broken('a directory of another length');
    if (directory.readUInt32LE(at) !== ENTRY) throw broken('a directory of another form');
    const nameBytes = directory.readUInt16LE(at + 28);
    entries.push({
      name: utf8(part(directory, at + 46, nameBytes)),
      flags: directory.readUInt16LE(at + 8),
      method: directory.readUInt16LE(at + 10),
      checksum: directory.readUInt32LE(at + 16),
      packedBytes: directory.readUInt32LE(at + 20),
      unfoldedBytes: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  if (entries.length !== told) throw broken('a directory of another length');
  return entries;
}

/** Whether the bytes end as a zip archive does, whatever they begin with. Never throws. */
export function endsAsZip(content: Buffer): boolean {
  try {
    return endOfDirectory(content) >= 0;
  } catch {
    return false; // no end of a directory: not a zip
  }
}

/**
 * The files of an archive, unfolded one at a time when they are asked for. Its limits are checked before anything is.
 * Throws HeldBack BOMB for too many, too large or too tightly packed entries, ENCRYPTED, or BROKEN for overlapping, double
 * or misnamed ones; later for wrong checksums.
 */
export class ZipFiles {
  private readonly entries = new Map<string, ZipEntry>();

  constructor(
    private readonly content: Buffer,
    private readonly unfolding = new Unfolding(),
  ) {
    const entries = readZipDirectory(content);
    checkLimits(entries, unfolding);
    checkNames(entries);
    let free = 0;
    for (const entry of [...entries].sort((a, b) => a.offset - b.offset)) {
      if (entry.offset < free || (free === 0 && entry.offset > 0))
        throw broken('entries overlap or begin late');
      free = localData(content, entry).end;
    }
    for (const entry of entries) if (!entry.name.endsWith('/')) this.entries.set(entry.name, entry);
  }

  /** In the order of the directory. */
  names(): string[] {
    return [...this.entries.keys()];
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** Unfolds it each time; undefined where there is none. */
  get(name: string): Buffer | undefined {
    const entry = this.entries.get(name);
    return entry && unfoldEntry(this.content, entry, this.unfolding);
  }
}

/** One entry's content, never longer than its directory says. Throws HeldBack BROKEN when it differs from it. */
export function unfoldEntry(content: Buffer, entry: ZipEntry, unfolding = new Unfolding()): Buffer {
  const { from, end } = localData(content, entry);
  const packed = content.subarray(from, end);
  const bytes = entry.method === 0 ? packed : unfolding.inflate(packed, false, entry.unfoldedBytes);
  if (bytes.length !== entry.unfoldedBytes || crc32(bytes) !== entry.checksum)
    throw broken('an entry differs from its directory');
  return bytes;
}

/** The same files packed anew, always to the same bytes; those named in `stored` are not folded. */
export function writeZip(files: ReadonlyMap<string, Buffer>, stored: readonly string[] = []): Buffer {
  const zippable: Zippable = {};
  for (const [name, bytes] of files) zippable[name] = [bytes, { level: stored.includes(name) ? 0 : 6 }];
  return Buffer.from(zipSync(zippable, { mtime: ALWAYS }));
}

function endOfDirectory(content: Buffer): number {
  const last = content.length - END_BYTES;
  for (let at = last; at >= 0 && at >= last - 0xffff; at -= 1)
    if (content.readUInt32LE(at) === END && at + END_BYTES + content.readUInt16LE(at + 20) === content.length)
      return at;
  throw broken('no end of a directory');
}

function checkLimits(entries: readonly ZipEntry[], unfolding: Unfolding): void {
  const unfolded = entries.reduce((sum, { unfoldedBytes }) => sum + unfoldedBytes, 0);
  if (entries.length > MOST_ENTRIES || unfolded > unfolding.limits.inAll)
    throw new HeldBack('BOMB', 'a zip archive');
  for (const { packedBytes, unfoldedBytes, flags, method } of entries) {
    unfolding.check(packedBytes, unfoldedBytes);
    if (flags & ENCRYPTED) throw new HeldBack('ENCRYPTED', 'a zip archive');
    if (method !== 0 && method !== 8) throw broken('an entry packed in another way');
  }
}

function checkNames(entries: readonly ZipEntry[]): void {
  const seen = new Set<string>();
  for (const { name } of entries) {
    // eslint-disable-next-line no-control-regex -- control characters are what must not be in a name
    const odd = name === '' || /[\\:\x00-\x1f\x7f]|^\/|(^|\/)(\.\.?|__proto__)(\/|$)/.test(name);
    if (odd || seen.has(name.toLowerCase())) throw broken('an entry with a name that leads elsewhere');
    seen.add(name.toLowerCase());
  }
}

function localData(content: Buffer, { offset, packedBytes, name }: ZipEntry): { from: number; end: number } {
  if (content.readUInt32LE(offset) !== LOCAL) throw broken('an entry is not where its directory says');
  const nameBytes = content.readUInt16LE(offset + 26);
  if (utf8(part(content, offset + 30, nameBytes)) !== name) throw broken('an entry with two names');
  const from = offset + 30 + nameBytes + content.readUInt16LE(offset + 28);
  part(content, from, packedBytes);
  return { from, end: from + packedBytes };
}

function utf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw broken('a name that is no text');
  }
}
