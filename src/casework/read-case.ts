import { Injectable } from '@nestjs/common';
import { In, MoreThan, type EntityManager } from 'typeorm';
import { appendToHouse } from '../ledger/house-history';
import { verifyCase } from '../ledger/verify';
import { Accounts } from '../people/accounts';
import type { Visitor } from '../people/visitor';
import { Settings } from '../platform/settings';
import { Time, type Day } from '../platform/time';
import { Case } from '../records/entities/case';
import { Entry } from '../records/entities/entry';
import { Evidence } from '../records/entities/evidence';
import { MailAnswer } from '../records/entities/mail-answer';
import { InternalNote } from '../records/entities/internal-note';
import { Message } from '../records/entities/message';
import { Transactions } from '../records/transactions';
import type { ConsentCode } from '../rules/consents';
import { READING_ACTS } from '../rules/reading';
import type { State } from '../rules/states';
import { SearchIndex } from '../vault/search-index';
import { Vault } from '../vault/vault';
import { findCase, findEvenErased, findForHistory, readCaseFile, type CaseFile } from './case-file';
import {
  actionViews,
  allegationViews,
  appealViews,
  checkInViews,
  clockViews,
  measureViews,
  nameOf,
  offerViews,
  questionViews,
  type Names,
} from './case-objects';
import { collectiveView, membershipView } from './collective/collective-views';
import { newestOf } from './consent-rows';
import { consentView } from './consents';
import { contactAttemptViews } from './contact-attempts';
import { evidenceViews, messageViews } from './correspondence';
import { denialViews, dictationViews } from './dictations';
import { erasureRequestViews, holdViews } from './erasure/hold-views';
import { standingHolds } from './erasure/holds';
import { historyOf, lineOf, named, pseudonymous, refsOf } from './history';
import { letterPage, letterViews } from './letters';
import { SentWords } from './wordings/worded-letters';
import { lateReportViews, lateViews } from './lateness';
import { dialogueOf, dialogueView } from './dialogue';
import { mandateViews } from './mandate-views';
import { amendmentViews, supportViews, transcriptViews } from './taking-part-views';
import { translationRequestViews } from './translation-requests';
import { translationViews } from './translations';
import { lessonViews } from './closure/lessons';
import { groupsNoted } from './noted-groups';
import { dictatedStepsOf, openStepsOf } from './open-steps';
import { Openings } from './openings';
import { withProposed } from './proposed-steps';
import { earlierThan, type Page } from '../platform/pages';
import { pageOf } from '../records/page-of';
import { OpenWords } from './open-words';
import { packetViews } from './sharing/packet-rows';
import { hideUnseenCases, onlySeen, Sight, type Reader } from '../people/sight';
import { evidenceRequestViews } from './inquiry/evidence-requests';
import { facilitatorViews } from './inquiry/facilitators';
import { meetingViews } from './inquiry/meetings';
import { internalNoteViews } from './internal-notes';
import { proceedingViews } from './proceedings';
import { protectionViews } from './safety/protection';
import { likelyDuplicates } from './triage/duplicates';
import { routingView } from './triage/routing';
import { mergedHere, mergerView } from './triage/mergers';
import {
  article26NoticeViews,
  namedSystemViews,
  preservationRequestViews,
} from './registers/case-system-views';
import { storyViews } from './stories';
import { asGuestSees, guestViews } from './team/guest-views';
import { teamTaskViews } from './team-tasks';
import { actingOn } from './team/team';
import { breakGlassViews, exclusionViews, heldBy, idsIn, proposalViews, teamViews } from './team/team-views';
import type { AuditedCase, HistoryLine } from './record-views';
import { tasksOf } from './case-tasks';
import type { CasePages, CaseView, OpenStep, UntaskedView } from './views';

