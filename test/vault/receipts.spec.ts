import fc from 'fast-check';
import { newReceipt, normaliseReceipt } from '../../src/vault/receipts';

const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 25, maxLength: 25 });

/** Where the digit zero of a script lies. */
const ZEROS = {
  ASCII: 0x30,
  'Arabic-Indic': 0x660,
  Persian: 0x6f0,
  Devanagari: 0x966,
  Bengali: 0x9e6,
  Thai: 0xe50,
  Khmer: 0x17e0,
  'full-width': 0xff10,
  'mathematical bold': 0x1d7ce,
  'mathematical monospace': 0x1d7f6,
  Adlam: 0x1e950,
};

describe('a receipt', () => {
  it('is shown as five groups of five digits, never twice the same', () => {
    const receipts = Array.from({ length: 500 }, newReceipt);
    for (const receipt of receipts) expect(receipt).toMatch(/^\d{5}( \d{5}){4}$/);
    expect(new Set(receipts).size).toBe(500);
    expect(new Set(receipts.join('').replaceAll(' ', '')).size).toBe(10);
  });

  it.each(Object.entries(ZEROS))('is understood in %s digits', (_, zero) => {
    fc.assert(
      fc.property(digits, (values) => {
        const typed = values.map((value) => String.fromCodePoint(zero + value)).join('');
        expect(normaliseReceipt(typed)).toBe(values.join(''));
      }),
    );
  });

  it('is understood whatever spaces, signs and invisible marks stand between and around', () => {
    const separators = fc.stringMatching(
      /^[ \t\n\u00a0\u2009\u3000\-‐‑–—.·•,;:/|_"'“”«»()\u060c\u200b\u200e\u200f\u2066\ufeff]{0,3}$/,
    );
    fc.assert(
      fc.property(digits, fc.array(separators, { minLength: 26, maxLength: 26 }), (values, between) => {
        const typed = values.map((value, at) => between[at]! + value).join('') + between[25]!;
        expect(normaliseReceipt(typed)).toBe(values.join(''));
      }),
    );
  });

  it.each([
    '',
    '1234',
    '1'.repeat(24),
    '1'.repeat(26),
    '1'.repeat(24) + 'x',
    `${'1'.repeat(24)}½`,
    '一'.repeat(25),
  ])('is not %j', (typed) => expect(normaliseReceipt(typed)).toBeNull());

  it('is nothing, quickly, when a whole book was pasted', () => {
    expect(normaliseReceipt('1 '.repeat(1_000_000))).toBeNull();
  });
});
