import type { HarmCode } from '../../src/rules/harms';
import { CLOCK_CODES, CLOCKS, clockRule, type ClockCode } from '../../src/rules/clocks';
import {
  clocksFromFacts,
  jurisdictionOf,
  JURISDICTIONS,
  type LegalFacts,
} from '../../src/rules/legal-clocks';
import {
  clockPeriod,
  dueDates,
  extendClock,
  isOverdue,
  resumeClock,
  type ExtendableClock,
} from '../../src/rules/due-dates';
import { addDays } from '../../src/rules/counting';
import { TIERS, type Tier } from '../../src/rules/severity';

const LEGAL = CLOCK_CODES.filter((code) => clockRule(code).basis === 'legal');

describe('Clocks', () => {
  it('that are law are these four', () => {
    expect(LEGAL).toEqual(['WBD-ACK', 'WBD-FB', 'GDPR-RTS', 'GDPR-ERASURE', 'UK-164A']);
  });

  it.each(LEGAL)('%s never pauses', (code) => {
    expect(clockRule(code).pausable).toBe(false);
    const due = { code, dueInternal: '2026-12-01', dueLegalLatest: '2026-12-01', calendar: 'DE' };
    expect(() => resumeClock(due, { pausedOn: '2026-11-24', resumedOn: '2026-11-30' })).toThrow(
      /never pauses/,
    );
  });

  it.each(CLOCK_CODES.filter((code) => !LEGAL.includes(code)))('%s says that it is not law', (code) => {
    expect(clockRule(code)).toMatchObject({
      basis: 'internal',
      law: 'Internal target, not law',
      verification: 'DESIGN',
      extension: null,
    });
  });

  it.each(CLOCK_CODES.flatMap((code) => TIERS.map((tier) => [code, tier] as [ClockCode, Tier])))(
    '%s in tier %s is due after it starts, our day never after the legal one',
    (code, tier) => {
      const start = { startDay: '2026-11-24', tier, calendar: 'DE' };
      if (clockPeriod(CLOCKS, code, tier)) {
        const due = dueDates(CLOCKS, code, start);
        expect(due.dueInternal > start.startDay).toBe(true);
        expect(due.dueLegalLatest >= due.dueInternal).toBe(true);
      } else {
        expect(() => dueDates(CLOCKS, code, start)).toThrow(/does not run in tier/);
      }
    },
  );

  it.each([
    ['TARGET-ACK', 'LOW', '2026-11-26', '2026-12-01'],
    ['TARGET-ELIGIBILITY-START', 'LOW', '2026-12-01', '2026-12-01'],
    ['TARGET-ELIGIBILITY', 'LOW', '2026-12-08', '2026-12-08'],
    ['TARGET-TRIAGE', 'SEVERE', '2026-12-01', '2026-12-01'],
    ['TARGET-TRIAGE', 'CRITICAL', '2026-11-25', '2026-11-25'],
    ['TARGET-INTERIM', 'SEVERE', '2026-11-27', '2026-11-27'],
    ['TARGET-INTERIM', 'CRITICAL', '2026-11-25', '2026-11-25'],
    ['TARGET-INVESTIGATION', 'LOW', '2027-01-23', '2027-01-23'],
    ['TARGET-INVESTIGATION', 'MODERATE', '2027-01-23', '2027-01-23'],
    ['TARGET-INVESTIGATION', 'SEVERE', '2027-01-08', '2027-01-08'],
    ['TARGET-INVESTIGATION', 'CRITICAL', '2026-12-14', '2026-12-14'],
    ['TARGET-DIALOGUE', 'LOW', '2027-01-23', '2027-01-23'],
    ['TARGET-FINDINGS-COMMENT', 'LOW', '2026-12-08', '2026-12-08'],
    ['TARGET-OFFER', 'LOW', '2026-12-15', '2026-12-15'],
    ['TARGET-OFFER-REPLY', 'LOW', '2026-12-24', '2026-12-24'],
    ['TARGET-IMPLEMENTATION-START', 'LOW', '2026-12-01', '2026-12-01'],
    ['TARGET-VERIFICATION', 'LOW', '2026-12-24', '2026-12-24'],
    ['TARGET-MONITORING', 'LOW', '2027-02-24', '2027-02-24'],
    ['TARGET-REOPEN', 'LOW', '2026-12-01', '2026-12-01'],
    ['APPEAL-WINDOW', 'LOW', '2027-01-23', '2027-01-23'],
    ['TARGET-APPEAL-DECISION', 'LOW', '2026-12-24', '2026-12-24'],
    ['WBD-ACK', 'LOW', '2026-12-01', '2026-12-01'],
    ['GDPR-RTS', 'LOW', '2026-12-24', '2026-12-24'],
    ['UK-164A', 'LOW', '2026-12-23', '2026-12-23'],
  ] as const)(
    '%s of a %s case that starts on 24 November 2026 is due on %s, at the latest %s',
    (code, tier, own, latest) => {
      expect(dueDates(CLOCKS, code, { startDay: '2026-11-24', tier, calendar: 'DE' })).toEqual({
        dueInternal: own,
        dueLegalLatest: latest,
        dueAt: null,
      });
    },
  );

  it('in hours are exact when the instant is known, weekend or not', () => {
    const start = {
      startDay: '2026-11-27',
      startInstant: '2026-11-27T17:30:00.000Z',
      tier: 'CRITICAL',
      calendar: 'DE',
    } as const;
    expect(dueDates(CLOCKS, 'TARGET-TRIAGE', start)).toEqual({
      dueInternal: '2026-11-28',
      dueLegalLatest: '2026-11-28',
      dueAt: '2026-11-28T17:30:00.000Z',
    });
  });

  it('of an acknowledgement never pass the seventh day, however long the holidays', () => {
    for (let day = '2026-12-20'; day < '2027-01-05'; day = addDays(day, 1)) {
      const due = dueDates(CLOCKS, 'TARGET-ACK', { startDay: day, calendar: 'DE' });
      expect(due.dueLegalLatest).toBe(addDays(day, 7));
      expect(due.dueInternal <= due.dueLegalLatest).toBe(true);
    }
  });
});

