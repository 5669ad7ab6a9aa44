import type { GuestGrant } from '../../people/visitor';
import { INVITATION_DAYS } from '../../people/invitations';
import type { Day } from '../../platform/time';
import type { Guest } from '../../records/entities/guest';
import { SAFETY_CLOCKS } from '../../rules/clocks';
import { addDays } from '../../rules/counting';
import { KEPT_FROM_GUESTS, SAID_TO_GUESTS } from '../../rules/guests';
import type { CaseFile } from '../case-file';
import { nameOf, type Names } from '../case-objects';
import type { UntaskedView } from '../views';
import type { GuestStatus, GuestView } from './views';

/** Whom the case was opened to from outside, those too whose access is over. */
export function guestViews(file: CaseFile, names: Names, today: Day): GuestView[] {
  return file.guests.map((row) => ({
    n: row.n,
    role: row.role,
    until: row.until,
    seesFiles: row.seesFiles,
    personId: row.personId,
    name: row.personId && nameOf(names, row.personId),
    invitedBy: nameOf(names, row.invitedBy),
    invitedOn: row.invitedOn,
    readOn: row.readAt && row.readAt.slice(0, 10),
    endedOn: row.endedOn,
    status: statusOf(row, today),
  }));
}

function statusOf({ endedOn, until, personId, invitedOn }: Guest, today: Day): GuestStatus {
  if (endedOn !== null) return 'ENDED';
  if (today > until) return 'OVER';
  if (personId !== null) return 'LET_IN';
  return today > addDays(invitedOn, INVITATION_DAYS) ? 'NOT_USED' : 'INVITED';
}

/**
 * The case as a guest reads it: what happened, the inquiry with its sessions, but neither its interviews nor what it asked others for, and the remedy. Left out is how the house keeps people safe and apart, who else
 * is kept out or was brought in, other cases, what the person agreed to, and the files where the guest is not to see them.
 */
export function asGuestSees(view: UntaskedView, { seesFiles }: GuestGrant): UntaskedView {
  const amendments = view.amendments.filter(({ part }) => part !== 'reprisalText');
  // Numbered by themselves: a gap, or a number that grows, would tell of what is left out.
  const said = view.said
    .filter(({ step }) => SAID_TO_GUESTS.has(step))
    .map((each, index) => ({ ...each, revision: index + 1 }));
  return {
    ...view,
    revision: said.length,
    // Where a list that is left out has a page before, there is something in it.
    earlier: { ...view.earlier, notes: null, letters: null, ...(seesFiles ? {} : { evidence: null }) },
    alertSince: null,
    mailAnswer: null,
    checkIns: [],
    clocks: view.clocks.filter(({ code }) => !(SAFETY_CLOCKS as readonly string[]).includes(code)),
    assessment: Object.fromEntries(
      Object.entries(view.assessment).filter(([name]) => !KEPT_FROM_GUESTS.includes(name)),
    ),
    complaint: { ...view.complaint, reprisalText: null, fearOfReprisal: null, keepOut: null },
    proposals: [],
    teamTasks: [],
    late: [],
    lateReports: [],
    mandates: [],
    dictations: [],
    denials: [],
    questions: view.questions.map((question) => ({ ...question, answeredThrough: null })),
    contactAttempts: [],
    supports: [],
    translations: view.translations.filter(
      ({ ofKind, ofNumber }) =>
        ofKind !== 'LETTER' &&
        (ofKind !== 'FILE' || seesFiles) &&
        (ofKind !== 'AMENDMENT' || amendments.some(({ n }) => n === ofNumber)),
    ),
    translationRequests: [],
    lessons: [],
    amendments,
    measures: [],
    protection: [],
    actions: view.actions.map((action) => ({ ...action, cost: null })),
    holds: [],
    erasureRequests: [],
    packets: [],
    consents: [],
    links: [],
    routing: null,
    duplicates: [],
    collective: null,
    memberOf: null,
    mergedInto: null,
    mergedHere: [],
    letters: [],
    internalNotes: [],
    proceedings: [],
    evidenceRequests: [],
    facilitators: [],
    meetings: view.meetings.filter(({ kind }) => kind === 'SESSION'),
    systems: [],
    preservationRequests: [],
    article26Notices: [],
    stories: [],
    exclusions: [],
    breakGlass: [],
    guests: [],
    evidence: seesFiles ? view.evidence : [],
    said,
  };
}
