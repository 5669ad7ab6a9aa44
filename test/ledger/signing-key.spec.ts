import { generateKeyPairSync } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { Ledger } from '../../src/ledger/ledger.service';
import { openNote, readSigningKey, SigningKey } from '../../src/ledger/signing-key';
import { openSignedNote } from './signed-note';

const PUBLIC_URL = 'https://redress.example.org';

let dataDir: string;
let path: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'redress-signing-key-'));
  path = join(dataDir, 'keys', 'ledger.key');
});

afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const newKey = (origin = 'redress.example.org/redress') =>
  new SigningKey(generateKeyPairSync('ed25519').privateKey, origin);

describe('the file of the signing key', () => {
  it('is made once, for its owner alone, and gives the same key after every restart', () => {
    const made = readSigningKey(dataDir, PUBLIC_URL);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataDir, 'keys')).mode & 0o777).toBe(0o700);
    const text = readFileSync(path, 'utf8');
    const again = readSigningKey(dataDir, PUBLIC_URL);
    expect(again.verifierKey).toBe(made.verifierKey);
    expect(openSignedNote(made.verifierKey, again.note('text\n'))).toBe('text\n');
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(readdirSync(join(dataDir, 'keys'))).toEqual(['ledger.key']);
  });

  it('is made for its owner alone whatever rights new files get by default', () => {
    const before = process.umask(0);
    try {
      readSigningKey(dataDir, PUBLIC_URL);
    } finally {
      process.umask(before);
    }
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('holds another key in every data folder', () => {
    const other = join(dataDir, 'other');
    expect(readSigningKey(dataDir, PUBLIC_URL).verifierKey).not.toBe(
      readSigningKey(other, PUBLIC_URL).verifierKey,
    );
  });

  it.each([0o640, 0o604, 0o644, 0o660, 0o602])('is refused with rights %o, and says what to run', (mode) => {
    readSigningKey(dataDir, PUBLIC_URL);
    chmodSync(path, mode);
    expect(() => readSigningKey(dataDir, PUBLIC_URL)).toThrow(
      `${path} can be read by others than its owner. Run: chmod 600 ${path}`,
    );
    chmodSync(path, 0o600);
    expect(() => readSigningKey(dataDir, PUBLIC_URL)).not.toThrow();
  });

  it.each([
    ['nothing', ''],
    ['a word', 'key'],
    [
      'a key of another kind',
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
    ],
    [
      'a key of a sister kind',
      generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'pem' }),
    ],
  ])('is refused when it holds %s, and is left as it is', (_, text) => {
    mkdirSync(join(dataDir, 'keys'), { mode: 0o700 });
    writeFileSync(path, text, { mode: 0o600 });
    expect(() => readSigningKey(dataDir, PUBLIC_URL)).toThrow(
      `${path} is not an Ed25519 key. Put back the file that this database was used with.`,
    );
    expect(readFileSync(path, 'utf8')).toBe(text);
  });
});

describe('a signed note', () => {
  it('opens with nothing but its format and the published key', () => {
    const key = readSigningKey(dataDir, PUBLIC_URL);
    expect(key.verifierKey).toMatch(/^redress\.example\.org\/redress\+[0-9a-f]{8}\+AQ?[A-Za-z0-9+/]+=*$/);
    const note = key.note('first line\nsecond — with a dash\n\nthird after an empty one\n');
    expect(note).toMatch(/\n\n— redress\.example\.org\/redress [A-Za-z0-9+/]+=*\n$/);
    expect(openSignedNote(key.verifierKey, note)).toBe(
      'first line\nsecond — with a dash\n\nthird after an empty one\n',
    );
  });

  it('is a lodging statement with origin, reference and the leaf hash of the first entry', () => {
    const ledger = new Ledger(readSigningKey(dataDir, PUBLIC_URL));
    const leaf = 'ab'.repeat(32);
    const text = openSignedNote(ledger.verifierKey, ledger.statement('RD-7K3F-9QXM', leaf));
    expect(text.split('\n')).toEqual([
      'redress lodging statement v1',
      'redress.example.org/redress',
      'RD-7K3F-9QXM',
      Buffer.from(leaf, 'hex').toString('base64'),
      '',
    ]);
  });

  it('is a lodging statement that names each file that came with the complaint', () => {
    const ledger = new Ledger(readSigningKey(dataDir, PUBLIC_URL));
    const files = ['cd'.repeat(32), 'ef'.repeat(32)];
    const text = openSignedNote(ledger.verifierKey, ledger.statement('RD-7K3F-9QXM', 'ab'.repeat(32), files));
    expect(text.split('\n').slice(4)).toEqual([`file 1 sha256 ${files[0]}`, `file 2 sha256 ${files[1]}`, '']);
  });

  it('is read by our own reader as by the independent one', () => {
    const texts = fc.array(fc.stringMatching(/^[^\p{Cc}]*$/u), { minLength: 1 });
    fc.assert(
      fc.property(texts, (lines) => {
        const key = newKey();
        const text = `${lines.join('\n')}\n`.replaceAll(/\p{Cs}/gu, '');
        const note = key.note(text);
        expect(openNote(key.verifierKey, note)).toBe(text);
        expect(openSignedNote(key.verifierKey, note)).toBe(text);
      }),
    );
  });

  it('does not open when a character of its text or signature is another one', () => {
    const key = newKey();
    const note = key.note(`${key.origin}\n7\n${Buffer.alloc(32, 7).toString('base64')}\n`);
    const signature = note.lastIndexOf(' ') + 1;
    // The last characters before the newline hold the padding of the base64 text.
    const last = note.length - 4;
    fc.assert(
      fc.property(fc.nat(last), fc.constantFrom(...'AZaz09/ '), (at, letter) => {
        fc.pre(note[at] !== letter && (at < signature || letter !== ' '));
        const forged = note.slice(0, at) + letter + note.slice(at + 1);
        expect(openNote(key.verifierKey, forged)).toBeNull();
        expect(() => openSignedNote(key.verifierKey, forged)).toThrow();
      }),
      { numRuns: 500 },
    );
  });

  it('does not open with the key of another, also of another with the same name', () => {
    const [ours, theirs] = [newKey(), newKey()];
    expect(openNote(theirs.verifierKey, ours.note('text\n'))).toBeNull();
    expect(openNote(newKey('elsewhere.example/redress').verifierKey, ours.note('text\n'))).toBeNull();
    expect(openNote('', ours.note('text\n'))).toBeNull();
    expect(openNote(ours.verifierKey, 'text\n')).toBeNull();
  });

  it('opens when others have signed it too, before or after, even under the same name', () => {
    const [ours, witness, namesake] = [newKey(), newKey('witness.example'), newKey()];
    const line = (key: SigningKey) => key.note('text\n').split('\n\n')[1]!;
    for (const signers of [
      [witness, ours],
      [namesake, ours],
      [ours, namesake, witness],
    ]) {
      const note = `text\n\n${signers.map(line).join('')}`;
      expect(openNote(ours.verifierKey, note)).toBe('text\n');
      expect(openSignedNote(ours.verifierKey, note)).toBe('text\n');
    }
    expect(openNote(ours.verifierKey, `text\n\n${line(witness)}${line(namesake)}`)).toBeNull();
  });
});
