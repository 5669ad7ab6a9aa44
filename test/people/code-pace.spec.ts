import { CodePace } from '../../src/people/code-pace';
import { Refusal } from '../../src/platform/refusal';

const wrong = () => Promise.reject(new Refusal('invalid', 'wrong'));

describe('the pace of codes', () => {
  it('looks at the codes of one account one after the other, and at others beside', async () => {
    const pace = new CodePace();
    const order: string[] = [];
    const look = (name: string) => async () => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(`${name} ends`);
    };
    await Promise.all([
      pace.inTurn('a', look('1')),
      pace.inTurn('a', look('2')),
      pace.inTurn('b', look('3')),
    ]);
    expect(order.indexOf('1 ends')).toBeLessThan(order.indexOf('2 begins'));
    expect(order.indexOf('3 begins')).toBeLessThan(order.indexOf('1 ends'));
  });

  it('waits after four wrong codes, longer each time, half a minute at most, and not after a right one', async () => {
    const pauses: number[] = [];
    const pace = new CodePace(async (ms) => pauses.push(ms));
    for (let n = 0; n < 11; n += 1) await expect(pace.inTurn('a', wrong)).rejects.toThrow('wrong');
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 16000, 30000, 30000]);
    await pace.inTurn('b', async () => undefined);
    await pace.inTurn('a', async () => undefined);
    expect(pauses).toHaveLength(8);
    await pace.inTurn('a', async () => undefined);
    expect(pauses).toHaveLength(8);
  });

  it('refuses more than ten at once, and takes the next one when they are through', async () => {
    const pace = new CodePace(async () => undefined);
    const tries = await Promise.allSettled(Array.from({ length: 25 }, () => pace.inTurn('a', wrong)));
    const kinds = tries.map((each) => (each as { reason: Refusal }).reason.kind);
    expect(kinds.filter((kind) => kind === 'invalid')).toHaveLength(10);
    expect(kinds.filter((kind) => kind === 'too-many')).toHaveLength(15);
    await expect(pace.inTurn('a', async () => 'in')).resolves.toBe('in');
  });
});
