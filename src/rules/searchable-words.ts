// Source: Unicode Standard Annexes 15 (normalisation) and 29 (words), case folding (Unicode 17, 3.13); for letters of Arabic, Persian
// and Hindi that people write for one another, the normalizers of Apache Lucene. What counts as a word is the same where texts are indexed and searched.

/** Longer words are one with all that begin like them. */
const WORD_MAX_LENGTH = 64;
/** The segmenter of V8 copies its whole input for each word: unspaced text is given to it in pieces. */
const PIECE_LENGTH = 200;

/** Marks over and under Latin, Greek, Cyrillic, Hebrew and Arabic letters, the tatweel, the Hindi nukta, and all that is not seen. */
const DROPPED =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u093c\u0640\p{Default_Ignorable_Code_Point}]/gu;

/** Letters that people write for one another, and that Unicode does not take apart. */
const SAME_LETTERS: Readonly<Record<string, string>> = {
  ς: 'σ',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ħ: 'h',
  æ: 'ae',
  œ: 'oe',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ة: 'ه',
  '\u0901': '\u0902',
};
const HAS_SAME = new RegExp(Object.keys(SAME_LETTERS).join('|'), 'gu');

const BETWEEN_WORDS = /[^\p{Letter}\p{Mark}\p{Number}]+/u;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const HAN = /^\p{Script=Han}+$/u;
const DIGIT = /\p{Nd}/gu;
const IS_DIGIT = /^\p{Nd}$/u;

const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

/** The words that are looked for when somebody types this: folded, each once. Single letters are none; a single Han character is. */
export function searchedWords(text: string): Set<string> {
  const words = new Set<string>();
  for (const run of folded(text).split(BETWEEN_WORDS))
    for (const word of UNSPACED.test(run) ? segments(run) : [run])
      if ([...word].length > 1 || HAN.test(word)) words.add([...word].slice(0, WORD_MAX_LENGTH).join(''));
  return words;
}

/** The words by which this text is found: its own, and every pair of characters within a longer Han word (贵公司 also as 公司). */
export function searchableWords(text: string): Set<string> {
  const words = searchedWords(text);
  for (const word of [...words]) {
    const letters = [...word];
    if (letters.length < 3 || !HAN.test(word)) continue;
    letters.slice(1).forEach((letter, before) => words.add(`${letters[before]}${letter}`));
  }
  return words;
}

/** The same text with the digits of every script as 0 to 9. */
export function latinDigits(text: string): string {
  return text.replace(DIGIT, plainDigit);
}

/** As texts are compared: without case, marks and what is not seen. Upper case first, so that ß becomes ss, and dotless and dotted Turkish letters become one. */
export function folded(text: string): string {
  return bare(bare(text).toUpperCase().toLowerCase())
    .replace(HAS_SAME, (letter) => SAME_LETTERS[letter]!)
    .replace(DIGIT, plainDigit)
    .normalize('NFKC')
    .replaceAll('\u0e4d\u0e32', '\u0e33')
    .replaceAll('\u0ecd\u0eb2', '\u0eb3');
}

function bare(text: string): string {
  return text.normalize('NFKD').replace(DROPPED, '');
}

/** Unicode lists the digits of a script in their order, from nought. */
function plainDigit(digit: string): string {
  let value = 0;
  for (let code = digit.codePointAt(0)!; IS_DIGIT.test(String.fromCodePoint(code - 1)); code--) value += 1;
  return String(value % 10);
}

/** What stands last in a piece may go on in the next one, and is read again there. */
function* segments(run: string): Generator<string> {
  for (let at = 0; at < run.length;) {
    const isLast = at + PIECE_LENGTH >= run.length;
    const found = [...segmenter.segment(run.slice(at, at + PIECE_LENGTH))];
    if (!isLast && found.length > 1) found.pop();
    for (const { segment } of found) yield segment;
    const last = found.at(-1)!;
    at += last.index + last.segment.length;
  }
}
