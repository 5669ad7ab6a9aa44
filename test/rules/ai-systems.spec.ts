import {
  missingOf,
  STRIKE_FORM,
  SYSTEM_FORM,
  SYSTEM_RECORD_FORM,
  VENDOR_FORM,
  type RegisterForm,
} from '../../src/rules/ai-systems';
import { article73ReportDueOn, articleNoticeDueOn } from '../../src/rules/system-notices';

const BENEFITS = {
  useDomain: 'DOM-SVC-BEN',
  stateNexus: null,
  decidesOnPeople: true,
  usedAtWork: true,
  logMonths: 12,
};
const ALL = ['VERSION', 'TENDER', 'HRIA', 'FRIA', 'DPIA', 'WORKERS_TOLD', 'PEOPLE_TOLD'];
const without = (kind: string) => ALL.filter((each) => each !== kind);

describe('what the register lacks of a system', () => {
  it('is nothing where all is recorded', () => {
    expect(missingOf(BENEFITS, ALL)).toEqual([]);
  });

  it.each([
    ['VERSION', /No version/],
    ['HRIA', /Guiding Principle 18/],
    ['FRIA', /Art\. 27/],
    ['DPIA', /GDPR Art\. 35/],
    ['WORKERS_TOLD', /Art\. 26\(7\)/],
    ['PEOPLE_TOLD', /Art\. 26\(11\)/],
  ])('is %s where that alone is not recorded', (kind, sentence) => {
    expect(missingOf(BENEFITS, without(kind))).toEqual([expect.stringMatching(sentence)]);
  });

  it('is a fundamental-rights assessment only where Art. 27 may ask for one', () => {
    const lacksFria = (useDomain: string, stateNexus: string | null) =>
      missingOf({ ...BENEFITS, useDomain, stateNexus }, without('FRIA')).length === 1;
    expect([lacksFria('DOM-SVC-CRD', null), lacksFria('DOM-SVC-INS', 'SN-NONE')]).toEqual([true, true]);
    expect([lacksFria('DOM-EMP-REC', null), lacksFria('DOM-EMP-REC', 'SN-CONTRACTED')]).toEqual([
      false,
      true,
    ]);
    expect([lacksFria('DOM-INF', 'SN-SOE'), lacksFria('DOM-CHAT', 'SN-SOE')]).toEqual([false, false]);
  });

  it('is no notice where nobody is decided about and no worker is subject to it', () => {
    const quiet = { ...BENEFITS, decidesOnPeople: false, usedAtWork: false };
    expect(missingOf(quiet, ['VERSION', 'HRIA', 'FRIA'])).toEqual([]);
    expect(
      missingOf({ ...quiet, decidesOnPeople: null, usedAtWork: null }, ['VERSION', 'HRIA', 'FRIA']),
    ).toEqual([]);
  });

  it('is logs kept for six months, which Art. 26(6) asks for', () => {
    const logs = (logMonths: number | null) => missingOf({ ...BENEFITS, logMonths }, ALL);
    expect(logs(6)).toEqual([]);
    expect(logs(5)).toEqual([expect.stringMatching(/less than 6 months/)]);
    expect(logs(0)).toEqual([expect.stringMatching(/less than 6 months/)]);
    expect(logs(null)).toEqual([expect.stringMatching(/Nobody said/)]);
  });
});

describe('the forms of the registers', () => {
  it('say at every free text that no case and no person belongs there', () => {
    const forms: RegisterForm[] = [VENDOR_FORM, SYSTEM_FORM, SYSTEM_RECORD_FORM, STRIKE_FORM];
    const silent = forms.flatMap(({ asks }) =>
      Object.entries(asks)
        .filter(([, ask]) => ask.kind === 'text' && !ask.label.includes('no names of people'))
        .map(([name]) => name),
    );
    // Names of companies, bodies and systems, and their countries.
    expect(silent).toEqual(['companyName', 'country', 'systemName', 'stateBody', 'stateCountry']);
  });
});

describe('the days of the chain of notices', () => {
  it('are the next day for a notice, and 15, 10 or 2 calendar days for the report of Art. 73', () => {
    expect([articleNoticeDueOn('2026-11-27'), articleNoticeDueOn('2026-12-31')]).toEqual([
      '2026-11-28',
      '2027-01-01',
    ]);
    expect(article73ReportDueOn('2026-12-20', 'OTHER')).toBe('2027-01-04');
    expect(article73ReportDueOn('2026-12-20', null)).toBe('2027-01-04');
    expect(article73ReportDueOn('2026-12-20', 'DEATH')).toBe('2026-12-30');
    expect(article73ReportDueOn('2026-12-20', 'WIDESPREAD')).toBe('2026-12-22');
  });
});
