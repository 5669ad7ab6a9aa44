// Source: UN Guiding Principles 26 to 30; OHCHR Accountability and Remedy Project II (A/HRC/38/20) for State-based bodies.

/** Other routes the person may be taking. None of them closes a case here by itself. */
export const PARALLEL_PROCEEDINGS = {
  'PP-COURT-CIV': { label: 'Civil court / class or representative action' },
  'PP-COURT-ADM': { label: 'Administrative court/appeal' },
  'PP-CRIM': { label: 'Criminal investigation or trial' },
  'PP-LABT': { label: 'Employment tribunal' },
  'PP-DPA': { label: 'Data protection authority (GDPR 77)' },
  'PP-MSA': { label: 'AI market surveillance authority (AI Act 85)' },
  'PP-FRB': { label: 'Fundamental-rights body (AI Act 77)' },
  'PP-EQB': { label: 'Equality body' },
  'PP-LABI': { label: 'Labour inspectorate' },
  'PP-CONS': { label: 'Consumer authority / ombudsman / ADR' },
  'PP-FIN': { label: 'Financial, insurance supervisor' },
  'PP-PPA': { label: 'Procurement review body' },
  'PP-NHRI': { label: 'National human rights institution' },
  'PP-OMB': { label: 'Public ombudsperson' },
  'PP-NCP': { label: 'OECD National Contact Point' },
  'PP-LKSG': { label: 'BAFA / CSDDD supervisory authority (substantiated concerns)' },
  'PP-WB': { label: 'External whistleblowing authority' },
  'PP-IAM': { label: 'Development-bank accountability mechanism (CAO etc.)' },
  'PP-UNSP': { label: 'UN special procedure communication' },
  'PP-UNTB': { label: 'UN treaty body / regional court' },
  'PP-UNION': { label: 'Collective grievance / GFA procedure' },
  'PP-MSI': { label: 'Industry or multi-stakeholder mechanism' },
  'PP-POL': { label: 'Police report' },
  'PP-OTH': { label: 'Other' },
} as const satisfies Record<string, { label: string }>;

export type ParallelProceedingCode = keyof typeof PARALLEL_PROCEEDINGS;
export const PARALLEL_PROCEEDING_CODES = Object.keys(PARALLEL_PROCEEDINGS) as ParallelProceedingCode[];

/**
 * What the case does while the other proceeding runs. The organisation may not suspend on its own to gain time: a pause needs the
 * complainant's wish or a law. `pausedFor`: the ground on which the case has to be paused already, since naming a course pauses nothing.
 */
export const PARALLEL_COURSES = {
  CONTINUE: { label: 'Go on', pausedFor: null },
  CONTINUE_PARTLY: { label: 'Go on with remedy or interim measures only', pausedFor: null },
  SUSPEND_AT_COMPLAINANT_REQUEST: {
    label: 'Pause because the complainant asked for it',
    pausedFor: 'COMPLAINANT_REQUEST',
  },
  SUSPEND_BY_LAW: {
    label: 'Pause because a law, court or authority orders it',
    pausedFor: 'COURT_OR_AUTHORITY_ORDER',
  },
} as const satisfies Record<string, { label: string; pausedFor: string | null }>;

export type ParallelCourse = keyof typeof PARALLEL_COURSES;
export const PARALLEL_COURSE_CODES = Object.keys(PARALLEL_COURSES) as ParallelCourse[];

/** Who brought it there. */
export const PROCEEDING_FILERS = {
  'PF-PERSON': { label: 'The person' },
  'PF-ALLY': { label: 'A representative, union, NGO or group' },
  'PF-HOUSE': { label: 'This organisation' },
  'PF-MAKER': { label: 'The vendor or provider' },
  'PF-SELF': { label: 'The body itself, of its own accord' },
  'PF-OTHER': { label: 'Somebody else' },
} as const satisfies Record<string, { label: string }>;
export const PROCEEDING_FILER_CODES = Object.keys(PROCEEDING_FILERS);

/** What the body ordered that concerns this mechanism or the system. */
export const PROCEEDING_ORDERS = {
  'PB-KEEP': { label: 'Records, logs or evidence have to be kept' },
  'PB-HAND': { label: 'Records have to be handed over' },
  'PB-STAND': { label: 'This case has to stand still, in whole or in part' },
  'PB-USE': { label: 'The system may not be used, or only within limits' },
  'PB-REMEDY': { label: 'A remedy was ordered' },
  'PB-OTHER': { label: 'Something else' },
} as const satisfies Record<string, { label: string }>;
export type ProceedingOrder = keyof typeof PROCEEDING_ORDERS;
export const PROCEEDING_ORDER_CODES = Object.keys(PROCEEDING_ORDERS) as ProceedingOrder[];

/** After these nothing of the case is erased: they place a legal hold. */
export const KEEPING_ORDERS: readonly ProceedingOrder[] = ['PB-KEEP', 'PB-HAND'];

/** How it ended there; an end there ends nothing here. */
export const PROCEEDING_OUTCOMES = {
  'PE-FOR': { label: 'Decided for the person' },
  'PE-PARTLY': { label: 'Decided partly for the person' },
  'PE-AGAINST': { label: 'Decided against the person' },
  'PE-SETTLED': { label: 'Settled there' },
  'PE-WITHDRAWN': { label: 'Withdrawn there' },
  'PE-OPEN': { label: 'Ended without a decision' },
} as const satisfies Record<string, { label: string }>;
export const PROCEEDING_OUTCOME_CODES = Object.keys(PROCEEDING_OUTCOMES);