/** Columns of the case that hold an assessment, in the order in which pages show them. */
const ASSESSMENT = [
  'jurisdiction',
  'isDataRightsRequest',
  'reporterIsWorker',
  'concernsListedLaw',
  'useDomain',
  'lifecycleStage',
  'stateNexus',
  'decisionMode',
  'rights',
  'harms',
  'rootCauses',
  'nature',
  'scale',
  'scope',
  'irremediability',
  'likelihood',
  'vulnerable',
  'delayMakesIrremediable',
  'tier',
  'reprisalLevel',
  'reprisalReviewOn',
  'isDefender',
  'track',
  'interimDecision',
  'involvement',
  'agreement',
  'verification',
  'declineCode',
  'closureCode',
  'systemicEffects',
  'suspendedGround',
  'withdrawalPressure',
] as const satisfies readonly (keyof Case)[];

const CHANGES_SINCE = 20;
export const ENTRIES_ON_A_PAGE = 100;

/** What an auditor's list shows: no content, no identity. */
const AUDIT_COLUMNS = [
  'id',
  'ledgerId',
  'reference',
  'state',
  'revision',
  'erasedOn',
] as const satisfies readonly (keyof Case)[];

/** The case as staff and auditors read it. */
@Injectable()
export class ReadCase {
  constructor(
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    private readonly accounts: Accounts,
    private readonly sight: Sight,
    private readonly openings: Openings,
    private readonly index: SearchIndex,
    private readonly settings: Settings,
    private readonly time: Time,
  ) {}

  /** Everything that a member of the case staff works with, after the entry of it; of guests their part. Identity and contact are not in it. */
  async forStaff(reference: string, visitor: Visitor, pages: CasePages = {}): Promise<CaseView> {
    await this.openings.ofCase(visitor, reference);
    const whole = await this.whole(reference, this.sight.readerOf(visitor), pages);
    const view = visitor.kind === 'officer' && visitor.guest ? asGuestSees(whole, visitor.guest) : whole;
    return { ...view, tasks: tasksOf(view, this.time.today()) };
  }

