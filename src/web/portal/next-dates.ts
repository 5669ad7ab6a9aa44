import { calendarOf } from '../../rules/calendars';
import type { ClockCode, ClockTable } from '../../rules/clocks';
import { jurisdictionOf } from '../../rules/legal-clocks';
import { dueDates } from '../../rules/due-dates';
import type { Day } from '../../platform/time';
import { say, sayDay } from '../../words/words';

export interface NextDate {
  text: string;
  /** Whether a law says so, or we promise it ourselves. */
  basis: string;
}

const A_DAY = /^20\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/**
 * What happens next and by when at the latest, from the same table of clocks that the case runs on; empty where a form brings no such day.
 * `ackBy` is the day by which we promise to confirm, as the page of the case says it; what follows is counted from it.
 */
export function nextDates(
  clocks: ClockTable,
  lodgedOn: unknown,
  ackBy: unknown,
  country: string,
  language: string,
): NextDate[] {
  if (!isDay(lodgedOn) || !isDay(ackBy)) return [];
  const calendar = calendarOf(country).code;
  const date = (key: string, code: ClockCode, day: Day): NextDate => ({
    text: say(language, key, { day: sayDay(language, day) }),
    basis: say(language, clocks[code].basis === 'legal' ? 'receipt.next.law' : 'receipt.next.promise'),
  });
  const begun = dueDates(clocks, 'TARGET-ELIGIBILITY-START', { startDay: ackBy, calendar }).dueInternal;
  const decided = dueDates(clocks, 'TARGET-ELIGIBILITY', { startDay: begun, calendar }).dueInternal;
  const jurisdiction = jurisdictionOf(country);
  return [
    date('receipt.next.ack', 'TARGET-ACK', ackBy),
    date('receipt.next.eligibility', 'TARGET-ELIGIBILITY', decided),
    ...(jurisdiction === 'OTHER'
      ? []
      : [
          date(
            'receipt.next.data',
            'GDPR-RTS',
            dueDates(clocks, 'GDPR-RTS', { startDay: lodgedOn, calendar }).dueLegalLatest,
          ),
        ]),
    ...(jurisdiction === 'EU'
      ? [
          date(
            'receipt.next.breach',
            'WBD-FB',
            dueDates(clocks, 'WBD-FB', { startDay: lodgedOn, calendar }).dueLegalLatest,
          ),
        ]
      : []),
  ];
}

function isDay(text: unknown): text is Day {
  return typeof text === 'string' && A_DAY.test(text) && isRealDay(text);
}

/** Not the 31st of February, which a date would take for a day in March. */
function isRealDay(text: string): boolean {
  return new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);
}
