import fc from 'fast-check';
import { canBeMasked, isMaskedFrom, MARK, maskText, notFoundIn, tellTales } from '../../src/rules/masking';

const masked = (text: string, ...passages: string[]) => maskText(text, passages).text;

describe('masking a text', () => {
  it.each<[string, string, string, string]>([
    ['each occurrence', 'Noor met Noor.', 'Noor', `${MARK} met ${MARK}.`],
    ['any case', 'noor, NOOR, NoOr', 'Noor', `${MARK}, ${MARK}, ${MARK}`],
    ['letters in one piece and in two', 'Jose\u0301 and José', 'José', `${MARK} and ${MARK}`],
    ['the other way round', 'José', 'Jose\u0301', MARK],
    ['marks behind the last letter', 'a Jose\u0301\u0323!', 'Jose', `a ${MARK}!`],
    ['sharp s', 'Die Strasse, die STRASSE', 'straße', `Die ${MARK}, die ${MARK}`],
    ['the final sigma', 'ΟΔΥΣΣΕΥΣ Οδυσσευς', 'οδυσσεύς', `${MARK} ${MARK}`],
    ['Turkish letters', 'IŞIK ışık İŞİK', 'ışık', `${MARK} ${MARK} ${MARK}`],
    ['Arabic with diacritics', 'قالت مُحَمَّد هنا', 'محمد', `قالت ${MARK} هنا`],
    ['Arabic with tatweel', 'قالت محـــمد هنا', 'محمد', `قالت ${MARK} هنا`],
    ['Arabic typed with both', 'قالت محمد هنا', 'مُحَــمَّد', `قالت ${MARK} هنا`],
    ['Chinese within a sentence', '我叫王小明，住在北京', '王小明', `我叫${MARK}，住在北京`],
    ['full-width digits', 'Call ０１７２ ３３４', '0172 334', `Call ${MARK}`],
    ['digits of another script', 'رقم ٠١٢٣٤٥٦', '0123456', `رقم ${MARK}`],
    ['full-width letters', 'Ｎｏｏｒ here', 'noor', `${MARK} here`],
    ['ligatures', 'the oﬃce', 'office', `the ${MARK}`],
    ['zero-width characters within', 'N\u200bo\u00ado\u2060r\ufeff here', 'Noor', `${MARK} here`],
    ['turned directions', '\u202eNoor\u202c x', 'Noor', `\u202e${MARK} x`],
    ['zero-width characters that were typed', 'Noor', 'No\u200dor', MARK],
    ['spaces across lines', 'Noor\r\n   El Amrani', 'Noor El Amrani', MARK],
    ['other spaces', 'Noor\u00a0\u2003El', 'Noor El', MARK],
    ['other dashes', 'Meier–Schulz', 'Meier-Schulz', MARK],
    ['other apostrophes', 'O’Neil', "O'Neil", MARK],
    ['Hangul in pieces', '저는 \u1112\u1161\u11ab입니다', '한', `저는 ${MARK}입니다`],
    ['half of a letter', 'the oﬃce', 'offi', `the ${MARK}ce`],
    ['occurrences that overlap', 'aaa b', 'aa', `${MARK} b`],
    ['emoji', 'I am 👩‍🦰Noor👩‍🦰', 'Noor', `I am 👩‍🦰${MARK}👩‍🦰`],
  ])('finds %s', (_, text, passage, result) => {
    expect(masked(text, passage)).toBe(result);
  });

  it('makes one mark of passages that overlap or touch, and of each a mark of the same length', () => {
    expect(masked('Noor El Amrani', 'Noor El', 'El Amrani')).toBe(MARK);
    expect(masked('abcd e', 'ab', 'cd')).toBe(`${MARK} e`);
    expect(masked('a very long passage / b', 'a very long passage', 'b')).toBe(`${MARK} / ${MARK}`);
    expect(maskText('x y x', ['x']).marks).toBe(2);
  });

  it('leaves what is not masked as it stands, to the letter', () => {
    const around = 'e\u0301 \u200bＡ  \r\n\t‘’– 王 \ud83d\ude00';
    expect(masked(`${around}Noor${around}`, 'noor')).toBe(`${around}${MARK}${around}`.replace('Noor', ''));
  });

  it('refuses passages that say nothing, or that are made of marks', () => {
    expect(['', ' ', '.', '\u200b', '\u0301', MARK, 'a█'].map(canBeMasked)).not.toContain(true);
    expect(() => maskText('a', ['.'])).toThrow();
    expect(canBeMasked('王')).toBe(true);
  });

  it('says which passages do not occur', () => {
    expect(notFoundIn('Noor is here', ['NOOR', 'Karl', 'here'])).toEqual(['Karl']);
  });

  it('knows whether a text was masked from another', () => {
    expect(isMaskedFrom('Noor met Karl', masked('Noor met Karl', 'met'))).toBe(true);
    expect(isMaskedFrom('Noor met Karl', `Noor ${MARK} Karla`)).toBe(false);
    expect(isMaskedFrom('ab', `ab${MARK}b`)).toBe(false);
    expect(isMaskedFrom('Noor', 'Noor')).toBe(true);
    expect(isMaskedFrom('one two three', `one ${MARK} four ${MARK} three`)).toBe(false);
  });

  it('reads 100,000 characters, also where a passage is everywhere', () => {
    const long = 'Noor e\u0301 王小明 '.repeat(7_200);
    expect(masked(long, 'Noor', '王小明').split(MARK)).toHaveLength(14_401);
    expect(masked('a'.repeat(100_000), 'aaaa', 'aaa')).toBe(MARK);
  });
});