describe('Feedback to a reporting worker', () => {
  const received = { startDay: '2026-11-24', calendar: 'DE' };

  it('is due three months after the acknowledgement', () => {
    expect(dueDates(CLOCKS, 'WBD-FB', { ...received, acknowledgedDay: '2026-11-26' }).dueLegalLatest).toBe(
      '2027-02-26',
    );
  });

  it('is due three months after the seven days when nobody acknowledged', () => {
    expect(dueDates(CLOCKS, 'WBD-FB', received).dueLegalLatest).toBe('2027-03-01');
  });

  it('is not put off by a late acknowledgement', () => {
    expect(dueDates(CLOCKS, 'WBD-FB', { ...received, acknowledgedDay: '2026-12-20' }).dueLegalLatest).toBe(
      '2027-03-01',
    );
  });

  it('is clamped at the end of a short month', () => {
    const late = { startDay: '2026-11-28', acknowledgedDay: '2026-11-30', calendar: 'DE' };
    expect(dueDates(CLOCKS, 'WBD-FB', late).dueLegalLatest).toBe('2027-02-28');
  });
});

describe('Which legal clocks run', () => {
  const none: LegalFacts = {
    jurisdiction: null,
    isDataRightsRequest: null,
    reporterIsWorker: null,
    concernsListedLaw: null,
  };
  const answers = [null, false, true];
  const HARMS_SAID: (HarmCode[] | null)[] = [null, ['AIH-16'], ['AIH-16', 'AIH-12']];
  const all = [null, ...JURISDICTIONS].flatMap((jurisdiction) =>
    answers.flatMap((isDataRightsRequest) =>
      answers.flatMap((reporterIsWorker) =>
        answers.flatMap((concernsListedLaw) =>
          HARMS_SAID.map((harms) => ({
            jurisdiction,
            isDataRightsRequest,
            reporterIsWorker,
            concernsListedLaw,
            harms,
          })),
        ),
      ),
    ),
  );

  it.each(all)(
    'in $jurisdiction: data request $isDataRightsRequest, worker $reporterIsWorker, listed law $concernsListedLaw, harms $harms',
    (facts) => {
      const expected = new Set<string>();
      if (
        facts.jurisdiction === 'EU' &&
        facts.reporterIsWorker === true &&
        facts.concernsListedLaw === true
      ) {
        expected.add('WBD-ACK').add('WBD-FB');
      }
      if (facts.isDataRightsRequest === true) {
        if (facts.jurisdiction === 'EU') expected.add('GDPR-RTS');
        if (facts.jurisdiction === 'UK') expected.add('GDPR-RTS');
      }
      if (facts.jurisdiction === 'UK' && facts.harms?.includes('AIH-12')) expected.add('UK-164A');
      expect(new Set(clocksFromFacts(facts))).toEqual(expected);
    },
  );

  it('in the UK a complaint about personal data runs without any request', () => {
    expect(clocksFromFacts({ ...none, jurisdiction: 'UK', harms: ['AIH-12'] })).toEqual(['UK-164A']);
    expect(clocksFromFacts({ ...none, jurisdiction: 'UK', harms: ['AIH-16'] })).toEqual([]);
    expect(clocksFromFacts({ ...none, jurisdiction: 'EU', harms: ['AIH-12'] })).toEqual([]);
  });

  it.each([
    ['DE', 'EU'],
    ['de-BY', 'EU'],
    ['GR', 'EU'],
    ['RE', 'EU'],
    ['NO', 'EU'],
    ['GB', 'UK'],
    ['GB-SCT', 'UK'],
    ['CH', 'OTHER'],
    ['US', 'OTHER'],
    ['', 'OTHER'],
    [null, 'OTHER'],
  ])('%p is under the law of %s', (country, expected) => {
    expect(jurisdictionOf(country)).toBe(expected);
  });
});

