import { LodgingPace } from '../../src/people/lodging-pace';

const from = (ip: string) => ({ ip, headers: {} });

describe('the pace of lodging', () => {
  let now: number;
  let pace: LodgingPace;
  beforeEach(() => {
    now = 1000;
    pace = new LodgingPace([], () => now);
  });
  const drain = (ip: string, what: 'begin' | 'lodge') => {
    let taken = 0;
    while (pace.secondsToWait(from(ip), what) === 0) taken += 1;
    return taken;
  };

  it('lets a whole office write at once, then says how long to wait', () => {
    expect(drain('192.0.2.1', 'begin')).toBe(20);
    expect(pace.secondsToWait(from('192.0.2.1'), 'begin')).toBe(30);
    now += 20_000;
    expect(pace.secondsToWait(from('192.0.2.1'), 'begin')).toBe(10);
    now += 10_000;
    expect(pace.secondsToWait(from('192.0.2.1'), 'begin')).toBe(0);
    expect(pace.secondsToWait(from('192.0.2.1'), 'begin')).toBe(30);
  });

  it('refuses nobody for good: who waits as told is let in, however often they tried before', () => {
    drain('192.0.2.1', 'lodge');
    for (let tried = 0; tried < 50; tried++) {
      const wait = pace.secondsToWait(from('192.0.2.1'), 'lodge');
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(30);
    }
    now += pace.secondsToWait(from('192.0.2.1'), 'lodge') * 1000;
    expect(pace.secondsToWait(from('192.0.2.1'), 'lodge')).toBe(0);
  });

  it('counts each network and each deed on its own', () => {
    drain('192.0.2.1', 'begin');
    expect(pace.secondsToWait(from('192.0.2.1'), 'lodge')).toBe(0);
    expect(pace.secondsToWait(from('192.0.2.2'), 'begin')).toBe(0);
    drain('2001:db8:1:1::1', 'begin');
    expect(pace.secondsToWait(from('2001:db8:1:1:ffff::2'), 'begin')).toBe(30);
    expect(pace.secondsToWait(from('2001:db8:1:2::1'), 'begin')).toBe(0);
  });

  it('knows of no address, and forgets its key and everybody with it every hour', () => {
    drain('192.0.2.1', 'begin');
    const known = () => [...(pace as unknown as { buckets: Map<string, unknown> }).buckets.keys()];
    const before = known();
    expect(before.join()).not.toContain('192.0.2');
    now += 3_600_000;
    expect(pace.secondsToWait(from('192.0.2.1'), 'begin')).toBe(0);
    expect(known()).toHaveLength(1);
    expect(before).not.toContain(known()[0]);
  });

  it('keeps a bounded number of buckets', () => {
    for (let n = 0; n < 10_050; n++)
      pace.secondsToWait(from(`10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`), 'begin');
    expect((pace as unknown as { buckets: Map<string, unknown> }).buckets.size).toBe(10_000);
  });
});
