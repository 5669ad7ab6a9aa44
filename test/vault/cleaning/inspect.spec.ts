import { randomBytes } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { clean } from '../../../src/vault/cleaning/clean';
import { inspect } from '../../../src/vault/cleaning/inspect';
import type { Inspection } from '../../../src/vault/cleaning/inspection';
import { HEAD_BYTES, TAIL_BYTES } from '../../../src/vault/cleaning/ends-of-file';
import { docx, pdf, revised } from './documents';
import { picture, withMetadata } from './pictures';
import { mp3, wav } from './recordings';

const LIMITS = { timeInMs: 60_000, heapInMb: 256 };
const given = (content: Buffer, toClean = true): Inspection => ({
  content: new Uint8Array(content),
  toClean,
});
const ends = (content: Buffer): Inspection => ({
  head: new Uint8Array(content.subarray(0, HEAD_BYTES)),
  tail: new Uint8Array(content.subarray(-TAIL_BYTES)),
});
/** A thread that says what it is told and then never ends. */
const hangs = (says: string) => () =>
  new Worker(`require('node:worker_threads').parentPort.postMessage(${says}); for (;;);`, { eval: true });

describe('a file in a thread of its own', () => {
  it.each([
    ['JPEG', 'image/jpeg', () => withMetadata(picture()).jpeg().toBuffer()],
    ['PDF', 'application/pdf', () => pdf()],
    [
      'Word document',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      () => docx(),
    ],
    ['WAV', 'audio/wav', async () => wav()],
  ] as const)('is cleaned as it is without one: %s', async (_, type, make) => {
    const content = await make();
    const { mediaType, cleaned } = await inspect(given(content));
    expect(mediaType).toBe(type);
    expect(cleaned).toEqual(await clean(content, type));
  });

  it('is only told when nobody wants a copy, and neither when it is of no kind that is taken', async () => {
    expect(await inspect(given(await pdf(), false))).toEqual({ mediaType: 'application/pdf', cleaned: null });
    expect(await inspect(given(Buffer.from('<svg/>')))).toEqual({ mediaType: null, cleaned: null });
  });

  it('is told by its ends when it is too large', async () => {
    const film = Buffer.concat([Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp42'), randomBytes(HEAD_BYTES)]);
    const long = (start: Buffer) => Buffer.concat([start, Buffer.alloc(HEAD_BYTES + TAIL_BYTES)]);
    const told = async (content: Buffer) => (await inspect(ends(content))).mediaType;
    expect(await told(film)).toBe('video/mp4');
    expect(await told(long(await pdf()))).toBe('application/pdf');
    expect(await told(long(mp3()))).toBe('audio/mpeg');
    for (const refused of [
      Buffer.concat([long(await pdf()), await docx()]),
      await docx({ 'word/media/a.bin': randomBytes(HEAD_BYTES) }),
      Buffer.alloc(HEAD_BYTES, 'a letter '),
      Buffer.concat([Buffer.from('MZ'), randomBytes(HEAD_BYTES)]),
    ])
      expect(await told(refused)).toBeNull();
  });

  it('is held back when it would never end, while others go on', async () => {
    let answered = 0;
    const beat = setInterval(() => (answered += 1), 5);
    const { mediaType, cleaned } = await inspect(
      given(Buffer.from('slow')),
      { ...LIMITS, timeInMs: 500 },
      hangs(`{ mediaType: 'application/pdf' }`),
    );
    clearInterval(beat);
    expect([mediaType, cleaned]).toEqual(['application/pdf', { kind: 'held', why: 'TOO-COSTLY' }]);
    expect(answered).toBeGreaterThan(0);
  });

  it('is not taken when not even its kind can be told in time', async () => {
    const start = () => new Worker('for (;;);', { eval: true });
    expect(
      (await inspect(given(Buffer.from('slow')), { ...LIMITS, timeInMs: 200 }, start)).mediaType,
    ).toBeNull();
  });

  it('is held back when it takes more memory than a file may, and the next one passes', async () => {
    const plain = await pdf({ useObjectStreams: false });
    const root = Number(/\/Root (\d+)/.exec(plain.toString('latin1'))![1]);
    const content = revised(plain, root, `[${'[1 2] '.repeat(400_000)}]`);
    const { mediaType, cleaned } = await inspect(given(content), { ...LIMITS, heapInMb: 40 });
    expect([mediaType, cleaned]).toEqual(['application/pdf', { kind: 'held', why: 'TOO-COSTLY' }]);
    expect((await inspect(given(await pdf()))).cleaned).toMatchObject({ kind: 'cleaned' });
  });

  it('is no reason to hide that no thread starts', async () => {
    const start = () => new Worker(`throw new Error('no such program')`, { eval: true });
    await expect(inspect(given(Buffer.from('a')), LIMITS, start)).rejects.toThrow('no such program');
  });
});
