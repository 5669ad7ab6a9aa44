// Sources: NIST SP 800-63B-4, 3.1.1.2 (a blocklist of commonly used passwords); the list of passwords found most often in leaks that
// zxcvbn-ts bundles.
import type { dictionary } from '@zxcvbn-ts/language-common';

/** Not in that list, which has few as long as ours must be: rows of keys, and words of languages and years of our own. */
const OWN =
  'passwort motdepasse contrasena 1234567890123 12345678901234 123456789012345 1234567890123456 12345678910111213 ' +
  '987654321098 a123456789012 abcd12345678 123456789abc 098765432109 0987654321qwe qwertyuiop qwertyuiopasdf ' +
  'qwertyuiopasdfghjkl q1w2e3r4t5y6u7 1q2w3e4r5t6y7u zaq12wsxcde3 zxcvbnm abcdefghijkl abcdefghijklm abcdefg ilovemyfamily ' +
  'changemenow correcthorsebatterystaple unknownpassword summer winter spring autumn sommer herbst welcome willkommen redress';

/** A shorter rest says nothing: what stands around it may well be random. */
const SHORTEST_CORE = 4;
const MOST_BEHIND = 16;

/** Figures and signs that stand for letters; a 1 for two of them. */
const LOOKALIKES = ['i', 'l'].map((one) => ({
  ...{ '@': 'a', '4': 'a', '3': 'e', '€': 'e', '0': 'o', '5': 's', $: 's', '7': 't', '+': 't', '8': 'b' },
  ...{ '1': one, '!': one, '|': one },
}));

/**
 * Whether this is among the first passwords that are tried: one of those found most often in leaks, in any case of letters, with signs
 * between, figures for letters, figures and signs before or behind, or several times over.
 */
export function isCommonPassword(password: string): boolean {
  const form = password.normalize('NFKC').toLowerCase();
  const known = commonPasswords();
  if (known.has(form)) return true;
  const forms = [
    form,
    ...shortened(form).flatMap((each) => LOOKALIKES.map((letters) => read(each, letters))),
  ];
  return forms
    .flatMap((each) => [each, each.replace(FIGURES_BEHIND, '').replace(FIGURES_BEFORE, '')])
    .map((each) => each.replace(/[^\p{L}\p{N}]/gu, ''))
    .some((core) => core.length >= SHORTEST_CORE && (known.has(core) || known.has(unitOf(core))));
}

const FIGURES_BEHIND = /[^\p{L}]+$/u;
const FIGURES_BEFORE = /^[^\p{L}]+/u;

/** With fewer and fewer of the figures and signs behind it: some stand for letters, and some are a year or a count. */
function shortened(form: string): string[] {
  const behind = FIGURES_BEHIND.exec(form)?.[0].slice(-MOST_BEHIND).length ?? 0;
  return Array.from({ length: behind + 1 }, (_, n) => form.slice(0, form.length - n));
}

function read(form: string, letters: Record<string, string>): string {
  return [...form].map((sign) => letters[sign] ?? sign).join('');
}

/** What a text repeats; itself when it does not. */
function unitOf(text: string): string {
  return /^(.+?)\1+$/u.exec(text)?.[1] ?? text;
}

let loaded: ReadonlySet<string> | null = null;

/** Read when the first password is chosen: a tenth of a second that no start has to wait for. */
function commonPasswords(): ReadonlySet<string> {
  return (loaded ??= new Set([...bundled(), ...OWN.split(' ')]));
}

function bundled(): readonly string[] {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above
  const list = require('@zxcvbn-ts/language-common') as { dictionary: typeof dictionary };
  return list.dictionary['passwords-common'];
}
