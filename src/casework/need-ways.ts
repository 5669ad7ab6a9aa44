import type { UnmetNeed } from '../platform/refusal';
import { stepsMeeting } from '../rules/met-by';
import type { State } from '../rules/states';

/** Needs with the steps that meet them, as far as steps do. */
export function withWays(needs: readonly UnmetNeed[], state: State | 'new'): UnmetNeed[] {
  return needs.map((need) => {
    const steps = stepsMeeting(need.name, state);
    return steps.length === 0
      ? need
      : { ...need, metBy: steps.map(({ step, by, isOpen }) => ({ step, by: [...by], isOpen })) };
  });
}
