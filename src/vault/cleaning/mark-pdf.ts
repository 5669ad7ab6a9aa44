import { PdfFile, type PdfObject } from './pdf-file';
import { PdfLiteral, PdfName, PdfRef, type PdfDict, type PdfValue } from './pdf-values';
import { pagesOf, valuesIn, writePdf } from './pdf-writer';

const MOST_NODES_ABOVE = 100;
const MOST_MARKS_ON_A_PAGE = 2000;
/** Rises by 30 degrees. */
const [COS, SIN] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)];
const LETTER: Box = { x: 0, y: 0, width: 612, height: 792 };

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * The same pages with a mark of ASCII letters over and over across each, written anew, so that no earlier revision lies in the file. What
 * stands on a page stays as it is below the mark. `content` is a working copy; throws HeldBack where it cannot be read.
 * Source: ISO 32000-2, 7.7.3, 8.4, 9.4.
 */
export function markPdf(content: Buffer, mark: string): Buffer {
  const file = new PdfFile(content);
  const objects = new Map<number, PdfObject>();
  const queue = [file.root];
  for (const ref of queue) {
    if (objects.has(ref.number)) continue;
    const object = file.object(ref);
    objects.set(ref.number, object);
    for (const value of valuesIn(object.value)) if (value instanceof PdfRef) queue.push(value);
  }
  let last = Math.max(...objects.keys());
  const add = (entries: [string, PdfValue][], stream: Buffer | null = null): PdfRef => {
    last += 1;
    const length: [string, PdfValue][] = stream ? [['Length', new PdfLiteral(String(stream.length))]] : [];
    objects.set(last, { value: new Map([...entries, ...length]), stream });
    return new PdfRef(last);
  };
  const name = (text: string) => new PdfName(text);
  const font = add([
    ['Type', name('Font')],
    ['Subtype', name('Type1')],
    ['BaseFont', name('Helvetica-Bold')],
  ]);
  const pale = add([
    ['Type', name('ExtGState')],
    ['ca', new PdfLiteral('0.45')],
    ['CA', new PdfLiteral('0.45')],
  ]);
  // Whatever a page does to its coordinates ends before the mark.
  const before = add([], Buffer.from('q\n'));
  for (const number of pagesOf(file)) {
    const page = objects.get(number)!.value;
    if (!(page instanceof Map) || page.has('Kids')) continue;
    const box = boxOf(inherited(file, page, 'CropBox') ?? inherited(file, page, 'MediaBox'), file);
    const contents = page.get('Contents');
    const own = file.resolve(contents);
    page.set('Contents', [
      before,
      ...(Array.isArray(own) ? own : contents ? [contents] : []),
      add([], Buffer.from(`\nQ\n${marksOn(box, mark)}`, 'latin1')),
    ]);
    page.set('Resources', withOwn(file, inherited(file, page, 'Resources'), { Font: font, ExtGState: pale }));
  }
  return writePdf(file.root, objects);
}

/** The name of the font and the state of the mark, which no other program gives. */
const OWN_NAME = 'MarkOfRedress';

function withOwn(file: PdfFile, resources: PdfValue | undefined, own: Record<string, PdfRef>): PdfDict {
  const all: PdfDict = new Map(resources instanceof Map ? resources : []);
  for (const [kind, ref] of Object.entries(own)) {
    const known = file.resolve(all.get(kind));
    all.set(kind, new Map(known instanceof Map ? known : []).set(OWN_NAME, ref));
  }
  return all;
}

/** What a page says itself, or what those above it say for all of theirs. */
function inherited(file: PdfFile, page: PdfDict, key: string): PdfValue | undefined {
  let node: PdfValue | undefined = page;
  for (let left = MOST_NODES_ABOVE; node instanceof Map && left > 0; left -= 1) {
    if (node.has(key)) return file.resolve(node.get(key));
    node = file.resolve(node.get('Parent'));
  }
  return undefined;
}

function boxOf(value: PdfValue | undefined, file: PdfFile): Box {
  const sides = Array.isArray(value)
    ? value.map((each) => {
        const side = file.resolve(each);
        return side instanceof PdfLiteral ? Number(side.raw) : NaN;
      })
    : [];
  const [a, b, c, d] = sides as [number, number, number, number];
  if (sides.length !== 4 || sides.some((side) => !Number.isFinite(side)) || a === c || b === d) return LETTER;
  return { x: Math.min(a, c), y: Math.min(b, d), width: Math.abs(c - a), height: Math.abs(d - b) };
}

/** Seen on white and on black: dark letters with a light edge, both half transparent, told as no part of the text (14.8.2.2). */
function marksOn({ x, y, width, height }: Box, mark: string): string {
  const size = Math.min(Math.max(Math.min(width, height) / 24, 5), 60);
  const [down, along] = [size * 6, size * (mark.length * 0.62 + 3)];
  const places: string[] = [];
  for (let start = y - width * (SIN / COS); start < y + height; start += down)
    for (let far = 0; far * COS < width; far += along) {
      const above = start + far * SIN;
      if (above + along * SIN < y || above > y + height || places.length === MOST_MARKS_ON_A_PAGE) continue;
      const place = [COS, SIN, -SIN, COS, x + far * COS, above].map((each) => each.toFixed(3)).join(' ');
      places.push(`${place} Tm (${mark.replaceAll(/[^ -~]/g, '?').replaceAll(/[()\\]/g, '\\$&')}) Tj`);
    }
  const edge = (size / 30).toFixed(2);
  return [
    '/Artifact BMC q',
    `/${OWN_NAME} gs 0.25 g 1 G ${edge} w 2 Tr`,
    `BT /${OWN_NAME} ${size.toFixed(2)} Tf`,
    ...places,
    'ET Q EMC\n',
  ].join('\n');
}
