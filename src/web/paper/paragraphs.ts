// Source of directions: Unicode Standard Annex 9 (bidirectional algorithm), rules P2 and P3: the first strong letter decides.

export interface Paragraph {
  text: string;
  isRightToLeft: boolean;
}

/** Letters from right to left: Hebrew, Arabic, Syriac, Thaana, N’Ko, Adlam and the others of Unicode's blocks for them. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\u200f\u2067\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const LETTER = /[\p{L}\u200e\u200f\u2066\u2067]/u;

/** What no paper can show: control characters but line ends and tabs, halves of characters, signs that Unicode never assigns. */
// eslint-disable-next-line no-control-regex -- these are the characters that must not be set
const UNSHOWABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\p{Cs}\p{Noncharacter_Code_Point}]/gu;
const SHOWN_INSTEAD = '\ufffd';

/** A run without a place to break a line at; of scripts that break between any two letters it is none. */
const LONG_RUN = /[^\s\u200b\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff]{40,}/gu;
const BREAK_AFTER = 20;
const BREAK = '\u200b';

const SIGNS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * A text as paragraphs to set, one a line. Each has its own direction; without a letter, figures
 * run from left to right, since a number read backwards is another one, and anything else as the page does. Nothing sticks out of
 * the page, and what cannot be shown has a visible sign in its place.
 */
export function paragraphsOf(text: string, isPageRightToLeft: boolean): Paragraph[] {
  return text
    .replaceAll(/\r\n|[\r\u2028\u2029\u0085]/g, '\n')
    .split('\n')
    .map((line) => ({
      text: breakable(line.replaceAll('\t', '    ').replaceAll(UNSHOWABLE, SHOWN_INSTEAD)),
      isRightToLeft: isRightToLeft(line) ?? isPageRightToLeft,
    }));
}

function isRightToLeft(line: string): boolean | null {
  const first = LETTER.exec(line)?.[0];
  if (first !== undefined) return RIGHT_TO_LEFT.test(first);
  return /\p{Nd}/u.test(line) ? false : null;
}

/** An address or a long number is broken where the line ends, never inside of what a reader sees as one sign. */
function breakable(line: string): string {
  return line.replaceAll(LONG_RUN, (run) =>
    [...SIGNS.segment(run)]
      .map(({ segment }, index) => (index > 0 && index % BREAK_AFTER === 0 ? BREAK + segment : segment))
      .join(''),
  );
}
