import type { Instant } from '../../platform/time';
import type { AmendmentFault } from '../../rules/policy-amendments';
import type { PolicyAmendment } from '../../rules/policy';

/** An amendment with what it says in plain words. */
export interface PolicyAmendmentView extends PolicyAmendment {
  sentence: string;
}

/** What one step or clock says in one version of the process and in another. */
export interface PolicyChange {
  /** The step or clock. */
  of: string;
  before: string;
  after: string;
  /** In what the later one asks less of anybody, as sentences; empty: in nothing. */
  looser: string[];
}

/** A version of the process. */
export interface PolicyView {
  version: string;
  amendments: PolicyAmendmentView[];
  /** Null for the table in code. */
  publishedAt: Instant | null;
  /** The second person; null for the table in code. */
  publishedBy: string | null;
}

/** What came of trying amendments: what would be different from the newest version, and what is wrong with which of them, from 1. */
export interface PolicyTrial {
  faults: (AmendmentFault & { n: number })[];
  changes: PolicyChange[];
  /** Why nobody who works here could take a step that is amended, a sentence each: no active account has the roles that are left. */
  leftToNobody: string[];
}

/** What is drafted for the next version. */
export interface PolicyDraftView extends PolicyTrial {
  n: number;
  amendments: PolicyAmendmentView[];
  changedAt: Instant;
}

/** What can be made stricter of one step or target. */
export interface PolicyAmendmentForm {
  /** What could be added to the draft, or a new one, as it is. */
  possible: PolicyAmendment[];
  /** Why nothing can; empty where something can. */
  none: AmendmentFault[];
  /** How long a target runs now, by tier; empty for a step. */
  lengths: { tier: string | null; text: string }[];
  seen: string;
}

/** Every version of the process, newest first, and what waits for a second person. */
export interface PoliciesView {
  versions: PolicyView[];
  draft: PolicyDraftView | null;
  /** Drafts that were dropped, newest first. */
  dropped: { n: number; changedAt: Instant; by: string }[];
  /** What a form saw; sent back with it. */
  seen: string;
}
