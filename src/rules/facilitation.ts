// Source: process model 6.3 (neutral facilitator accepted by both, support against the imbalance of power); trauma-informed rules 5.3
// (whom the person wants beside them, no cross-questioning). Codes are stable: they stand in ledgers.

/** What each side says of a facilitator; silence accepts nobody. */
export const FACILITATOR_ANSWERS = {
  WAITING: { label: 'has not answered yet' },
  ACCEPTED: { label: 'accepts' },
  REFUSED: { label: 'refuses' },
} as const satisfies Record<string, { label: string }>;
export type FacilitatorAnswer = keyof typeof FACILITATOR_ANSWERS;
export const FACILITATOR_ANSWER_CODES = Object.keys(FACILITATOR_ANSWERS) as FacilitatorAnswer[];

/** An investigator interviews; a mediator leads sessions with both sides. */
export const MEETING_KINDS = {
  INTERVIEW: { label: 'Interview' },
  SESSION: { label: 'Session of the dialogue' },
} as const satisfies Record<string, { label: string }>;
export type MeetingKind = keyof typeof MEETING_KINDS;
export const MEETING_KIND_CODES = Object.keys(MEETING_KINDS) as MeetingKind[];

/** Whom an interview is with; in a session, both sides are there. */
export const MEETING_PARTNERS = {
  PERSON: { label: 'with the person who complains' },
  BOTH_SIDES: { label: 'with both sides' },
  UNIT: { label: 'with somebody of the unit' },
  VENDOR: { label: 'with the vendor' },
  WITNESS: { label: 'with a witness' },
  OTHER: { label: 'with somebody else' },
} as const satisfies Record<string, { label: string }>;
export type MeetingPartner = keyof typeof MEETING_PARTNERS;
export const MEETING_PARTNER_CODES = Object.keys(MEETING_PARTNERS) as MeetingPartner[];

/** Meetings that the person is at. Of the others she learns nothing here: they could tell her who a witness is. */
export const HER_MEETINGS: readonly string[] = ['PERSON', 'BOTH_SIDES'] satisfies MeetingPartner[];
export const INTERVIEW_PARTNERS = MEETING_PARTNER_CODES.filter((code) => !HER_MEETINGS.includes(code));

export const MEETING_STATUSES = {
  PLANNED: { label: 'planned' },
  HELD: { label: 'held' },
  NOT_HELD: { label: 'not held' },
  CALLED_OFF: { label: 'called off' },
} as const satisfies Record<string, { label: string }>;
export type MeetingStatus = keyof typeof MEETING_STATUSES;
export const MEETING_STATUS_CODES = Object.keys(MEETING_STATUSES) as MeetingStatus[];
export const MEETING_OUTCOMES = ['HELD', 'NOT_HELD'] as const satisfies readonly MeetingStatus[];
