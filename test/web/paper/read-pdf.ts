import { decodePDFRawStream, PDFDict, PDFDocument, PDFName, PDFRawStream } from 'pdf-lib';

/** Signs that were set in one go with one font. */
export interface Run {
  page: number;
  /** From the left edge of the page, in points. */
  x: number;
  /** From the upper edge of the page, in points. */
  y: number;
  text: string;
  /** Codes of the drawings used, four hexadecimal digits each, with the name of the font. */
  glyphs: string[];
  font: string;
}

/** What stands in a PDF as our sheet makes it, in the order in which it was set. */
export async function readPdf(bytes: Buffer): Promise<{ pages: number; runs: Run[]; document: PDFDocument }> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  const runs = document.getPages().flatMap((page, at) => {
    const fonts = new Map<string, { name: string; words: Map<string, string> }>();
    const dict = page.node.Resources()!.lookupMaybe(PDFName.of('Font'), PDFDict);
    for (const [name] of dict?.entries() ?? []) {
      const font = dict!.lookup(name, PDFDict);
      fonts.set(name.asString(), {
        name: String(font.lookup(PDFName.of('BaseFont'))),
        words: wordsOf(streamOf(font.lookup(PDFName.of('ToUnicode')))),
      });
    }
    return runsOf(streamOf(page.node.Contents())).map(({ font, codes, ...place }) => {
      const { name, words } = fonts.get(font)!;
      return {
        ...place,
        page: at + 1,
        font: name,
        glyphs: codes.map((code) => `${name}:${code}`),
        text: codes.map((code) => words.get(code) ?? '').join(''),
      };
    });
  });
  return { pages: document.getPageCount(), runs, document };
}

/** Everything that was set, without its places. */
export async function textOf(bytes: Buffer): Promise<string> {
  const { runs } = await readPdf(bytes);
  return runs.map(({ text }) => text).join('');
}

function streamOf(stream: unknown): string {
  return Buffer.from(decodePDFRawStream(stream as PDFRawStream).decode()).toString('latin1');
}

/** What each code stands for, from the map that copying and searching use. */
function wordsOf(map: string): Map<string, string> {
  const words = new Map<string, string>();
  const read = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le');
  for (const [, lines] of map.matchAll(/beginbfchar([^]*?)endbfchar/g))
    for (const [, code, hex] of lines!.matchAll(/<(\w{4})>\s*<(\w+)>/g))
      words.set(code!.toLowerCase(), read(hex!));
  return words;
}

type Place = { x: number; y: number };

function runsOf(content: string): (Place & { font: string; codes: string[] })[] {
  const found: (Place & { font: string; codes: string[] })[] = [];
  const kept: { origin: Place; font: string }[] = [];
  let origin: Place = { x: 0, y: 0 };
  let font = '';
  let place: Place = origin;
  const commands =
    /(?<save>\bq\n)|(?<back>\bQ\n)|(?<move>(?:\S+ ){4}(?<mx>\S+) (?<my>\S+) cm)|\/(?<font>\w+) \S+ Tf|(?:\S+ ){4}(?<x>\S+) (?<y>\S+) Tm|(?<shown>\[\((?:\\[^]|[^\\])*?\]) TJ/g;
  for (const { groups } of content.matchAll(commands)) {
    const is = groups!;
    if (is.save) kept.push({ origin, font });
    else if (is.back) ({ origin, font } = kept.pop()!);
    // The first move turns the page upside down; afterwards y grows downwards.
    else if (is.move)
      origin = is.move.includes('-1') ? origin : { x: origin.x + Number(is.mx), y: origin.y + Number(is.my) };
    else if (is.font) font = `/${is.font}`;
    else if (is.x) place = { x: origin.x + Number(is.x), y: origin.y + Number(is.y) };
    else if (is.shown) found.push({ ...place, font, codes: codesIn(is.shown) });
  }
  return found;
}

const ESCAPED: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** The codes of the strings in an array; parentheses inside of a string are escaped or come in pairs. */
function codesIn(shown: string): string[] {
  let bytes = '';
  let depth = 0;
  for (const [sign] of shown.matchAll(/\\[0-7]{1,3}|\\[^]|[^]/g)) {
    const isOpening = sign === '(';
    if (depth > (sign === ')' ? 1 : 0)) bytes += unescaped(sign);
    if (isOpening) depth += 1;
    else if (sign === ')') depth -= 1;
  }
  return Buffer.from(bytes, 'latin1').toString('hex').match(/.{4}/g) ?? [];
}

function unescaped(sign: string): string {
  if (!sign.startsWith('\\')) return sign;
  return /[0-7]/.test(sign)
    ? String.fromCharCode(parseInt(sign.slice(1), 8))
    : (ESCAPED[sign[1]!] ?? sign[1]!);
}
