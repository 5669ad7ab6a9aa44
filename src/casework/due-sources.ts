import type { Day } from '../platform/time';
import { Article26Notice } from '../records/entities/article26-notice';
import { EvidenceRequest } from '../records/entities/evidence-request';
import { InterimMeasure } from '../records/entities/interim-measure';
import { Offer } from '../records/entities/offer';
import { PreservationRequest } from '../records/entities/preservation-request';
import { Proposal } from '../records/entities/proposal';
import { ProtectionMeasure } from '../records/entities/protection-measure';
import { Question } from '../records/entities/question';
import { RemedyAction } from '../records/entities/remedy-action';
import { TeamTask } from '../records/entities/team-task';
import { TranslationRequest } from '../records/entities/translation-request';
import { isMoot } from '../rules/agreements';
import { addDays } from '../rules/counting';
import { protectionStands } from '../rules/protection';
import { STATES, type State } from '../rules/states';
import type { TaskKind } from '../rules/tasks';

type Rows = new () => { caseId: string };

/** Objects of a case with a day on which somebody here has to look at it again. */
export interface DueSource<Table extends Rows = Rows> {
  kind: TaskKind;
  table: Table;
  /** That day; null where nobody waits for it. */
  dayOf: (row: InstanceType<Table>, state: State) => Day | null;
  /** A code of it that says more than its kind. */
  codeOf?: (row: InstanceType<Table>) => string;
}

/** Any of them: what `table` gives is what its own functions take. */
const source = <Table extends Rows>(row: DueSource<Table>): DueSource => row;

const on = (waits: boolean, day: Day | null): Day | null => (waits ? day : null);
/** The day after somebody else's time is over. */
const after = (waits: boolean, day: Day | null): Day | null =>
  waits && day !== null ? addDays(day, 1) : null;
const isOpen = (state: State): boolean => !STATES[state].ended;

/** All of them but the clocks and the days in the row of the case itself. */
// prettier-ignore
export const DUE_SOURCES: readonly DueSource[] = [
  source({ kind: 'AGREEMENT', table: Proposal, dayOf: ({ status, step, dueOn }, state) => on(status === 'OPEN' && !isMoot(step, state), dueOn), codeOf: ({ step }) => step }),
  source({ kind: 'TEAM_TASK', table: TeamTask, dayOf: ({ status, dueOn }) => on(status === 'OPEN', dueOn) }),
  source({ kind: 'ACTION', table: RemedyAction, dayOf: ({ status, dueOn }) => on(status === 'AGREED' || status === 'STARTED', dueOn), codeOf: ({ action }) => action }),
  source({ kind: 'MEASURE', table: InterimMeasure, dayOf: ({ status, dueOn }) => on(status === 'IM_ORDERED', dueOn), codeOf: ({ measure }) => measure }),
  source({ kind: 'PROTECTION_REVIEW', table: ProtectionMeasure, dayOf: ({ status, reviewOn }) => on(protectionStands(status), reviewOn), codeOf: ({ measure }) => measure }),
  source({ kind: 'PRESERVATION', table: PreservationRequest, dayOf: ({ answer, dueOn }) => after(answer === null, dueOn) }),
  source({ kind: 'NOTICE', table: Article26Notice, dayOf: ({ outcome, dueOn }) => on(outcome === null, dueOn), codeOf: ({ addressee }) => addressee }),
  source({ kind: 'TRANSLATION_REQUEST', table: TranslationRequest, dayOf: ({ status, dueOn }) => on(status === 'ASKED', dueOn), codeOf: ({ language }) => language }),
  source({ kind: 'OFFER', table: Offer, dayOf: ({ status, replyDueOn }, state) => after(isOpen(state) && status === 'OPEN', replyDueOn) }),
  source({ kind: 'EVIDENCE_REQUEST', table: EvidenceRequest, dayOf: ({ status, dueOn }, state) => after(isOpen(state) && status === 'ASKED', dueOn), codeOf: ({ askedOf }) => askedOf }),
  source({ kind: 'QUESTION', table: Question, dayOf: ({ answeredOn, dueOn }, state) => after(isOpen(state) && answeredOn === null, dueOn) }),
];

/** Days in the row of the case itself. */
export function daysOfCase(
  { reprisalReviewOn, suspendedUntil }: { reprisalReviewOn: Day | null; suspendedUntil: Day | null },
  state: State,
): { kind: TaskKind; day: Day | null }[] {
  return [
    { kind: 'REPRISAL_REVIEW', day: reprisalReviewOn },
    { kind: 'PAUSE', day: on(isOpen(state), suspendedUntil) },
  ];
}