  private whole(reference: string, reader: Reader, pages: CasePages): Promise<UntaskedView> {
    return this.transactions.read(async (db) => {
      const file = await readCaseFile(db, await findCase(db, { reference, reader }));
      const words = await OpenWords.of(this.vault, db, file.case.id);
      const caseId = file.case.id;
      const messages = await pageOf(db, Message, { caseId }, { before: pages.messages });
      const evidence = await pageOf(db, Evidence, { caseId }, { before: pages.evidence });
      const letters = await letterPage(db, caseId, pages.letters);
      const notes = await pageOf(db, InternalNote, { caseId }, { before: pages.notes });
      const names = await this.namesIn(db, file, [...messages, ...notes]);
      const acting = await actingOn(db, file);
      const team = acting.map(({ place }) => place);
      return {
        ...this.headOf(file, words),
        mailAnswer: await mailAnswerOf(db, file.case),
        proposals: proposalViews(file, acting, names),
        teamTasks: teamTaskViews(file, words, names),
        dialogue: dialogueView(await dialogueOf(db, file.case), this.time.today()),
        mandates: mandateViews(file, words, this.time.today()),
        dictations: dictationViews(file, words, names),
        denials: denialViews(file, words, names),
        contactAttempts: contactAttemptViews(file, words),
        supports: supportViews(file, words),
        proceedings: proceedingViews(file, words),
        evidenceRequests: evidenceRequestViews(file, words, names, this.time.today()),
        facilitators: facilitatorViews(file, words),
        meetings: meetingViews(file, words),
        systems: await namedSystemViews(db, file),
        preservationRequests: preservationRequestViews(file, words, this.time.today()),
        article26Notices: article26NoticeViews(file, words, this.time.today()),
        amendments: amendmentViews(file, words),
        transcripts: transcriptViews(file, words),
        translations: translationViews(file, words),
        translationRequests: translationRequestViews(file, names, this.time.today()),
        lessons: lessonViews(file, words),
        allegations: allegationViews(file, words, 'ALL'),
        offers: offerViews(file, words),
        actions: actionViews(file, words, names),
        measures: measureViews(file, words, names),
        protection: protectionViews(file, names, this.time.today()),
        holds: holdViews(file, words, names),
        erasureRequests: erasureRequestViews(file),
        appeals: appealViews(file, words, names),
        questions: questionViews(file, words, null),
        earlier: {
          messages: earlierThan(messages),
          notes: earlierThan(notes),
          letters: letters.before,
          evidence: earlierThan(evidence),
        },
        messages: messageViews(messages, words, names, null),
        internalNotes: internalNoteViews(notes, words, names),
        evidence: await evidenceViews(db, file.case.ledgerId, evidence, words),
        letters: letterViews(
          letters.rows,
          words,
          file,
          this.settings,
          await SentWords.of(db, this.vault, letters.rows),
          { reader: null },
        ),
        stories: await storyViews(db, file, words),
        links: await linkViews(db, file, reader),
        routing: await routingView(db, file.case),
        duplicates: await likelyDuplicates(db, this.index, file, reader),
        collective: await collectiveView(db, file, reader, this.time.today()),
        memberOf: await membershipView(db, file, reader),
        mergedInto: await mergerView(db, file, reader),
        mergedHere: await mergedHere(db, file, reader),
        consents: newestOf(file).map(({ code }) =>
          consentView(file, words, code as ConsentCode, file.case.language),
        ),
        packets: await packetViews(db, caseId),
        assignments: teamViews(file, team, names),
        heldBy: await heldBy(db, { vault: this.vault, reader }, file, { today: this.time.today(), names }),
        exclusions: exclusionViews(file, words, names),
        breakGlass: breakGlassViews(file, words, names),
        guests: guestViews(file, names, this.time.today()),
        said: await hideUnseenCases(
          db,
          reader,
          file.answers
            .filter(({ step }) => step !== 'write-internal-note')
            .map((row) => ({
              step: row.step,
              byRole: row.byRole,
              by: row.personId ? nameOf(names, row.personId) : null,
              revision: row.revision,
              answers: JSON.parse(
                words.text('answers', 'answersSealed', row.id, row.answersSealed),
              ) as Record<string, unknown>,
            })),
          'answers',
        ),
      };
    });
  }

  private headOf(file: CaseFile, words: OpenWords) {
    const { case: row, clocks } = file;
    return {
      reference: row.reference,
      state: row.state as State,
      revision: row.revision,
      policyVersion: row.policyVersion,
      lodgedOn: row.lodgedOn,
      closedOn: row.closedOn,
      complaint: words.complaint(row),
      legalHold: standingHolds(file).length > 0,
      alertSince: row.alertSince,
      checkIns: checkInViews(file),
      assessment: {
        ...Object.fromEntries(ASSESSMENT.map((column) => [column, row[column]])),
        groups: groupsNoted(row, words),
      },
      suspendedUntil: row.suspendedUntil,
      late: lateViews(file, this.time.today()),
      lateReports: lateReportViews(file),
      clocks: clockViews(clocks, words, { today: this.time.today(), now: this.time.instant() }),
    };
  }

  private async namesIn(
    db: EntityManager,
    file: CaseFile,
    written: { personId: string | null }[],
  ): Promise<Names> {
    const ids = [
      ...file.assignments.map(({ personId }) => personId),
      ...file.answers.map(({ personId }) => personId),
      ...file.dictations.flatMap(({ personId, agreedBy }) => [personId, agreedBy]),
      ...file.actions.map(({ ownerId }) => ownerId),
      ...file.measures.map(({ ownerId }) => ownerId),
      ...file.protection.map(({ ownerId }) => ownerId),
      ...file.translationRequests.map(({ ownerId }) => ownerId),
      ...file.teamTasks.map(({ ownerId }) => ownerId),
      ...file.holds.flatMap(({ placedBy, reviewedBy, releasedBy }) => [placedBy, reviewedBy, releasedBy]),
      ...file.appeals.map(({ reviewerId }) => reviewerId),
      ...file.proposals.map(({ proposedBy }) => proposedBy),
      ...written.map(({ personId }) => personId),
      ...idsIn(file),
    ].filter((id): id is string => id !== null);
    return this.accounts.names(db, [...new Set(ids)]);
  }

