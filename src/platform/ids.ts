import { randomUUID } from 'node:crypto';
import { randomBytes } from './random';

/** Random, never time-ordered: an id must not tell when a complaint was lodged. */
export function newId(): string {
  return randomUUID();
}

/** Whether a text is one that `newId` could have made. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text);
}

let place = randomBytes(6).readUIntBE(0, 6);

/**
 * Random like `newId`, but the ids of one run of the program follow each other from a random start: rows that are stored one after the
 * other lie side by side in every index, which saves a durable commit a good part of its pages. It tells no day and no time, only what
 * the order of the rows tells anyway.
 */
export function newIdInOrder(): string {
  place = (place + 1) % 2 ** 48;
  const ahead = place.toString(16).padStart(12, '0');
  return `${ahead.slice(0, 8)}-${ahead.slice(8)}-8${randomUUID().slice(15)}`;
}

/** A secret for a link, session or token: 256 random bits, base64url, 43 characters. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Random letters and digits of Crockford base 32, five bits each. */
export function randomLetters(count: number): string {
  return [...randomBytes(count)].map((byte) => ALPHABET[byte % 32]).join('');
}

/** The public name of a case, `RD-7K3F-9QXM`: 40 random bits; tells nothing, opens nothing. */
export function newReference(): string {
  return `RD-${randomLetters(4)}-${randomLetters(4)}`;
}
