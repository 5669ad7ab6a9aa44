import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Turns, untilRead } from '../../src/platform/turns';

function later<T>() {
  let settle!: { resolve: (value: T) => void; reject: (error: Error) => void };
  const promise = new Promise<T>((resolve, reject) => (settle = { resolve, reject }));
  return { promise, ...settle };
}

describe('turns', () => {
  it('come one after the other, also after one that failed', async () => {
    const turns = new Turns(3, 'Too many.');
    const said: string[] = [];
    const [first, second] = [later<number>(), later<number>()];
    const one = turns.take(() => (said.push('first'), first.promise));
    const two = turns.take(() => (said.push('second'), second.promise));
    await Promise.resolve();
    expect(said).toEqual(['first']);
    first.reject(new Error('broken'));
    await expect(one).rejects.toThrow('broken');
    second.resolve(2);
    expect(await two).toBe(2);
    expect(said).toEqual(['first', 'second']);
  });

  it('are refused where too many are there, and given again when one has left', async () => {
    const turns = new Turns(2, 'Too many.');
    const [made, sent] = [later<string>(), later<void>()];
    const first = turns.take(
      () => made.promise,
      () => sent.promise,
    );
    const second = turns.take(() => Promise.resolve('second'));
    await expect(turns.take(() => Promise.resolve('third'))).rejects.toMatchObject({
      kind: 'unavailable',
      message: 'Too many.',
    });
    made.resolve('first');
    expect([await first, await second]).toEqual(['first', 'second']);
    // The first is still kept, and holds nobody up.
    expect(await turns.take(() => Promise.resolve('fourth'))).toBe('fourth');
    const [fifth, sixth] = [
      turns.take(() => Promise.resolve('fifth')),
      turns.take(() => Promise.resolve('sixth')),
    ];
    await expect(sixth).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await fifth).toBe('fifth');
    sent.reject(new Error('broke off'));
    await new Promise(setImmediate);
    await expect(Promise.all([1, 2].map((n) => turns.take(() => Promise.resolve(n))))).resolves.toEqual([
      1, 2,
    ]);
  });
});

describe('what is on its way out', () => {
  it('is gone when it was read, broke off, or took too long', async () => {
    const read = Readable.from([Buffer.from('a')]);
    const isRead = untilRead(read, 60_000);
    await buffer(read);
    await isRead;
    const broken = Readable.from([Buffer.from('a')]);
    const isBroken = untilRead(broken, 60_000);
    broken.destroy(new Error('reset'));
    await isBroken;
    const stalled = Readable.from([Buffer.from('a')]);
    await untilRead(stalled, 1);
    expect(stalled.destroyed).toBe(true);
  });
});
