import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { S3Settings } from '../../../src/vault/store/s3-requests';
import { S3Store } from '../../../src/vault/store/s3-store';
import { contentOf, idsOf, MB, streamOf } from './stores';
import { type Behaviour, type Call, StubS3 } from './stub-s3';

let stub: StubS3;
const id = randomUUID();
const SMALL = 100_000;
const LARGE = 9 * MB;

beforeEach(async () => {
  stub = await StubS3.start();
});

afterEach(() => stub.close());

/** A store that does not wait long. */
function storeWith(changed: Partial<S3Settings> = {}, silenceInMs = 5000): S3Store {
  return new S3Store({ ...stub.settings, ...changed }, { silenceInMs, pauseInMs: 1 });
}

/** Behaves like this the first `times` that a call of this name comes. */
function first(times: number, name: string, behaviour: Behaviour): (call: Call) => Behaviour {
  return (call) => (call.name === name && call.n <= times ? behaviour : 'serve');
}

const CALLS = [
  ['HEAD', SMALL],
  ['PUT', SMALL],
  ['POST uploads', LARGE],
  ['PUT partNumber', LARGE],
  ['POST uploadId', LARGE],
] as const;

describe('a bucket of sealed files', () => {
  it('takes a short file in one call and a long one in parts of 8 MB', async () => {
    const store = storeWith();
    await store.write(id, streamOf(8 * MB));
    expect(stub.calls).toEqual(['HEAD', 'PUT']);
    stub.calls.length = 0;
    await store.write(`${id}.working`, streamOf(LARGE));
    const parts = ['PUT partNumber', 'PUT partNumber'];
    expect(stub.calls).toEqual(['HEAD', 'POST uploads', ...parts, 'POST uploadId']);
    expect([...stub.objects.keys()]).toEqual([`house/${id}`, `house/${id}.working`]);
  });

  it('lists its own files only, however many pages they fill', async () => {
    const store = storeWith();
    const ids = Array.from({ length: 8 }, () => randomUUID()).sort();
    for (const each of ids) await store.write(each, streamOf(1));
    const foreign = { bytes: Buffer.of(1), write: '' };
    for (const key of ['house/notes.txt', `house/deeper/${id}`, `other/${id}`])
      stub.objects.set(key, foreign);
    expect(await idsOf(store)).toEqual(ids);
    expect(await idsOf(storeWith({ prefix: '' }))).toEqual([]);
  });

  it('does not list a part of what an endless answer holds', async () => {
    for (let at = 0; at < 3; at += 1)
      stub.objects.set(`house/${'x'.repeat(2 * MB)}${at}`, { bytes: Buffer.of(1), write: '' });
    await expect(idsOf(storeWith())).rejects.toMatchObject({ cause: { code: 'AnswerTooLong' } });
  });

  it.each(CALLS)('bears it that %s fails twice', async (name, size) => {
    for (const behaviour of [{ status: 500, code: 'InternalError' }, 'hang-up', 'lose-answer'] as const) {
      const each = randomUUID();
      stub.calls.length = 0;
      stub.behave = first(2, name, behaviour);
      const bytes = randomBytes(size);
      await storeWith().write(each, Readable.from([bytes]));
      expect(stub.calls.filter((call) => call === name).length).toBeGreaterThan(2);
      expect(stub.objects.get(`house/${each}`)!.bytes.equals(bytes)).toBe(true);
    }
  });

  it.each(['GET', 'DELETE', 'GET list-type'])('bears it that %s fails twice', async (name) => {
    const store = storeWith();
    await store.write(id, streamOf(3));
    for (const behaviour of [{ status: 503, code: 'SlowDown' }, 'hang-up'] as const) {
      stub.calls.length = 0;
      stub.behave = first(2, name, behaviour);
      if (name === 'GET') expect((await contentOf(store, id)).toString()).toBe('xxx');
      else if (name === 'DELETE') await store.remove(id);
      else expect(await idsOf(store)).toEqual([id]);
      expect(stub.calls).toEqual(Array(3).fill(name));
    }
  });

  it.each(CALLS)('keeps nothing readable when %s fails for good', async (name, size) => {
    for (const behaviour of [{ status: 500, code: 'InternalError' }, 'hang-up'] as const) {
      stub.calls.length = 0;
      stub.behave = first(Infinity, name, behaviour);
      const stream = streamOf(size);
      await expect(storeWith().write(id, stream)).rejects.toMatchObject({
        kind: 'unavailable',
        message: expect.stringMatching(/could not be kept: the file store does not answer/) as string,
        cause: { name: 'S3Problem' },
      });
      expect(stub.calls.filter((call) => call === name)).toHaveLength(4);
      expect(stream.destroyed).toBe(true);
      expect([stub.objects.size, stub.uploads.size]).toEqual([0, 0]);
    }
  });

  it('takes an error that comes after the status 200 for what it is', async () => {
    stub.behave = first(1, 'POST uploadId', 'late-error');
    await storeWith().write(id, streamOf(LARGE));
    expect(stub.calls.filter((call) => call === 'POST uploadId')).toHaveLength(2);
    expect(stub.objects.get(`house/${id}`)!.bytes).toHaveLength(LARGE);
  });

  it.each([SMALL, LARGE])('gives up on a server that is silent, with a file of %i bytes', async (size) => {
    stub.behave = ({ name }) => (name.startsWith('P') && name !== 'POST uploads' ? 'silent' : 'serve');
    await expect(storeWith({}, 250).write(id, streamOf(size))).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringMatching(/does not answer \(ETIMEDOUT\)/) as string,
    });
    expect([stub.objects.size, stub.uploads.size]).toEqual([0, 0]);
  });

  it('aborts the upload when the stream errs', async () => {
    const error = new Error('the upload broke off');
    await expect(storeWith().write(id, streamOf(LARGE, error))).rejects.toBe(error);
    expect(stub.calls).toContain('POST uploads');
    expect(stub.calls.at(-1)).toBe('DELETE uploadId');
    expect([stub.objects.size, stub.uploads.size]).toEqual([0, 0]);
  });

  it('tells why the stream broke off also when the upload cannot be aborted', async () => {
    stub.behave = first(Infinity, 'DELETE uploadId', { status: 500, code: 'InternalError' });
    const error = new Error('the upload broke off');
    await expect(storeWith().write(id, streamOf(LARGE, error))).rejects.toBe(error);
    expect(stub.objects.size).toBe(0);
  });

  it('holds no readable part of a file whose process was killed', async () => {
    const child = spawn(process.execPath, [
      '-r',
      join(__dirname, '../../records/typescript-child.js'),
      join(__dirname, 'write-from-child.ts'),
      's3',
      JSON.stringify(stub.settings),
      id,
      'endless',
    ]);
    const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
    while (stub.calls.length < 4) await new Promise((next) => setTimeout(next, 5));
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    expect([stub.objects.size, stub.uploads.size]).toEqual([0, 1]);
    await expect(storeWith().read(id)).rejects.toMatchObject({ kind: 'not-found' });
    expect(await idsOf(storeWith())).toEqual([]);
    await storeWith().write(id, streamOf(3));
    expect((await contentOf(storeWith(), id)).toString()).toBe('xxx');
  });

  it.each([SMALL, LARGE])('lets one of eight processes win, with files of %i bytes', async (size) => {
    const letters = [...'abcdefgh'];
    const outcomes = await Promise.allSettled(
      letters.map((letter) => storeWith().write(id, streamOf(size, 'ends', letter))),
    );
    expect(stub.calls.slice(0, 8)).toEqual(Array(8).fill('HEAD'));
    const won = letters.filter((_letter, at) => outcomes[at]!.status === 'fulfilled');
    expect(won).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ kind: 'conflict' });
    expect((await contentOf(storeWith(), id)).equals(Buffer.alloc(size, won[0]))).toBe(true);
    expect(stub.uploads.size).toBe(0);
  });

  it.each(['ignored', 'not-implemented'] as const)(
    'refuses a second write also where conditions are %s',
    async (conditions) => {
      stub.conditions = conditions;
      for (const size of [SMALL, LARGE]) {
        const each = randomUUID();
        await storeWith().write(each, streamOf(size));
        await expect(storeWith().write(each, streamOf(size, 'ends', 'y'))).rejects.toMatchObject({
          kind: 'conflict',
        });
        expect((await contentOf(storeWith(), each)).equals(Buffer.alloc(size, 'x'))).toBe(true);
      }
    },
  );

  it('errs while it is read when the server closes in the middle', async () => {
    const store = storeWith();
    await store.write(id, streamOf(MB));
    stub.behave = first(1, 'GET', 'cut');
    await expect(contentOf(store, id)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await contentOf(store, id)).toHaveLength(MB);
  });

  it('does not take a slow reader for a silent server', async () => {
    await storeWith().write(id, streamOf(20 * MB));
    const content = await storeWith({}, 250).read(id);
    await new Promise((later) => setTimeout(later, 600));
    let size = 0;
    for await (const chunk of content as AsyncIterable<Buffer>) size += chunk.length;
    expect(size).toBe(20 * MB);
  });

  it('holds a few parts of a long file in memory, never all of it', async () => {
    stub.keepsContent = false;
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const held = (): number => {
      collectGarbage();
      const { heapUsed, external } = process.memoryUsage();
      return heapUsed + external;
    };
    const before = held();
    let peak = 0;
    let samples = 0;
    const content = function* (): Generator<Buffer> {
      for (let at = 0; at < 70 * 16; at += 1) {
        yield Buffer.alloc(65_536, at);
        if (at % 64 !== 63) continue;
        peak = Math.max(peak, held());
        samples += 1;
      }
    };
    await storeWith().write(id, Readable.from(content()));
    expect(samples).toBe(17);
    expect(stub.calls.filter((call) => call === 'PUT partNumber')).toHaveLength(9);
    expect(peak - before).toBeLessThan(32 * MB);
  });
});

