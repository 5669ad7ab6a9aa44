import { createHash, randomUUID } from 'node:crypto';
import { idsOf, newKeyRing, withNewestAlone, withNewKey } from '../../../src/vault/keys/key-ring';
import { readRingText, writeRing, writeSealedRing } from '../../../src/vault/keys/ring-text';

const ring = withNewKey(newKeyRing());

/** As the first version of the program wrote it. */
function firstVersion(): string {
  const [{ key, id }] = ring.keys as [{ key: Buffer; id: string }];
  const written = [1, id, key.toString('base64'), ring.hashKey.toString('base64')] as const;
  const [version, keyEncryptionKeyId, keyEncryptionKey, hashKey] = written;
  const check = createHash('sha256').update(written.join('\n')).digest('hex');
  return JSON.stringify({ version, keyEncryptionKeyId, keyEncryptionKey, hashKey, check }, null, 2) + '\n';
}

const texts: [string, string][] = [
  ['of version 2', writeRing(ring)],
  ['of version 1', firstVersion()],
  ['that a key service has sealed', writeSealedRing(idsOf(ring), 'vault:v1:c2VhbGVk')],
];

describe('the text of a key ring', () => {
  it('gives back the ring', () => {
    expect(readRingText(writeRing(ring))).toEqual({ ids: idsOf(ring), ring });
    const [first] = ring.keys;
    expect(readRingText(firstVersion())).toEqual({
      ids: [first!.id],
      ring: { keys: [first], hashKey: ring.hashKey },
    });
    expect(readRingText(writeSealedRing(['a', 'b'], 'vault:v1:x'))).toEqual({
      ids: ['a', 'b'],
      sealed: 'vault:v1:x',
    });
  });

  it.each(texts)('%s is refused when it was cut off anywhere', (_, text) => {
    // The last sign is the end of the line: without it nothing is missing.
    for (let length = 0; length < text.length - 1; length += 1)
      expect([length, readRingText(text.slice(0, length))]).toEqual([length, null]);
    expect(readRingText(text.slice(0, -1))).toEqual(readRingText(text));
  });

  it.each(texts)('%s is refused when any letter or digit of it was changed', (_, text) => {
    for (let at = 0; at < text.length; at += 1) {
      if (!/[A-Za-z0-9+/:-]/.test(text[at]!)) continue;
      const changed = text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
      expect([at, readRingText(changed)]).toEqual([at, null]);
    }
  });

  it.each(['', 'null', '[]', '{}', '{"version":1}', '{"version":2}', '{"version":3}', 'text', '1'])(
    'is refused when it is %j',
    (text) => expect(readRingText(text)).toBeNull(),
  );

  it('is refused with a key of another length, or without any', () => {
    const short = { id: randomUUID(), key: Buffer.alloc(31) };
    expect(readRingText(writeRing({ ...ring, keys: [short] }))).toBeNull();
    expect(readRingText(writeRing({ ...ring, keys: [] }))).toBeNull();
    expect(readRingText(writeRing({ ...ring, hashKey: Buffer.alloc(33) }))).toBeNull();
    expect(readRingText(writeRing(withNewestAlone(ring)))).not.toBeNull();
  });
});
