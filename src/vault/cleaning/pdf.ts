import { HeldBack, broken, type RemovedCode, type WorkingCopy } from './cleaned';
import { cleanJpeg } from './jpeg';
import { PdfFile, type PdfObject } from './pdf-file';
import { checkInactive, cleanDict, isPage, needless } from './pdf-rules';
import { PDF_NULL, PdfLiteral, PdfName, PdfRef, writeValue, type PdfDict, type PdfValue } from './pdf-values';

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
  const numbers = new Map<number, number>();
  const queue: PdfRef[] = [];
  const isDropped = (value: PdfValue): boolean => {
    const target = value instanceof PdfRef ? file.object(value).value : value;
    if (target === PDF_NULL) return value !== target;
    const code = needless(target);
    const stray = value instanceof PdfRef && isPage(target) && !pages.has(value.number);
    if (code || stray) removed.add(code ?? 'HISTORY');
    return code !== null || stray;
  };
  const reach = (ref: PdfRef): void => {
    if (numbers.has(ref.number)) return;
    numbers.set(ref.number, numbers.size + 1);
    queue.push(ref);
  };
  reach(file.root);
  const written: Buffer[] = [];
  const objects: PdfObject[] = [];
  for (const ref of queue) {
    const object = cleanStream(file, file.object(ref), removed);
    clean(object, ref.number === file.root.number, isDropped, reach, removed);
    objects.push(object);
  }
  for (const { value, stream } of objects) {
    const text = writeValue(value, (ref) => numbers.get(ref.number) ?? 0);
    const data = stream ? [Buffer.from('\nstream\n'), stream, Buffer.from('\nendstream')] : [];
    written.push(
      Buffer.concat([Buffer.from(`${written.length + 1} 0 obj\n`), text, ...data, Buffer.from('\nendobj\n')]),
    );
  }
  if (file.hasInformation) removed.add('PROPERTIES');
  if (file.revisions > 1) removed.add('HISTORY');
  return { content: assemble(written), removed, turnedBy: 0 };
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

/** Cleans one object in place, direct values inside included, and tells what it refers to. */
function clean(
  object: PdfObject,
  isRoot: boolean,
  isDropped: (value: PdfValue) => boolean,
  reach: (ref: PdfRef) => void,
  removed: Set<RemovedCode>,
): void {
  const queue: PdfValue[] = [object.value];
  for (const value of queue) {
    const isTop = value === object.value;
    if (value instanceof Map) {
      checkInactive(value, isTop && object.stream !== null);
      cleanDict(value, isRoot && isTop, removed);
      for (const [key, child] of value)
        if (isDropped(child)) value.delete(key);
        else queue.push(child);
    } else if (Array.isArray(value)) {
      for (const [index, child] of value.entries())
        if (isDropped(child)) value[index] = PDF_NULL;
        else queue.push(child);
    } else if (value instanceof PdfRef) reach(value);
  }
}

/** A stream's length is written directly, and a JPEG picture is cleaned as such. */
function cleanStream(file: PdfFile, { value, stream }: PdfObject, removed: Set<RemovedCode>): PdfObject {
  if (!stream || !(value instanceof Map)) return { value, stream };
  const dict: PdfDict = new Map(value);
  const filters = file.filtersOf(dict);
  if (filters.includes('JPXDecode')) throw new HeldBack('NO-CLEANER', 'a JPEG 2000 picture');
  let data = stream;
  if (filters.includes('DCTDecode')) {
    data = cleanPicture(file, filters, dict, stream, removed);
    dict.set('Filter', new PdfName('DCTDecode'));
  }
  dict.set('Length', new PdfLiteral(Buffer.from(String(data.length))));
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
