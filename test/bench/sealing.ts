import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { Readable, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { newKeyRing } from '../../src/vault/keys/key-ring';
import { KeysInUse } from '../../src/vault/keys/keys-in-use';
import { Vault } from '../../src/vault/vault';
import { figure, type Figure } from './figures';

const ROUNDS = 5;
const FILE_BYTES = 64 * 1024 * 1024;
const PIECE_BYTES = 64 * 1024;
const VALUES = 20_000;
const VALUE = 'They stopped my benefit, and nobody could say why. '.repeat(10);

/** A file and many short texts, sealed and opened, each as a share of what bare AES-256-GCM does in the same round. */
export async function measureSealing(): Promise<Figure[]> {
  const vault = new Vault(new KeysInUse(newKeyRing()));
  const key = { ownerId: randomUUID(), key: createSecretKey(randomBytes(32)) };
  const file = randomBytes(FILE_BYTES);
  const sealed = await buffer(Readable.from(piecesOf(file)).pipe(vault.sealStream(key, 'file')));
  const place = { table: 'messages', column: 'textSealed', id: randomUUID() };
  const value = vault.seal(key, place, VALUE).sealed;
  const shares: Record<string, number[]> = {
    'sealing a file, against bare AES-256-GCM': [],
    'opening a file, against bare AES-256-GCM': [],
    'sealing a text of 510 bytes, against bare AES-256-GCM': [],
    'opening a text of 510 bytes, against bare AES-256-GCM': [],
  };
  const speeds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const bare = await secondsOf(() => encryptBare(file));
    const seal = await secondsOf(() =>
      pipeline(Readable.from(piecesOf(file)), vault.sealStream(key, 'file'), sink()),
    );
    const open = await secondsOf(() =>
      pipeline(Readable.from(piecesOf(sealed)), vault.unsealStream(key, 'file'), sink()),
    );
    const many = (work: () => unknown) => () => {
      for (let n = 0; n < VALUES; n++) work();
    };
    const plain = Buffer.from(VALUE);
    const bareValue = encryptedBare(key.key, plain);
    const bareSealing = await secondsOf(many(() => encryptedBare(key.key, plain)));
    const bareOpening = await secondsOf(many(() => decryptBare(key.key, bareValue)));
    const sealing = await secondsOf(many(() => vault.seal(key, place, VALUE)));
    const opening = await secondsOf(many(() => vault.unseal(key, place, value)));
    const shareOf = [bare / seal, bare / open, bareSealing / sealing, bareOpening / opening];
    for (const [at, share] of Object.values(shares).entries()) share.push(shareOf[at]! * 100);
    speeds.push(FILE_BYTES / 1e6 / seal);
  }
  return [
    ...Object.entries(shares).map(([name, share]) => figure(name, '%', share)),
    figure('sealing a file', 'MB/s', speeds),
  ];
}

async function secondsOf(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

function piecesOf(bytes: Buffer): Buffer[] {
  const pieces = [];
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) pieces.push(bytes.subarray(at, at + PIECE_BYTES));
  return pieces;
}

function sink(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

function encryptBare(bytes: Buffer): void {
  const cipher = createCipheriv('aes-256-gcm', randomBytes(32), randomBytes(12));
  for (const piece of piecesOf(bytes)) cipher.update(piece);
  cipher.final();
}

interface BareValue {
  nonce: Buffer;
  bytes: Buffer;
  tag: Buffer;
}

function encryptedBare(key: Parameters<typeof createCipheriv>[1], plain: Buffer): BareValue {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  return { nonce, bytes: Buffer.concat([cipher.update(plain), cipher.final()]), tag: cipher.getAuthTag() };
}

function decryptBare(key: Parameters<typeof createCipheriv>[1], { nonce, bytes, tag }: BareValue): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAuthTag(tag);
  return Buffer.concat([decipher.update(bytes), decipher.final()]);
}
