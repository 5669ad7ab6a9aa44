import { MEGABYTE, readSettings } from '../../src/platform/settings';
import { COUNTRY_CODES } from '../../src/rules/countries';

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

describe('where people reach this server', () => {
  it.each([
    [undefined, 'http://localhost:3000'],
    [' ', 'http://localhost:3000'],
    ['https://redress.example.org/ ', 'https://redress.example.org'],
    ['http://192.0.2.1:8080', 'http://192.0.2.1:8080'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
  ])('is, for %j, %j', (text, url) => {
    expect(readSettings({ PUBLIC_URL: text }).publicUrl).toBe(url);
  });

  it.each([
    'localhost:3000',
    'redress.example.org',
    'ftp://redress.example.org',
    'javascript:alert(1)',
    'https://',
    'https://redress.example.org/base',
    'https://redress.example.org?x=1',
    'https://anna:secret@redress.example.org',
    'https://redress.example.org:99999',
    'https://redress example.org',
  ])('cannot be %j', (text) => {
    expect(() => readSettings({ PUBLIC_URL: text })).toThrow(
      /^PUBLIC_URL is ".*"; set it to the address people type/,
    );
  });
});

describe('the country', () => {
  it.each([
    [undefined, 'DE'],
    [' ', 'DE'],
    ['GB ', 'GB'],
    ['XK', 'XK'],
  ])('is, for %j, %s', (text, country) => {
    expect(readSettings({ COUNTRY: text }).country).toBe(country);
  });

  it.each(['UK', 'XX', 'SU', 'de', 'DEU', 'Germany'])('cannot be %j, which has no law here', (text) => {
    expect(() => readSettings({ COUNTRY: text })).toThrow(/^COUNTRY is ".*"; set it to a two-letter ISO/);
  });

  it('can be each that people can choose', () => {
    for (const code of COUNTRY_CODES) expect(readSettings({ COUNTRY: code }).country).toBe(code);
  });
});

describe('a space that nobody sees', () => {
  it.each([
    ['PORT', ' ', 'port', 3000],
    ['PORT', '8080 ', 'port', 8080],
    ['DATABASE_URL', ' ', 'databaseUrl', ''],
    ['DATABASE_URL', 'postgres://localhost/redress ', 'databaseUrl', 'postgres://localhost/redress'],
    ['ORGANISATION', ' ', 'organisation', 'This organisation'],
    ['EVIDENCE_MAX_MB', ' ', 'evidenceMaxBytes', 20 * MEGABYTE],
  ] as const)('does not count: %s of %j', (setting, text, name, value) => {
    expect(readSettings({ [setting]: text })[name]).toBe(value);
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

describe('where people leave to in a hurry', () => {
  it.each([undefined, '', ' '])('is, for %j, a page that nobody wonders about', (text) => {
    expect(readSettings({ EXIT_URL: text }).exitUrl).toBe('https://www.wikipedia.org/');
  });

  it.each(['weather', 'javascript:alert(1)', 'file:///etc/passwd', '//example.org'])(
    'cannot be %j',
    (text) => {
      expect(() => readSettings({ EXIT_URL: text })).toThrow(
        /^EXIT_URL is ".*"; set it to the address of a page/,
      );
    },
  );
});

describe('the onion service', () => {
  const host = `${'a2'.repeat(27)}ad.onion`;

  it.each([
    [undefined, ''],
    ['', ''],
    [`http://${host}/`, `http://${host}`],
    [`http://${host}:8080`, `http://${host}:8080`],
    [`https://${host}`, `https://${host}`],
  ])('is, for %j, %j', (text, url) => {
    expect(readSettings({ ONION_URL: text }).onionUrl).toBe(url);
  });

  it.each([host, 'http://example.org', 'http://abc.onion', `http://${host}/path`, `http://u@${host}`])(
    'cannot be %j',
    (text) => {
      expect(() => readSettings({ ONION_URL: text })).toThrow(/^ONION_URL is ".*"; set it to http:/);
    },
  );
});

describe('the postal address', () => {
  it.each([
    [undefined, ''],
    ['Redress | Example Street 1 | 10115 Berlin', 'Redress\nExample Street 1\n10115 Berlin'],
  ])('is, for %j, %j', (text, lines) => {
    expect(readSettings({ POSTAL_ADDRESS: text }).postalAddress).toBe(lines);
  });
});

describe('work that a browser may do instead of waiting', () => {
  it.each([
    [undefined, 0],
    ['', 0],
    ['0', 0],
    ['8', 8],
    [' 18 ', 18],
    ['22', 22],
  ])('is, for %j, %i bits', (text, bits) => {
    expect(readSettings({ LODGING_WORK_BITS: text }).lodgingWorkBits).toBe(bits);
  });

  it.each(['1', '7', '23', '64', '-8', '18.5', 'much'])('cannot be %j', (text) => {
    expect(() => readSettings({ LODGING_WORK_BITS: text })).toThrow(
      /^LODGING_WORK_BITS is ".*"; set it to a whole/,
    );
  });
});
