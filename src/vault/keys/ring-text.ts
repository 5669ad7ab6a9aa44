import { createHash } from 'node:crypto';
import { idsOf, KEY_BYTES, type KeyRing } from './key-ring';

/** What a keys file holds: the ring itself, or the ring as an external key service has sealed it. The ids are no secret. */
export type RingText = { ids: string[] } & ({ ring: KeyRing } | { sealed: string });

/** The ring as it lies in a file of its own. */
export function writeRing(ring: KeyRing): string {
  const keys = ring.keys.map(({ id, key }) => ({ id, key: key.toString('base64') }));
  return checked({ version: 2, keys, hashKey: ring.hashKey.toString('base64') });
}

/** The ring as it lies in a file once a key service has sealed it. */
export function writeSealedRing(ids: string[], sealed: string): string {
  return checked({ version: 2, ids, sealed });
}

/** Null when any letter differs from what was written. */
export function readRingText(text: string): RingText | null {
  try {
    const content = JSON.parse(text) as Record<string, unknown>;
    if (content.version === 1) return readFirstVersion(content);
    const { check, ...checkedContent } = content;
    if (content.version !== 2 || check !== checkOf(checkedContent)) return null;
    return typeof content.sealed === 'string'
      ? { ids: content.ids as string[], sealed: content.sealed }
      : asRing(content.keys as WrittenKey[], content.hashKey as string);
  } catch {
    return null;
  }
}

interface WrittenKey {
  id: string;
  key: string;
}

/** Version 1 held one key-encryption key. */
function readFirstVersion(content: Record<string, unknown>): RingText | null {
  const { version, keyEncryptionKeyId: id, keyEncryptionKey: key, hashKey } = content;
  const check = createHash('sha256').update([version, id, key, hashKey].join('\n')).digest('hex');
  if (content.check !== check || typeof id !== 'string') return null;
  return asRing([{ id, key: key as string }], hashKey as string);
}

function asRing(written: WrittenKey[], hashKey: string): RingText | null {
  const ring = {
    keys: written.map(({ id, key }) => ({ id, key: Buffer.from(key, 'base64') })),
    hashKey: Buffer.from(hashKey, 'base64'),
  };
  const lengths = [ring.hashKey, ...ring.keys.map(({ key }) => key)].map(({ length }) => length);
  if (ring.keys.length === 0 || lengths.some((length) => length !== KEY_BYTES)) return null;
  return { ids: idsOf(ring), ring };
}

/** The check finds a changed letter before a wrong hash key silently makes every receipt unknown. */
function checked(content: object): string {
  return JSON.stringify({ ...content, check: checkOf(content) }, null, 2) + '\n';
}

function checkOf(content: object): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
