import type { UnmetNeed } from '../platform/refusal';
import { stepsMeeting } from '../rules/met-by';
import type { State } from '../rules/states';
import type { CaseFile } from './case-file';

/** Needs with the steps that meet them in this case, as far as steps do. */
export function withWays({ policy, case: row }: CaseFile, needs: readonly UnmetNeed[]): UnmetNeed[] {
  return needs.map((need) => {
    const steps = stepsMeeting(policy.rows, need.name, row.state as State);
    return steps.length === 0
      ? need
      : { ...need, metBy: steps.map(({ step, by, isOpen }) => ({ step, by: [...by], isOpen })) };
  });
}
