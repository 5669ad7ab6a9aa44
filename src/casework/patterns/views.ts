import type { Day } from '../../platform/time';
import type { PatternRule } from '../../rules/patterns';
import type { State } from '../../rules/states';

/** A review of what cases about one AI system have in common, as far as the reader may know of these cases. */
export interface PatternReviewRow {
  number: number;
  revision: number;
  rule: PatternRule;
  systemNumber: number;
  systemName: string;
  /** A harm, a kind of proceeding, the number of a record of the system, or a group, as the rule says. */
  code: string;
  foundOn: Day;
  dueOn: Day;
  overdue: boolean;
  status: 'OPEN' | 'DECIDED';
  /** Null: nobody took it yet. */
  owner: { personId: string; name: string } | null;
  /** Cases behind it, of those that the reader may see; of a group only how many there are at least. */
  cases: number;
  patternDecision: string | null;
  decidedOn: Day | null;
}

export interface PatternReviewView extends PatternReviewRow {
  decisionReasons: string | null;
  decidedBy: string | null;
  /** The record of the system that assesses its impacts on human rights, which the decision names. */
  assessment: PatternAssessment | null;
  /** Those that there are, newest first. */
  assessments: PatternAssessment[];
  /** For a rise: the version that it began with. */
  version: { n: number; recordTitle: string; happenedOn: Day } | null;
  /** The newest first, at most `MOST_LISTED`; of a group none. */
  newestCases: { reference: string; state: State; tier: string | null; lodgedOn: Day }[];
}

export interface PatternAssessment {
  n: number;
  recordKind: string;
  recordTitle: string;
  happenedOn: Day;
  struckOn: Day | null;
}
