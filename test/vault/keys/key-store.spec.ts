import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { idsOf } from '../../../src/vault/keys/key-ring';
import { findKeyStore } from '../../../src/vault/keys/find-key-store';
import { TransitStandIn } from './transit-stand-in';

let dataDir: string;
let standIn: TransitStandIn;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'redress-store-'));
  standIn = await TransitStandIn.start();
});
afterEach(async () => {
  await standIn.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('the store of keys', () => {
  it('makes a ring at the first start only, and gives the same one ever after', async () => {
    const store = findKeyStore(dataDir, {});
    await expect(store.open(false)).rejects.toThrow(/is missing\. Put it back from your backup/);
    expect(store.file.exists()).toBe(false);
    const made = await store.open(true);
    expect(made.keys).toHaveLength(1);
    expect(await store.open(true)).toEqual(made);
    expect(await store.open(false)).toEqual(made);
    expect(store.storedIds()).toEqual(idsOf(made));
  });

  it('refuses a damaged file and leaves it as it is', async () => {
    const store = findKeyStore(dataDir, {});
    await store.open(true);
    const text = readFileSync(store.file.path, 'utf8').slice(0, -20);
    writeFileSync(store.file.path, text);
    await expect(store.open(true)).rejects.toThrow(/is damaged\. Put it back from your backup/);
    expect(() => store.storedIds()).toThrow(/is damaged/);
    expect(readFileSync(store.file.path, 'utf8')).toBe(text);
  });

  it('keeps nothing that can be used on disk when a key service seals it', async () => {
    const store = findKeyStore(dataDir, standIn.env);
    const made = await store.open(true);
    const onDisk = readFileSync(store.file.path, 'utf8');
    for (const { key } of made.keys) expect(onDisk).not.toContain(key.toString('base64'));
    expect(onDisk).not.toContain(made.hashKey.toString('base64'));
    expect(onDisk).toContain('vault:v1:');
    expect(statSync(store.file.path).mode & 0o777).toBe(0o600);
    expect(await store.open(false)).toEqual(made);
    const asked = standIn.requests;
    expect(store.storedIds()).toEqual(idsOf(made));
    expect(standIn.requests).toBe(asked);
  });

  it('opens a sealed file neither without its service, nor with another key, nor under other ids', async () => {
    const store = findKeyStore(dataDir, standIn.env);
    const { keys } = await store.open(true);
    await expect(findKeyStore(dataDir, {}).open(false)).rejects.toThrow(
      /is sealed by a key service\. Set KEY_SERVICE_URL/,
    );
    const other = await TransitStandIn.start();
    await expect(findKeyStore(dataDir, other.env).open(false)).rejects.toThrow(/does not open the keys file/);
    await other.stop();
    const { service, file } = store;
    const foreign = await service!.seal(Buffer.from('text'), `redress key ring ${keys[0]!.id}`);
    const content = JSON.parse(file.read()) as { sealed: string };
    writeFileSync(file.path, file.read().replace(content.sealed, foreign));
    await expect(store.open(false)).rejects.toThrow(/is damaged/);
  });

  it('refuses an open file where a key service is named, and says which command seals it', async () => {
    await findKeyStore(dataDir, {}).open(true);
    await expect(findKeyStore(dataDir, standIn.env).open(true)).rejects.toThrow(
      /lies open although KEY_SERVICE_URL is set\. Run "npm run redress -- rotate-keys --to-service"/,
    );
  });

  it('makes no file with a token that may seal and not open again, nor while the service is sealed', async () => {
    const store = findKeyStore(dataDir, standIn.env);
    standIn.allowed = ['encrypt'];
    await expect(store.open(true)).rejects.toThrow(/refused the token \(403/);
    standIn.sealed = true;
    await expect(store.open(true)).rejects.toThrow(/Vault is sealed/);
    expect(store.file.exists()).toBe(false);
  });

  it('refuses a token that lies open to others, and says how to mend it', async () => {
    const { KEY_SERVICE_TOKEN_FILE: path } = standIn.env;
    for (const mode of [0o644, 0o604, 0o620, 0o660, 0o602, 0o601, 0o777]) {
      chmodSync(path!, mode);
      expect(() => findKeyStore(dataDir, standIn.env)).toThrow(
        `${path} holds the token of the key service and is open to others. Run "chmod 640 ${path}"`,
      );
    }
    for (const mode of [0o640, 0o440, 0o600, 0o400]) {
      chmodSync(path!, mode);
      await expect(findKeyStore(dataDir, standIn.env).open(true)).resolves.toBeDefined();
    }
  });

  it.each([
    [{ KEY_SERVICE_URL: 'http://vault.example.org:8200' }, /KEY_SERVICE_URL must start with https:/],
    [{ KEY_SERVICE_URL: 'http://127.evil.example:8200' }, /KEY_SERVICE_URL must start with https:/],
    [{ KEY_SERVICE_URL: 'vault' }, /KEY_SERVICE_URL must start with https:/],
    [{ KEY_SERVICE_URL: 'https://vault.example.org' }, /KEY_SERVICE_TOKEN_FILE must name/],
    [
      { KEY_SERVICE_URL: 'https://v.example', KEY_SERVICE_TOKEN_FILE: 'x', KEY_SERVICE_MOUNT: '../sys' },
      /KEY_SERVICE_MOUNT is "\.\.\/sys"/,
    ],
  ])('names the setting to mend in %j', (env, sentence) => {
    expect(() => findKeyStore(dataDir, env)).toThrow(sentence);
  });
});
