import { HeldBack, broken, type RemovedCode, type WorkingCopy } from './cleaned';
import { cleanJpeg } from './jpeg';
import { PdfFile, type PdfObject } from './pdf-file';
import { PdfProfiles } from './pdf-profiles';
import { checkInactive, cleanDict, isLayer, isPage, needless, type Resolve } from './pdf-rules';
import { PDF_NULL, PdfLiteral, PdfName, PdfRef, writeValue, type PdfDict, type PdfValue } from './pdf-values';

/** Names longer than this decide nothing (ISO 32000-1, annex C). */
const LONGEST_NAME = 127;
const START_OF_JPEG = Buffer.of(0xff, 0xd8, 0xff);

/**
 * The same pages in a file written anew from what can be reached from the root: no document information, no XMP, no
 * program data, no thumbnails, no earlier revision, no object that nothing leads to. Page contents, fonts and coded
 * pictures stay as they are, JPEG pictures lose their own metadata.
 * Throws HeldBack ENCRYPTED, ACTIVE-CONTENT, BOMB, NO-CLEANER (JPEG 2000 pictures) or BROKEN.
 * Source: ISO 32000-2, 7.5, 12.5, 14.3 to 14.6.
 */
export function cleanPdf(content: Buffer): WorkingCopy {
  const removed = new Set<RemovedCode>();
  const file = new PdfFile(content);
  const pages = pagesOf(file);
  const profiles = new PdfProfiles();
  const resolve: Resolve = (value) => file.resolve(value);
  const isDropped = (value: PdfValue): boolean => {
    const target = resolve(value)!;
    if (target === PDF_NULL) return value !== target;
    const code = needless(target, resolve);
    const stray = value instanceof PdfRef && isPage(target, resolve) && !pages.has(value.number);
    if (code || stray) removed.add(code ?? 'HISTORY');
    return code !== null || stray;
  };
  const objects = new Map<number, PdfObject>();
  const queue = [file.root];
  for (const ref of queue) {
    if (objects.has(ref.number)) continue;
    const object = cleanStream(file, file.object(ref), removed);
    objects.set(ref.number, object);
    const standing = { isRoot: ref.number === file.root.number, isPageNode: pages.has(ref.number) };
    for (const value of valuesIn(object.value)) {
      const isTop = value === object.value;
      writeNamesOut(value, resolve);
      if (value instanceof Map) {
        const isStream = isTop && object.stream !== null;
        checkInactive(value, isStream, resolve);
        const here = isTop ? { ...standing, isStream } : { isRoot: false, isPageNode: false, isStream };
        cleanDict(value, here, resolve, removed);
        for (const [key, child] of value) if (isDropped(child)) value.delete(key);
      } else if (Array.isArray(value)) {
        for (const [index, child] of value.entries()) if (isDropped(child)) value[index] = PDF_NULL;
      } else if (value instanceof PdfRef) queue.push(value);
      profiles.note(value);
    }
  }
  profiles.rebuild(file, objects, removed);
  if (file.hasInformation) removed.add('PROPERTIES');
  if (file.revisions > 1) removed.add('HISTORY');
  return { content: assemble(written(file.root, objects, removed)), removed, turnedBy: 0 };
}

/** A value and all that stands directly in it; a value is handed out before its own are looked up, so it may change. */
function* valuesIn(value: PdfValue): Generator<PdfValue> {
  const queue = [value];
  for (const one of queue) {
    yield one;
    const inside = one instanceof Map ? one.values() : Array.isArray(one) ? one : [];
    for (const child of inside) queue.push(child);
  }
}

/** Names that stand in objects of their own are written where they are used, so that no rule overlooks one. */
function writeNamesOut(value: PdfValue, resolve: Resolve): void {
  const named = (child: PdfValue): PdfName | null => {
    const target = child instanceof PdfRef ? resolve(child) : null;
    return target instanceof PdfName && target.text.length <= LONGEST_NAME ? target : null;
  };
  if (value instanceof Map) for (const [key, child] of value) value.set(key, named(child) ?? child);
  else if (Array.isArray(value))
    for (const [index, child] of value.entries()) value[index] = named(child) ?? child;
}

