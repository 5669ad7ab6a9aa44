import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONSENT_CODES, consentRule } from '../../src/rules/consents';
import { LANGUAGES, say } from '../../src/words/words';

type Digests = Record<string, Record<string, string>>;

const FILE = join(__dirname, 'consent-texts.json');
const keyOf = (code: (typeof CONSENT_CODES)[number]) => `${code}@${consentRule(code).version}`;
const digestOf = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
const now: Digests = Object.fromEntries(
  CONSENT_CODES.map((code) => [
    keyOf(code),
    Object.fromEntries(LANGUAGES.map((language) => [language, digestOf(say(language, `consent.${code}`))])),
  ]),
);

/** What people agreed to. Words of a version that are in the file are never written anew, also not when golden files are; a further language is added. */
const kept = JSON.parse(readFileSync(FILE, 'utf8')) as Digests;
if (process.env.UPDATE_GOLDEN) {
  const all = { ...kept };
  for (const [version, digests] of Object.entries(now)) all[version] = { ...digests, ...kept[version] };
  writeFileSync(FILE, `${JSON.stringify(all, Object.keys(all).concat(LANGUAGES), 2)}\n`);
}

describe('The words of a consent', () => {
  it.each(CONSENT_CODES)('%s never change without a new version in rules/consents.ts', (code) => {
    expect({ [keyOf(code)]: kept[keyOf(code)] }).toEqual({ [keyOf(code)]: now[keyOf(code)] });
  });
});
