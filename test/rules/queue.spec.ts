import { CLOCK_CODES, CLOCKS } from '../../src/rules/clocks';
import {
  facetsOf,
  LANES,
  NO_DUE_DAY,
  placesOn,
  QUEUE_FLAG_CODES,
  urgencyOf,
  type QueuedFacts,
} from '../../src/rules/queue';

const BLANK: QueuedFacts = {
  state: 'triage',
  language: 'en',
  complainantRole: 'affected',
  nextDueOn: '2026-12-10',
};
const TODAY = '2026-12-01';
const running = (code: string, dueLegalLatest: string, more: object = {}) => ({
  code,
  basis: CLOCKS[code as keyof typeof CLOCKS].basis,
  status: 'RUNNING',
  dueLegalLatest,
  ...more,
});

describe('where a case stands in the queue', () => {
  it('goes by severity, within it by whether delay makes it irremediable, and takes what nobody assessed for more than moderate', () => {
    const inOrder = ['CRITICAL', 'SEVERE', null, 'MODERATE', 'LOW'].flatMap((tier) =>
      [true, false].map((delayMakesIrremediable) => urgencyOf({ tier, delayMakesIrremediable })),
    );
    expect(inOrder).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(urgencyOf({ tier: 'LOW' })).toBe(urgencyOf({ tier: 'LOW', delayMakesIrremediable: false }));
  });

  it.each([
    ['2026-11-30', LANES.LEGALLY_LATE, null],
    ['2026-12-01', LANES.DUE, '2026-12-01'],
    ['2026-12-02', LANES.DUE, '2026-12-02'],
  ])('with a last legal day of %s', (legalDay, lane, legalDueOn) => {
    const places = placesOn(TODAY, BLANK, [running('GDPR-RTS', legalDay), running('WBD-FB', '2027-02-01')]);
    expect(new Set(places.map((place) => place.lane))).toEqual(new Set([lane]));
    expect(places.map((place) => place.legalDueOn)).toEqual([legalDueOn, ...places.slice(1).map(() => null)]);
  });

  it.each(CLOCK_CODES)('is moved by %s only where it is a law that runs for us', (code) => {
    const isLaw = CLOCKS[code].basis === 'legal' && CLOCKS[code].owedBy === 'organisation';
    const [place] = placesOn(TODAY, BLANK, [running(code, '2026-01-01')]);
    expect(place!.lane).toBe(isLaw ? LANES.LEGALLY_LATE : LANES.DUE);
    for (const status of ['PAUSED', 'STOPPED'])
      expect(placesOn(TODAY, BLANK, [running(code, '2026-01-01', { status })])[0]!.lane).toBe(LANES.DUE);
  });

  it('stands behind everything where nothing is due, whatever law still runs', () => {
    const places = placesOn(TODAY, { ...BLANK, state: 'closed', nextDueOn: null }, [
      running('GDPR-RTS', '2026-01-01'),
    ]);
    for (const place of places)
      expect(place).toMatchObject({ lane: LANES.SETTLED, dueOn: NO_DUE_DAY, legalDueOn: null });
  });

  it.each([
    ['closed', '2026-12-16', {}, LANES.LATER],
    ['closed', '2026-12-15', {}, LANES.DUE],
    ['withdrawn', '2027-06-01', {}, LANES.LATER],
    ['appeal', '2027-06-01', {}, LANES.DUE],
    ['closed', '2027-06-01', { alertSince: '2026-11-30' }, LANES.DUE],
  ] as const)('when it is %s and its day is %s (%o)', (state, nextDueOn, more, lane) => {
    const places = placesOn(TODAY, { ...BLANK, state, nextDueOn, ...more }, []);
    expect(new Set(places.map((place) => place.lane))).toEqual(new Set([lane]));
  });

  it('is late by law however far its own day is, after the end too', () => {
    const late = running('GDPR-RTS', '2026-11-30');
    const [place] = placesOn(TODAY, { ...BLANK, state: 'closed', nextDueOn: '2027-06-01' }, [late]);
    expect(place).toMatchObject({ lane: LANES.LEGALLY_LATE, legalDueOn: null });
  });

  it('is found by every code that it has, once, and by none that it has not', () => {
    expect(facetsOf(BLANK)).toEqual(['all', 'state:triage', 'language:en', 'flag:UNASSESSED']);
    // Whoever looks for Dari does not know the region that somebody wrote.
    expect(facetsOf({ ...BLANK, language: 'fa-AF' })).toContain('language:fa');
    const facts: QueuedFacts = {
      ...BLANK,
      tier: 'SEVERE',
      useDomain: 'UD-01',
      reprisalLevel: 'HIGH',
      harms: ['H-01', 'H-02', 'H-01'],
      rights: ['R-01'],
      complainantRole: 'group',
      fearOfReprisal: 'serious',
      alertSince: TODAY,
      lateToldTo: 'TRI',
      suspendedGround: 'SAFETY',
      isDataRightsRequest: true,
      reporterIsWorker: true,
      vulnerable: true,
      isDefender: true,
      delayMakesIrremediable: true,
      awaitsSecond: true,
    };
    expect(facetsOf(facts)).toEqual([
      ...[
        'all',
        'state:triage',
        'language:en',
        'tier:SEVERE',
        'domain:UD-01',
        'reprisal:HIGH',
        'harm:H-01',
        'harm:H-02',
        'right:R-01',
      ],
      ...QUEUE_FLAG_CODES.filter((code) => code !== 'UNASSESSED').map((code) => `flag:${code}`),
    ]);
  });
});
