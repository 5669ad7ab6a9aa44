import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { type TransitAddress, TransitService } from '../../../src/vault/keys/transit-service';
import { TransitStandIn } from './transit-stand-in';

let standIn: TransitStandIn;

beforeEach(async () => {
  standIn = await TransitStandIn.start();
});
afterEach(() => standIn.stop());

function service(change: Partial<TransitAddress> = {}, patienceInMs?: number): TransitService {
  const { url, tokenFile } = standIn;
  return new TransitService(
    { url, key: 'redress', mount: 'transit', tokenFile, namespace: '', ...change },
    patienceInMs,
  );
}

const secret = randomBytes(200);

describe('the Transit engine as key service', () => {
  it('gives back what it sealed, byte for byte, in the same context only', async () => {
    const sealed = await service().seal(secret, 'this vault');
    expect(sealed).toMatch(/^vault:v1:/);
    expect((await service().unseal(sealed, 'this vault')).equals(secret)).toBe(true);
    await expect(service().unseal(sealed, 'other vault')).rejects.toThrow(
      /does not open the keys file with its key redress \(400: cipher: message authentication failed\)\. Put back/,
    );
  });

  it('is found under another mount, key and namespace', async () => {
    standIn.mount = 'team/transit';
    standIn.namespace = 'grievances/';
    standIn.keys = { 'ring-key': randomBytes(32) };
    const moved = service({ mount: 'team/transit', key: 'ring-key', namespace: 'grievances/' });
    expect((await moved.unseal(await moved.seal(secret, 'x'), 'x')).equals(secret)).toBe(true);
    await expect(service({ key: 'ring-key' }).seal(secret, 'x')).rejects.toThrow(
      /knows no transit\/encrypt\/ring-key \(404: no handler for route .*\)\. Mend KEY_SERVICE_MOUNT/,
    );
  });

  it('reads the token anew for each call, so that an agent may renew it', async () => {
    const same = service();
    const sealed = await same.seal(secret, 'x');
    standIn.token = 'hvs.renewed';
    await expect(same.unseal(sealed, 'x')).rejects.toThrow(
      /refused the token \(403: permission denied; invalid token\)/,
    );
    writeFileSync(standIn.tokenFile, 'hvs.renewed');
    expect((await same.unseal(sealed, 'x')).equals(secret)).toBe(true);
  });

  it.each<[string, (at: TransitStandIn) => void, RegExp]>([
    ['is sealed', (at) => (at.sealed = true), /is sealed or not ready \(503: Vault is sealed\)\. Unseal it/],
    [
      'does not know the token',
      (at) => (at.token = 'x'),
      /refused the token \(403.*Put a token that has not expired/,
    ],
    [
      'allows too little',
      (at) => (at.allowed = []),
      /\(403: 1 error occurred: \* permission denied\).*"update" on transit\/encrypt\/redress/,
    ],
    ['has no such key', (at) => (at.keys = {}), /refused the token \(403.*its policy needs/],
    ['has no such mount', (at) => (at.mount = 'other'), /knows no transit\/encrypt\/redress \(404/],
    [
      'stumbles',
      (at) => (at.instead = { status: 500, body: '{"errors":["internal error"]}' }),
      /answered 500: internal error\. Start it/,
    ],
    [
      'is something else',
      (at) => (at.instead = { status: 200, body: '<html>hello</html>' }),
      /gave an answer without a ciphertext\. Start it, or mend KEY_SERVICE_URL/,
    ],
    [
      'sends elsewhere',
      (at) => (at.instead = { status: 307, body: '', headers: { location: 'http://127.0.0.1:9/' } }),
      /answered 307\. Start it, or mend KEY_SERVICE_URL/,
    ],
  ])('says how to mend it when it %s', async (_, spoil, sentence) => {
    spoil(standIn);
    await expect(service().seal(secret, 'x')).rejects.toThrow(sentence);
  });

  it('says how to mend it when it gives no answer in time, or is not there', async () => {
    standIn.instead = 'silence';
    await expect(service({}, 100).seal(secret, 'x')).rejects.toThrow(
      /gave no answer within 0\.1 seconds\. See that it runs/,
    );
    await standIn.stop();
    writeFileSync(standIn.tokenFile.replace(/\/token$/, '-token'), 'x');
    const tokenFile = standIn.tokenFile.replace(/\/token$/, '-token');
    await expect(service({ tokenFile }).seal(secret, 'x')).rejects.toThrow(
      /cannot be reached \(ECONNREFUSED\)\. Start it/,
    );
    rmSync(tokenFile);
  });

  it.each([
    ['is empty', ''],
    ['holds more than a token', 'token: a b\nc'],
  ])('asks for a token when its file %s', async (_, content) => {
    writeFileSync(standIn.tokenFile, content);
    await expect(service().seal(secret, 'x')).rejects.toThrow(
      /token for the key service cannot be read from .*KEY_SERVICE_TOKEN_FILE/,
    );
    expect(standIn.requests).toBe(0);
  });

  it('tells neither token nor secret in any sentence', async () => {
    standIn.allowed = [];
    const said = await service().seal(secret, 'x').then(String, String);
    expect(said).toMatch(/403/);
    expect(said).not.toContain(standIn.token);
    expect(said).not.toContain(secret.toString('base64'));
  });
});
