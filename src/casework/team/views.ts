import type { Day, Instant } from '../../platform/time';

/** Somebody on the team, or asked onto it. */
export interface AssignmentView {
  role: string;
  name: string;
  personId: string;
  /** Whether the person has yet to say if there is a conflict of interest. */
  isAsked: boolean;
  /** From outside, for this case alone. */
  isGuest: boolean;
  /** Whether the person is no longer active, or no longer holds the role: the place waits to be handed over. */
  hasLeft: boolean;
}

/** In whose hands a case is. Without names: in those of everybody who holds the role. */
export interface HeldBy {
  role: string;
  names: string[];
  /** The role in which nobody is on the team who may act, and whoever carries the case has to assign somebody; null where nobody is missing. */
  lacks: string | null;
}

/** Somebody, or a unit, that must not learn of the case. */
export interface ExclusionView {
  n: number;
  ground: string;
  person: string | null;
  unit: string | null;
  /** Null: the person withdrew. */
  excludedBy: string | null;
  excludedOn: Day;
  endedOn: Day | null;
}

/** How far a guest is: the link waits, was not used in its time, was used; the last day is over; somebody ended it. */
export type GuestStatus = 'INVITED' | 'NOT_USED' | 'LET_IN' | 'OVER' | 'ENDED';

/** Somebody from outside whom the case was opened to. */
export interface GuestView {
  n: number;
  role: string;
  /** The last day. */
  until: Day;
  seesFiles: boolean;
  /** Null until the link was used, as is the name. */
  personId: string | null;
  name: string | null;
  invitedBy: string;
  invitedOn: Day;
  /** The day on which they last opened the case. */
  readOn: Day | null;
  endedOn: Day | null;
  status: GuestStatus;
}

/** That somebody from outside the team opened the case in an emergency. */
export interface BreakGlassView {
  n: number;
  by: string;
  role: string;
  reason: string;
  openedAt: Instant;
  until: Instant;
  reviewedBy: string | null;
  reviewedOn: Day | null;
  wasNeeded: boolean | null;
}

/** A case that somebody is asked to work on: as much of it as is needed to say whether there is a conflict of interest. */
export interface AskedView {
  reference: string;
  revision: number;
  roles: string[];
  askedBy: string | null;
  concerns: string | null;
}

/** A step that somebody else proposed and that waits for one’s agreement. */
export interface AgreementAskedView {
  reference: string;
  step: string;
  proposedBy: string;
  byRole: string;
  proposedOn: Day;
  /** A target of our own; null where it was proposed before there was one. */
  dueOn: Day | null;
}

/** An emergency opening that no protection officer has looked at yet. */
export type UnreviewedView = BreakGlassView & { reference: string };
