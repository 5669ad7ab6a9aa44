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