  /**
   * The history of a case from its ledger entries, oldest first: the newest 100, or those before one; names for case staff, pseudonyms for
   * auditors.
   */
  async history(reference: string, visitor: Visitor, page: Page = {}): Promise<HistoryLine[]> {
    const readers = this.sight.readersOfHistory(visitor);
    await this.openings.ofHistory(visitor, { reference }, readers);
    return this.transactions.read(async (db) => {
      const { found, forStaff, reader } = await findForHistory(db, { reference }, readers);
      const { limit = ENTRIES_ON_A_PAGE, before } = page;
      if (!forStaff) {
        // The pseudonym of somebody is the same on every page, so that it takes the whole to give them.
        const whole = pseudonymous(
          await hideUnseenCases(db, reader, await historyOf(db, found.ledgerId), 'facts'),
        );
        return whole.filter(({ n }) => before === undefined || n < before).slice(-limit);
      }
      const entries = await pageOf(db, Entry, { ledgerId: found.ledgerId }, { before, limit });
      const lines = await hideUnseenCases(db, reader, entries.map(lineOf), 'facts');
      return named(lines, await this.accounts.names(db, refsOf(lines)));
    });
  }

  /**
   * What happened in the case after a revision that somebody saw, oldest first and no more than the newest 20; that it was read is left out.
   * Nothing for guests, who read no history.
   */
  async since(reference: string, visitor: Visitor, revision: number): Promise<HistoryLine[]> {
    const reader = this.sight.readerOf(visitor);
    if (reader.onlyCase !== null) return [];
    await this.openings.ofCase(visitor, reference);
    return this.transactions.read(async (db) => {
      const { ledgerId } = await findCase(db, { reference, reader });
      const entries = await db.find(Entry, {
        where: { ledgerId, n: MoreThan(revision) },
        order: { n: 'DESC' },
        take: CHANGES_SINCE,
      });
      const told = entries.reverse().map(lineOf);
      const lines = await hideUnseenCases(
        db,
        reader,
        told.filter(({ act }) => !READING_ACTS.has(act)),
        'facts',
      );
      return named(lines, await this.accounts.names(db, refsOf(lines)));
    });
  }

  /** When and under which schedule the content of a case was erased; null while it is there. */
  async erasure(reference: string, visitor: Visitor): Promise<{ on: Day; under: string } | null> {
    const readers = this.sight.readersOfHistory(visitor);
    const { found } = await this.transactions.read((db) => findForHistory(db, { reference }, readers));
    const { erasedOn, erasedUnder } = found;
    return erasedOn === null ? null : { on: erasedOn, under: erasedUnder! };
  }

  /** One history for an auditor: read, re-derived and compared with the rows of the case at this moment. */
  async audit(ledgerId: string, visitor: Visitor): Promise<AuditedCase> {
    const reader = this.sight.auditorOf(visitor);
    await this.openings.ofHistory(visitor, { ledgerId }, [{ reader, forStaff: false }]);
    return this.transactions.read(async (db) => {
      const found = await findEvenErased(db, { ledgerId, reader });
      const bodies = new Map((await db.findBy(Entry, { ledgerId })).map(({ n, body }) => [n, body]));
      const told = await historyOf(db, ledgerId);
      const seen = await hideUnseenCases(db, reader, told, 'facts');
      const lines = pseudonymous(seen);
      const differences = await verifyCase(db, ledgerId);
      return {
        ledgerId,
        reference: found.reference,
        erasedOn: found.erasedOn,
        erasedUnder: found.erasedUnder,
        policyVersion: found.policyVersion,
        // Canonical JSON cannot be shown without a part of it: of an entry that names an unseen case the hash is what is left.
        entries: lines.map((line, index) => ({
          ...line,
          body: seen[index] === told[index] ? bodies.get(line.n)! : null,
        })),
        differences: differences.map(({ sentence }) => sentence),
      };
    });
  }

