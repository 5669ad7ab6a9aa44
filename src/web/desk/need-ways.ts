import type { OpenStep } from '../../casework/views';
import type { UnmetNeed } from '../../platform/refusal';
import { ASKS } from '../../rules/asks';
import { metBy, statesOf } from '../../rules/met-by';
import type { StepName, StepRow } from '../../rules/steps';
import { isOfObject } from '../../rules/workflow';
import { roleLabel, stateLabel, stepLabel } from './code-label';

/** A need with where it is met: what this reader can open, and who has to act where they cannot. */
export interface NeedWithWays extends UnmetNeed {
  ways: { href: string; label: string }[];
  others: string[];
}

/** What decides where a need leads a reader. */
export interface Standing {
  /** Address of the case. */
  path: string;
  /** What is open to the reader. */
  openSteps: readonly Pick<OpenStep, 'step' | 'readiness'>[];
  /** Parts of the page of the case that are drawn. */
  sections: readonly { id: string; title: string }[];
  /** `case`: on the page of the case itself; `form`: on that of the step. */
  page: 'case' | 'form';
}

/** Pages beside that of the case, by where the case lies. */
const PAGES = {
  systems: () => ({ href: '/desk/systems', label: 'Register of AI systems' }),
  sharing: (path: string) => ({ href: `${path}/sharing`, label: 'Pass something on' }),
} as const;
const STATES_NAMED = 3;

/** The needs of a step, each with links to where this reader meets it; of what somebody else has to do, whose role it is. */
export function needsWithWays(row: StepRow, needs: readonly UnmetNeed[], standing: Standing): NeedWithWays[] {
  return needs.map((need) => ({
    ...need,
    ways: [...stepWays(need, standing), ...answerWays(need, row, standing), ...pageWays(need, standing)],
    others: othersOf(need, standing),
  }));
}

function isForReader(step: string, { openSteps }: Standing): boolean {
  return openSteps.some((open) => open.step === step);
}

function stepWays({ metBy: steps = [] }: UnmetNeed, standing: Standing): NeedWithWays['ways'] {
  return steps
    .filter(({ step }) => isForReader(step, standing))
    .map(({ step }) => ({ href: `${standing.path}/steps/${step}`, label: stepLabel(step) }));
}

/** Questions of the form itself; a missing answer has its link already, and where there is nothing to name none is of use. */
function answerWays(
  { name }: UnmetNeed,
  { step, asks, mayAsk = [] }: StepRow,
  standing: Standing,
): NeedWithWays['ways'] {
  const isNothingThere = standing.openSteps.some(
    (open) => open.step === step && open.readiness === 'NOTHING_THERE',
  );
  if (isNothingThere && isOfObject(name)) return [];
  const form = standing.page === 'form' ? '' : `${standing.path}/steps/${step}`;
  return (metBy(name)?.answers ?? [])
    .filter((ask) => asks.includes(ask) || mayAsk.includes(ask))
    .map((ask) => ({ href: `${form}#${ask}`, label: `Answer: ${ASKS[ask].label}` }));
}

function pageWays({ name }: UnmetNeed, { path, sections, page }: Standing): NeedWithWays['ways'] {
  const found = metBy(name);
  const section = sections.find(({ id }) => id === found?.section);
  return [
    ...(section
      ? [{ href: `${page === 'case' ? '' : path}#${section.id}`, label: `See: ${section.title}` }]
      : []),
    ...(found?.page ? [PAGES[found.page](path)] : []),
  ];
}

/** Who has to act, where this reader cannot; and what has to wait for another state. */
function othersOf({ name, metBy: steps = [] }: UnmetNeed, standing: Standing): string[] {
  const roles = (metBy(name)?.roles ?? []).map((role) => `${roleLabel(role)} has to act`);
  const others = steps
    .filter(({ step }) => !isForReader(step, standing))
    .map(({ step, by, isOpen }) => {
      const who = by.map(roleLabel).join(', ');
      if (isOpen) return `${stepLabel(step)}: ${who}`;
      const states = statesOf(step as StepName).map((state) => `“${stateLabel(state)}”`);
      const some = states.slice(0, STATES_NAMED).join(', ');
      return `${stepLabel(step)}: ${who}${some && `, in state ${some}${states.length > STATES_NAMED ? ' and others' : ''}`}`;
    });
  return [...roles, ...others];
}
