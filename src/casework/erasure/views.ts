import type { Day, Instant } from '../../platform/time';
import type { KeptBack, ScheduleCode } from '../../rules/retention';

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
  /** As this house keeps it, from the last closure. */
  years: number;
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
  /** LISTED, ERASED, KEPT_BACK (with the reason) or DROPPED. */
  cases: { n: number; reference: string; closedOn: Day | null; status: string; keptBack: string | null }[];
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
