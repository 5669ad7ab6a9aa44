// Source: the step table. One text of the whole process, so that a change of process is a readable difference.
import { ASKS, type Ask } from './asks';
import { clockRule, type ClockCode } from './clocks';
import { DICTATION_ASKS, DICTATION_MAY_ASK, DICTATION_NEEDS } from './dictated-row';
import { NEEDS } from './needs';
import { ROLES, type RoleCode } from './roles';
import { STAGES, STATE_CODES, STATES, type State } from './states';
import { STEPS, type Agreement, type StepRow } from './steps';
import { agreementsOf, needsOf, POLICY_VERSION } from './workflow';

/** The process in plain words: states by stage, then every step in the order of a case's life. */
export function processText(): string {
  const states = STAGES.flatMap((stage) => [
    `${stage}: ${STATE_CODES.filter((state) => STATES[state].stage === stage)
      .map(describeState)
      .join(', ')}`,
  ]);
  return (
    [
      `Process ${POLICY_VERSION}`,
      '',
      'States',
      ...states,
      '',
      'Steps',
      '',
      ...STEPS.flatMap((row: StepRow) => [...describeStep(row), '']),
      'Where the person says a step, and staff write it down',
      ...DICTATION_NEEDS.map((name) => `  - needs ${name}: ${NEEDS[name].sentence}`),
      ...DICTATION_ASKS.map((name) => `  - asks ${name}: ${ASKS[name].label}`),
      ...DICTATION_MAY_ASK.map((name) => `  - may say ${name}: ${ASKS[name].label}`),
      `  - whoever decides: ${NEEDS.deciderHeldNoPen.sentence}`,
      '',
      'Clocks',
      ...clockLines(),
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

function clockLines(): string[] {
  const codes = new Set<ClockCode>(
    STEPS.flatMap((row: StepRow) => [...(row.clocks.start ?? []), ...(row.clocks.stop ?? [])]),
  );
  return [...codes].sort().map((code) => {
    const { label, basis, law, period } = clockRule(code);
    const length = period ? `${period.length} ${period.unit}` : 'by tier';
    return `${code}: ${label}; ${length}; ${basis === 'legal' ? law : 'internal target'}`;
  });
}
