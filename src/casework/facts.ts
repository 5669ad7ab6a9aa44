import { IsNull, type EntityManager } from 'typeorm';
import type { Day } from '../platform/time';
import { AiSystem } from '../records/entities/ai-system';
import type { Case } from '../records/entities/case';
import { Evidence } from '../records/entities/evidence';
import { Party } from '../records/entities/party';
import { Person } from '../records/entities/person';
import { DECIDED_STATES } from '../rules/collective';
import type { ClockCode } from '../rules/clocks';
import type { IdentityMode } from '../rules/identity-modes';
import { mandateStatus, type MandateCover } from '../rules/mandates';
import type { ActionFacts, CaseFacts, StepAnswers } from '../rules/needs/facts';
import { dialogueIsOpen } from '../rules/dialogue';
import { holderRole, ROLES, type RoleCode } from '../rules/roles';
import type { Tier } from '../rules/severity';
import { STATES, type State } from '../rules/states';
import type { Vault } from '../vault/vault';
import { isTakenOver } from './case-objects';
import { secondRoleOf, seenCase, type CaseFile } from './case-file';
import { isKeptOutOfJoined, standingMerger } from './triage/mergers';
import { standingMembers, standingMembership } from './collective/members';
import { decisionsOf } from './consent-rows';
import { askedSince, attemptsThatCount } from './attempt-rows';
import { dialogueOf } from './dialogue';
import {
  answerWrittenDown,
  denialFacts,
  dictationFacts,
  penHoldersTaken,
  saidIn,
  waitingDictations,
} from './dictation-rows';
import { SystemRecord } from '../records/entities/system-record';
import { isKeptFromGuest, textIsThere } from './translations';
import { openRequest, standingHolds } from './erasure/holds';
import { noSecondPersons } from '../people/second-person';
import type { Reader } from '../people/sight';
import { packetFacts } from './sharing/packet-rows';
import { unreported, waitingReport } from './lateness';
import {
  hasKeptOut,
  isKeptOut,
  keptOutBy,
  leadIsLeft,
  placesOn,
  standingExclusions,
  teamNow,
} from './team/team';

/** Who takes a step, in which of their roles. `personId` is null for a rightsholder, who has a `partyId` instead. */
export interface Actor {
  role: RoleCode;
  personId: string | null;
  partyId?: string;
  /** Whoever of staff writes down what a rightsholder says. */
  writtenBy?: { role: RoleCode; personId: string };
}

/** Who does what a step does to the case: whoever wrote it down, or who takes it. */
export function handOf({ role, personId, writtenBy }: Actor): { role: RoleCode; personId: string | null } {
  return writtenBy ?? { role, personId };
}

/** What it takes to look up whom and what the answers name: units are compared by keyed hash, other cases as whoever asks sees them. */
export interface Looking {
  vault: Vault;
  /** Null for a rightsholder, who names neither. */
  reader: Reader | null;
}

/** Everything the rules may look at, collected from the case file and, for the answers at hand, from who and what they name. */
export async function collectFacts(
  db: EntityManager,
  looking: Looking,
  file: CaseFile,
  actor: Actor,
  answers: StepAnswers,
  today: Day,
): Promise<CaseFacts> {
  const { personId: hand } = handOf(actor);
  return {
    ...factsOfFile(file, today),
    actor,
    ...(await whatIsHeld(db, file)),
    undecidedMembers: await undecidedMembers(db, file.case),
    dialogueIsOpen: dialogueIsOpen(await dialogueOf(db, file.case), today),
    assigned: await teamNow(db, file),
    noOthers: hand === null ? [] : await noSecondPersons(db, hand, lookedAt(file)),
    named: await lookUpNamed(db, looking, file, actor, answers),
  };
}

