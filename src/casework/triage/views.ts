import type { RoutingProposal } from '../../rules/routing';
import type { Likeness } from '../../rules/duplicates';
import type { State } from '../../rules/states';
import type { Day } from '../../platform/time';

/** What the rules of routing propose for a case; nothing of it is done by itself. */
export interface RoutingView extends RoutingProposal {
  /** Number of the version of the rules. */
  version: number;
}

/** Another case that may tell of the same: a hint for whoever reads both. */
export interface LikelyDuplicate extends Likeness {
  reference: string;
  state: State;
  lodgedOn: Day;
}

/** That a case is looked at in another one, as its own person knows it: whose that is, and where it stands, is not theirs to follow. */
export interface MyMergerView {
  joinedOn: Day;
  /** Whether the other case has ended. */
  isOver: boolean;
}
