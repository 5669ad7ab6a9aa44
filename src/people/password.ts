import { hash, verify } from '@node-rs/argon2';
import type { UnmetNeed } from '../platform/refusal';
import { isCommonPassword } from './leaked-passwords';

export const SHORTEST_PASSWORD = 12;
const LONGEST_PASSWORD = 512;

// OWASP Password Storage Cheat Sheet (2025): Argon2id, 19 MiB, two passes, one lane. Argon2id is the library's default.
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

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
  if (length >= SHORTEST_PASSWORD && isTriedFirst(form.slice(0, LONGEST_PASSWORD)))
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

function isTriedFirst(form: string): boolean {
  return isCommonPassword(form) || /^(.{1,4})\1+$/u.test(form);
}

function bareForm(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
