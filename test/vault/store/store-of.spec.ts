import { FolderStore } from '../../../src/vault/store/folder-store';
import type { S3Settings } from '../../../src/vault/store/s3-requests';
import { S3Store } from '../../../src/vault/store/s3-store';
import { storeOf } from '../../../src/vault/store/store-of';

const EMPTY: S3Settings = {
  endpoint: '',
  region: '',
  bucket: '',
  accessKeyId: '',
  secretAccessKey: '',
  prefix: '',
};
const SET: S3Settings = {
  endpoint: 'https://s3.example.org',
  region: 'eu-central-1',
  bucket: 'redress-evidence',
  accessKeyId: 'AKID',
  secretAccessKey: 'a+b/c=',
  prefix: 'redress/evidence/',
};

const storeWith = (changed: Partial<S3Settings>) =>
  storeOf({ dataDir: '/nowhere', s3: { ...SET, ...changed } });

describe('the store that is set', () => {
  it('is a folder when nothing is set, and a bucket when an endpoint is', () => {
    expect(storeOf({ dataDir: '/nowhere', s3: EMPTY })).toBeInstanceOf(FolderStore);
    expect(storeOf({ dataDir: '/nowhere', s3: { ...EMPTY, region: 'eu-central-1' } })).toBeInstanceOf(
      FolderStore,
    );
    expect(storeWith({})).toBeInstanceOf(S3Store);
    expect(storeWith({ endpoint: 'http://localhost:9000/', region: '', prefix: '' })).toBeInstanceOf(S3Store);
  });

  it.each(['bucket', 'accessKeyId', 'secretAccessKey', 'prefix'] as const)(
    'is none when only %s is set',
    (name) => {
      expect(() => storeOf({ dataDir: '/nowhere', s3: { ...EMPTY, [name]: SET[name] } })).toThrow(
        /^EVIDENCE_S3_ENDPOINT is empty although/,
      );
    },
  );

  it.each([
    ['endpoint', 's3.example.org', /^EVIDENCE_S3_ENDPOINT is not an address alone; set it to/],
    ['endpoint', 'ftp://s3.example.org', /^EVIDENCE_S3_ENDPOINT/],
    ['endpoint', 'https://s3.example.org/bucket', /^EVIDENCE_S3_ENDPOINT/],
    ['endpoint', 'https://s3.example.org/?a', /^EVIDENCE_S3_ENDPOINT/],
    ['bucket', '', /^EVIDENCE_S3_BUCKET is ""; set it to/],
    ['bucket', 'a/../b', /^EVIDENCE_S3_BUCKET/],
    ['bucket', 'Evidence', /^EVIDENCE_S3_BUCKET/],
    ['region', 'eu central', /^EVIDENCE_S3_REGION is "eu central"; set it to/],
    ['accessKeyId', '', /^EVIDENCE_S3_ACCESS_KEY_ID is empty/],
    ['secretAccessKey', '', /^EVIDENCE_S3_SECRET_ACCESS_KEY is empty/],
    ['secretAccessKey', 'a b', /^EVIDENCE_S3_SECRET_ACCESS_KEY/],
    ['prefix', 'redress', /^EVIDENCE_S3_PREFIX is "redress"; set it to/],
    ['prefix', '/redress/', /^EVIDENCE_S3_PREFIX/],
    ['prefix', '../', /^EVIDENCE_S3_PREFIX/],
  ] as const)('is refused with %s %j', (name, text, sentence) => {
    expect(() => storeWith({ [name]: text })).toThrow(sentence);
  });

  it('does not repeat a secret in its sentence', () => {
    for (const changed of [{ endpoint: 'https://me:hush@s3.example.org' }, { secretAccessKey: 'hush hush' }])
      try {
        storeWith(changed);
        throw new Error('no sentence');
      } catch (error) {
        expect((error as Error).message).toMatch(/^EVIDENCE_S3_/);
        expect((error as Error).message).not.toContain('hush');
      }
  });
});
