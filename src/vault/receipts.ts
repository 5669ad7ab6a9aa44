import { randomBelow } from '../platform/random';

const RECEIPT_DIGITS = 25;
const LONGEST_TYPED = 400;
const DIGIT = /^\p{Nd}$/u;
const IGNORED = /[^\p{L}\p{N}]/gu;

/** A new receipt, as shown: five groups of five decimal digits, 83 random bits. */
export function newReceipt(): string {
  return Array.from({ length: 5 }, () => String(randomBelow(100_000)).padStart(5, '0')).join(' ');
}

/** The receipt that these bits give, as shown; of 256 bits and more, one is as likely as any other. */
export function receiptFrom(bits: bigint): string {
  return String(bits % 10n ** BigInt(RECEIPT_DIGITS))
    .padStart(RECEIPT_DIGITS, '0')
    .replaceAll(/\d{5}(?=\d)/g, '$& ');
}

/**
 * The 25 ASCII digits of what somebody typed or pasted: digits of any script, full-width ones too; whatever is neither
 * letter nor number, such as spaces, hyphens, quotation marks and invisible marks, does not matter. Null when it cannot be a receipt.
 */
export function normaliseReceipt(typed: string): string | null {
  if (typed.length > LONGEST_TYPED) return null;
  const characters = [...typed.normalize('NFKC').replace(IGNORED, '')];
  if (characters.length !== RECEIPT_DIGITS) return null;
  const digits = characters.map(digitValue);
  return digits.includes(null) ? null : digits.join('');
}

/** Unicode keeps the ten decimal digits of a script in one unbroken row, zero first (Unicode Standard, 4.6). */
function digitValue(character: string): number | null {
  if (!DIGIT.test(character)) return null;
  const code = character.codePointAt(0)!;
  let zero = code;
  while (DIGIT.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return (code - zero) % 10;
}
