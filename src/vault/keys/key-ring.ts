import { randomUUID } from 'node:crypto';
import { randomBytes } from '../../platform/random';

export const KEY_BYTES = 32;

/** Wraps data keys. `id` stands beside each of them in `data_keys`. */
export interface KeyEncryptionKey {
  id: string;
  key: Buffer;
}

/** What lies outside the database: whoever has the database alone can open nothing and guess nothing. */
export interface KeyRing {
  /** Oldest first. The last one wraps new data keys; more than one means that a change of keys is not finished. */
  keys: readonly KeyEncryptionKey[];
  /** 32 bytes under which receipts, e-mail addresses and tokens are hashed. Never changes: they would be lost. */
  hashKey: Buffer;
}

export function newKeyRing(): KeyRing {
  return { keys: [newKey()], hashKey: randomBytes(KEY_BYTES) };
}

export function withNewKey(ring: KeyRing): KeyRing {
  return { ...ring, keys: [...ring.keys, newKey()] };
}

export function withNewestAlone(ring: KeyRing): KeyRing {
  return { ...ring, keys: [newestOf(ring)] };
}

export function newestOf({ keys }: KeyRing): KeyEncryptionKey {
  return keys[keys.length - 1]!;
}

export function idsOf({ keys }: KeyRing): string[] {
  return keys.map(({ id }) => id);
}

function newKey(): KeyEncryptionKey {
  return { id: randomUUID(), key: randomBytes(KEY_BYTES) };
}