/** Those whose deed somebody else has to look at. */
function lookedAt(file: CaseFile): string[] {
  const { glassBroken, holds, dictations } = file;
  return [
    ...glassBroken.map(({ personId }) => personId),
    ...holds.flatMap(({ placedBy }) => placedBy ?? []),
    ...dictations.map(({ personId }) => personId),
    ...dictations.flatMap(({ agreedBy }) => agreedBy ?? []),
    ...denialFacts(file).map(({ penHolder }) => penHolder),
  ];
}

/** What is known of the people of a case and their receipts. */
type Held =
  'hasContact' | 'hasName' | 'personHoldsReceipt' | 'somebodyHoldsReceipt' | 'representativesUnwritten';

async function whatIsHeld(
  db: EntityManager,
  { case: { id: caseId }, mandates }: CaseFile,
): Promise<Pick<CaseFacts, Held>> {
  const parties = await db.find(Party, {
    where: { caseId },
    select: {
      id: true,
      role: true,
      receiptHash: true,
      oneTimeUntil: true,
      contactSealed: true,
      nameSealed: true,
    },
  });
  return {
    hasContact: parties.some(({ contactSealed }) => contactSealed !== null),
    hasName: parties.some(({ nameSealed }) => nameSealed !== null),
    somebodyHoldsReceipt: parties.some(isTakenOver),
    representativesUnwritten: withoutMandate(parties, mandates).length,
    personHoldsReceipt: parties.some((party) => isTakenOver(party) && holderRole(party.role) === 'RH'),
  };
}

/** Representatives who hold a receipt and of whom no mandate is written down, such as those from before mandates were. */
export function withoutMandate<T extends Pick<Party, 'id' | 'role' | 'receiptHash'>>(
  parties: readonly T[],
  mandates: readonly { partyId: string }[],
): T[] {
  return parties.filter(
    ({ id, role, receiptHash }) =>
      receiptHash !== null && holderRole(role) === 'REP' && !mandates.some(({ partyId }) => partyId === id),
  );
}

function factsOfFile(
  file: CaseFile,
  today: Day,
): Omit<
  CaseFacts,
  'actor' | 'assigned' | 'dialogueIsOpen' | 'named' | 'noOthers' | 'undecidedMembers' | Held
