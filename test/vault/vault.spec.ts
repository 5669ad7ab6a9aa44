import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { Refusal } from '../../src/platform/refusal';
import { newestOf, newKeyRing, withNewKey } from '../../src/vault/keys/key-ring';
import { KeysInUse } from '../../src/vault/keys/keys-in-use';
import { wrap } from '../../src/vault/keys/wrapping';
import { type CaseKey, Vault } from '../../src/vault/vault';

function newVault(): Vault {
  return new Vault(new KeysInUse(newKeyRing()));
}

function newKey(): CaseKey {
  return { ownerId: randomUUID(), key: createSecretKey(randomBytes(32)) };
}

const vault = newVault();
const key = newKey();
const place = { table: 'cases', column: 'narrativeSealed', id: '5ab0a1a4-0000-4000-8000-000000000001' };

describe('a sealed value', () => {
  it('gives back any well-formed text byte for byte', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { sealed, commitment } = vault.seal(key, place, text);
        expect(vault.unseal(key, place, sealed)).toBe(text);
        expect(commitment).toMatch(/^[0-9a-f]{64}$/);
        expect(vault.commitmentOf(key, place, sealed)).toBe(commitment);
      }),
    );
  });

  it.each(['', '\0', 'e\u0301 stays decomposed', '\u00e9 stays composed', '\u202eabc', '😀'.repeat(5000)])(
    'keeps %j as it was written',
    (text) => expect(vault.unseal(key, place, vault.seal(key, place, text).sealed)).toBe(text),
  );

  it('refuses half a character instead of changing it silently', () => {
    expect(() => vault.seal(key, place, 'a\ud800b')).toThrow(Refusal);
  });

  it('differs each time, and so does its commitment', () => {
    const [one, two] = [vault.seal(key, place, 'same'), vault.seal(key, place, 'same')];
    expect(one.sealed).not.toBe(two.sealed);
    expect(one.commitment).not.toBe(two.commitment);
  });

  it.each([
    ['another row', { ...place, id: '5ab0a1a4-0000-4000-8000-000000000002' }],
    ['another column', { ...place, column: 'desiredOutcomeSealed' }],
    ['another table', { ...place, table: 'messages' }],
  ])('does not open in %s', (_, elsewhere) => {
    const { sealed } = vault.seal(key, place, 'text');
    expect(() => vault.unseal(key, elsewhere, sealed)).toThrow(/changed or moved/);
    expect(() => vault.commitmentOf(key, elsewhere, sealed)).toThrow(/changed or moved/);
  });

  it('does not open under another key', () => {
    const { sealed } = vault.seal(key, place, 'text');
    expect(() => vault.unseal(newKey(), place, sealed)).toThrow(/changed or moved/);
  });

  it('does not open when any bit of any byte differs', () => {
    const bytes = Buffer.from(vault.seal(key, place, 'short').sealed, 'base64');
    for (let at = 0; at < bytes.length; at += 1)
      for (const bit of [1, 128]) {
        const changed = Buffer.from(bytes);
        changed[at]! ^= bit;
        expect(() => vault.unseal(key, place, changed.toString('base64'))).toThrow(/changed or moved/);
      }
  });

  it('does not open when its letters differ although they decode to the same bytes, or when it is cut', () => {
    const { sealed } = vault.seal(key, place, 'text');
    for (const changed of [`${sealed} `, `\n${sealed}`, sealed.slice(0, -4), sealed.slice(4), '', 'AQ=='])
      expect(() => vault.unseal(key, place, changed)).toThrow(/changed or moved/);
  });
});

describe('a keyed hash', () => {
  it('is the same for the same value, and another for another purpose, value or vault', () => {
    const hash = vault.hash('email', 'a@example.org');
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(vault.hash('email', 'a@example.org')).toBe(hash);
    expect(vault.hash('receipt', 'a@example.org')).not.toBe(hash);
    expect(vault.hash('email', 'b@example.org')).not.toBe(hash);
    expect(newVault().hash('email', 'a@example.org')).not.toBe(hash);
  });
});

describe('a value sealed under a secret', () => {
  it('opens for who brings the secret again, in the same context and on the same server only', () => {
    const sealed = vault.sealUnder('secret', 'answer', '{"a":"é"}');
    expect(vault.unsealUnder('secret', 'answer', sealed)).toBe('{"a":"é"}');
    expect(() => vault.unsealUnder('Secret', 'answer', sealed)).toThrow(/does not open/);
    expect(() => vault.unsealUnder('secret', 'other', sealed)).toThrow(/does not open/);
    expect(() => newVault().unsealUnder('secret', 'answer', sealed)).toThrow(/does not open/);
  });
});

describe('a wrapped data key', () => {
  const ring = withNewKey(newKeyRing());
  const [old] = ring.keys;
  const dataKey = randomBytes(32);
  const owned = { ownerId: randomUUID(), ownerKind: 'case' };
  const row = { ...owned, ...wrap({ id: old!.id, key: createSecretKey(old!.key) }, owned, dataKey) };
  const keeper = new Vault(new KeysInUse(ring));

  it('opens under any key of the ring', () => {
    expect(keeper.unwrap(row).key.export().equals(dataKey)).toBe(true);
  });

  it('does not open when any bit of its version, nonce, ciphertext or tag differs', () => {
    const bytes = Buffer.from(row.wrappedKey, 'base64');
    expect(bytes).toHaveLength(1 + 12 + 32 + 16);
    for (let at = 0; at < bytes.length; at += 1)
      for (const bit of [1, 128]) {
        const changed = Buffer.from(bytes);
        changed[at]! ^= bit;
        expect(() => keeper.unwrap({ ...row, wrappedKey: changed.toString('base64') })).toThrow(
          /does not open the data key/,
        );
      }
  });

  it.each([
    ['under the id of another key of the ring', { keyEncryptionKeyId: newestOf(ring).id }],
    ['under an id that the ring does not have', { keyEncryptionKeyId: randomUUID() }],
    ['in the row of another owner', { ownerId: randomUUID() }],
    ['in a row of another kind', { ownerKind: 'person' }],
  ])('does not open %s', (_, change) => {
    expect(() => keeper.unwrap({ ...row, ...change })).toThrow(/does not open the data key/);
  });
});
