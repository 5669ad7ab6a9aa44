import { randomUUID } from 'node:crypto';
import { randomBytes } from './random';

/** Random, never time-ordered: an id must not tell when a complaint was lodged. */
export function newId(): string {
  return randomUUID();
}

/** A secret for a link, session or token: 256 random bits, base64url, 43 characters. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

const REFERENCE_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The public name of a case, `RD-7K3F-9QXM`: 40 random bits in Crockford base 32; tells nothing, opens nothing. */
export function newReference(): string {
  const letters = [...randomBytes(8)].map((byte) => REFERENCE_ALPHABET[byte % 32]).join('');
  return `RD-${letters.slice(0, 4)}-${letters.slice(4)}`;
}