> {
  const { case: row } = file;
  const ownOffers = file.offers.filter(({ kind }) => kind !== 'COUNTER_OFFER');
  const offer = ownOffers.at(-1);
  const appeal = file.appeals.at(-1);
  return {
    today,
    state: row.state as State,
    lodgedOn: row.lodgedOn,
    askedSince: askedSince(file),
    identityMode: row.identityMode as IdentityMode,
    complainantRole: row.complainantRole,
    fearOfReprisal: row.fearOfReprisal,
    consents: decisionsOf(file),
    tier: row.tier as Tier | null,
    interimRequired: row.delayMakesIrremediable === true,
    interimDecision: row.interimDecision,
    legalFactsAssessed: row.jurisdiction !== null,
    classified: row.rights !== null && row.harms !== null && row.useDomain !== null && row.track !== null,
    reprisalLevel: row.reprisalLevel,
    reprisalReviewOn: row.reprisalReviewOn,
    isDefender: row.isDefender === true,
    closureCode: row.closureCode,
    referredOn: file.clocks.findLast(({ code }) => code === 'TARGET-REFERRAL-CHECK')?.startedOn ?? null,
    referralAnswer: row.referralAnswer,
    storyStands: file.stories.some(({ endedOn }) => endedOn === null),
    involvement: row.involvement,
    agreement: row.agreement,
    verification: row.verification,
    contactAttempts: attemptsThatCount(file),
    suspendedUntil: row.suspendedUntil,
    suspendedGround: row.suspendedGround,
    questionOpen: file.questions.some(({ answeredOn }) => answeredOn === null),
    allegations: file.allegations.map(({ n, finding, evidenceWithheld, missingRecordsSealed }) => ({
      n,
      finding,
      withheld: evidenceWithheld === true,
      missingTakenUp: missingRecordsSealed !== null,
    })),
    actions: file.actions.map(
      ({ n, action, status, ownerId, agreed, snapshotSealed, verificationResult }) =>
        ({
          n,
          action,
          status,
          ownerId,
          agreed,
          snapshotKept: snapshotSealed !== null,
          verificationResult,
        }) as ActionFacts,
    ),
    offer: offer ? { kind: offer.kind, status: offer.status, replyDueOn: offer.replyDueOn } : null,
    checkIns: file.checkIns.map(({ status }) => status),
    protection: file.protection.map(({ n, measure, protects, status }) => ({ n, measure, protects, status })),
    measures: file.measures.map(({ n, measure, status }) => ({ n, measure, status })),
    appeal:
      appeal && appeal.decidedOn === null
        ? { against: appeal.against, late: appeal.late, reviewerId: appeal.reviewerId }
        : null,
    asked: placesOn(file, 'ASKED'),
    places: [...placesOn(file, 'NONE'), ...placesOn(file, 'ASKED')],
    exclusions: standingExclusions(file).map(({ n, personId }) => ({ n, personId })),
    guests: file.guests.filter(({ endedOn }) => endedOn === null).map(({ n }) => ({ n })),
    glassBroken: file.glassBroken.map(({ n, personId, reviewedOn }) => ({
      n,
      personId,
      isReviewed: reviewedOn !== null,
    })),
    taken: [
      ...file.answers.map(({ step, personId, byRole }) => ({ step, personId, role: byRole })),
      ...file.proposals.map(({ step, proposedBy, byRole }) => ({
        step: `propose:${step}`,
        personId: proposedBy,
        role: byRole,
      })),
      // Whoever agreed or refused took part, whatever came of it.
      ...file.proposals
        .filter(({ settledBy }) => settledBy !== null)
        .map((proposal) => ({
          step: `settle:${proposal.step}`,
          personId: proposal.settledBy,
          role: secondRoleOf(proposal),
        })),
      ...penHoldersTaken(file),
    ],
    dictations: dictationFacts(file),
    wordsWaiting: waitingDictations(file).map((proposal) => saidIn(file, proposal)),
    denials: denialFacts(file),
    commentsDueOn: commentsDueOn(file),
    clocks: file.clocks.map((clock) => ({
      code: clock.code as ClockCode,
      basis: clock.basis,
      status: clock.status,
      dueLegalLatest: clock.dueLegalLatest,
      extended: clock.extendedOn !== null,
    })),
    holds: standingHolds(file).map(({ n, placedBy }) => ({ n, placedBy })),
    erasureAsked: openRequest(file)?.scope ?? null,
    proceedings: file.proceedings,
    answeredQuestions: file.questions
      .filter((row) => row.answeredOn !== null && !answerWrittenDown(file, row))
      .map(({ n }) => n),
    monitoring: monitoringOf(file),
    evidenceRequests: file.evidenceRequests,
    facilitators: file.facilitators,
    meetings: file.meetings,
    systems: file.systems.filter(({ unnamedOn }) => unnamedOn === null).map((row) => row.systemNumber),
    preservationRequests: file.preservationRequests,
    article26Notices: file.article26Notices,
    supports: file.supports.map(({ n, status }) => ({ n, status })),
    transcripts: file.transcripts.map(({ n, status }) => ({ n, status })),
    translations: file.translations.map(({ n, status }) => ({ n, status })),
    translationRequests: file.translationRequests,
    teamTasks: file.teamTasks,
    mandates: file.mandates.map((row) => ({
      n: row.n,
      partyId: row.partyId,
      status: mandateStatus(row, today),
      basis: row.basis,
      covers: row.covers as MandateCover[],
      endedByStaff: row.endedBy !== null && ROLES[row.endedBy as RoleCode].staff,
    })),
    lateUnreported: unreported(file, today).length,
    lateReport: waitingReport(file, today),
    joinCodes: file.joinCodes,
    memberNews: file.memberNews.map(({ writtenOn, personId }) => ({ writtenOn, byStaff: personId !== null })),
    isMember: standingMembership(file) !== undefined,
    joinedOn: file.memberships.map(({ joinedOn }) => joinedOn),
    individualRemedyNeeded: row.individualRemedyNeeded === true,
    isMerged: standingMerger(file) !== undefined,
    duplicateLinked: file.links.some(({ type }) => type === 'DUPLICATE'),
  };
}

