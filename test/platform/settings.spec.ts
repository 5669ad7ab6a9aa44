import { MEGABYTE, readSettings } from '../../src/platform/settings';

describe('the largest file that is taken', () => {
  it.each([
    [undefined, 20],
    ['', 20],
    ['1', 1],
    ['600', 600],
    ['2000', 2000],
  ])('is, for %j, %i MB', (text, megabytes) => {
    expect(readSettings({ EVIDENCE_MAX_MB: text }).evidenceMaxBytes).toBe(megabytes * MEGABYTE);
  });

  it.each(['0', '-1', '2001', '1.5', 'many', '1e9', 'Infinity', '20 MB'])('cannot be %j', (text) => {
    expect(() => readSettings({ EVIDENCE_MAX_MB: text })).toThrow(
      /^EVIDENCE_MAX_MB is ".*"; set it to a whole/,
    );
  });
});

describe('how long browsers come by https alone', () => {
  it.each([
    [undefined, 730],
    ['', 730],
    ['0', 0],
    ['365', 365],
  ])('is, for %j, %i days', (text, days) => {
    expect(readSettings({ HSTS_DAYS: text }).hstsDays).toBe(days);
  });

  it.each(['-1', '1.5', 'never', '3651', '1 year'])('cannot be %j', (text) => {
    expect(() => readSettings({ HSTS_DAYS: text })).toThrow(/^HSTS_DAYS is ".*"; set it to a whole/);
  });
});

describe('the proxies whose word is taken', () => {
  it.each([
    [undefined, []],
    [' ', []],
    ['127.0.0.1', ['127.0.0.1']],
    ['10.0.0.0/8, ::1 2001:db8::/32', ['10.0.0.0/8', '::1', '2001:db8::/32']],
  ])('are, for %j, %j', (text, proxies) => {
    expect(readSettings({ TRUSTED_PROXIES: text }).trustedProxies).toEqual(proxies);
  });

  it.each([
    'true',
    '*',
    'proxy.example.org',
    '10.0.0.0/33',
    '10.0.0/8',
    '::1/129',
    '10.0.0.1/',
    '1.1.1.1/8/8',
  ])('cannot be %j', (text) => {
    expect(() => readSettings({ TRUSTED_PROXIES: `127.0.0.1,${text}` })).toThrow(
      `TRUSTED_PROXIES holds "${text}"; set it to addresses`,
    );
  });
});
