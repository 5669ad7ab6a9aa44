import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import { randomBytes } from '../platform/random';

export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;

/** AES-256-GCM; ciphertext ‖ tag. A nonce must never serve twice under one key. */
export function encrypt(key: KeyObject, nonce: Buffer, associated: Buffer, plaintext: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES }).setAAD(associated);
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** The plaintext; null when key, nonce, associated data or any byte differ from what was encrypted. */
export function decrypt(key: KeyObject, nonce: Buffer, associated: Buffer, boxed: Buffer): Buffer | null {
  if (boxed.length < TAG_BYTES || nonce.length !== NONCE_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(associated).setAuthTag(boxed.subarray(boxed.length - TAG_BYTES));
  const plaintext = decipher.update(boxed.subarray(0, boxed.length - TAG_BYTES));
  try {
    return Buffer.concat([plaintext, decipher.final()]);
  } catch {
    return null;
  }
}

const VERSION = 1;

/** base64(version ‖ nonce ‖ ciphertext ‖ tag) under a fresh random nonce. */
export function box(key: KeyObject, associated: string, plaintext: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES);
  const boxed = encrypt(key, nonce, Buffer.from(associated), plaintext);
  return Buffer.concat([Buffer.of(VERSION), nonce, boxed]).toString('base64');
}

/** Opens what `box` made; null when anything differs, down to the spelling of the base64. */
export function unbox(key: KeyObject, associated: string, text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length < 1 + NONCE_BYTES + TAG_BYTES || bytes[0] !== VERSION) return null;
  if (bytes.toString('base64') !== text) return null;
  const nonce = bytes.subarray(1, 1 + NONCE_BYTES);
  return decrypt(key, nonce, Buffer.from(associated), bytes.subarray(1 + NONCE_BYTES));
}
