import { HeldBack, broken, type RemovedCode, type WorkingCopy } from './cleaned';
import { cleanJpeg } from './jpeg';
import { PdfFile, type PdfObject } from './pdf-file';
import { PdfProfiles } from './pdf-profiles';
import { checkInactive, cleanDict, isPage, needless, type Resolve } from './pdf-rules';
import { pagesOf, valuesIn, writePdf } from './pdf-writer';
import { PDF_NULL, PdfLiteral, PdfName, PdfRef, type PdfDict, type PdfValue } from './pdf-values';

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
  const copy = writePdf(file.root, objects, (layer, number) => nameLayer(layer, number, removed));
  return { content: copy, removed, turnedBy: 0 };
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

/** A layer has to have a name, which whoever drew it gave; in the copy it has a number. */
function nameLayer(layer: PdfDict, number: number, removed: Set<RemovedCode>): void {
  const name = new PdfLiteral(`(Layer ${number})`);
  const given = layer.get('Name');
  if (!(given instanceof PdfLiteral && given.raw === name.raw)) removed.add('CUSTOM-DATA');
  layer.set('Name', name);
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
