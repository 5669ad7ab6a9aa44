import fc from 'fast-check';
import { standingIn, standingOf, wordsOfName, type KnownPerson } from '../../src/rules/known-names';
import { maskText } from '../../src/rules/masking';

const person = (
  name: string | null,
  contact: string | null = null,
  beside: string | null = null,
): KnownPerson => ({
  name,
  contact,
  beside,
});
const finds = (text: string, ...people: KnownPerson[]) => standingOf(text, people).length > 0;

const NAMES = [
  ...[
    'Noor el Amrani',
    'José María Pérez',
    'Ólafur Þór Jónsson',
    'Łukasz Żółć',
    'Nguyễn Thị Minh',
    'İpek Yılmaz',
  ],
  ...[
    'Иван Петров',
    'Αγγελική Παππάς',
    'محمد علي حسن',
    'رضا کریمی',
    'सीता देवी शर्मा',
    '王小明',
    '김민수',
    'אברהם כהן',
  ],
];
const NOISE = ['x', 'and then', '3 times.', 'и', 'في', '的', '—', '\n', 'Ein Satz.'];

describe('a name', () => {
  it('is known by its whole and by its words', () => {
    expect(wordsOfName('Noor El Amrani')).toEqual(['Noor El Amrani', 'Noor', 'Amrani']);
    expect(wordsOfName('王小明')).toEqual(['王小明']);
  });

  it.each<[string, string, boolean]>([
    ['Ask Noor.', 'Noor', true],
    ['Ask NOOR!', 'Noor', true],
    ['A banana', 'Ana', false],
    ['They will pay', 'Will', false],
    ['Will Smith pays', 'Will', true],
    ['我叫王小明，', '王小明', true],
    ['mail noor@example.org now', 'noor@example.org', true],
    ['قالت مُحَمَّد هنا', 'محمد', true],
    ['noor el amrani', 'Noor El Amrani', true],
    ['Noors Beschwerde', 'Noor', true],
    ['Anatomy', 'Ana', false],
    ['a market', 'Mark', false],
    ['قلت لمحمد', 'محمد', true],
    ['Nooor', 'Noor', false],
    ['hi, it is noor again', 'Noor', true],
    ['Hi, they will pay.\n\nit is will', 'Will', true],
  ])('stands in “%s”: %s, %s', (text, name, found) => {
    expect(standingIn(text, [name])).toEqual(found ? [name] : []);
  });

  it.each<[string, string, boolean]>([
    ['Ask amrani, noor about it.', 'Noor el Amrani', true],
    ['Ask jose maria about it.', 'José María Pérez', true],
    ['PEREZ JOSE', 'José María Pérez', true],
    ['See @noorelamrani there.', 'Noor el Amrani', true],
    ['See Noor_El_Amrani.jpg there.', 'Noor el Amrani', true],
    ['Then na li came.', 'Li Na', true],
    ['We will grace them', 'Will Smith', false],
    ['Ve de la casa', 'María de la Cruz', false],
    ['我叫王 小明，', '王小明', true],
    ['我叫王小明，', '王·小明', true],
    ['جاء عبد الله', 'عبدالله', true],
    ['جاء عبدالله', 'عبد الله', true],
    ['An artist', 'Art Ist', false],
  ])('is told by “%s”: %s, %s', (text, name, found) => {
    expect(finds(text, person(name))).toBe(found);
  });

  const written = fc.constantFrom<(name: string) => string>(
    (name) => name,
    (name) => name.toLowerCase(),
    (name) => name.toUpperCase(),
    (name) => name.normalize('NFD'),
    (name) => name.normalize('NFD').replace(/[\u0300-\u036f]/gu, ''),
    (name) => name.split(' ').reverse().join(' '),
    (name) => name.split(' ').reverse().join(', ').toLowerCase(),
    (name) => [...name].join('\u200b'),
    (name) => name.replaceAll(' ', '\n'),
    (name) => name.replaceAll(' ', ''),
  );
  const noise = fc.array(fc.constantFrom(...NOISE), { maxLength: 5 }).map((words) => words.join(' '));

  it('is found however it is written, wherever it stands, among however many others', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...NAMES),
        written,
        noise,
        noise,
        fc.shuffledSubarray(NAMES),
        (name, write, before, after, others) => {
          const text = `Said: ${before} ${write(name)} ${after}`;
          const found = standingOf(
            text,
            [...others, name].map((each) => person(each)),
          );
          expect([text, found.length > 0]).toEqual([text, true]);
          // What is found is found to be masked, and stands there no more.
          expect(standingOf(maskText(text, found).text, [person(name)])).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is not found where it does not stand', () => {
    fc.assert(
      fc.property(noise, (text) =>
        expect(
          standingOf(
            `Said: ${text}`,
            NAMES.map((each) => person(each)),
          ),
        ).toEqual([]),
      ),
    );
  });
});

