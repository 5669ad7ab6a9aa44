// Source: process model 5.6 (PM-12); Unicode Standard Annexes 15 and 29. A name is known again as people write it: in other letters, another
// order, beside other words. What may be a common word as well counts where it is written like a name.
import { asPassage, canBeMasked, compared, tellTales, type Compared } from './masking';

/** Somebody as the vault knows them. */
export interface KnownPerson {
  name: string | null;
  contact: string | null;
  /** What was said about reaching them, in which addresses and numbers may stand. */
  beside: string | null;
}

const NAME_WORD_MIN_LETTERS = 3;
/** Scripts that write small words before a word as parts of it. */
const JOINED_BEFORE = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
/** Scripts that put no space between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const OF_WORD = /[\p{L}\p{M}\p{N}]/u;
const WORDS = /[\p{L}\p{M}\p{N}]+/gu;
const PARAGRAPH_END = /\n\s*\n/gu;

/** A name and each word of it that is long enough to be known by. */
export function wordsOfName(name: string): string[] {
  const words = name.split(/[\s\p{P}]+/u).filter((word) => [...word].length >= NAME_WORD_MIN_LETTERS);
  return [...new Set([name.trim(), ...words])].filter(canBeMasked);
}

/** What of these people stands in the text: names and contacts as they were left, or as the text writes them where it writes them otherwise. */
export function standingOf(text: string, people: readonly KnownPerson[]): string[] {
  const whole = compared(text);
  const names = people.flatMap(({ name }) => name ?? []);
  const contacts = people.flatMap(({ contact }) => contact ?? []);
  const said = [...contacts, ...people.flatMap(({ beside }) => beside ?? [])];
  const known = [...names.flatMap(wordsOfName), ...contacts.filter(canBeMasked), ...said.flatMap(tellTales)];
  const asWritten = [...inAnyOrder(whole, names), ...inOnePiece(whole, names), ...numbersOf(whole, said)].map(
    ({ from, to }) => text.slice(from, to),
  );
  const standing = standingIn(text, known, whole);
  const told = new Set(standing.map(asPassage));
  return [...new Set([...standing, ...asWritten.filter((each) => !told.has(asPassage(each)))])];
}

/** Those of these that stand in the text as words: “Ana” does not stand in “banana”, nor “Will” in “I will”. */
export function standingIn(
  text: string,
  names: readonly string[],
  whole: Compared = compared(text),
): string[] {
  const isSmall = smallParagraphs(text);
  const found = new Set<string>();
  lookFor(whole, names.map(asPassage), (at, passage, n) => {
    if (
      standsAlone(whole.text, at, passage) &&
      isWrittenLikeName({ text, whole, isSmall }, at, passage, names[n]!)
    )
      found.add(names[n]!);
  });
  return [...new Set(names)].filter((name) => found.has(name));
}

interface Range {
  from: number;
  to: number;
}

function rangeOf({ from, to }: Compared, at: number, end: number): Range {
  return { from: from[at]!, to: to[end - 1]! };
}

/** As many letters tell names apart well enough: those that begin alike are compared one by one. */
const START = 4;

/** Calls for every place at which one of these passages stands. Once through the text, however many they are. */
function lookFor(
  { text }: Pick<Compared, 'text'>,
  passages: readonly string[],
  found: (at: number, passage: string, n: number) => void,
): void {
  const byStart = new Map<string, number[]>();
  const lengths = new Set<number>();
  for (const [n, passage] of passages.entries()) {
    if (passage === '') continue;
    const start = passage.slice(0, START);
    lengths.add(start.length);
    const alike = byStart.get(start);
    if (alike) alike.push(n);
    else byStart.set(start, [n]);
  }
  for (let at = 0; at < text.length; at += 1)
    for (const length of lengths)
      for (const n of byStart.get(text.slice(at, at + length)) ?? [])
        if (text.startsWith(passages[n]!, at)) found(at, passages[n]!, n);
}

/** Where a name may have something joined to it: “Noors”, and what Arabic and Hebrew write before a word. Short ones stand alone. */
function standsAlone(text: string, at: number, passage: string): boolean {
  if (UNSPACED.test(passage)) return true;
  const end = at + passage.length;
  const [before, after] = [text.slice(Math.max(0, at - 2), at), text.slice(end, end + 2)];
  const isShort = [...passage].length <= NAME_WORD_MIN_LETTERS;
  return (
    (JOINED_BEFORE.test(passage) || !/[\p{L}\p{N}]$/u.test(before)) &&
    (!isShort || !/^[\p{L}\p{N}]/u.test(after))
  );
}

interface Written {
  text: string;
  whole: Compared;
  /** Whether the paragraph around this place is written without a capital letter. */
  isSmall: (at: number) => boolean;
}

