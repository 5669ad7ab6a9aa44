import { part } from './bytes';
import { broken, countOf, HeldBack } from './cleaned';
import { unfiltered } from './png-rows';
import { nameOf, PDF_NULL, PdfLiteral, PdfReader, PdfRef, type PdfDict, type PdfValue } from './pdf-values';
import { Unfolding } from './unfolding';

/** A value with bytes of its own. */
export interface PdfObject {
  value: PdfValue;
  stream: Buffer | null;
}

/** Where an object lies: at a position in the file, or at a place in an object stream. */
type Place = { offset: number } | { within: number; index: number };

/** Tables of thousands of objects fold very small. */
const TIMES_COUNT_FROM_BYTES = 10_000_000;
/** What stands in the tables of a file is read once; a file that makes us read it many times over is a trap. */
const MOST_READINGS = 4;
/** Values, and lines of the tables that say where they lie; a report of a thousand tagged pages has half a million. */
const MOST_VALUES = 2_000_000;
/** Unfolded tables row by row: more than all their lines can fill. */
const MOST_TABLE_BYTES = 40_000_000;
const LONGEST_CHAIN = 16;
/** What stands between one stream and the next. */
const HOLDS_OBJECTS = /endobj|\bobj\b|>>\s*stream/;
/** How streams may be coded (7.4.1). Short names are for pictures inside a page, but some viewers take them here too. */
const FILTERS = new Set(
  'ASCIIHexDecode ASCII85Decode LZWDecode FlateDecode RunLengthDecode CCITTFaxDecode JBIG2Decode DCTDecode JPXDecode'.split(
    ' ',
  ),
);

/**
 * The objects of a PDF, by the cross-reference tables that a viewer follows: newer revisions hide older ones.
 * Reads lazily. Every method throws HeldBack BROKEN when something does not fit, ENCRYPTED for a file with a password,
 * BOMB when object streams unfold too far. Source: ISO 32000-2, 7.5.
 */
export class PdfFile {
  readonly root: PdfRef;
  readonly hasInformation: boolean;
  /** How many tables follow each other; a file never changed after it was made has one, a linearised one two. */
  revisions = 0;
  private readonly places = new Map<number, Place | null>();
  private readonly objects = new Map<number, PdfObject>();
  private readonly objectStreams = new Map<number, { bytes: Buffer; offsets: number[] }>();
  private readonly opening = new Set<number>();
  private readonly unfolding = new Unfolding({ timesCountFrom: TIMES_COUNT_FROM_BYTES });
  private readBytes = 0;
  private readonly countValue = countOf('values', MOST_VALUES);

  constructor(private readonly content: Buffer) {
    if (content.toString('latin1', 0, 5) !== '%PDF-') throw broken('no PDF at the first byte');
    const tail = Math.max(0, content.length - 2_048);
    const mark = content.lastIndexOf('startxref');
    if (mark < tail) throw broken('no cross-reference table at the end');
    const trailer = this.readTables(this.reader(content, mark + 9).integer());
    const root = trailer.get('Root');
    if (!(root instanceof PdfRef)) throw broken('no root');
    this.root = root;
    this.hasInformation = trailer.has('Info');
  }

  /** The object, null where there is none, as a reference to nothing is allowed (7.3.10). */
  object(ref: PdfRef): PdfObject {
    const known = this.objects.get(ref.number);
    if (known) return known;
    const place = this.places.get(ref.number);
    if (!place) return { value: PDF_NULL, stream: null };
    if (this.opening.has(ref.number)) throw broken('an object inside itself');
    this.opening.add(ref.number);
    const object = 'offset' in place ? this.readAt(place.offset, ref.number) : this.readWithin(place);
    this.opening.delete(ref.number);
    this.objects.set(ref.number, object);
    return object;
  }

  /** The value itself or what it refers to. */
  resolve(value: PdfValue | undefined): PdfValue | undefined {
    let found = value;
    for (let left = LONGEST_CHAIN; found instanceof PdfRef; left -= 1) {
      if (left === 0) throw broken('references that lead nowhere');
      found = this.object(found).value;
    }
    return found;
  }

