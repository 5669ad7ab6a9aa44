// Source: the step table. One text of the whole process, so that a change of process is a readable difference.
import { ASKS, type Ask } from './asks';
import { CLOCK_CODES, type ClockCode } from './clocks';
import { DICTATION_ASKS, DICTATION_MAY_ASK, DICTATION_NEEDS } from './dictated-row';
import { NEEDS } from './needs';
import { ROLES, type RoleCode } from './roles';
import { STAGES, STATE_CODES, STATES, type State } from './states';
import type { Agreement, StepRow } from './steps';
import { looserClock, looserStep } from './looser';
import type { Policy } from './policy';
import { lengthsOf } from './policy-amendments';
import { agreementsOf, needsOf } from './workflow';

/** A version of the process in plain words: states by stage, then every step in the order of a case's life. */
export function processText(policy: Policy): string {
  const states = STAGES.flatMap((stage) => [
    `${stage}: ${STATE_CODES.filter((state) => STATES[state].stage === stage)
      .map(describeState)
      .join(', ')}`,
  ]);
  return (
    [
      `Process ${policy.version}`,
      '',
      'States',
      ...states,
      '',
      'Steps',
      '',
      ...policy.rows.flatMap((row) => [...describeStep(row), '']),
      'Where the person says a step, and staff write it down',
      ...DICTATION_NEEDS.map((name) => `  - needs ${name}: ${NEEDS[name].sentence}`),
      ...DICTATION_ASKS.map((name) => `  - asks ${name}: ${ASKS[name].label}`),
      ...DICTATION_MAY_ASK.map((name) => `  - may say ${name}: ${ASKS[name].label}`),
      `  - whoever decides: ${NEEDS.deciderHeldNoPen.sentence}`,
      '',
      'Clocks',
      ...clockLines(policy).map(({ line }) => line),
    ].join('\n') + '\n'
  );
}

function describeState(state: State): string {
  return `${state} (${ROLES[STATES[state].owner].label}${STATES[state].ended ? ', ended' : ''})`;
}

function describeStep(row: StepRow): string[] {
  const roles = (codes: readonly RoleCode[]) => codes.map((code) => ROLES[code].label).join(', ');
  const list = (title: string, lines: readonly string[]) =>
    lines.length > 0 ? [`  ${title}`, ...lines.map((line) => `    - ${line}`)] : [];
  const asked = (name: keyof typeof ASKS) => `${name}: ${(ASKS[name] as Ask).label}`;
  return [
    `${row.step}${row.decides ? ' [decides]' : ''}${row.refuses ? ' [a review is open afterwards]' : ''}${row.forGuests ? ' [open to guests]' : ''}`,
    `  ${fromText(row)} → ${row.to}`,
    `  by ${roles(row.by)}${row.dictatedTo ? `; written down by ${roles(row.dictatedTo)} where the person says it` : ''}${agreementsOf(
      row,
    )
      .map(({ role, when }) => `; ${ROLES[role].label} agrees${AGREEMENT_WHEN[when]}`)
      .join('')}`,
    ...list(
      'needs',
      needsOf(row).map((name) => `${name}: ${NEEDS[name].sentence}`),
    ),
    ...list('asks', row.asks.map(asked)),
    ...list('may leave that out', row.freeFor ? [roles(row.freeFor)] : []),
    ...list('may say', (row.mayAsk ?? []).map(asked)),
    ...list('letter', row.tells ? [row.tells] : []),
    ...list('clocks', [
      ...(row.clocks.stop ?? []).map((code) => `stops ${code}`),
      ...(row.clocks.start ?? []).map((code) => `starts ${code}`),
    ]),
  ];
}

const AGREEMENT_WHEN: Record<Agreement['when'], string> = {
  always: '',
  severe: ' (severe and critical cases)',
  'remedy-owed': ' (where the organisation owes a remedy)',
  'told-only': ' (where the person is only told where to turn)',
  unanswered: ' (where the other body has not said that it takes the case)',
  'monitoring-runs': ' (where the monitoring is not over)',
  'guarded-identity': ' (confidential cases, and where the risk of reprisal is high)',
  'held-by-another': ' (where somebody else holds a receipt of the case)',
  'by-staff': ' (where staff take the step)',
  dictated: ' (where staff write down what the person said)',
  'she-could-be-asked': ' (where staff take the step and the person holds a receipt of their own)',
};

function fromText(row: StepRow): string {
  if (row.from.length === STATE_CODES.length) return 'any state';
  return row.from.join(', ');
}

/** What two versions of the process say differently, step by step and clock by clock, and in what the later one is `looser`. */
export function processChanges(
  before: Policy,
  after: Policy,
): { of: string; before: string; after: string; looser: string[] }[] {
  const steps = before.rows.map((row) => ({
    of: row.step,
    before: describeStep(row).join('\n'),
    after: describeStep(after.row(row.step)).join('\n'),
    looser: looserStep(row, after.row(row.step)),
  }));
  const lines = clockLines(after);
  const clocks = clockLines(before).map(({ code, line }) => ({
    of: code,
    before: line,
    after: lines.find((each) => each.code === code)!.line,
    looser: looserClock(before.clocks[code], after.clocks[code]),
  }));
  return [...steps, ...clocks].filter((each) => each.before !== each.after);
}

function clockLines({ clocks }: Policy): { code: ClockCode; line: string }[] {
  return CLOCK_CODES.toSorted().map((code) => {
    const { label, basis, law } = clocks[code];
    const lengths = lengthsOf(clocks[code]).map(
      ({ tier, length, unit }) => `${tier === null ? '' : `${tier} `}${length} ${unit}`,
    );
    return {
      code,
      line: `${code}: ${label}; ${lengths.join(', ')}; ${basis === 'legal' ? law : 'internal target'}`,
    };
  });
}
