import { Injectable } from '@nestjs/common';
import { In, Like, MoreThan, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import { actIn } from '../ledger/acts-in-sql';
import { readEntry } from '../ledger/entry';
import { Ledger } from '../ledger/ledger.service';
import type { Visitor } from '../people/visitor';
import { Refusal } from '../platform/refusal';
import { Settings } from '../platform/settings';
import { Time } from '../platform/time';
import { Answers } from '../records/entities/answers';
import { Entry } from '../records/entities/entry';
import { Dictation } from '../records/entities/dictation';
import { Evidence } from '../records/entities/evidence';
import { Party } from '../records/entities/party';
import { Transactions } from '../records/transactions';
import { MEMBER_ACTS } from '../rules/collective';
import { OPENING_ACTS } from '../rules/reading';
import { holderRole, type HolderRole, type RoleCode } from '../rules/roles';
import { STATES, type State } from '../rules/states';
import { widestRow } from '../rules/policy';
import { STEP_NAMES, type StepName } from '../rules/steps';
import type { TranslatedKind } from '../rules/taking-part';
import { Vault } from '../vault/vault';
import { keptAnswers, parseAnswers } from './answers';
import { findCase, findEvenErased, readCaseFile, type CaseFile } from './case-file';
import {
  allegationViews,
  appealViews,
  checkInViews,
  clockViews,
  findingsAreShared,
  offerViews,
  questionViews,
  toldActions,
} from './case-objects';
import { myCollectiveView, myMembershipView } from './collective/collective-views';
import { evidenceViews } from './correspondence';
import { dialogueOf, dialogueView } from './dialogue';
import { ownReader, writtenDown } from './dictation-rows';
import { myDictationViews, myProposedViews } from './dictations';
import { myEvidenceRequestViews } from './inquiry/evidence-requests';
import { myFacilitatorViews } from './inquiry/facilitators';
import { myMeetingViews } from './inquiry/meetings';
import { mandateViews } from './mandate-views';
import { amendmentViews, supportViews, transcriptViews } from './taking-part-views';
import { myTranslationRequestViews } from './translation-requests';
import { myTranslationViews, ownLanguages } from './my-translations';
import { dayOf, UNREADABLE } from './history';
import { letterViews, ownLetterPage, toldWhole } from './letters';
import { SentWords } from './wordings/worded-letters';
import { lateReportViews, lateViews } from './lateness';
import { openIdentity, OpenWords } from './open-words';
import { earlierThan, type Page } from '../platform/pages';
import { pageOf } from '../records/page-of';
import { openStepsOf } from './open-steps';
import { entrySeen, markOf } from './seen';
import { myMergerView } from './triage/mergers';
import { storyViews } from './stories';
import type { MyCasePages, MyCaseView, MyErasure, OpenStep } from './views';
import type { TimelineLine } from './record-views';

/** Deeds of the house that the complainant's timeline leaves out: they say nothing that concerns her. */
export const INTERNAL_ACTS: ReadonlySet<string> = new Set<
  StepName | 'mask-text' | 'mask-file' | 'make-packet'
>([
  // She reads what was passed on, not what was prepared.
  'mask-text',
  'mask-file',
  'make-packet',
  'assign',
  'link-case',
  'write-internal-note',
  'add-task',
  'finish-task',
  'drop-task',
  'classify',
  'set-severity',
  'sight-decline',
  'record-finding',
  'plan-interview',
  'record-meeting',
  'add-allegation',
  'name-system',
  'unname-system',
  'request-log-preservation',
  'record-preservation-answer',
  'plan-article-26-notices',
  'record-article-26-notice',
  'record-action-cost',
  'record-lesson',
  // Into which language something goes could tell who else reads it.
  'request-translation',
  'add-translation',
  'check-translation',
  'withdraw-translation-request',
  // They may protect a witness or a member of staff, and a companion reads along.
  'plan-protection',
  'begin-protection',
  'review-protection',
  'end-protection',
]);

/** Steps whose names begin as the deed does with which somebody proposes a step to a second person, or refuses it. */
const NAMED_LIKE_WAITING = STEP_NAMES.filter((step) => /^(propose|refuse)-/.test(step));

/** Deeds that open what is sealed about the person, and under which name each keeps its reason. */
const REASON_OF: Record<string, string> = { 'reveal-identity': 'revealReason', 'open-original': 'reasons' };

const LINES_ON_A_PAGE = 100;

/** Deeds that open what is sealed about the person, as she sees them beside her name. */
const OPENED_FOR_ONCE: readonly string[] = ['reveal-identity', 'open-original', 'break-glass'];

/** Whose case, seen by which of its parties. */
export type MyCaseKey = Pick<Party, 'caseId'> & { partyId: string };

/** A step as a form sent it: what was typed, and the mark of the case that the form saw. */
interface SentStep {
  step: string;
  answers: Record<string, unknown>;
  seen: string;
}

/** The case as the person sees it who holds the receipt: nothing internal, staff by role, times by day. */
@Injectable()
export class ReadMyCase {
  constructor(
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    private readonly ledger: Ledger,
    private readonly settings: Settings,
    private readonly time: Time,
  ) {}

  /** `holder` sees the contact of their own only. */
  async view(
    { caseId, partyId }: MyCaseKey,
    language?: string,
    pages: MyCasePages = {},
  ): Promise<MyCaseView> {
    return this.transactions.read(async (db) => {
      const file = await readCaseFile(db, await findCase(db, { id: caseId }));
      const words = await OpenWords.of(this.vault, db, caseId);
      const row = file.case;
      const party = await db.findOneBy(Party, { caseId, id: partyId });
      const role = party ? holderRole(party.role) : 'SUP';
      const letters = await ownLetterPage(db, caseId, pages.letters);
      const reader = await ownReader(db, { caseId, partyId, role });
      const whole = toldWhole(letters, words, reader);
      const evidence = await pageOf(db, Evidence, { caseId }, { before: pages.evidence });
      const first = await db.findOneByOrFail(Entry, { ledgerId: row.ledgerId, n: 1 });
      const own = await ownLanguages(db, file);
      // A translation would tell her the finding, or that there is one, before it is shared.
      const isHers = ({ ofKind }: { ofKind: TranslatedKind }) =>
        ofKind !== 'FINDING' || findingsAreShared(file);
      return {
        reference: row.reference,
        state: row.state as State,
        seen: await markOf(db, row),
        policyVersion: row.policyVersion,
        lodgedOn: row.lodgedOn,
        complaint: words.complaint(row),
        ...(party ? await openIdentity(this.vault, db, party) : { name: null, contact: null }),
        nextRole: nextRoleIn(file),
        late: lateViews(file, this.time.today()),
        lateReports: lateReportViews(file),
        dialogue: dialogueView(await dialogueOf(db, file.case), this.time.today()),
        mandates: mandateViews(
          file,
          words,
          this.time.today(),
          { partyId, role },
          await this.namesFor(db, role, file),
        ),
        dictations: myDictationViews(file, words, reader),
        dictationsProposed: myProposedViews(file, words, reader),
        supports: supportViews(file, words),
        amendments: amendmentViews(file, words),
        transcripts: transcriptViews(file, words),
        facilitators: myFacilitatorViews(file, words),
        meetings: myMeetingViews(file, words),
        translations: myTranslationViews(file, words, own, whole).filter(isHers),
        translationsUnderWay: myTranslationRequestViews(file, own, whole).filter(isHers),
        clocks: clockViews(file.clocks, words, { today: this.time.today(), now: this.time.instant() }),
        allegations: findingsAreShared(file) ? allegationViews(file, words, 'SHARED') : [],
        evidenceRequests: findingsAreShared(file) ? myEvidenceRequestViews(file) : [],
        offers: offerViews(file, words),
        actions: toldActions(file, words),
        appeals: appealViews(file, words, null),
        questions: questionViews(file, words, reader),
        letters: letterViews(
          letters,
          words,
          file,
          this.settings,
          await SentWords.of(db, this.vault, letters),
          { reader, language },
        ).map(({ revision: _, ...letter }, index) => ({ ...letter, n: letters[index]!.n })),
        earlierLetters: earlierThan(letters),
        evidence: await evidenceViews(db, row.ledgerId, evidence, words),
        earlierEvidence: earlierThan(evidence),
        checkIns: checkInViews(file),
        suspendedUntil: row.suspendedUntil,
        stories: await storyViews(db, file, words),
        collective: await myCollectiveView(db, file, this.time.today()),
        memberOf: await myMembershipView(db, file),
        mergedInto: await myMergerView(db, file),
        statement: this.ledger.statement(row.reference, first.leafHash, enclosedAt(first)),
      };
    });
  }

  /** The names of those who say that they act for the person, by party: she has to know whom she confirms, and nobody else reads them here. */
  private async namesFor(
    db: EntityManager,
    role: HolderRole,
    { mandates }: CaseFile,
  ): Promise<Map<string, string>> {
    if (role !== 'RH' || mandates.length === 0) return new Map();
    const ids = [...new Set(mandates.map(({ partyId }) => partyId))];
    const names = new Map<string, string>();
    for (const party of await db.findBy(Party, { id: In(ids) })) {
      const { name } = await openIdentity(this.vault, db, party);
      if (name !== null) names.set(party.id, name);
    }
    return names;
  }

  /** When and why the content of the case was erased; null while it is there. */
  async erasure({ caseId }: MyCaseKey): Promise<MyErasure | null> {
    return this.transactions.read(async (db) => {
      const { reference, language, erasedOn, erasedUnder } = await findEvenErased(db, { id: caseId });
      return erasedOn === null ? null : { reference, language, erasedOn, erasedUnder: erasedUnder! };
    });
  }

  /**
   * What happened, oldest first, from the same history that auditors check: the newest 100, or those before one. Where staff opened something,
   * who and why. Numbered by themselves: gaps would tell how often others read the case, and how much of it she is not told.
   */
  async timeline(
    holder: MyCaseKey & { role: HolderRole },
    { before, limit = LINES_ON_A_PAGE }: Page = {},
  ): Promise<TimelineLine[]> {
    return this.transactions.read(async (db) => {
      const { caseId } = holder;
      const { ledgerId } = await findEvenErased(db, { id: caseId });
      const reasons = await this.reasonsOfOpenings(db, caseId);
      const reader = await ownReader(db, holder);
      const dictations = new Map((await db.findBy(Dictation, { caseId })).map((row) => [row.revision, row]));
      const told = toldEntries(db, ledgerId);
      const last = Math.min(await told.getCount(), before === undefined ? Infinity : before - 1);
      const first = Math.max(1, last - limit + 1);
      const entries =
        last < first
          ? []
          : await told
              .orderBy('e.n')
              .offset(first - 1)
              .limit(last - first + 1)
              .getMany();
      return entries.map((entry, index) => ({
        ...timelineLine(entry, dictations.get(entry.n)?.saidBy),
        dictated: writtenDown(dictations.get(entry.n), reader),
        ...reasons.get(entry.n),
        n: first + index,
      }));
    });
  }

  /** Each time that staff opened who the person is, an original file, or the whole case in an emergency, with the reason as far as she reads it. */
  async openings(caseId: string): Promise<TimelineLine[]> {
    return this.transactions.read(async (db) => {
      const { ledgerId } = await findEvenErased(db, { id: caseId });
      const entries = await db.find(Entry, {
        where: OPENED_FOR_ONCE.map((act) => ({ ledgerId, body: Like(`%"act":"${act}"%`) })),
        order: { n: 'ASC' },
      });
      const reasons = await this.reasonsOfOpenings(db, caseId);
      return entries
        .map((entry) => ({ ...timelineLine(entry), ...reasons.get(entry.n) }))
        .filter(({ act }) => OPENED_FOR_ONCE.includes(act))
        .map((line, index) => ({ ...line, n: index + 1 }));
    });
  }

  /** Openings by the number of their entry: by whose role, also where a second person agreed, and the reason as it was given. */
  private async reasonsOfOpenings(
    db: EntityManager,
    caseId: string,
  ): Promise<Map<number, { byRole: string; reason: string }>> {
    const found = await db.findBy(Answers, { caseId, step: In(Object.keys(REASON_OF)) });
    // Of a case that was erased the reasons are gone, too.
    const kept = found.filter(({ answersSealed }) => answersSealed !== '');
    if (kept.length === 0) return new Map();
    const words = await OpenWords.of(this.vault, db, caseId);
    return new Map(
      kept.map(({ id, revision, step, byRole, answersSealed }) => {
        const said = JSON.parse(words.text('answers', 'answersSealed', id, answersSealed)) as Record<
          string,
          string
        >;
        return [revision, { byRole, reason: said[REASON_OF[step]!]! }];
      }),
    );
  }

  /** Whether the step was taken with just these answers since the form was shown that bears this mark: somebody pressed its button twice. */
  async tookAlready(
    { caseId, role }: MyCaseKey & { role: HolderRole },
    { step, answers, seen }: SentStep,
  ): Promise<boolean> {
    return this.transactions.read(async (db) => {
      const row = await findCase(db, { id: caseId });
      const since = await entrySeen(db, row, seen);
      if (!Number.isFinite(since)) return false;
      const taken = await db.findBy(Answers, { caseId, step, byRole: role, revision: MoreThan(since) });
      if (taken.length === 0) return false;
      const words = await OpenWords.of(this.vault, db, caseId);
      const sent = JSON.stringify(keptAnswers(parseAnswers(widestRow(step), answers)));
      return taken.some(
        ({ id, answersSealed }) => words.text('answers', 'answersSealed', id, answersSealed) === sent,
      );
    });
  }

  /** Steps the person can take now. */
  async steps(visitor: Visitor): Promise<OpenStep[]> {
    if (visitor.kind !== 'rightsholder')
      throw new Refusal('not-signed-in', 'Open your case with your receipt first.');
    return this.transactions.read(async (db: EntityManager) => {
      const file = await readCaseFile(db, await findCase(db, { id: visitor.caseId }));
      const taker = {
        roles: [visitor.role] as RoleCode[],
        personId: null,
        partyId: visitor.partyId,
        today: this.time.today(),
      };
      return openStepsOf(db, { vault: this.vault, reader: null }, file, taker);
    });
  }
}

/**
 * Entries `e` that she reads. That the team reads her case each day is no news; what opens who she is, or her files, is told line by line.
 * Who leads a collective complaint is told how many its members are, not when one of them came or went. Steps that wait for a second person
 * are none yet.
 */
function toldEntries(db: EntityManager, ledgerId: string): SelectQueryBuilder<Entry> {
  const internal = actIn([...INTERNAL_ACTS, ...MEMBER_ACTS, ...OPENING_ACTS], 'internal');
  const waiting = actIn(['propose-*', 'refuse-*'], 'waiting');
  const step = actIn(NAMED_LIKE_WAITING, 'step');
  return db
    .createQueryBuilder(Entry, 'e')
    .where('e.ledgerId = :ledgerId', { ledgerId })
    .andWhere(`NOT ${internal.condition}`, internal.parameters)
    .andWhere(`(NOT ${waiting.condition} OR ${step.condition})`, {
      ...waiting.parameters,
      ...step.parameters,
    });
}

/** Who has the next step: the person while an offer waits for her reply or a remedy for her check, otherwise whoever owns the state. */
function nextRoleIn({ case: { state }, clocks }: CaseFile): RoleCode {
  const waitsForReply = clocks.some(
    ({ code, status }) => code === 'TARGET-OFFER-REPLY' && status === 'RUNNING',
  );
  return waitsForReply || state === 'verification' ? 'RH' : STATES[state as State].owner;
}

/** SHA-256 of the files that came with the complaint, as its first entry names them. */
function enclosedAt({ body }: Entry): string[] {
  const hashes = readEntry(body)?.facts.sha256;
  return Array.isArray(hashes) ? hashes.map(String) : [];
}

/** A step that was said to staff is of who said it. */
function timelineLine({ n, body }: Entry, saidBy?: string): TimelineLine {
  const entry = readEntry(body);
  const blank = { from: null, to: null, reason: null, dictated: null };
  if (!entry) return { n, on: null, act: UNREADABLE, byRole: 'SYS', ...blank };
  return {
    n,
    on: dayOf(entry),
    act: entry.act,
    byRole: saidBy ?? entry.by.role,
    from: entry.from,
    to: entry.to,
    reason: null,
    dictated: null,
  };
}