function commentsDueOn({ clocks }: CaseFile): Day | null {
  const clock = clocks.findLast(({ code }) => code === 'TARGET-FINDINGS-COMMENT');
  return !clock || clock.status === 'PAUSED' ? null : clock.dueInternal;
}

function monitoringOf({ case: row, clocks }: CaseFile): CaseFacts['monitoring'] {
  const clock = clocks.findLast(({ code, status }) => code === 'TARGET-MONITORING' && status !== 'STOPPED');
  if (!clock) return null;
  const { startedOn: since, dueInternal, status } = clock;
  return { since, until: status === 'RUNNING' ? dueInternal : null, lookedAtOn: row.lookedAtOn };
}

async function undecidedMembers(db: EntityManager, { id, individualRemedyNeeded }: Case): Promise<number> {
  if (individualRemedyNeeded !== true) return 0;
  return standingMembers(db, id)
    .andWhere('c.state NOT IN (:...decided)', { decided: DECIDED_STATES })
    .getCount();
}

async function lookUpNamed(
  db: EntityManager,
  { vault, reader }: Looking,
  file: CaseFile,
  actor: Actor,
  answers: StepAnswers,
): Promise<CaseFacts['named']> {
  const personId = (answers.person ?? answers.owner) as string | undefined;
  const person = personId ? await db.findOneBy(Person, { id: personId, active: true }) : null;
  const reference = answers.otherCase as string | undefined;
  const isAnother = reference !== undefined && reference !== file.case.reference;
  const other = isAnother && reader !== null ? await seenCase(db, { reference, reader }) : null;
  return {
    personId: person?.id ?? null,
    personRoles: (person?.roles ?? []) as RoleCode[],
    guestOf: guestOf(person, file),
    isKeptOut:
      person !== null &&
      (isKeptOut(vault, file, person) || (await isKeptOutOfJoined(db, vault, file, person))),
    otherCaseIsAnother: other !== null,
    otherCaseTakesIn: other !== null && takesIn(other, file),
    otherCaseHasKeptOut: other !== null && (await hasKeptOut(db, vault, other, file)),
    textIsThere:
      !(reader?.onlyCase && isKeptFromGuest(file, reader.personId, answers)) &&
      (await textIsThere(db, file, answers)),
    proofIsThere:
      answers.mandateProof !== undefined &&
      (await db.existsBy(Evidence, { caseId: file.case.id, n: answers.mandateProof as number })),
    systemIsThere:
      answers.systemNumber !== undefined &&
      (await db.existsBy(AiSystem, { number: answers.systemNumber as number })),
    diligenceRecordIsThere:
      answers.diligenceRecord !== undefined &&
      (await db.existsBy(SystemRecord, {
        systemNumber: answers.systemNumber as number,
        n: answers.diligenceRecord as number,
        struckOn: IsNull(),
      })),
    packet: await packetFacts(db, vault, file, answers),
    leadIsLeft: await leadIsLeft(db, vault, file, keptOutBy(vault, actor.personId, answers)),
  };
}

function guestOf(person: Person | null, { case: { id } }: CaseFile): CaseFacts['named']['guestOf'] {
  const caseId = person?.guestCaseId ?? null;
  if (caseId === null) return 'NONE';
  return caseId === id ? 'THIS' : 'ANOTHER';
}

/** A case that goes on, and that is linked with this one as a duplicate. */
function takesIn({ id, state, erasedOn }: Case, { links }: CaseFile): boolean {
  const isOpen = !STATES[state as State].ended && erasedOn === null;
  return isOpen && links.some(({ otherCaseId, type }) => otherCaseId === id && type === 'DUPLICATE');
}
