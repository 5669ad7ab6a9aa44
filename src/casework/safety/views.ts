import type { Day } from '../../platform/time';

/** A measure of the plan that protects somebody of the case. */
export interface ProtectionView {
  n: number;
  /** A code of `PROTECTION_MEASURES`. */
  measure: string;
  /** A code of `PERSONS_AT_RISK`. */
  protects: string;
  /** A code of `PROTECTION_STATES`. */
  status: string;
  wished: boolean | null;
  owner: string;
  plannedOn: Day;
  begunOn: Day | null;
  reviewedOn: Day | null;
  reviewOn: Day;
  /** Whether the day of the review has come. */
  reviewDue: boolean;
  endedOn: Day | null;
}

/** One time at which the person is asked whether she is safe. */
export interface CheckInView {
  n: number;
  everyDays: number;
  dueOn: Day;
  status: string;
  askedOn: Day | null;
  answer: string | null;
  answeredOn: Day | null;
}