const LETTERS = fc.constantFrom(
  ...[
    'a',
    'b',
    'B',
    'é',
    'e\u0301',
    'ß',
    's',
    'ﬁ',
    'f',
    'i',
    'İ',
    'ı',
    '王',
    '小',
    'م',
    'ح',
    '\u064e',
    'ـ',
    '한',
    '\u1112\u1161',
  ],
  ...[
    '１',
    '1',
    '٢',
    ' ',
    '\n',
    '\u00a0',
    '\u200b',
    '\u00ad',
    '\u0301',
    '-',
    '–',
    '’',
    '█',
    '😀',
    'क',
    '\u093f',
    '\u094d',
    '.',
  ],
);
const TEXT = fc.array(LETTERS, { maxLength: 60 }).map((letters) => letters.join(''));
const PASSAGE = fc.array(LETTERS, { minLength: 1, maxLength: 4 }).map((letters) => letters.join(''));

describe('whatever is masked', () => {
  it('is found no more, in any case or normal form, and all else stands as before', () => {
    fc.assert(
      fc.property(TEXT, fc.array(PASSAGE, { minLength: 1, maxLength: 4 }), (text, typed) => {
        const passages = typed.filter(canBeMasked);
        const { text: result, marks } = maskText(text, passages);
        expect(isMaskedFrom(text, result)).toBe(true);
        expect(notFoundIn(result, passages)).toEqual(passages);
        for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD'] as const)
          for (const passage of passages) {
            const seen = (said: string) => said.normalize(form).toLowerCase();
            expect(seen(result).includes(seen(passage.trim()))).toBe(false);
          }
        expect(marks === 0).toBe(result === text);
        // Once more changes nothing.
        expect(maskText(result, passages).text).toBe(result);
      }),
      { numRuns: 3_000 },
    );
  });

  it('gives a mark for what was found, and for nothing else', () => {
    fc.assert(
      fc.property(TEXT, PASSAGE.filter(canBeMasked), TEXT, (before, passage, after) => {
        const { marks } = maskText(`${before} ${passage} ${after}`, [passage]);
        expect(marks).toBeGreaterThan(0);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('what is suggested', () => {
  it('is addresses, references and long numbers, as they stand', () => {
    const text =
      'Write to noor@example.org. Call +49 (0)30 123-4567 or ０１７２３３４４, see https://a.example/x, RD-7K3F-9QXM, rd 7k3f9qxm.\n25 28 26 in 2024.';
    expect(tellTales(text)).toEqual([
      'noor@example.org',
      '+49 (0)30 123-4567',
      '０１７２３３４４',
      'https://a.example/x',
      'RD-7K3F-9QXM',
      'rd 7k3f9qxm',
    ]);
    expect(notFoundIn(text, tellTales(text))).toEqual([]);
    expect(tellTales('On 3 June 2024 the score fell to 12.')).toEqual([]);
  });

  it('is an address without the words around it where nothing stands between', () => {
    expect(tellTales('请联系noor@example.org谢谢，或者微信。')).toEqual(['noor@example.org']);
  });

  it.each(['a', '.', '@', 'a@', '1', '1 ', '(', '王', 'www.', 'RD-', '\u0301', '\u200b', 'Noor '])(
    'is found soon in 100,000 characters of “%s”',
    (letters) => {
      const text = letters.repeat(100_000 / letters.length);
      expect(tellTales(text).length).toBeLessThanOrEqual(100);
      expect(tellTales(text).every((passage) => passage.length <= 1_100)).toBe(true);
    },
  );
});
