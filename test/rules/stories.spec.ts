import { newReference } from '../../src/platform/ids';
import { tellsTooMuch } from '../../src/rules/stories';

const SPELLINGS: Record<string, (reference: string) => string> = {
  'as it is': (reference) => reference,
  'in small letters': (reference) => reference.toLowerCase(),
  'in one word': (reference) => reference.replaceAll('-', ''),
  'in one word of small letters': (reference) => reference.replaceAll('-', '').toLowerCase(),
  'with spaces': (reference) => reference.replaceAll('-', ' '),
  'with other dashes': (reference) => reference.replaceAll('-', ' – '),
  'with its letters only set apart': (reference) => reference.replace('-', ': '),
  'in wide letters': (reference) =>
    reference.replace(/[0-9A-Z]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
  'with signs that nobody sees': (reference) => [...reference].join('\u200b'),
};

describe('the text of a story', () => {
  it.each(Object.entries(SPELLINGS))('tells too much with a reference %s', (_, spell) => {
    for (let times = 0; times < 200; times += 1) {
      const spelt = spell(newReference());
      for (const text of [spelt, `It was ${spelt}.`, `(${spelt})`, `القضية ${spelt}، ثم`])
        expect([text, tellsTooMuch(text)]).toEqual([text, true]);
    }
  });

  it.each([
    'For the 3rd time this year a system stopped a benefit of 480 euros.',
    'The ward said that they could wait four weeks.',
    'أوقف نظام إعانة أسرة لمدة ٣ أشهر.',
    'Le RDV a été pris par un système.',
    'El RD permite pedir otra revisión.',
  ])('tells no more than it may: %s', (text) => {
    expect(tellsTooMuch(text)).toBe(false);
  });
});