  /** Steps that this visitor could take in the state the case is in, and those that wait for a second person, each with how far it is. */
  async openSteps(reference: string, visitor: Visitor): Promise<OpenStep[]> {
    const reader = this.sight.readerOf(visitor);
    await this.openings.ofCase(visitor, reference);
    return this.transactions.read(async (db) => {
      const file = await readCaseFile(db, await findCase(db, { reference, reader }));
      const looking = { vault: this.vault, reader };
      const today = this.time.today();
      const own = await openStepsOf(db, looking, file, {
        ...reader,
        isGuest: reader.onlyCase !== null,
        today,
      });
      // A guest is nobody's second person.
      if (reader.onlyCase !== null) return own;
      const steps = [...own, ...(await dictatedStepsOf(db, looking, file, { reader, today }))];
      if (!file.proposals.some(({ status }) => status === 'OPEN')) return steps;
      const names = await this.namesIn(db, file, []);
      const words = await OpenWords.of(this.vault, db, file.case.id);
      return withProposed(db, looking, file, steps, { names, words, today });
    });
  }

  /** Cases as auditors list them: no content, no identity. */
  async auditList(
    visitor: Visitor,
    cursor = '',
  ): Promise<{
    cases: { ledgerId: string; reference: string; state: State; entries: number; erasedOn: Day | null }[];
    next: string | null;
  }> {
    const reader = this.sight.auditorOf(visitor);
    const pageSize = 50;
    await this.transactions.change((db) =>
      appendToHouse(db, {
        act: 'list-histories',
        by: { role: 'AUD', ref: reader.personId },
        at: this.time.instant(),
        facts: { goesOn: cursor !== '' },
      }),
    );
    return this.transactions.read(async (db) => {
      const query = db
        .createQueryBuilder(Case, 'c')
        .select(AUDIT_COLUMNS.map((column) => `c.${column}`))
        .where('c.ledgerId > :cursor', { cursor });
      const rows = await onlySeen(query, 'c.id', reader)
        .orderBy('c.ledgerId')
        .take(pageSize + 1)
        .getMany();
      const cases = rows.slice(0, pageSize).map((row) => ({
        ledgerId: row.ledgerId,
        reference: row.reference,
        state: row.state as State,
        entries: row.revision,
        erasedOn: row.erasedOn,
      }));
      return { cases, next: rows.length > pageSize ? cases.at(-1)!.ledgerId : null };
    });
  }
}

/** Links to cases that the reader may see; of others not even the reference is told. */
async function linkViews(
  db: EntityManager,
  file: CaseFile,
  reader: Reader,
): Promise<{ type: string; reference: string }[]> {
  if (file.links.length === 0) return [];
  const linked = db
    .createQueryBuilder(Case, 'c')
    .select(['c.id', 'c.reference'])
    .where({ id: In(file.links.map(({ otherCaseId }) => otherCaseId)) });
  const others = await onlySeen(linked, 'c.id', reader).getMany();
  const references = new Map(others.map(({ id, reference }) => [id, reference]));
  return file.links.flatMap(({ type, otherCaseId }) => {
    const reference = references.get(otherCaseId);
    return reference ? [{ type, reference }] : [];
  });
}

async function mailAnswerOf(db: EntityManager, { id, channel }: Case): Promise<string | null> {
  if (channel !== 'email') return null;
  return (await db.findOneBy(MailAnswer, { caseId: id }))?.status ?? null;
}
