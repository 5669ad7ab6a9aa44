// Source: process model 5.6 (PM-12, findings redacted by risk); feature 51 (visible marks); Unicode Standard Annexes 15 (normalisation) and 29.
// What is masked must not be found again in any spelling, so passages are compared as search compares words; what is left is left to the letter.
import { folded } from './searchable-words';

/** Stands for every masked passage, whatever its length. */
export const MARK = '█████';
const MARK_LETTER = '█';
/** A mark, with what the text itself has of its letters beside it. */
const MARK_IN_TEXT = /█{5,}/;

/** Letter with its marks, or marks that stand alone. */
const SEGMENT = /\P{M}\p{M}*|\p{M}+/gsu;
const PLAIN = /^[!-~]$/;
const SPACE = /^\p{White_Space}+$/u;
const DASH = /\p{Pd}/gu;
const APOSTROPHE = /[’ʼʹ′‘`´]/gu;
const SAYS_SOMETHING = /[\p{L}\p{N}]/u;

/** A text as it is compared, and for each of its units where the letter that gave it stands in the text as written. */
export interface Compared {
  text: string;
  from: number[];
  to: number[];
}

interface Range {
  from: number;
  to: number;
}

export interface Masked {
  text: string;
  /** How many marks stand in it. */
  marks: number;
}

/** Letters with their marks, as they are compared; what is longer than any letter of a language is not remembered. */
const foldedSegments = new Map<string, string>();
const REMEMBERED = 20_000;
const REMEMBERED_LENGTH = 8;

function foldSegment(segment: string): string {
  if (PLAIN.test(segment)) return segment === '`' ? "'" : segment.toLowerCase();
  const known = foldedSegments.get(segment);
  if (known !== undefined) return known;
  // Taken apart at the end, so that Hangul in one piece and in several is the same.
  const made = folded(segment.replace(APOSTROPHE, "'").replace(DASH, '-')).normalize('NFKD');
  if (segment.length <= REMEMBERED_LENGTH && foldedSegments.size < REMEMBERED)
    foldedSegments.set(segment, made);
  return made;
}

/** What is not seen belongs to the letter before it; any space, also the end of a line, is one space. */
export function compared(written: string): Compared {
  const units: string[] = [];
  const from: number[] = [];
  const to: number[] = [];
  let lettersFrom = 0;
  for (const { 0: segment, index } of written.matchAll(SEGMENT)) {
    const end = index + segment.length;
    const isSpace = SPACE.test(segment);
    const made = isSpace ? (units.at(-1) === ' ' ? '' : ' ') : foldSegment(segment);
    if (made === '') {
      if (!isSpace) to.fill(end, lettersFrom);
      continue;
    }
    lettersFrom = units.length;
    for (const unit of made.split('')) {
      units.push(unit);
      from.push(index);
      to.push(end);
    }
  }
  return { text: units.join(''), from, to };
}

export function asPassage(typed: string): string {
  return compared(typed).text.trim();
}

/** Whether a passage can be masked: it says something, and nothing of it looks like a mark. */
export function canBeMasked(passage: string): boolean {
  return SAYS_SOMETHING.test(passage) && asPassage(passage) !== '' && !passage.includes(MARK_LETTER);
}

function occurrences({ text, from, to }: Compared, passage: string): Range[] {
  const found: Range[] = [];
  // One by one, since an occurrence may begin within another.
  for (let at = text.indexOf(passage); at >= 0; at = text.indexOf(passage, at + 1)) {
    const end = to[at + passage.length - 1]!;
    const last = found.at(-1);
    if (last && from[at]! <= last.to) last.to = Math.max(last.to, end);
    else found.push({ from: from[at]!, to: end });
  }
  return found;
}

function merged(ranges: Range[]): Range[] {
  const whole: Range[] = [];
  for (const range of ranges.sort((a, b) => a.from - b.from)) {
    const last = whole.at(-1);
    if (last && range.from <= last.to) last.to = Math.max(last.to, range.to);
    else whole.push({ ...range });
  }
  return whole;
}

/**
 * The text with a mark in the place of every occurrence of these passages, in whatever case, normal form or width they are written, with
 * or without signs that nobody sees, across lines too. Everything else is as it was. Throws on a passage that cannot be masked.
 */
export function maskText(text: string, passages: readonly string[]): Masked {
  if (!passages.every(canBeMasked)) throw new Error('A passage without letters and digits cannot be masked.');
  const whole = compared(text);
  const ranges = merged(passages.flatMap((passage) => occurrences(whole, asPassage(passage))));
  const parts: string[] = [];
  let at = 0;
  for (const { from, to } of ranges) {
    parts.push(text.slice(at, from));
    at = to;
  }
  return { text: [...parts, text.slice(at)].join(MARK), marks: ranges.length };
}

/** Those of these passages that do not occur in the text, as they were typed. */
export function notFoundIn(text: string, passages: readonly string[]): string[] {
  const whole = compared(text);
  return passages.filter((passage) => !whole.text.includes(asPassage(passage)));
}

/** Whether a masked text still is this one with parts of it masked: the parts between its marks stand in it in their order. */
export function isMaskedFrom(original: string, masked: string): boolean {
  const parts = masked.split(MARK_IN_TEXT);
  if (parts.length === 1) return original === masked;
  const last = parts.pop()!;
  const first = parts.shift()!;
  if (!original.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts) {
    const found = original.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return original.length - last.length >= at && original.endsWith(last);
}

/** A letter of an address: none of a script that puts no space before or behind it. Of bounded number, as a text can be one long word. */
const OF_ADDRESS = String.raw`[^\s<>()[\],;:"„“”@。，、；：（）\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]`;

/** What can be seen of a text without understanding it: addresses, references, numbers as long as a telephone's. */
const TELL_TALES: readonly RegExp[] = [
  new RegExp(`${OF_ADDRESS}{1,64}@${OF_ADDRESS}{1,255}`, 'gu'),
  /(?:https?:\/\/|www\.)[^\s<>"]{1,1000}/giu,
  /(?<![\p{L}\p{Nd}])RD[^\p{L}\p{Nd}\n]{0,3}[\p{Nd}A-Z]{4}[^\p{L}\p{Nd}\n]{0,3}[\p{Nd}A-Z]{4}(?![\p{L}\p{Nd}])/giu,
  /[+＋]?\p{Nd}(?:[^\S\n]?[()/.\-–\p{Cf}]{0,3}[^\S\n]?\p{Nd}){6,60}/gu,
];
const AT_THE_END = /[\s.,;:!?…]+$/u;
const MOST_SUGGESTED = 100;

/** Passages that look as if they told of somebody, each once, in the order of the text. */
export function tellTales(text: string): string[] {
  const found = TELL_TALES.flatMap((pattern) => [...text.matchAll(pattern)]);
  const passages = found
    .sort((a, b) => a.index - b.index)
    .map(([passage]) => passage.replace(AT_THE_END, ''));
  return [...new Set(passages.filter(canBeMasked))].slice(0, MOST_SUGGESTED);
}
