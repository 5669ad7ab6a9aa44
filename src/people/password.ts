import { hash, verify } from '@node-rs/argon2';
import type { UnmetNeed } from '../platform/refusal';

export const SHORTEST_PASSWORD = 12;
const LONGEST_PASSWORD = 512;

// OWASP Password Storage Cheat Sheet (2025): Argon2id, 19 MiB, two passes, one lane. Argon2id is the library's default.
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Passwords of twelve or more characters that stand near the top of every list of leaked ones, letters and digits only. */
const COMMON = new Set(
  (
    'password1234 password12345 password123456 passwordpassword passw0rd1234 passwort1234 passwort12345 motdepasse123 ' +
    'contrasena123 123456789012 1234567890123 12345678901234 123456789012345 1234567890123456 12345678910111213 ' +
    '123456789abc 123456789qwe 987654321098 098765432109 0987654321qwe qwertyuiop12 qwertyuiop123 qwertyuiop1234 ' +
    'qwertyuiopasdf qwertyuiopasdfghjkl qwerty123456 qwerty1234567 qwerty12345678 1qaz2wsx3edc 1qaz2wsx3edc4rfv ' +
    'q1w2e3r4t5y6 q1w2e3r4t5y6u7 1q2w3e4r5t6y 1q2w3e4r5t6y7u qazwsxedcrfv qazwsxedc123 zaq12wsxcde3 asdfghjkl123 ' +
    'zxcvbnm12345 abcdefghijkl abcdefghijklm abcdefg12345 abcd12345678 abc123456789 a123456789012 letmein12345 ' +
    'letmein123456 welcome12345 welcome123456 iloveyou1234 iloveyou12345 ilovemyfamily administrator administrator1 ' +
    'administrator123 admin1234567 admin12345678 adminadminadmin rootrootroot changeme1234 changemenow1 ' +
    'correcthorsebatterystaple trustno1trustno1 sunshine1234 princess1234 football1234 baseball1234 superman1234 ' +
    'dragon123456 monkey123456 master123456 shadow123456 michael12345 liverpool123 manchester123 summer202612 ' +
    'unknownpassword redressredress redress12345 redress123456'
  ).split(' '),
);

/** Everything that keeps a new password from being accepted, as sentences; empty when it is good. */
export function passwordNeeds(
  password: string,
  { name, email }: { name: string; email: string },
): UnmetNeed[] {
  const needs: UnmetNeed[] = [];
  const need = (code: string, sentence: string): number =>
    needs.push({ name: `password.${code}`, field: 'password', sentence });
  const form = password.normalize('NFKC');
  const length = [...form].length;
  if (length < SHORTEST_PASSWORD)
    need(
      'short',
      `Use at least ${SHORTEST_PASSWORD} characters for the password; a few unrelated words are good.`,
    );
  if (length > LONGEST_PASSWORD) need('long', `Use at most ${LONGEST_PASSWORD} characters for the password.`);
  const bare = bareForm(form);
  if (COMMON.has(bare) || /^(.{1,4})\1+$/u.test(form))
    need('common', 'Choose another password: this one is among the first that are tried.');
  const own = [name, email, email.split('@')[0] ?? ''].map(bareForm);
  if (bare !== '' && own.includes(bare))
    need('own', 'Choose a password that is not your name or e-mail address.');
  return needs;
}

/** Argon2id in its own text form, salt included. About 20 ms: never call it inside a change. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), ARGON2);
}

/** Whether this is the password; a text that is no hash counts as no. */
export async function isPassword(passwordHash: string, password: string): Promise<boolean> {
  if (password.length > 4 * LONGEST_PASSWORD) return false;
  return verify(passwordHash, password.normalize('NFKC')).catch(() => false);
}

function bareForm(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
