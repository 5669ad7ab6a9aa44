// What is late, and who answers for it (feature 66).
import { mayAnswerFor } from '../lateness';
import { thereIs, type Need } from './need';

export const LATENESS_NEEDS = {
  somethingIsLate: thereIs(
    'Nothing is late that was not reported as late already.',
    (f) => f.lateUnreported > 0,
  ),
  lateReported: thereIs(
    'Nobody waits for an answer about what is late from you, or from somebody below you on the ladder.',
    (f) => f.lateReport !== null && mayAnswerFor(f.actor.role, f.lateReport.role),
  ),
} as const satisfies Record<string, Need>;