describe('Overdue', () => {
  const clock = { basis: 'legal', dueInternal: '2026-02-28', dueLegalLatest: '2026-03-02' };

  it('is a legal clock after its last legal day', () => {
    expect(isOverdue(clock, '2026-03-02')).toBe(false);
    expect(isOverdue(clock, '2026-03-03')).toBe(true);
  });

  it('is an internal clock after its own day', () => {
    expect(isOverdue({ ...clock, basis: 'internal' }, '2026-02-28')).toBe(false);
    expect(isOverdue({ ...clock, basis: 'internal' }, '2026-03-01')).toBe(true);
  });

  it('is nothing that was stopped', () => {
    expect(isOverdue({ ...clock, stoppedOn: '2026-03-01' }, '2027-01-01')).toBe(false);
  });

  it('is no paused target, but a legal clock goes on', () => {
    expect(isOverdue({ ...clock, basis: 'internal', pausedOn: '2026-02-01' }, '2027-01-01')).toBe(false);
    expect(isOverdue({ ...clock, pausedOn: '2026-02-01' }, '2027-01-01')).toBe(true);
  });

  it('is told to the instant for periods in hours', () => {
    const inHours = { ...clock, basis: 'internal', dueAt: '2026-02-28T17:30:00.000Z' };
    expect(isOverdue(inHours, '2026-02-28', '2026-02-28T17:30:00.000Z')).toBe(false);
    expect(isOverdue(inHours, '2026-02-28', '2026-02-28T17:30:00.001Z')).toBe(true);
    expect(isOverdue(inHours, '2026-02-28')).toBe(false);
  });
});

describe.each(['GDPR-RTS', 'GDPR-ERASURE'] as const)('Extending %s', (code) => {
  const clock: ExtendableClock = {
    code,
    basis: 'legal',
    startedOn: '2026-01-31',
    dueInternal: '2026-02-28',
    dueLegalLatest: '2026-03-02',
    calendar: 'DE',
  };
  const decision = { decidedOn: '2026-02-20', reasonGiven: true };

  it('gives three months from receipt, and keeps our own day careful', () => {
    expect(extendClock(clock, decision)).toEqual({
      due: { dueInternal: '2026-04-28', dueLegalLatest: '2026-04-30' },
      unmet: [],
    });
  });

  it('is possible until the last legal day', () => {
    expect(extendClock(clock, { ...decision, decidedOn: '2026-03-02' }).unmet).toEqual([]);
    expect(extendClock(clock, { ...decision, decidedOn: '2026-03-03' })).toEqual({
      due: null,
      unmet: ['TOO-LATE'],
    });
  });

  it('names every obstacle at once', () => {
    const used = { ...clock, extendedOn: '2026-02-10', stoppedOn: '2026-02-12' };
    expect(extendClock(used, { decidedOn: '2026-05-01', reasonGiven: false }).unmet).toEqual([
      'REASON-MISSING',
      'TOO-LATE',
      'ALREADY-EXTENDED',
      'ALREADY-STOPPED',
    ]);
  });

  it.each(CLOCK_CODES.filter((code) => !code.startsWith('GDPR-')))(
    'is the only extension: %s has none',
    (code) => {
      expect(extendClock({ ...clock, code }, decision)).toEqual({ due: null, unmet: ['NOT-EXTENDABLE'] });
    },
  );
});

describe('A pause', () => {
  const clock = {
    code: 'TARGET-INVESTIGATION',
    dueInternal: '2026-12-01',
    dueLegalLatest: '2026-12-01',
    calendar: 'DE',
  } as const;

  it('moves a target by the days it lasted, to a working day', () => {
    expect(resumeClock(clock, { pausedOn: '2026-11-20', resumedOn: '2026-11-24' })).toEqual({
      dueInternal: '2026-12-07',
      dueLegalLatest: '2026-12-07',
    });
  });

  it('of no days changes nothing', () => {
    expect(resumeClock(clock, { pausedOn: '2026-11-20', resumedOn: '2026-11-20' })).toEqual({
      dueInternal: '2026-12-01',
      dueLegalLatest: '2026-12-01',
    });
  });
});
