import { createHash, randomBytes, randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** What lies outside the database: whoever has the database alone can open nothing and guess nothing. */
export interface VaultKeys {
  /** Names the key-encryption key in `data_keys`, so that a later key can be told from this one. */
  keyEncryptionKeyId: string;
  /** 32 bytes that wrap every data key. */
  keyEncryptionKey: Buffer;
  /** 32 bytes under which receipts, e-mail addresses and tokens are hashed; survives a change of the other key. */
  hashKey: Buffer;
}

/** Where the keys of this vault lie. */
export function keysFilePath(dataDir: string): string {
  return join(dataDir, 'keys', 'vault.key');
}

/**
 * Reads the keys file; `mayCreate` makes it first where there is none (owner-only rights; of two processes that start
 * at once both end with the same keys). Throws one sentence that says what is wrong and what to do; never repairs.
 */
export function openKeysFile(dataDir: string, mayCreate: boolean): VaultKeys {
  const path = keysFilePath(dataDir);
  if (!existsSync(path)) {
    if (!mayCreate)
      throw new Error(
        `The database holds sealed content, but its keys file ${path} is missing. Put the file back from your backup; nothing can be opened without it.`,
      );
    createKeysFile(dataDir, path);
  }
  refuseOpenRights(join(dataDir, 'keys'), 0o022, 'can be written by others', '700');
  refuseOpenRights(path, 0o077, 'can be read by others', '600');
  return parse(path, read(path));
}

function createKeysFile(dataDir: string, path: string): void {
  mkdirSync(join(dataDir, 'keys'), { recursive: true, mode: 0o700 });
  const keyEncryptionKey = randomBytes(32).toString('base64');
  const hashKey = randomBytes(32).toString('base64');
  const content = { version: 1, keyEncryptionKeyId: randomUUID(), keyEncryptionKey, hashKey };
  const text = JSON.stringify({ ...content, check: checkOf(content) }, null, 2) + '\n';
  const draft = `${path}.${randomUUID()}`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  // The name appears in one act and with its whole content: a second process sees no file or a finished one.
  try {
    linkSync(draft, path);
    const folder = openSync(join(dataDir, 'keys'), 'r');
    fsyncSync(folder);
    closeSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
}

function refuseOpenRights(path: string, forbidden: number, what: string, rights: string): void {
  // Windows has no such bits.
  if (process.platform === 'win32') return;
  if ((statSync(path).mode & forbidden) !== 0)
    throw new Error(
      `${path} ${what}. Run "chmod ${rights} ${path}", then start again; consider who may have had access.`,
    );
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      `The keys file ${path} cannot be read (${code}). Give the user that runs Redress the right to read it.`,
      { cause: error },
    );
  }
}

function parse(path: string, text: string): VaultKeys {
  const damaged = new Error(
    `The keys file ${path} is damaged. Put it back from your backup; do not edit it.`,
  );
  let content: Record<string, unknown>;
  try {
    content = JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw damaged;
  }
  if (content === null || typeof content !== 'object') throw damaged;
  const { version, keyEncryptionKeyId, keyEncryptionKey, hashKey, check } = content;
  if (version !== 1 || typeof keyEncryptionKeyId !== 'string') throw damaged;
  if (typeof keyEncryptionKey !== 'string' || typeof hashKey !== 'string') throw damaged;
  if (check !== checkOf({ version, keyEncryptionKeyId, keyEncryptionKey, hashKey })) throw damaged;
  const keys = {
    keyEncryptionKeyId,
    keyEncryptionKey: Buffer.from(keyEncryptionKey, 'base64'),
    hashKey: Buffer.from(hashKey, 'base64'),
  };
  if (keys.keyEncryptionKey.length !== 32 || keys.hashKey.length !== 32) throw damaged;
  return keys;
}

/** Finds a changed letter before a wrong hash key silently makes every receipt unknown. */
function checkOf(content: {
  version: number;
  keyEncryptionKeyId: string;
  keyEncryptionKey: string;
  hashKey: string;
}): string {
  const { version, keyEncryptionKeyId, keyEncryptionKey, hashKey } = content;
  return createHash('sha256')
    .update([version, keyEncryptionKeyId, keyEncryptionKey, hashKey].join('\n'))
    .digest('hex');
}