/** A name in one word may be a common word, too: then it is the name where it is not in small letters, or a word among nothing but small letters. */
function isWrittenLikeName(
  { text, whole, isSmall }: Written,
  at: number,
  passage: string,
  name: string,
): boolean {
  if (/[\s@\p{N}]/u.test(name.trim()) || name === name.toLowerCase()) return true;
  const { from, to } = rangeOf(whole, at, at + passage.length);
  const written = text.slice(from, to);
  return (
    written !== written.toLowerCase() ||
    (!OF_WORD.test(whole.text[at + passage.length] ?? '') && isSmall(from))
  );
}

function smallParagraphs(text: string): (at: number) => boolean {
  const ends: { end: number; isSmall: boolean }[] = [];
  let from = 0;
  for (const end of [...[...text.matchAll(PARAGRAPH_END)].map(({ index }) => index), text.length]) {
    const paragraph = text.slice(from, end);
    ends.push({ end, isSmall: paragraph === paragraph.toLowerCase() });
    from = end;
  }
  return (at) => {
    let [low, high] = [0, ends.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle]!.end > at) high = middle;
      else low = middle + 1;
    }
    return ends[low]!.isSmall;
  };
}

/** Two words of one name beside each other, whichever comes first, in whatever letters; small words of names may stand between. */
function* inAnyOrder(whole: Compared, names: readonly string[]): Generator<Range> {
  const namesWith = new Map<string, Set<number>>();
  for (const [n, name] of names.entries()) {
    const words = asPassage(name).match(WORDS) ?? [];
    const long = words.filter(isLong);
    for (const word of long.length > 1 ? long : words)
      namesWith.set(word, (namesWith.get(word) ?? new Set<number>()).add(n));
  }
  const words = [...whole.text.matchAll(WORDS)];
  for (const [n, { 0: word, index }] of words.entries()) {
    const mine = namesWith.get(word);
    if (!mine) continue;
    for (const next of words.slice(n + 1, n + 1 + MOST_BETWEEN)) {
      const others = next[0] === word ? undefined : namesWith.get(next[0]);
      if (others && [...mine].some((each) => others.has(each)))
        yield rangeOf(whole, index, next.index + next[0].length);
      if (others || isLong(next[0])) break;
    }
  }
}

const MOST_BETWEEN = 4;

function isLong(word: string): boolean {
  return [...word].length >= NAME_WORD_MIN_LETTERS;
}

const ONE_PIECE_MIN_LETTERS = 8;
const ONE_PIECE_MIN_LETTERS_JOINED = 6;

/** Whole names of which the letters follow one another, with or without blanks and signs between them: NoorElAmrani, 王 小明. */
function* inOnePiece(whole: Compared, names: readonly string[]): Generator<Range> {
  const pieces = names.map((name) => (asPassage(name).match(WORDS) ?? []).join('')).filter(isOnePiece);
  if (pieces.length === 0) return;
  const units = [...whole.text.split('').entries()].filter(([, unit]) =>
    /[\p{L}\p{M}\p{N}\p{Cs}]/u.test(unit),
  );
  const found: Range[] = [];
  lookFor({ text: units.map(([, unit]) => unit).join('') }, pieces, (at, piece) =>
    found.push(rangeOf(whole, units[at]![0], units[at + piece.length - 1]![0] + 1)),
  );
  yield* found;
}

function isOnePiece(piece: string): boolean {
  const letters = [...piece].length;
  if (UNSPACED.test(piece)) return letters > 1;
  return letters >= (JOINED_BEFORE.test(piece) ? ONE_PIECE_MIN_LETTERS_JOINED : ONE_PIECE_MIN_LETTERS);
}

/** Digits as far as letters, whatever stands between them. */
const DIGITS = /\d(?:[^\p{L}\d]{0,4}\d)+/gu;
const COMPARED_DIGITS = 8;
const NUMBER_MIN_DIGITS = 7;

/** Numbers of which the last digits are those of a number in a contact: with or without its country, in the digits of any script. */
function* numbersOf(whole: Compared, contacts: readonly string[]): Generator<Range> {
  const ends = new Set(
    contacts
      .flatMap((contact) => compared(contact).text.match(DIGITS) ?? [])
      .map((number) => number.replace(/\D/gu, '').slice(-COMPARED_DIGITS))
      .filter(({ length }) => length >= NUMBER_MIN_DIGITS),
  );
  if (ends.size === 0) return;
  for (const { 0: run, index } of whole.text.matchAll(DIGITS)) {
    const places = [...run.matchAll(/\d/gu)].map((digit) => digit.index);
    const digits = run.replace(/\D/gu, '');
    for (let at = 0; at < digits.length; at += 1)
      for (const length of [NUMBER_MIN_DIGITS, COMPARED_DIGITS])
        if (at + length <= digits.length && ends.has(digits.slice(at, at + length)))
          yield rangeOf(whole, index + places[at]!, index + places[at + length - 1]! + 1);
  }
}
