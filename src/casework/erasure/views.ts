import type { Day, Instant } from '../../platform/time';
import type { KeptBack, LengthByOutcome, ScheduleCode } from '../../rules/retention';

/** A case whose time is over. */
export interface DueCaseView {
  reference: string;
  state: string;
  closureCode: string | null;
  closedOn: Day;
  dueOn: Day;
}

/** What is due under a schedule; each list ends at what one batch can hold. */
export interface DueView {
  schedule: ScheduleCode;
  /** As this house keeps it, from the last closure; not after the endings in `otherLengths`. */
  years: number;
  otherLengths: LengthByOutcome[];
  free: DueCaseView[];
  held: (DueCaseView & { keptBack: KeptBack })[];
}

/** A batch as those see it who dispose. */
export interface BatchView {
  id: string;
  schedule: ScheduleCode;
  /** PROPOSED, AGREED, DONE or REFUSED. */
  status: string;
  proposedBy: string;
  proposedAt: Instant;
  note: string;
  settledBy: string | null;
  settledAt: Instant | null;
  doneAt: Instant | null;
  cases: BatchCaseView[];
}

/** A case of a batch. */
export interface BatchCaseView {
  n: number;
  reference: string;
  /** How and when it ended, and since when it may be erased under the schedule of the batch: as it is now, null while it is open again. */
  closureCode: string | null;
  closedOn: Day | null;
  dueOn: Day | null;
  /** LISTED, ERASED, KEPT_BACK (with the reason) or DROPPED. */
  status: string;
  keptBack: string | null;
}

/** A legal hold as staff see it. */
export interface HoldView {
  n: number;
  ground: string;
  reason: string | null;
  placedBy: string | null;
  placedOn: Day;
  reviewedBy: string | null;
  reviewedOn: Day | null;
  releasedBy: string | null;
  releasedOn: Day | null;
}

/** A request for erasure as staff see it. */
export interface ErasureRequestView {
  n: number;
  scope: string;
  requestedOn: Day;
  status: string;
  decidedOn: Day | null;
}
