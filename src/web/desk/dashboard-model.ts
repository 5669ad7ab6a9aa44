import type {
  Ageing,
  ClockUse,
  ClockUseRow,
  DueCounts,
  Dwell,
  Load,
  OwnWork,
} from '../../insight/dashboard-views';
import { MYSELF } from '../../casework/queue/queue-filter';
import { NOBODY } from '../../casework/queue/queue-ways';
import { AGE_BAND_CODES, AGE_BANDS, CLOCK_BAND_CODES, CLOCK_BANDS } from '../../rules/figures';
import type { Stage } from '../../rules/states';
import { TASKS } from '../../rules/tasks';
import { casePath } from './case-page';
import { barChart } from './charts';
import { codeLabel, roleLabel, stateLabel } from './code-label';
import { STAGE_LABELS } from './queue-lines';
import { whatOf } from './task-label';

/** More bars are no picture any more; the table has everybody. */
const MOST_BARS = 20;

interface Cell {
  value: number | string | null;
  href?: string;
}

interface Row {
  label: string;
  href?: string;
  mark?: string;
  /** A name that somebody chose, of any length. */
  isName?: true;
  cells: Cell[];
}

/** The queue with these lines of its filter. */
function queueOf(lines: Record<string, string | undefined>): string {
  const said = Object.entries(lines).filter((line): line is [string, string] => line[1] !== undefined);
  return `/desk?${new URLSearchParams(said).toString()}`;
}

const plain = (value: number | null): Cell => ({ value });
/** A number leads to what it counts; none leads nowhere. */
const linked = (value: number, href: string): Cell => (value === 0 ? { value } : { value, href });

export function ownWorkModel(work: OwnWork) {
  const stages = work.stages.filter(({ open }) => open > 0);
  return {
    chart: barChart({
      id: 'own-work',
      title: 'My open cases',
      series: ['Overdue', 'Due within a week', 'Later'],
      rows: stages.map(({ stage, open, overdue, week }) => ({
        label: STAGE_LABELS[stage],
        counts: [overdue, week, open - overdue - week],
      })),
    }),
    rows: [
      ...stages.map((counts) => dueRow(STAGE_LABELS[counts.stage], counts, counts.stage)),
      dueRow('All', work.all),
    ],
    kinds: work.kinds.map(({ kind, open, overdue }): Row => ({
      label: TASKS[kind].label,
      cells: [plain(open), plain(overdue)],
    })),
    tasks: work.tasks.map((task) => ({
      ...task,
      kind: TASKS[task.kind].label,
      what: whatOf(task),
      href: casePath(task.reference) + (task.kind === 'AGREEMENT' ? `/steps/${task.code}` : ''),
    })),
  };
}

function dueRow(label: string, counts: DueCounts, stage?: Stage): Row {
  const to = (due?: string) => queueOf({ assignee: MYSELF, stage, due });
  return {
    label,
    cells: [
      linked(counts.open, to()),
      linked(counts.legallyLate, to('legally-late')),
      linked(counts.overdue, to('overdue')),
      linked(counts.today, to('today')),
      linked(counts.week, to('week')),
    ],
  };
}

export function ageingModel(ageing: Ageing) {
  const stages = ageing.stages.filter(({ n }) => n > 0);
  const bands = AGE_BAND_CODES.toReversed();
  return {
    ageingChart: barChart({
      id: 'ageing',
      title: 'Open cases by stage and age',
      series: bands.map((code) => AGE_BANDS[code].label),
      rows: stages.map(({ stage, bands: counts }) => ({
        label: STAGE_LABELS[stage],
        counts: bands.map((code) => counts[code]),
      })),
    }),
    ageingHead: [
      'Stage',
      'Open',
      ...AGE_BAND_CODES.map((code) => AGE_BANDS[code].label),
      'Median days',
      '90th percentile',
    ],
    ageingRows: [
      ...stages.map(({ stage, n, median, p90, bands: counts }): Row => ({
        label: STAGE_LABELS[stage],
        cells: [
          linked(n, queueOf({ stage })),
          ...AGE_BAND_CODES.map((code) => plain(counts[code])),
          plain(median),
          plain(p90),
        ],
      })),
      {
        label: 'All',
        cells: [
          plain(ageing.all.n),
          ...AGE_BAND_CODES.map((code) => plain(stages.reduce((all, { bands: of }) => all + of[code], 0))),
          plain(ageing.all.median),
          plain(ageing.all.p90),
        ],
      },
    ] satisfies Row[],
  };
}

