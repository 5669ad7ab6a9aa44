import { broken } from './cleaned';

export class PdfName {
  constructor(readonly text: string) {}
}

export class PdfRef {
  constructor(readonly number: number) {}
}

/** Numbers, strings, true, false and null as they stand in the file, byte by byte as Latin-1. */
export class PdfLiteral {
  constructor(readonly raw: string) {}
}

export type PdfDict = Map<string, PdfValue>;
export type PdfValue = PdfName | PdfRef | PdfLiteral | PdfDict | PdfValue[];

export const PDF_NULL = new PdfLiteral('null');

const MOST_NESTED = 100;
const WHITE = new Set([0, 9, 10, 12, 13, 32]);
const DELIMITERS = new Set(Buffer.from('()<>[]{}/%'));
const [OPEN, CLOSE, LESS, MORE, SLASH, PERCENT, BACKSLASH] = [...Buffer.from('()<>/%\\')] as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

/**
 * Reads values one after another from `at`. Every method throws HeldBack BROKEN where the grammar is left; nothing is
 * read twice and nesting is limited. Source: ISO 32000-2, 7.2 and 7.3.
 */
export class PdfReader {
  /** `count` is called once for each value. */
  constructor(
    private readonly bytes: Buffer,
    public at: number,
    private readonly count: () => void,
  ) {}

  value(depth = 0): PdfValue {
    this.count();
    if (depth > MOST_NESTED) throw broken('values nested too deep');
    this.skipWhite();
    const byte = this.bytes[this.at];
    if (byte === SLASH) return this.name();
    if (byte === OPEN) return this.string();
    if (byte === LESS) return this.bytes[this.at + 1] === LESS ? this.dict(depth) : this.hexString();
    if (byte === 0x5b) return this.array(depth);
    const word = this.word();
    return /^\d{1,10}$/.test(word) ? this.numberOrRef(word) : literal(word);
  }

  /** The next word of regular characters; may be empty. */
  word(): string {
    this.skipWhite();
    const from = this.at;
    while (this.at < this.bytes.length && isRegular(this.bytes[this.at]!)) this.at += 1;
    return this.bytes.toString('latin1', from, this.at);
  }

  integer(): number {
    const word = this.word();
    if (!/^\d{1,10}$/.test(word)) throw broken('no number where one must be');
    return Number(word);
  }

  /** Whether `word` comes next; if so it is taken. */
  takes(word: string): boolean {
    this.skipWhite();
    if (this.bytes.toString('latin1', this.at, this.at + word.length) !== word) return false;
    this.at += word.length;
    return true;
  }

  skipWhite(): void {
    for (; this.at < this.bytes.length; this.at += 1) {
      const byte = this.bytes[this.at]!;
      if (byte === PERCENT)
        while (this.at < this.bytes.length && !isLineEnd(this.bytes[this.at]!)) this.at += 1;
      else if (!WHITE.has(byte)) return;
    }
  }

  private numberOrRef(word: string): PdfValue {
    const back = this.at;
    if (/^\d{1,5}$/.test(this.word()) && this.word() === 'R') return new PdfRef(Number(word));
    this.at = back;
    return literal(word);
  }

  private name(): PdfName {
    this.at += 1;
    const from = this.at;
    while (this.at < this.bytes.length && isRegular(this.bytes[this.at]!)) this.at += 1;
    const text = this.bytes.toString('latin1', from, this.at);
    return new PdfName(
      text.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    );
  }

  private string(): PdfLiteral {
    const from = this.at;
    for (let open = 0; this.at < this.bytes.length;) {
      const byte = this.bytes[this.at]!;
      this.at += byte === BACKSLASH ? 2 : 1;
      if (byte === OPEN) open += 1;
      if (byte === CLOSE) open -= 1;
      if (open === 0) return new PdfLiteral(this.bytes.toString('latin1', from, this.at));
    }
    throw broken('a string without an end');
  }

  private hexString(): PdfLiteral {
    const end = this.bytes.indexOf(MORE, this.at);
    if (end < 0) throw broken('a string without an end');
    const raw = this.bytes.toString('latin1', this.at, end + 1);
    if (!/^<[0-9A-Fa-f\0\t\n\f\r ]*>$/.test(raw)) throw broken('a string of other letters');
    this.at = end + 1;
    return new PdfLiteral(raw);
  }

  private array(depth: number): PdfValue[] {
    this.at += 1;
    const values: PdfValue[] = [];
    while (!this.takes(']')) values.push(this.value(depth + 1));
    return values;
  }

  private dict(depth: number): PdfDict {
    this.at += 2;
    const dict: PdfDict = new Map();
    while (!this.takes('>>')) {
      if (this.bytes[this.at] !== SLASH) throw broken('a key that is no name');
      const key = this.name().text;
      const value = this.value(depth + 1);
      dict.set(key, value);
    }
    return dict;
  }
}

function literal(word: string): PdfLiteral {
  if (!/^(true|false|null|[-+]{0,2}[0-9.]{1,60}(-[0-9]*)?)$/.test(word))
    throw broken('a word without a meaning');
  return word === 'null' ? PDF_NULL : new PdfLiteral(word);
}

function isRegular(byte: number): boolean {
  return !WHITE.has(byte) && !DELIMITERS.has(byte);
}

function isLineEnd(byte: number): boolean {
  return byte === 10 || byte === 13;
}

/** The letters of a string, escapes and hexadecimal undone, as Latin-1 without zeros; enough to recognise an address. */
export function lettersOf(value: PdfValue | undefined): string {
  if (!(value instanceof PdfLiteral)) return '';
  const { raw } = value;
  if (raw.startsWith('<'))
    return Buffer.from(raw.replace(/[^0-9A-Fa-f]/g, ''), 'hex')
      .toString('latin1')
      .replaceAll('\0', '');
  return raw
    .slice(1, -1)
    .replace(/\\([0-7]{1,3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8) & 255))
    .replace(/\\\r?\n|\0|\\/g, '');
}

/** The text of a name, empty for anything else. */
export function nameOf(value: PdfValue | undefined): string {
  return value instanceof PdfName ? value.text : '';
}

/** Writes a value; `numberOf` says which number an object has in the new file, 0 when it is not there. */
export function writeValue(value: PdfValue, numberOf: (ref: PdfRef) => number): Buffer {
  const pieces: string[] = [];
  const write = (one: PdfValue): void => {
    if (one instanceof PdfLiteral) pieces.push(one.raw);
    else if (one instanceof PdfName) pieces.push(nameText(one.text));
    else if (one instanceof PdfRef) pieces.push(numberOf(one) ? `${numberOf(one)} 0 R` : 'null');
    else if (Array.isArray(one)) {
      pieces.push('[');
      for (const [index, element] of one.entries()) {
        if (index > 0) pieces.push(' ');
        write(element);
      }
      pieces.push(']');
    } else {
      pieces.push('<<');
      for (const [key, element] of one) {
        pieces.push(nameText(key), ' ');
        write(element);
        pieces.push('\n');
      }
      pieces.push('>>');
    }
  };
  write(value);
  return Buffer.from(pieces.join(''), 'latin1');
}

function nameText(text: string): string {
  if (/^[A-Za-z0-9.+-]*$/.test(text)) return `/${text}`;
  return `/${[...Buffer.from(text, 'latin1')]
    .map((byte) =>
      byte > 32 && byte < 127 && byte !== 35 && isRegular(byte)
        ? String.fromCharCode(byte)
        : `#${byte.toString(16).padStart(2, '0')}`,
    )
    .join('')}`;
}