describe('a contact', () => {
  const SCRIPTS = ['0', '٠', '۰', '०', '０'].map((zero) => zero.codePointAt(0)!);
  const digits = fc.array(fc.nat(9), { minLength: 8, maxLength: 8 }).map((each) => `7${each.join('')}`);
  const between = fc.constantFrom('', '', ' ', '-', '.', '/', '(', ') ', ' - ', '\u200f', '\n', '\u00a0');
  const inScript = (text: string, zero: number) =>
    text.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));

  it('is a number with or without its country, in the digits of any script, with whatever between them', () => {
    fc.assert(
      fc.property(
        digits,
        fc.constantFrom('+49 1', '0049 1', '01', '1', '(0)1', ''),
        fc.array(between, { minLength: 9, maxLength: 9 }),
        fc.constantFrom(...SCRIPTS),
        fc.constantFrom(...SCRIPTS),
        (number, country, signs, left, typed) => {
          const spread = [...number].map((digit, at) => `${digit}${signs[at]}`).join('');
          const text = `In 2024 I said: ${inScript(country + spread, typed)} or so.`;
          const known = person(null, inScript(`+49 1${number}`, left));
          expect([text, finds(text, known)]).toEqual([text, true]);
          const other = `${number.slice(0, -1)}${(Number(number.at(-1)) + 1) % 10}`;
          expect([text, finds(text, person(null, `+49 1${other}`))]).toEqual([text, false]);
        },
      ),
    );
  });

  it.each<[string, string | null, string | null, boolean]>([
    ['Write to NOOR@Example.ORG.', 'noor@example.org', null, true],
    ['Write to ｎｏｏｒ＠example.org.', 'Noor@Example.org', null, true],
    ['Write to xnoor@example.org.', 'noor@example.org', null, false],
    ['Call 0170 1234567 at night.', 'Signal +49 (170) 123-45-67', null, true],
    ['Call my sister, 0170/1234567.', 'noor@example.org', 'Only via my sister: +49 170 1234567', true],
    ['Only in the evening.', 'noor@example.org', 'Only in the evening', false],
    ['Sie wohnt in der lindenstraße 5, 10115 berlin', 'Lindenstrasse 5, 10115 Berlin', null, true],
    ['It was on 12.03.2024.', '+49 170 1234567', null, false],
    ['Flat 10115 of 2024', '10115', null, true],
    ['Flat 1 01 15', '10115', null, false],
  ])('stands in “%s”: %s, %s, %s', (text, contact, beside, found) => {
    expect(finds(text, person(null, contact, beside))).toBe(found);
  });
});

describe('looking for names', () => {
  it.each([
    'a',
    '.',
    '@',
    'a@',
    '1',
    '1 ',
    '(',
    '王',
    '\u0301',
    '\u200b',
    'Noor ',
    'noor amrani ',
    'Noor\n\n',
  ])('is done soon in 100,000 characters of “%s”', (letters) => {
    const text = letters.repeat(100_000 / letters.length);
    const people = [person('Noor Amrani', 'noor@example.org'), person('王小明', '+49 170 1234567')];
    expect(finds(text, ...people)).toBe(/noor/i.test(letters));
  });
});
