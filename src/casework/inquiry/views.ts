import type { Day } from '../../platform/time';

export interface AllegationView {
  n: number;
  harm: string | null;
  text: string;
  finding: string | null;
  findingReasons: string | null;
  /** A code of `STANDARDS_OF_PROOF`; null where nothing was assessed. */
  standardOfProof: string | null;
  /** Evidence was lost or withheld, which counts for the complainant; null where nobody said so. */
  evidenceWithheld: boolean | null;
  /** What the finding says of records that are missing. */
  missingRecords: string | null;
  /** Codes of `ROOT_CAUSES`, for staff alone; null where none were named. */
  rootCauses: string[] | null;
}

/** What the inquiry asked for, and what came of it, as the person reads it. */
export interface MyEvidenceRequestView {
  n: number;
  /** A code of `ASKED_OF`. */
  askedOf: string;
  askedOn: Day;
  /** A code of `EVIDENCE_REQUEST_STATUSES`. */
  status: string;
  settledOn: Day | null;
  /** A code of `RECORDS_FOUND`; null while it waits. */
  records: string | null;
}

/** The same for staff. */
export interface EvidenceRequestView extends MyEvidenceRequestView {
  whom: string;
  text: string;
  /** Number of the allegation; null where it is about all of them. */
  allegation: number | null;
  by: string;
  byRole: string;
  dueOn: Day;
  overdue: boolean;
  /** What came, or why nothing did. */
  reply: string | null;
  /** A code of `REFUSAL_GROUNDS`. */
  refusalGround: string | null;
}

/** Somebody proposed to lead the dialogue, as the person reads it. */
export interface MyFacilitatorView {
  n: number;
  who: string;
  /** Why this is somebody neutral. */
  neutral: string;
  proposedOn: Day;
  /** What each side says: codes of `FACILITATOR_ANSWERS`. */
  person: string;
  personOn: Day | null;
  personSaid: string | null;
  unit: string;
}

/** The same for staff. */
export interface FacilitatorView extends MyFacilitatorView {
  byRole: string;
  unitOn: Day | null;
  unitSaid: string | null;
}

/** An interview or session that the person is at. */
export interface MyMeetingView {
  n: number;
  /** A code of `MEETING_KINDS`. */
  kind: string;
  plannedFor: Day;
  details: string;
  /** A code of `MEETING_STATUSES`. */
  status: string;
  /** Day on which it was held, or was to be. */
  heldOn: Day | null;
}

/** Any interview or session, for staff. */
export interface MeetingView extends MyMeetingView {
  /** A code of `MEETING_PARTNERS`. */
  withWhom: string;
  byRole: string;
  accompanied: boolean | null;
  /** Number of the transcript. */
  transcript: number | null;
  note: string | null;
}
