import { MYSELF } from '../../casework/queue/queue-filter';
import { NOBODY } from '../../casework/queue/queue-ways';
import type { PersonView } from '../../people/accounts';
import { QUEUE_CHOICES, QUEUE_FLAGS, type QueueFlag } from '../../rules/queue';
import { WRITTEN_LANGUAGES } from '../../rules/languages';
import type { Stage } from '../../rules/states';
import { codeLabel, stateLabel } from './code-label';

/** One line of the filter, drawn as a list of choices. */
export interface FilterLine {
  name: string;
  label: string;
  /** The choice that leaves the line open. */
  all: string;
  choices: { value: string; label: string; chosen: boolean }[];
}

export interface FilterLines {
  first: FilterLine[];
  more: FilterLine[];
  /** Something is chosen in `more`, so that it must not be hidden. */
  isMoreOpen: boolean;
}

export const STAGE_LABELS: Readonly<Record<Stage, string>> = {
  intake: 'Intake',
  triage: 'Triage',
  inquiry: 'Inquiry',
  remedy: 'Remedy',
  closure: 'Closure',
};

const DUE_LABELS: Record<string, string> = {
  'legally-late': 'Late by law',
  overdue: 'Overdue',
  today: 'Due today',
  week: 'Due within a week',
};

const SORT_LABELS: Record<string, string> = {
  now: 'Late by law, then severity',
  due: 'Due first',
  lodged: 'Newest first',
};

/** What marks a flag in a row of the list; null where another column tells it. */
export function flagMark(flag: QueueFlag): string | null {
  const row = QUEUE_FLAGS[flag];
  return 'mark' in row ? row.mark : null;
}

/** The lines of the filter with what is chosen in each. `people`, `systems`, `vendors`: of whom and what cases can be looked for. */
export function filterLines(
  chosen: Readonly<Record<string, string>>,
  {
    people,
    systems,
    vendors,
  }: {
    people: readonly Pick<PersonView, 'id' | 'name'>[];
    systems: readonly { number: number; systemName: string }[];
    vendors: readonly { number: number; companyName: string }[];
  },
): FilterLines {
  const line = (
    name: string,
    label: string,
    all: string,
    choices: readonly [string, string][],
  ): FilterLine => ({
    name,
    label,
    all,
    choices: choices.map(([value, text]) => ({ value, label: text, chosen: chosen[name] === value })),
  });
  const coded = (
    name: keyof typeof QUEUE_CHOICES,
    label: string,
    all: string,
    labelOf: (code: string) => string,
  ) =>
    line(
      name,
      label,
      all,
      QUEUE_CHOICES[name].map((code) => [code, labelOf(code)]),
    );
  const first = [
    coded(
      'state',
      'State',
      chosen.sort === 'lodged' ? 'Every open state' : 'Open, and ended with a day to come',
      stateLabel,
    ),
    coded('tier', 'Severity', 'Every severity', (code) => codeLabel('tier', code)),
    coded('due', 'Due', 'Whenever', (code) => DUE_LABELS[code]!),
    line('assignee', 'Worked on by', 'Anybody', [
      [MYSELF, 'Me'],
      [NOBODY, 'Nobody yet'],
      ...people.map(({ id, name }) => [id, name] as [string, string]),
    ]),
    coded('flag', 'Flag', 'With or without', (code) => QUEUE_FLAGS[code as QueueFlag].label),
    coded('sort', 'Order', '', (code) => SORT_LABELS[code]!),
  ];
  const more = [
    coded('stage', 'Stage', 'Every stage', (code) => STAGE_LABELS[code as Stage]),
    coded('domain', 'Use of the system', 'Every use', (code) => codeLabel('useDomain', code)),
    line(
      'system',
      'AI system',
      'Every system, or none',
      systems.map(({ number, systemName }) => [String(number), systemName]),
    ),
    line(
      'vendor',
      'Vendor',
      'Every vendor, or none',
      vendors.map(({ number, companyName }) => [String(number), companyName]),
    ),
    coded('harm', 'Harm', 'Every harm', (code) => codeLabel('harm', code)),
    coded('right', 'Right', 'Every right', (code) => codeLabel('rights', code)),
    coded('group', 'Affected group', 'Every group, or none', (code) => codeLabel('groups', code)),
    coded('reprisal', 'Risk of reprisal', 'Every level', (code) => codeLabel('reprisalLevel', code)),
    line(
      'language',
      'Language',
      'Every language',
      WRITTEN_LANGUAGES.map((code): [string, string] => [code, codeLabel('language', code)]).toSorted(
        ([, a], [, b]) => a.localeCompare(b),
      ),
    ),
  ];
  return { first, more, isMoreOpen: more.some(({ choices }) => choices.some((choice) => choice.chosen)) };
}
