import { staysOf, type Move, type Stay } from '../rules/stays';
import type { Difference } from './difference';
import { nameOfHistory } from './house';
import type { ToldRows } from './replay';

/** In the order in which a row of `case_stays` is read. */
type StoredStay = [
  caseId: unknown,
  n: unknown,
  state: unknown,
  since: unknown,
  until: unknown,
  days: unknown,
];

/** Derives again how long a case was in each state: no history tells of these rows, so an edit of one would not show in it. */
export function wrongStays(
  ledgerId: string,
  { rows, moves }: { rows: ToldRows; moves: readonly Move[] },
  stored: unknown[][],
): Difference[] {
  const [row] = rows.get('cases')?.values() ?? [];
  // The time in the first state runs from the day on which the complaint came, which may lie before that of its entry.
  const [first, ...others] = moves;
  const told = first ? staysOf([{ ...first, on: String(row?.lodgedOn) }, ...others]) : [];
  const isSound =
    linesOf(told.map(valuesOf)) === linesOf((stored as StoredStay[]).map(([, ...values]) => values));
  return isSound
    ? []
    : [
        {
          ledgerId,
          n: null,
          table: 'case_stays',
          column: null,
          sentence: `${nameOfHistory(ledgerId)}: case_stays: how long the case was in each state is not what its history tells.`,
        },
      ];
}

const valuesOf = ({ n, state, since, until, days }: Stay): unknown[] => [n, state, since, until, days];

function linesOf(values: unknown[][]): string {
  return values
    .map((each) => JSON.stringify(each))
    .sort()
    .join('\n');
}
