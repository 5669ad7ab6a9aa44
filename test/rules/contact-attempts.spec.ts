import { CONTACT_CHANNEL_CODES, missingAttempts, type Attempt } from '../../src/rules/contact-attempts';

const attempt = (triedOn: string, more: Partial<Attempt> = {}): Attempt => ({
  triedOn,
  channel: 'PHONE',
  isSafe: true,
  isOnlyWay: false,
  ...more,
});
const letter = { channel: 'POST' };

describe('somebody who cannot be reached', () => {
  it('was tried on three days, by two ways', () => {
    const days = [attempt('2026-12-01'), attempt('2026-12-02'), attempt('2026-12-03', letter)];
    expect(missingAttempts(days)).toEqual([]);
    for (let without = 0; without < days.length; without += 1)
      expect(missingAttempts(days.toSpliced(without, 1)).join()).toMatch(/^2 of 3 days/);
  });

  it('was not, however often in one day', () => {
    const once = CONTACT_CHANNEL_CODES.map((channel) => attempt('2026-12-01', { channel }));
    expect(missingAttempts(once)).toEqual([expect.stringMatching(/^1 of 3 days/)]);
  });

  it('was not by one way alone, but where it is said why no other one is safe', () => {
    const days = ['2026-12-01', '2026-12-02', '2026-12-03'].map((day) => attempt(day));
    expect(missingAttempts(days)).toEqual([expect.stringMatching(/^1 of 2 safe ways/)]);
    expect(missingAttempts([...days, attempt('2026-12-03', { isOnlyWay: true })])).toEqual([]);
  });

  it('was not by ways that are not safe, whatever is said of them', () => {
    const unsafe = ['2026-12-01', '2026-12-02', '2026-12-03'].map((day, n) =>
      attempt(day, { isSafe: false, isOnlyWay: true, ...(n ? letter : {}) }),
    );
    expect(missingAttempts(unsafe)).toEqual([
      expect.stringMatching(/^0 of 3 days/),
      expect.stringMatching(/^0 of 2 safe ways/),
    ]);
  });
});
