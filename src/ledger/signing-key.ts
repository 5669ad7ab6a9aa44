import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { newId } from '../platform/ids';

const ED25519 = 0x01;

/** Ed25519 key that signs statements and checkpoints, kept in a file outside the database. */
export class SigningKey {
  private readonly publicBytes: Buffer;
  private readonly keyHash: Buffer;

  constructor(
    private readonly privateKey: KeyObject,
    readonly origin: string,
  ) {
    const der = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
    this.publicBytes = Buffer.concat([Buffer.from([ED25519]), der.subarray(-32)]);
    this.keyHash = createHash('sha256')
      .update(`${origin}\n`)
      .update(this.publicBytes)
      .digest()
      .subarray(0, 4);
  }

  /** Verifier key in the form of C2SP signed notes: `origin+keyhash+base64`. */
  get verifierKey(): string {
    return `${this.origin}+${this.keyHash.toString('hex')}+${this.publicBytes.toString('base64')}`;
  }

  /** A C2SP signed note over a text that ends in a newline. */
  note(text: string): string {
    const signature = sign(null, Buffer.from(text, 'utf8'), this.privateKey);
    return `${text}\n— ${this.origin} ${Buffer.concat([this.keyHash, signature]).toString('base64')}\n`;
  }
}

/** The text of a note whose signature by this verifier key holds; null when it does not. */
export function openNote(verifierKey: string, note: string): string | null {
  const [origin = '', hash = '', ...rest] = verifierKey.split('+');
  const publicBytes = Buffer.from(rest.join('+'), 'base64');
  const split = note.lastIndexOf('\n\n— ');
  if (split < 0 || publicBytes.length !== 33 || publicBytes[0] !== ED25519) return null;
  const text = note.slice(0, split + 1);
  const key = createPublicKey({
    key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), publicBytes.subarray(1)]),
    format: 'der',
    type: 'spki',
  });
  const signer = `— ${origin} `;
  // A note may carry signatures of others, also under the same name: what counts is one that holds under this key.
  const holds = note
    .slice(split + 2)
    .split('\n')
    .filter((line) => line.startsWith(signer))
    .map((line) => Buffer.from(line.slice(signer.length), 'base64'))
    .some(
      (signed) =>
        signed.length === 68 &&
        signed.subarray(0, 4).toString('hex') === hash &&
        verify(null, Buffer.from(text, 'utf8'), key, signed.subarray(4)),
    );
  return holds ? text : null;
}

/**
 * Reads `keys/ledger.key` in the data folder, or makes it at the first start, readable by its owner only. Where a key has signed already
 * (`hasSigned`) another is no way out: to auditors its log would be one that nobody promised. Throws a sentence then.
 */
export function readSigningKey(dataDir: string, publicUrl: string, hasSigned = false): SigningKey {
  const folder = join(dataDir, 'keys');
  const path = join(folder, 'ledger.key');
  if (!existsSync(path) && hasSigned)
    throw new Error(
      `The key ${path} is missing, with which the log of this database was signed. Put it back from your backup: under another key no checkpoint and no statement that was given out would hold.`,
    );
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!existsSync(path)) createKeyFile(path);
  if ((statSync(path).mode & 0o077) !== 0)
    throw new Error(`${path} can be read by others than its owner. Run: chmod 600 ${path}`);
  return new SigningKey(privateKeyIn(path), `${new URL(publicUrl).host}/redress`);
}

function privateKeyIn(path: string): KeyObject {
  let key: KeyObject | null = null;
  try {
    key = createPrivateKey(readFileSync(path, 'utf8'));
  } catch {
    // Told below: an error of the parser could show a piece of the key.
  }
  if (key?.asymmetricKeyType !== 'ed25519')
    throw new Error(`${path} is not an Ed25519 key. Put back the file that this database was used with.`);
  return key;
}

/** Two processes that start at once end up with one key: the first link wins. */
function createKeyFile(path: string): void {
  const draft = `${path}.${newId()}`;
  const { privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  chmodSync(draft, 0o600);
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
}
