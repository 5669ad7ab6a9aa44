import type { EntityManager } from 'typeorm';
import { Refusal } from '../platform/refusal';
import type { Day } from '../platform/time';
import { Allegation } from '../records/entities/allegation';
import { Answers } from '../records/entities/answers';
import { Appeal } from '../records/entities/appeal';
import { Assignment } from '../records/entities/assignment';
import { BreakGlass } from '../records/entities/break-glass';
import { Case } from '../records/entities/case';
import { CaseLink } from '../records/entities/case-link';
import { CheckIn } from '../records/entities/check-in';
import { Clock } from '../records/entities/clock';
import { ContactAttempt } from '../records/entities/contact-attempt';
import { Dictation } from '../records/entities/dictation';
import { Consent } from '../records/entities/consent';
import { Facilitator } from '../records/entities/facilitator';
import { Meeting } from '../records/entities/meeting';
import { EvidenceRequest } from '../records/entities/evidence-request';
import { ErasureRequest } from '../records/entities/erasure-request';
import { Exclusion } from '../records/entities/exclusion';
import { Guest } from '../records/entities/guest';
import { InterimMeasure } from '../records/entities/interim-measure';
import { JoinCode } from '../records/entities/join-code';
import { LateReport } from '../records/entities/late-report';
import { LegalHold } from '../records/entities/legal-hold';
import { Mandate } from '../records/entities/mandate';
import { MemberNews } from '../records/entities/member-news';
import { Membership } from '../records/entities/membership';
import { Merger } from '../records/entities/merger';
import { Offer } from '../records/entities/offer';
import { ParallelProceeding } from '../records/entities/parallel-proceeding';
import { Proposal } from '../records/entities/proposal';
import { ProtectionMeasure } from '../records/entities/protection-measure';
import { Question } from '../records/entities/question';
import { RemedyAction } from '../records/entities/remedy-action';
import { Amendment } from '../records/entities/amendment';
import { SupportRequest } from '../records/entities/support-request';
import { Transcript } from '../records/entities/transcript';
import { Translation } from '../records/entities/translation';
import { TeamTask } from '../records/entities/team-task';
import { TranslationRequest } from '../records/entities/translation-request';
import { Lesson } from '../records/entities/lesson';
import { Story } from '../records/entities/story';
import type { RoleCode } from '../rules/roles';
import { usualSecond } from '../rules/agreements';
import type { Policy } from '../rules/policy';
import { policyOf } from './policies/policy-of';
import { onlySeen, type Reader } from '../people/sight';
import { CaseSystem } from '../records/entities/case-system';
import { PreservationRequest } from '../records/entities/preservation-request';
import { Article26Notice } from '../records/entities/article26-notice';

/** A case with the objects that rules and pages look at, as stored: nothing in it is opened. */
export interface CaseFile {
  case: Case;
  /** The version of the process that it was opened under, and is held to. */
  policy: Policy;
  allegations: Allegation[];
  offers: Offer[];
  actions: RemedyAction[];
  measures: InterimMeasure[];
  /** The protection plan, with what ended. */
  protection: ProtectionMeasure[];
  appeals: Appeal[];
  checkIns: CheckIn[];
  links: CaseLink[];
  /** That it is looked at in another case, or was. */
  mergers: Merger[];
  clocks: Clock[];
  /** Every decision, oldest first. */
  consents: Consent[];
  questions: Question[];
  answers: Answers[];
  assignments: Assignment[];
  /** Those that ended, too. */
  exclusions: Exclusion[];
  glassBroken: BreakGlass[];
  /** Those whose access ended, too. */
  guests: Guest[];
  proposals: Proposal[];
  holds: LegalHold[];
  erasureRequests: ErasureRequest[];
  stories: Story[];
  lateReports: LateReport[];
  /** Those that ended, too. */
  mandates: Mandate[];
  /** Steps of the person that staff wrote down. */
  dictations: Dictation[];
  /** Every attempt to reach the person, also those before they were heard. */
  contactAttempts: ContactAttempt[];
  supports: SupportRequest[];
  proceedings: ParallelProceeding[];
  evidenceRequests: EvidenceRequest[];
  facilitators: Facilitator[];
  meetings: Meeting[];
  /** AI systems that it is about, those that turned out not to be so, too. */
  systems: CaseSystem[];
  preservationRequests: PreservationRequest[];
  article26Notices: Article26Notice[];
  amendments: Amendment[];
  transcripts: Transcript[];
  translations: Translation[];
  translationRequests: TranslationRequest[];
  /** What the team gave itself to do, settled ones too. */
  teamTasks: TeamTask[];
  /** What was learnt of it about AI systems. */
  lessons: Lesson[];
  /** Of a complaint of a group: the codes to join it, ended ones too, and what went to all members. */
  joinCodes: JoinCode[];
  memberNews: MemberNews[];
  /** The collective complaints that it is or was part of. */
  memberships: Membership[];
}

/**
 * How a case is named: staff by its public reference, auditors by its name in the ledger, both with who reads it; a rightsholder by its id
 * and the session that opened it. What such a session changes is refused once the session has ended, even if it ended after the request
 * was let in.
 */
export type CaseKey =
  | { reference: string; reader: Reader }
  | { ledgerId: string; reader: Reader }
  | { id: string; session?: string };

/** The role of the second person who has to agree to what was proposed. */
export function secondRoleOf({ step, secondRole }: Proposal): RoleCode {
  return (secondRole as RoleCode | null) ?? usualSecond(step);
}