  /** What a stream with no filter or FlateDecode unfolds to. Throws HeldBack NO-CLEANER for other filters. */
  unfold(dict: PdfDict, stream: Buffer): Buffer {
    const filters = this.filtersOf(dict);
    if (filters.length === 0) return stream;
    if (filters.length > 1 || filters[0] !== 'FlateDecode')
      throw new HeldBack('NO-CLEANER', `filter ${filters.join()}`);
    const told = this.resolve(dict.get('DecodeParms'));
    const parameters = Array.isArray(told) ? this.resolve(told[0]) : told;
    const none: PdfDict = new Map();
    return withoutPredictor(this.inflate(stream), parameters instanceof Map ? parameters : none);
  }

  /** Throws HeldBack NO-CLEANER for one that nobody knows: what it hides could be anything. */
  filtersOf(dict: PdfDict): string[] {
    const filter = this.resolve(dict.get('Filter'));
    if (filter === undefined || filter === PDF_NULL) return [];
    const names = [filter].flat().map((one) => nameOf(this.resolve(one)));
    if (names.some((name) => !FILTERS.has(name))) throw new HeldBack('NO-CLEANER', `filter ${names.join()}`);
    return names;
  }

  /** Unfolds bytes of FlateDecode; all of a file together may not unfold too far. */
  inflate(stream: Buffer): Buffer {
    return this.unfolding.inflate(stream, true);
  }

  private reader(bytes: Buffer, at: number): PdfReader {
    return new PdfReader(bytes, at, this.countValue);
  }

  /** All tables from the newest to the oldest; the newest word on an object counts. Gives the newest trailer. */
  private readTables(newest: number): PdfDict {
    const waiting = [newest];
    const seen = new Set<number>();
    let first: PdfDict | null = null;
    for (const at of waiting) {
      if (seen.has(at)) continue;
      seen.add(at);
      const reader = this.reader(this.content, at);
      const trailer = reader.takes('xref') ? this.readTable(reader, at) : this.readTableStream(at);
      if (trailer.has('Encrypt')) throw new HeldBack('ENCRYPTED', 'a PDF');
      first ??= trailer;
      this.revisions += 1;
      for (const key of ['XRefStm', 'Prev']) if (trailer.has(key)) waiting.push(integerOf(trailer.get(key)));
    }
    return first!;
  }

  private readTable(reader: PdfReader, at: number): PdfDict {
    while (!reader.takes('trailer')) {
      const start = reader.integer();
      for (let index = 0, count = reader.integer(); index < count; index += 1) {
        const offset = reader.integer();
        reader.integer();
        this.tellPlace(start + index, reader.word() === 'n' ? { offset } : null);
      }
    }
    const trailer = reader.value();
    this.count(reader.at - at);
    if (!(trailer instanceof Map)) throw broken('no trailer');
    return trailer;
  }

  private readTableStream(at: number): PdfDict {
    const { value, stream } = this.readAt(at, null);
    if (!(value instanceof Map) || !stream || nameOf(value.get('Type')) !== 'XRef') throw broken('no table');
    if (value.has('Encrypt')) throw new HeldBack('ENCRYPTED', 'a PDF');
    const bytes = this.unfold(value, stream);
    const widths = integersOf(value.get('W'));
    const width = widths.reduce((sum, one) => sum + one, 0);
    if (widths.length !== 3 || widths.some((one) => one > 6) || width === 0)
      throw broken('a table of another form');
    const runs = value.has('Index') ? integersOf(value.get('Index')) : [0, integerOf(value.get('Size'))];
    let from = 0;
    for (let run = 0; run + 1 < runs.length; run += 2)
      for (let index = 0; index < runs[run + 1]!; index += 1, from += width) {
        const entry = part(bytes, from, width);
        const field = (start: number, size: number): number =>
          size === 0 ? 0 : entry.readUIntBE(start, size);
        const type = widths[0] === 0 ? 1 : field(0, widths[0]!);
        const second = field(widths[0]!, widths[1]!);
        const third = field(widths[0]! + widths[1]!, widths[2]!);
        const place = type === 1 ? { offset: second } : type === 2 ? { within: second, index: third } : null;
        this.tellPlace(runs[run]! + index, place);
      }
    return value;
  }

  private tellPlace(number: number, place: Place | null): void {
    this.countValue();
    if (!this.places.has(number)) this.places.set(number, place);
  }