/** The objects that the root leads to, now that they are clean, counted and written in the order in which they are met. */
function written(root: PdfRef, objects: ReadonlyMap<number, PdfObject>, removed: Set<RemovedCode>): Buffer[] {
  let layers = 0;
  const numbers = new Map<number, number>();
  const order: PdfObject[] = [];
  const reach = ({ number }: PdfRef): void => {
    const object = objects.get(number);
    if (!object || numbers.has(number)) return;
    order.push(object);
    numbers.set(number, order.length);
  };
  reach(root);
  const pieces: Buffer[] = [];
  for (const { value, stream } of order) {
    for (const one of valuesIn(value))
      if (one instanceof PdfRef) reach(one);
      else if (one instanceof Map && isLayer(one)) nameLayer(one, (layers += 1), removed);
    const text = writeValue(value, (ref) => numbers.get(ref.number) ?? 0);
    const data = stream ? [Buffer.from('\nstream\n'), stream, Buffer.from('\nendstream')] : [];
    const head = Buffer.from(`${pieces.length + 1} 0 obj\n`);
    pieces.push(Buffer.concat([head, text, ...data, Buffer.from('\nendobj\n')]));
  }
  return pieces;
}

/** A layer has to have a name, which whoever drew it gave; in the copy it has a number. */
function nameLayer(layer: PdfDict, number: number, removed: Set<RemovedCode>): void {
  const name = new PdfLiteral(`(Layer ${number})`);
  const given = layer.get('Name');
  if (!(given instanceof PdfLiteral && given.raw === name.raw)) removed.add('CUSTOM-DATA');
  layer.set('Name', name);
}

/** The pages that are still in the document: others may only hang on a bookmark or a tag. */
function pagesOf(file: PdfFile): Set<number> {
  const root = file.resolve(file.root);
  if (!(root instanceof Map)) throw broken('no root');
  const seen = new Set<number>();
  const queue = [root.get('Pages')];
  for (const node of queue) {
    if (!(node instanceof PdfRef) || seen.has(node.number)) continue;
    seen.add(node.number);
    const value = file.resolve(node);
    const kids = value instanceof Map ? file.resolve(value.get('Kids')) : undefined;
    if (Array.isArray(kids)) for (const kid of kids) queue.push(kid);
  }
  if (seen.size < 2) throw broken('no pages');
  return seen;
}

/** A stream's length is written directly, and a JPEG picture is cleaned as such. */
function cleanStream(file: PdfFile, { value, stream }: PdfObject, removed: Set<RemovedCode>): PdfObject {
  if (!stream || !(value instanceof Map)) return { value, stream };
  const dict: PdfDict = new Map(value);
  const filters = file.filtersOf(dict);
  if (filters.includes('JPXDecode')) throw new HeldBack('NO-CLEANER', 'a JPEG 2000 picture');
  if (!filters.includes('DCTDecode') && stream.subarray(0, 3).equals(START_OF_JPEG))
    throw broken('a picture that is not told as one');
  let data = stream;
  if (filters.includes('DCTDecode')) {
    data = cleanPicture(file, filters, dict, stream, removed);
    dict.set('Filter', new PdfName('DCTDecode'));
  }
  dict.set('Length', new PdfLiteral(String(data.length)));
  return { value: dict, stream: data };
}

function cleanPicture(
  file: PdfFile,
  filters: readonly string[],
  dict: PdfDict,
  stream: Buffer,
  removed: Set<RemovedCode>,
): Buffer {
  if (filters.length > 1) {
    if (filters.join() !== 'FlateDecode,DCTDecode')
      throw new HeldBack('NO-CLEANER', `filters ${filters.join()}`);
    const parameters = [file.resolve(dict.get('DecodeParms'))].flat();
    dict.delete('DecodeParms');
    if (parameters[1]) dict.set('DecodeParms', parameters[1]);
  }
  const picture = cleanJpeg(filters.length > 1 ? file.inflate(stream) : stream);
  for (const code of picture.removed) removed.add(code);
  return picture.content;
}

function assemble(written: readonly Buffer[]): Buffer {
  const head = Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1');
  let at = head.length;
  const entries = written.map(({ length }) => {
    at += length;
    return `${String(at - length).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 ${written.length + 1}\n0000000000 65535 f \n${entries.join('')}`;
  const trailer = `trailer\n<</Size ${written.length + 1}\n/Root 1 0 R\n>>\nstartxref\n${at}\n%%EOF\n`;
  return Buffer.concat([head, ...written, Buffer.from(table + trailer)]);
}
