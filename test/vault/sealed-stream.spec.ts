import { createSecretKey, randomBytes } from 'node:crypto';
import { Readable, type Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import fc from 'fast-check';
import { newKeyRing } from '../../src/vault/keys/key-ring';
import { KeysInUse } from '../../src/vault/keys/keys-in-use';
import { Vault } from '../../src/vault/vault';

const vault = new Vault(new KeysInUse(newKeyRing()));
const key = { ownerId: 'a', key: createSecretKey(randomBytes(32)) };
const FRAME = 65_536;
const SEALED_FRAME = FRAME + 16;
const HEADER = 17;

function inPieces(bytes: Buffer, size: number): Buffer[] {
  const pieces = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
  return pieces;
}

async function through(bytes: Buffer, stream: Transform, pieceSize = 50_000): Promise<Buffer> {
  let out = Buffer.alloc(0);
  await pipeline(Readable.from(inPieces(bytes, pieceSize)), stream, async (source) => {
    out = await buffer(source);
  });
  return out;
}

const seal = (bytes: Buffer, pieceSize?: number) =>
  through(bytes, vault.sealStream(key, 'file-1'), pieceSize);
const unseal = (bytes: Buffer, pieceSize?: number) =>
  through(bytes, vault.unsealStream(key, 'file-1'), pieceSize);

describe('a sealed file', () => {
  it.each([0, 1, 16, FRAME - 1, FRAME, FRAME + 1, 2 * FRAME, 3 * FRAME + 5])(
    'of %i bytes opens again',
    async (size) => {
      const bytes = randomBytes(size);
      const sealed = await seal(bytes);
      expect(sealed.length).toBe(HEADER + size + 16 * Math.max(1, Math.ceil(size / FRAME)));
      expect((await unseal(sealed)).equals(bytes)).toBe(true);
    },
  );

  it('opens however it arrives in pieces', async () => {
    const bytes = randomBytes(2 * FRAME + 77);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 700, max: 300_000 }),
        fc.integer({ min: 700, max: 300_000 }),
        async (a, b) => {
          expect((await unseal(await seal(bytes, a), b)).equals(bytes)).toBe(true);
        },
      ),
      { numRuns: 20 },
    );
    const short = randomBytes(40);
    expect((await unseal(await seal(short, 1), 1)).equals(short)).toBe(true);
  });

  it('does not hold what it seals', async () => {
    const bytes = Buffer.from('a telling sentence '.repeat(9000));
    expect((await seal(bytes)).includes('telling')).toBe(false);
  });

  it('does not open under another id or another key', async () => {
    const sealed = await seal(randomBytes(100));
    await expect(through(sealed, vault.unsealStream(key, 'file-2'))).rejects.toThrow(/does not open/);
    const other = { ownerId: 'a', key: createSecretKey(randomBytes(32)) };
    await expect(through(sealed, vault.unsealStream(other, 'file-1'))).rejects.toThrow(/does not open/);
  });

  it('does not open when any byte differs', async () => {
    const sealed = await seal(randomBytes(30));
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at]! ^= 1;
      await expect(unseal(changed)).rejects.toThrow(/does not open|cannot read/);
    }
  });

  it('does not open when it was cut off, lengthened, or frames were dropped, doubled or swapped', async () => {
    const sealed = await seal(randomBytes(3 * FRAME + 10));
    const head = sealed.subarray(0, HEADER);
    const frame = (n: number) => sealed.subarray(HEADER + n * SEALED_FRAME, HEADER + (n + 1) * SEALED_FRAME);
    const [first, second, third, last] = [frame(0), frame(1), frame(2), frame(3)];
    const wrong = {
      'nothing at all': [],
      'the header alone': [head],
      'cut at a frame': [head, first, second, third],
      'cut inside a frame': [head, first, second, third, last.subarray(0, -1)],
      'one byte more': [head, first, second, third, last, Buffer.of(0)],
      'the last frame twice': [head, first, second, third, last, last],
      'a frame dropped': [head, first, third, last],
      'a frame doubled': [head, first, first, second, third, last],
      'frames swapped': [head, second, first, third, last],
    };
    for (const [name, parts] of Object.entries(wrong))
      await expect([name, unseal(Buffer.concat(parts))][1]).rejects.toThrow(/does not open/);
  });
});
