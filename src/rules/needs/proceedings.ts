// Other routes that the person takes (parallel proceedings 4.7; UN Guiding Principles 26 to 30): none closes a case, and none pauses it alone.
import { PARALLEL_COURSES, type ParallelCourse } from '../parallel-proceedings';
import { need, oneOf, type Need } from './need';
import { said } from './readings';

export const PROCEEDING_NEEDS = {
  proceedingNotAhead: need(
    'The proceeding cannot have begun, ordered anything, or been told to the person after today.',
    (f, a) =>
      (['proceedingBegunOn', 'proceedingOrderOn', 'proceedingToldOn'] as const).every(
        (name) => a[name] === undefined || said(a, name) <= f.today,
      ),
  ),
  elsewhereOnRecord: need(
    'Nothing on record shows that it was solved elsewhere. Give the number of a proceeding of this case that has ended, or of a question to which the person answered that they agree.',
    (f, a) =>
      f.proceedings.some(({ n, endedOn }) => n === a.proceedingNumber && endedOn !== null) ||
      f.answeredQuestions.some((n) => n === a.questionNumber),
  ),
  proceedingRuns: oneOf('proceeding that has not ended', 'proceedingNumber', (f) =>
    f.proceedings.filter(({ endedOn }) => endedOn === null),
  ),
  pausedAsCourseSays: need(
    'This case is not paused on that ground. Nobody pauses it to gain time: the person asks for a pause, or a decision-maker suspends it because a court or an authority orders it. Then note it here.',
    (f, a) => {
      const { pausedFor } = PARALLEL_COURSES[a.proceedingCourse as ParallelCourse];
      return pausedFor === null || (f.suspendedUntil !== null && f.suspendedGround === pausedFor);
    },
  ),
} as const satisfies Record<string, Need>;
