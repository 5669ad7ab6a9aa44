import { SignInPace } from '../../src/people/sign-in-pace';
import { SetTime } from './people-app';

describe('the pace of sign-in', () => {
  it('slows an account down after five attempts, by two seconds at most, and forgives one a minute', async () => {
    const time = new SetTime();
    const pauses: number[] = [];
    const pace = new SignInPace(time, async (ms) => pauses.push(ms));
    for (let n = 0; n < 5; n += 1) await pace.beforeAttempt('a');
    expect(pauses).toEqual([]);
    for (let n = 0; n < 8; n += 1) await pace.beforeAttempt('a');
    expect(pauses).toEqual([250, 500, 1000, 2000, 2000, 2000, 2000, 2000]);
    await pace.beforeAttempt('b');
    expect(pauses).toHaveLength(8);
    time.forward(8);
    await pace.beforeAttempt('a');
    expect(pauses).toHaveLength(8);
  });

  it('counts attempts made at the same time, and forgets all of them after the right password', async () => {
    const pauses: number[] = [];
    const pace = new SignInPace(new SetTime(), async (ms) => pauses.push(ms));
    await Promise.all(Array.from({ length: 7 }, () => pace.beforeAttempt('a')));
    expect(pauses).toEqual([250, 500]);
    pace.afterSuccess('a');
    await pace.beforeAttempt('a');
    expect(pauses).toHaveLength(2);
  });
});