const BASES = {
  legal: 'By law',
  internal: 'Our own promises, which are no law',
} as const satisfies Record<ClockUseRow['basis'], string>;

export function clockUseModel({ clocks }: ClockUse) {
  const bands = CLOCK_BAND_CODES.toReversed();
  return {
    clockHead: ['Clock', 'Running', ...CLOCK_BAND_CODES.map((code) => CLOCK_BANDS[code].label)],
    clockParts: (['legal', 'internal'] as const).flatMap((basis) => {
      const of = clocks.filter((clock) => clock.basis === basis);
      if (of.length === 0) return [];
      return [
        {
          heading: BASES[basis],
          chart: barChart({
            id: `clocks-${basis}`,
            title: 'Running clocks by share of their time used',
            series: bands.map((code) => CLOCK_BANDS[code].label),
            rows: of.map((clock) => ({
              label: codeLabel('clockCode', clock.code),
              counts: bands.map((code) => clock.bands[code]),
            })),
          }),
          rows: of.map((clock): Row => ({
            label: codeLabel('clockCode', clock.code),
            cells: [plain(clock.running), ...CLOCK_BAND_CODES.map((code) => plain(clock.bands[code]))],
          })),
        },
      ];
    }),
  };
}

export function dwellModel({ states }: Dwell) {
  return {
    chart: barChart({
      id: 'dwell',
      title: 'Days in each state: median, and 90th percentile',
      series: ['Median', 'Up to the 90th percentile'],
      rows: states.map(({ state, median, p90 }) => ({
        label: stateLabel(state),
        counts: [median ?? 0, (p90 ?? 0) - (median ?? 0)],
        told: `${median}, and ${p90}`,
      })),
    }),
    rows: states.map(({ state, n, median, p90 }): Row => ({
      label: stateLabel(state),
      cells: [plain(median), plain(p90), plain(n)],
    })),
  };
}

export function teamLoadModel({ people, stages }: Load) {
  return {
    left: people
      .filter(({ active }) => !active)
      .map(({ name, open, asked }) => ({ name, cases: open + asked })),
    peopleChart: barChart({
      id: 'people',
      title: people.length > MOST_BARS ? `Cases of the ${MOST_BARS} who have most` : 'Cases of each person',
      series: ['Overdue', 'Not overdue'],
      rows: people
        .filter(({ open }) => open > 0)
        .slice(0, MOST_BARS)
        .map(({ name, open, overdue }) => ({ label: name, counts: [overdue, open - overdue] })),
    }),
    people: people.map((each): Row => {
      const to = (due?: string) => queueOf({ assignee: each.personId, due });
      return {
        label: each.name,
        isName: true,
        ...(each.active ? {} : { mark: 'Has left' }),
        cells: [
          linked(each.open, to()),
          linked(each.legallyLate, to('legally-late')),
          linked(each.overdue, to('overdue')),
          plain(each.asked),
          { value: each.roles.map(({ role, open }) => `${roleLabel(role)}: ${open}`).join('; ') || '–' },
        ],
      };
    }),
    stageChart: barChart({
      id: 'stages',
      title: 'Open cases by stage',
      series: ['Nobody works on it', 'Somebody does'],
      rows: stages
        .filter(({ open }) => open > 0)
        .map(({ stage, open, unassigned }) => ({
          label: STAGE_LABELS[stage],
          counts: [unassigned, open - unassigned],
        })),
    }),
    stages: stages.map(({ stage, open, unassigned }): Row => ({
      label: STAGE_LABELS[stage],
      cells: [linked(open, queueOf({ stage })), linked(unassigned, queueOf({ stage, assignee: NOBODY }))],
    })),
  };
}