describe('the server that checks signatures', () => {
  const refused = (sentence: RegExp) => ({
    kind: 'unavailable',
    message: expect.stringMatching(sentence) as string,
    cause: { name: 'S3Problem' },
  });

  async function refusalOf(store: S3Store, sentence: RegExp, method: 'write' | 'all' = 'all'): Promise<void> {
    await expect(store.write(id, streamOf(SMALL))).rejects.toMatchObject(refused(sentence));
    expect(stub.objects.size).toBe(0);
    if (method === 'write') return;
    await expect(store.read(id)).rejects.toMatchObject(refused(sentence));
    await expect(store.remove(id)).rejects.toMatchObject(refused(sentence));
    await expect(idsOf(store)).rejects.toMatchObject(refused(sentence));
  }

  it('refuses a wrong secret and a wrong key', async () => {
    await refusalOf(
      storeWith({ secretAccessKey: 'wrong' }),
      /answered 403.* check EVIDENCE_S3_ACCESS_KEY_ID/,
    );
    await refusalOf(storeWith({ accessKeyId: 'WRONG' }), /answered 403.* check EVIDENCE_S3_ACCESS_KEY_ID/);
    expect(stub.calls.some((call) => call === 'PUT')).toBe(false);
  });

  it('refuses content that changed on the way, in one call or in a part', async () => {
    stub.behave = ({ name }) => (name.startsWith('PUT') ? 'garble' : 'serve');
    for (const size of [SMALL, LARGE])
      await expect(storeWith().write(id, streamOf(size))).rejects.toMatchObject(
        refused(/answered 400 \(XAmzContentSHA256Mismatch\)/),
      );
    expect([stub.objects.size, stub.uploads.size]).toEqual([0, 0]);
  });

  it.each([-1, 1])('refuses a date that differs by %i hours', async (hours) => {
    stub.now = () => new Date(Date.now() + hours * 3_600_000);
    const store = storeWith();
    await expect(idsOf(store)).rejects.toMatchObject(
      refused(/\(RequestTimeTooSkewed\).* set its clock right/),
    );
    await expect(store.read(id)).rejects.toMatchObject(refused(/set its clock right/));
    // An answer to HEAD has no body, so nothing but the status is known.
    await expect(store.write(id, streamOf(3))).rejects.toMatchObject(refused(/answered 403/));
    expect(stub.objects.size).toBe(0);
  });

  it('refuses a wrong region and a wrong bucket', async () => {
    await expect(idsOf(storeWith({ region: 'eu-other-1' }))).rejects.toMatchObject(
      refused(/set EVIDENCE_S3_REGION/),
    );
    const store = storeWith({ bucket: 'other' });
    for (const failing of [idsOf(store), store.read(id), store.remove(id), store.write(id, streamOf(3))])
      await expect(failing).rejects.toMatchObject(refused(/EVIDENCE_S3_BUCKET/));
  });

  it('is named by setting when it cannot be reached', async () => {
    const { endpoint } = stub.settings;
    await stub.close();
    stub = await StubS3.start();
    await refusalOf(storeWith({ endpoint }), /does not answer \(ECONNREFUSED\).* EVIDENCE_S3_ENDPOINT/);
  });

  it('gives away neither key, signature nor address in an error', async () => {
    const stores = [
      storeWith({ secretAccessKey: 'wrong-secret' }),
      storeWith({ bucket: 'other' }),
      storeWith({ endpoint: 'http://127.0.0.1:1' }),
    ];
    for (const store of stores) {
      const failures = await Promise.all(
        [store.write(id, streamOf(3)), store.read(id), store.remove(id), idsOf(store)].map((outcome) =>
          outcome.then(
            () => 'no failure',
            (error: Error) => JSON.stringify([error.message, String(error.cause), error.cause, error.stack]),
          ),
        ),
      );
      for (const failure of failures) {
        expect(failure).toContain('S3Problem');
        expect(failure).not.toMatch(/STUBKEYID42|secret-|AWS4|signature=|https?:|127\.0\.0\.1/i);
      }
    }
  });
});
