import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { isCommonPassword } from '../../src/people/leaked-passwords';
import { passwordNeeds } from '../../src/people/password';

/** Near the top of every list of leaked passwords. */
const LEAKED = ['password', 'football', 'sunshine', 'qwerty', 'letmein', 'iloveyou', 'dragon', 'princess'];

/** What people do to a word that was refused. */
const CHANGES: [string, (word: string) => string][] = [
  ['as it is', (word) => word],
  ['in capitals', (word) => word.toUpperCase()],
  ['with one capital', (word) => word[0]!.toUpperCase() + word.slice(1)],
  ['with a year', (word) => `${word}2026`],
  ['with a year and a sign', (word) => `${word}-2026!`],
  ['with figures', (word) => `${word}123456789`],
  ['with signs', (word) => `${word}!!!???...`],
  ['behind figures', (word) => `2026${word}!`],
  ['with signs between', (word) => [...word].join('-')],
  ['twice', (word) => word + word],
  ['three times, with a figure', (word) => `${word}${word}${word}1`],
  ['with figures for letters', (word) => word.replaceAll('o', '0').replaceAll('e', '3').replaceAll('i', '1')],
  [
    'with signs for letters',
    (word) => `${word.replaceAll('a', '@').replaceAll('s', '$').replaceAll('l', '1')}2026!`,
  ],
  [
    'in wide letters',
    (word) => word.replaceAll(/[a-z]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
  ],
];

describe('a common password', () => {
  it.each(LEAKED)('is %s, whatever is usually done to it', (word) => {
    for (const [name, change] of CHANGES)
      expect([name, isCommonPassword(change(word))]).toEqual([name, true]);
  });

  it.each(
    (
      'Passwort-1234 MotDePasse!2026 contrasena12345 correct-horse-battery-staple 1qaz2wsx3edc4rfv zaq12wsxcde3 123456789012 ' +
      'administrator ILoveMyFamily changemenow1 redress-redress-2026 Sommer2026!!!! P@$$w0rd2026!! W31c0me_2026! qwertyuiop[]'
    ).split(' '),
  )('is %s', (password) => {
    expect(isCommonPassword(password)).toBe(true);
  });

  it.each([
    'seven quiet herons',
    'a long enough phrase for a test',
    'nine slow hedgehogs',
    'Vogelbeeren im Regal',
    'x7Kq-93mZ-tt1P',
    'dog 829104772615',
    'les nuages de mardi',
    'كلمات لا صلة بينها',
  ])('is not %s', (password) => {
    expect(isCommonPassword(password)).toBe(false);
    expect(passwordNeeds(password, { name: 'Ines', email: 'ines@example.org' })).toEqual([]);
  });

  it('is none of random letters, and answers for whatever was typed', () => {
    const letters = fc.string({
      unit: fc.constantFrom(...'bcdfghjkmnpqrtvwxz'),
      minLength: 14,
      maxLength: 20,
    });
    fc.assert(
      fc.property(letters, (text) => expect(isCommonPassword(text) && !/^(.+)\1+$/.test(text)).toBe(false)),
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 600 }), (text) => typeof isCommonPassword(text) === 'boolean'),
    );
  });

  it('comes from a list of tens of thousands, which nothing loads before somebody chooses a password', () => {
    const script = `
      require('${join(__dirname, '../records/typescript-child.js')}');
      const isLoaded = () => Object.keys(require.cache).some((path) => path.includes('zxcvbn'));
      const { isCommonPassword } = require('${join(__dirname, '../../src/people/leaked-passwords.ts')}');
      require('${join(__dirname, '../../src/people/password.ts')}');
      const before = isLoaded();
      isCommonPassword('x');
      console.log(JSON.stringify([before, isLoaded()]));`;
    expect(JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }))).toEqual([
      false,
      true,
    ]);
    const { dictionary } = jest.requireActual<typeof import('@zxcvbn-ts/language-common')>(
      '@zxcvbn-ts/language-common',
    );
    const list = dictionary['passwords-common'];
    expect(list.length).toBeGreaterThan(10_000);
    for (const each of list.filter(({ length }) => length >= 12))
      expect([each, isCommonPassword(each)]).toEqual([each, true]);
  });
});