  private readAt(at: number, number: number | null): PdfObject {
    const reader = this.reader(this.content, at);
    const found = reader.integer();
    reader.integer();
    if (!reader.takes('obj') || (number !== null && found !== number)) throw broken(`no object at ${at}`);
    const value = reader.value();
    const stream = value instanceof Map && reader.takes('stream') ? this.streamAt(value, reader.at) : null;
    this.count(reader.at - at + (stream?.length ?? 0));
    return { value, stream };
  }

  private streamAt(dict: PdfDict, after: number): Buffer {
    let from = after;
    if (this.content[from] === 13) from += 1;
    if (this.content[from] === 10) from += 1;
    const length = this.resolve(dict.get('Length'));
    if (length instanceof PdfLiteral) {
      const told = part(this.content, from, integerOf(length));
      if (this.reader(this.content, from + told.length).takes('endstream')) return told;
    }
    const end = this.content.indexOf('endstream', from);
    if (end < 0) throw broken('a stream without an end');
    this.count(end - from);
    const found = this.content.subarray(from, end);
    // Its own end is damaged: it would take other objects with it, uncleaned.
    if (HOLDS_OBJECTS.test(found.toString('latin1'))) throw broken('a stream without an end of its own');
    return found;
  }

  private readWithin({ within, index }: { within: number; index: number }): PdfObject {
    const { bytes, offsets } = this.objectStream(within);
    const offset = offsets[index];
    if (offset === undefined) throw broken('an object is missing in its stream');
    const reader = this.reader(bytes, offset);
    const value = reader.value();
    this.count(reader.at - offset);
    return { value, stream: null };
  }

  private objectStream(number: number): { bytes: Buffer; offsets: number[] } {
    const known = this.objectStreams.get(number);
    if (known) return known;
    const place = this.places.get(number);
    if (!place || !('offset' in place)) throw broken('an object stream inside another');
    const { value, stream } = this.object(new PdfRef(number));
    if (!(value instanceof Map) || !stream) throw broken('no object stream');
    const bytes = this.unfold(value, stream);
    const first = integerOf(this.resolve(value.get('First')));
    const reader = this.reader(bytes, 0);
    const offsets: number[] = [];
    for (let left = integerOf(this.resolve(value.get('N'))); left > 0; left -= 1) {
      this.countValue();
      reader.integer();
      offsets.push(first + reader.integer());
    }
    const opened = { bytes, offsets };
    this.objectStreams.set(number, opened);
    return opened;
  }

  private count(bytes: number): void {
    this.readBytes += bytes;
    if (this.readBytes > MOST_READINGS * (this.content.length + this.unfolding.bytes) + 100_000)
      throw new HeldBack('BOMB', 'the same bytes over and over');
  }
}

function integerOf(value: PdfValue | undefined): number {
  const number = value instanceof PdfLiteral ? Number(value.raw) : NaN;
  if (!Number.isSafeInteger(number) || number < 0) throw broken('no number where one must be');
  return number;
}

function integersOf(value: PdfValue | undefined): number[] {
  if (!Array.isArray(value)) throw broken('no list of numbers');
  return value.map(integerOf);
}

/** PNG predictors (7.4.4.4); TIFF's is not used in tables. Throws HeldBack NO-CLEANER for it. */
function withoutPredictor(bytes: Buffer, parameters: PdfDict): Buffer {
  const of = (key: string, otherwise: number): number =>
    parameters.has(key) ? integerOf(parameters.get(key)) : otherwise;
  const predictor = of('Predictor', 1);
  if (predictor === 1) return bytes;
  if (predictor < 10) throw new HeldBack('NO-CLEANER', 'a predictor of another kind');
  const pixel = Math.max(1, Math.ceil((of('Colors', 1) * of('BitsPerComponent', 8)) / 8));
  const row = Math.ceil((of('Columns', 1) * of('Colors', 1) * of('BitsPerComponent', 8)) / 8);
  if (row < 1 || row > bytes.length) throw broken('rows of another length');
  if (bytes.length > MOST_TABLE_BYTES) throw new HeldBack('BOMB', 'a table in a PDF');
  return unfiltered(bytes, { rows: Math.floor(bytes.length / (row + 1)), row, pixel });
}
