import { randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { contentOf, idsOf, MB, type OpenStore, STORES, streamOf } from './stores';

describe.each(Object.entries(STORES))('sealed files in %s', (_, open) => {
  let opened: OpenStore;
  const id = 'b7c41f6e-0d52-4a38-9e1b-5c3f2a7d8e90';

  beforeEach(async () => {
    opened = await open();
  });

  afterEach(() => opened.close());

  it.each([0, 1, 65_536, 8 * MB - 1, 8 * MB, 8 * MB + 1, 17 * MB + 3])(
    'come back as they were, at %i bytes',
    async (size) => {
      const bytes = randomBytes(size);
      const pieces = [
        bytes.subarray(0, 5),
        Buffer.alloc(0),
        bytes.subarray(5, 3_000_000),
        bytes.subarray(3_000_000),
      ];
      await opened.store.write(id, Readable.from(pieces));
      expect((await contentOf(opened.store, id)).equals(bytes)).toBe(true);
    },
  );

  it('are listed until they are removed, which may be done twice', async () => {
    const { store } = opened;
    expect(await idsOf(store)).toEqual([]);
    await store.remove(id);
    const ids = [
      id,
      `${id}.original`,
      `${id}.working`,
      ...Array.from({ length: 5 }, () => randomUUID()),
    ].sort();
    for (const each of ids) await store.write(each, Readable.from([Buffer.from(each)]));
    expect(await idsOf(store)).toEqual(ids);
    for (const each of ids) expect((await contentOf(store, each)).toString()).toBe(each);
    await store.remove(id);
    await store.remove(id);
    expect(await idsOf(store)).toEqual(ids.filter((each) => each !== id));
    await expect(store.read(id)).rejects.toMatchObject({ name: 'Refusal', kind: 'not-found' });
    await store.write(id, streamOf(3));
    expect((await contentOf(store, id)).toString()).toBe('xxx');
  });

  it('say whether they are there, and since before when', async () => {
    const { store } = opened;
    // A folder keeps the day only, as noon: half a day to either side.
    const before = async (hours: number) => {
      const ids = [];
      for await (const each of store.storedBefore(new Date(Date.now() + hours * 3_600_000))) ids.push(each);
      return ids;
    };
    expect([await store.has(id), await before(13)]).toEqual([false, []]);
    await store.write(id, streamOf(3));
    expect([await store.has(id), await store.has(`${id}.working`)]).toEqual([true, false]);
    expect([await before(13), await before(-13)]).toEqual([[id], []]);
    await store.remove(id);
    expect([await store.has(id), await before(13)]).toEqual([false, []]);
  });

  it('are written once: the second write of an id is refused and changes nothing', async () => {
    const { store } = opened;
    await store.write(id, streamOf(10));
    for (const size of [10, 9 * MB]) {
      const second = streamOf(size, 'ends', 'y');
      await expect(store.write(id, second)).rejects.toMatchObject({ name: 'Refusal', kind: 'conflict' });
      expect(second.destroyed).toBe(true);
    }
    expect((await contentOf(store, id)).toString()).toBe('x'.repeat(10));
  });

  it('are written once also when eight writers come together', async () => {
    const letters = [...'abcdefgh'];
    const outcomes = await Promise.allSettled(
      letters.map((letter) => opened.store.write(id, streamOf(100_000, 'ends', letter))),
    );
    const won = letters.filter((_letter, at) => outcomes[at]!.status === 'fulfilled');
    expect(won).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ kind: 'conflict' });
    expect((await contentOf(opened.store, id)).toString()).toBe(won[0]!.repeat(100_000));
  });

  it.each([0, 100_000, 9 * MB])('leave nothing when their stream errs after %i bytes', async (size) => {
    const error = new Error('the upload broke off');
    await expect(opened.store.write(id, streamOf(size, error))).rejects.toBe(error);
    expect(await idsOf(opened.store)).toEqual([]);
    await expect(opened.store.read(id)).rejects.toMatchObject({ kind: 'not-found' });
    await opened.store.write(id, streamOf(3));
    expect((await contentOf(opened.store, id)).toString()).toBe('xxx');
  });

  it('leave nothing when their stream had erred before the write began', async () => {
    const error = new Error('broken from the start');
    const broken = streamOf(5).on('error', () => undefined);
    broken.destroy(error);
    await new Promise((closed) => broken.once('close', closed));
    await expect(opened.store.write(id, broken)).rejects.toBe(error);
    expect(await idsOf(opened.store)).toEqual([]);
  });

  it('leave nothing when their stream errs before its first byte was asked for', async () => {
    const error = new Error('broken at once');
    const stream = streamOf(5, 'hangs');
    const written = opened.store.write(id, stream);
    stream.destroy(error);
    await expect(written).rejects.toBe(error);
    expect(await idsOf(opened.store)).toEqual([]);
  });

  it('leave nothing when their stream is closed half way', async () => {
    const stream = streamOf(9 * MB, 'hangs');
    const written = opened.store.write(id, stream);
    setTimeout(() => stream.destroy(), 100);
    await expect(written).rejects.toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
    expect(await idsOf(opened.store)).toEqual([]);
  });

  it.each([
    '',
    '.',
    '../x',
    'a/b',
    '..%2fx',
    id.toUpperCase(),
    `${id}\n`,
    `${id}/`,
    `../${id}`,
    `${id}.txt`,
    `${id}.original.working`,
  ])('have no id like %j', async (wrong) => {
    const { store } = opened;
    await expect(store.write(wrong, streamOf(3))).rejects.toThrow(/is not the id of a sealed file/);
    await expect(store.read(wrong)).rejects.toThrow(/is not the id of a sealed file/);
    await expect(store.remove(wrong)).rejects.toThrow(/is not the id of a sealed file/);
    expect(await idsOf(store)).toEqual([]);
  });
});
