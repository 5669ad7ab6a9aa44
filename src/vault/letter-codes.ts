import { randomBelow } from '../platform/random';

/** Consonants alone: no word comes of them, none looks like a digit, and a receipt, which is all digits, is never taken for one. */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';
const GROUPS = 5;
const LETTERS_IN_A_GROUP = 4;
const LONGEST_TYPED = 400;
const IGNORED = /[^\p{L}\p{N}]/gu;
const CODE = new RegExp(`^[${LETTERS}]{${GROUPS * LETTERS_IN_A_GROUP}}$`);

/** A new code that opens a draft or lets people join a collective complaint, as shown: five groups of four capital letters, 86 random bits. */
export function newLetterCode(): string {
  const group = () =>
    Array.from({ length: LETTERS_IN_A_GROUP }, () => LETTERS[randomBelow(LETTERS.length)]).join('');
  return Array.from({ length: GROUPS }, group).join(' ');
}

/** The twenty capital letters of what somebody typed or pasted, in any grouping, width and case. Null when it cannot be such a code. */
export function normaliseLetterCode(typed: string): string | null {
  if (typed.length > LONGEST_TYPED) return null;
  const letters = typed.normalize('NFKC').replace(IGNORED, '').toUpperCase();
  return CODE.test(letters) ? letters : null;
}
