import { randomBytes } from 'node:crypto';
import { deflateRawSync, deflateSync } from 'node:zlib';
import { clean } from '../../../src/vault/cleaning/clean';
import { HeldBack } from '../../../src/vault/cleaning/cleaned';
import type { MediaType } from '../../../src/vault/cleaning/media-type';
import { PdfFile } from '../../../src/vault/cleaning/pdf-file';
import { Unfolding } from '../../../src/vault/cleaning/unfolding';
import { ZipFiles } from '../../../src/vault/cleaning/zip';
import { docx, pdf } from './documents';
import { noise } from './pictures';

const WORD: MediaType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const why = (act: () => unknown): string => {
  try {
    act();
    return 'passed';
  } catch (error) {
    if (error instanceof HeldBack) return error.why;
    throw error;
  }
};

describe('what unfolds', () => {
  const limits = { inAll: 1_000_000, times: 200, timesCountFrom: 100_000 };

  it.each([true, false])('is what was folded, and is counted (with a header: %s)', (wrapped) => {
    const unfolding = new Unfolding(limits);
    const fold = wrapped ? deflateSync : deflateRawSync;
    for (const length of [0, 1, 5_000, 90_000])
      expect(unfolding.inflate(fold(noise(length)), wrapped).equals(noise(length))).toBe(true);
    expect(unfolding.bytes).toBe(95_001);
    expect(why(() => unfolding.inflate(noise(50), wrapped))).toBe('BROKEN');
  });

  it('stops when one piece becomes many times as long, though it is far from the limit of all', () => {
    const unfolding = new Unfolding(limits);
    expect(why(() => unfolding.inflate(deflateSync(Buffer.alloc(500_000)), true))).toBe('BOMB');
    expect(why(() => unfolding.inflate(deflateSync(Buffer.alloc(100_000)), true))).toBe('passed');
    expect(why(() => unfolding.check(1_000, 200_001))).toBe('BOMB');
    expect(why(() => unfolding.check(1_000, 200_000))).toBe('passed');
    expect(unfolding.bytes).toBe(100_000);
  });

  it('stops when all pieces together become too much, however many there are', () => {
    const unfolding = new Unfolding(limits);
    const piece = deflateSync(noise(90_000));
    const outcomes = Array.from({ length: 50 }, () => why(() => unfolding.inflate(piece, true)));
    expect(outcomes.filter((outcome) => outcome === 'passed')).toHaveLength(11);
    expect(unfolding.bytes).toBe(990_000);
  });

  it('is never more than the directory of an archive says', () => {
    expect(why(() => new Unfolding().inflate(deflateRawSync(noise(101)), false, 100))).toBe('BOMB');
  });
});

describe('a hostile file', () => {
  /** Folds to a little more than a hundredth. */
  const loose = Buffer.concat([randomBytes(60_000), Buffer.alloc(6_000_000, ' ')]);

  it('that unfolds to more than a file may is held back before anything of it is unfolded', async () => {
    const parts = Object.fromEntries(Array.from({ length: 17 }, (_, at) => [`word/${at}.xml`, loose]));
    const content = await docx(parts);
    const unfolding = new Unfolding();
    expect(why(() => new ZipFiles(content, unfolding))).toBe('BOMB');
    expect(unfolding.bytes).toBe(0);
    expect(await clean(content, WORD)).toEqual({ kind: 'held', why: 'BOMB' });
  });

  it('unfolds nothing that no link leads to', async () => {
    const content = await docx({ 'word/a.xml': loose, 'word/b.xml': loose });
    const unfolding = new Unfolding();
    const files = new ZipFiles(content, unfolding);
    for (const name of files.names()) if (!/word\/[ab]\.xml/.test(name)) files.get(name);
    expect(unfolding.bytes).toBeLessThan(100_000);
    expect((await clean(content, WORD)).kind).toBe('cleaned');
  });

  it('of PDF unfolds no more than a file may, one stream after the other', async () => {
    const file = new PdfFile(await pdf());
    const stream = deflateSync(Buffer.alloc(9_900_000));
    const outcomes = Array.from({ length: 20 }, () => why(() => file.inflate(stream)));
    expect(outcomes).toEqual([...Array<string>(10).fill('passed'), ...Array<string>(10).fill('BOMB')]);
  });
});