/** The proposal of this step that waits for a second person, if any. */
export function openProposal(file: CaseFile, step: string): Proposal | undefined {
  return file.proposals.find((proposal) => proposal.step === step && proposal.status === 'OPEN');
}

/** Reads a case alone; refuses with 404 when there is none that the reader may see, with 410 when it was erased: every way to its content leads through here. */
export async function findCase(db: EntityManager, key: CaseKey): Promise<Case> {
  const found = await findEvenErased(db, key);
  refuseErased(found);
  return found;
}

/** Refuses with 410 when the content of this case is gone. */
export function refuseErased({ erasedOn, erasedUnder }: Case): void {
  if (erasedOn !== null) throw erased(erasedOn, erasedUnder!);
}

/** Reads a case alone, also one of which only codes and history are left; refuses with 404 when there is none that the reader may see. */
export async function findEvenErased(db: EntityManager, key: CaseKey): Promise<Case> {
  const found = await lookUp(db, key);
  if (!found) throw noSuchCase();
  return found;
}

/** Reads a case for its history, as the first of these readers who may see it; refuses like `findEvenErased`. */
export async function findForHistory(
  db: EntityManager,
  name: { reference: string } | { ledgerId: string },
  readers: readonly { reader: Reader; forStaff: boolean }[],
): Promise<{ found: Case; forStaff: boolean; reader: Reader }> {
  for (const { reader, forStaff } of readers) {
    const found = await lookUp(db, { ...name, reader });
    if (found) return { found, forStaff, reader };
  }
  throw noSuchCase();
}

export function noSuchCase(): Refusal {
  return new Refusal('not-found', 'There is no such case, or it is not yours to see.');
}

/** The case of this reference, if there is one that the reader may see. */
export function seenCase(
  db: EntityManager,
  key: { reference: string; reader: Reader },
): Promise<Case | null> {
  return lookUp(db, key);
}

async function lookUp(db: EntityManager, key: CaseKey): Promise<Case | null> {
  if ('id' in key) return db.findOneBy(Case, { id: key.id });
  const { reader, ...name } = key;
  return onlySeen(db.createQueryBuilder(Case, 'c').where(name), 'c.id', reader).getOne();
}

function erased(on: Day, under: string): Refusal {
  return new Refusal(
    'gone',
    `This case was erased on ${on} under ${under}: its texts, files, names and contacts are gone for good. Its history and what was coded for statistics stay.`,
  );
}

/** Reads a case with everything in it, objects in their own order. */
export async function readCaseFile(db: EntityManager, found: Case): Promise<CaseFile> {
  const caseId = found.id;
  const inOrder = { where: { caseId }, order: { n: 'ASC' as const } };
  const isCollective = found.complainantRole === 'group';
  return {
    case: found,
    policy: await policyOf(db, found.policyVersion),
    allegations: await db.find(Allegation, inOrder),
    offers: await db.find(Offer, inOrder),
    actions: await db.find(RemedyAction, inOrder),
    measures: await db.find(InterimMeasure, inOrder),
    protection: await db.find(ProtectionMeasure, inOrder),
    appeals: await db.find(Appeal, inOrder),
    checkIns: await db.find(CheckIn, inOrder),
    links: await db.find(CaseLink, { where: { caseId }, order: { id: 'ASC' } }),
    mergers: await db.find(Merger, inOrder),
    // Of two of a kind on one day, the one that still runs (RUNNING, PAUSED before STOPPED in letters) comes last.
    clocks: await db.find(Clock, {
      where: { caseId },
      order: { startedOn: 'ASC', code: 'ASC', status: 'DESC' },
    }),
    consents: await db.find(Consent, inOrder),
    questions: await db.find(Question, inOrder),
    answers: await db.find(Answers, { where: { caseId }, order: { revision: 'ASC' } }),
    assignments: await db.find(Assignment, { where: { caseId }, order: { id: 'ASC' } }),
    exclusions: await db.find(Exclusion, inOrder),
    glassBroken: await db.find(BreakGlass, inOrder),
    guests: await db.find(Guest, inOrder),
    proposals: await db.find(Proposal, { where: { caseId }, order: { proposedOn: 'ASC', id: 'ASC' } }),
    holds: await db.find(LegalHold, inOrder),
    erasureRequests: await db.find(ErasureRequest, inOrder),
    stories: await db.find(Story, inOrder),
    lateReports: await db.find(LateReport, inOrder),
    mandates: await db.find(Mandate, inOrder),
    dictations: await db.find(Dictation, inOrder),
    contactAttempts: await db.find(ContactAttempt, inOrder),
    supports: await db.find(SupportRequest, inOrder),
    proceedings: await db.find(ParallelProceeding, inOrder),
    evidenceRequests: await db.find(EvidenceRequest, inOrder),
    facilitators: await db.find(Facilitator, inOrder),
    meetings: await db.find(Meeting, inOrder),
    systems: await db.find(CaseSystem, inOrder),
    preservationRequests: await db.find(PreservationRequest, inOrder),
    article26Notices: await db.find(Article26Notice, inOrder),
    amendments: await db.find(Amendment, inOrder),
    transcripts: await db.find(Transcript, inOrder),
    translations: await db.find(Translation, inOrder),
    translationRequests: await db.find(TranslationRequest, inOrder),
    teamTasks: await db.find(TeamTask, inOrder),
    lessons: await db.find(Lesson, inOrder),
    joinCodes: isCollective ? await db.find(JoinCode, inOrder) : [],
    memberNews: isCollective ? await db.find(MemberNews, inOrder) : [],
    memberships: isCollective ? [] : await db.find(Membership, inOrder),
  };
}
