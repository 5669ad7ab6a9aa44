import type { Day } from '../../platform/time';
import type { JoinCodeStatus } from '../../rules/collective';
import type { State } from '../../rules/states';

/** A code with which people join a collective complaint; the code itself is shown once, when it is made. */
export interface JoinCodeView {
  n: number;
  places: number;
  until: Day;
  madeOn: Day;
  endedOn: Day | null;
  byRole: string;
  status: JoinCodeStatus;
}

/** What is known of a complaint for a group, beside who belongs to it. */
interface GroupFacts {
  estimatedSize: number | null;
  membershipMode: string | null;
  individualRemedyNeeded: boolean | null;
  joinCodes: JoinCodeView[];
}

/** A collective complaint as whoever leads it knows it. `members`: how many; null for none up to four. */
export interface MyCollectiveView extends GroupFacts {
  members: number | null;
}

/** A collective complaint as staff know it, with the cases of members that the reader may see, the first 200 by name. */
export interface CollectiveView extends GroupFacts {
  membersSeen: number;
  members: { reference: string; state: State }[];
}

/** The collective complaint that a case is part of, or the case that it was joined to. */
export interface MyMembershipView {
  reference: string;
  state: State;
  joinedOn: Day;
  /** Since when its content is gone. */
  erasedOn: Day | null;
}
