import { Injectable } from '@nestjs/common';
import { In, Like, type EntityManager } from 'typeorm';
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
import type { TranslatedKind } from '../rules/taking-part';
import { isStep } from '../rules/workflow';
import { Vault } from '../vault/vault';
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
import { myDictationViews } from './dictations';
import { myEvidenceRequestViews } from './inquiry/evidence-requests';
import { myFacilitatorViews } from './inquiry/facilitators';
import { myMeetingViews } from './inquiry/meetings';
import { mandateViews } from './mandate-views';
import { amendmentViews, supportViews, transcriptViews } from './taking-part-views';
import { myTranslationRequestViews } from './translation-requests';
import { translationViews } from './translations';
import { custodyOf } from './custody';
import { dayOf, UNREADABLE } from './history';
import { letterPage, letterViews } from './letters';
import { SentWords } from './wordings/worded-letters';
import { lateReportViews, lateViews } from './lateness';
import { openIdentity, OpenWords } from './open-words';
import { earlierThan, type Page } from '../platform/pages';
import { pageOf } from '../records/page-of';
import { openStepsOf } from './read-case';
import { myMergerView } from './triage/mergers';
import { storyViews } from './stories';
import type { MyCaseView, MyErasure, OpenStep } from './views';
import type { TimelineLine } from './record-views';

/** Deeds of the house that the complainant's timeline leaves out: they say nothing that concerns her. */
const INTERNAL_ACTS = new Set([
  'assign',
  'link-case',
  'write-internal-note',
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
  'withdraw-translation-request',
  // They may protect a witness or a member of staff, and a companion reads along.
  'plan-protection',
  'begin-protection',
  'review-protection',
  'end-protection',
]);

/** Deeds that open what is sealed about the person, and under which name each keeps its reason. */
const REASON_OF: Record<string, string> = { 'reveal-identity': 'revealReason', 'open-original': 'reasons' };

const LINES_ON_A_PAGE = 100;

/** Deeds that open what is sealed about the person, as she sees them beside her name. */
const OPENED_FOR_ONCE: readonly string[] = ['reveal-identity', 'open-original', 'break-glass'];

/** Whose case, seen by which of its parties. */
export type MyCaseKey = Pick<Party, 'caseId'> & { partyId: string };

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
  async view({ caseId, partyId }: MyCaseKey, language?: string, lettersBefore?: number): Promise<MyCaseView> {
    return this.transactions.read(async (db) => {
      const file = await readCaseFile(db, await findCase(db, { id: caseId }));
      const words = await OpenWords.of(this.vault, db, caseId);
      const row = file.case;
      const party = await db.findOneBy(Party, { caseId, id: partyId });
      const role = party ? holderRole(party.role) : 'SUP';
      const letters = await letterPage(db, { caseId, forPerson: true }, lettersBefore);
      const evidence = await db.find(Evidence, { where: { caseId }, order: { n: 'ASC' } });
      const custody = evidence.length > 0 ? await custodyOf(db, row.ledgerId) : [];
      const first = await db.findOneByOrFail(Entry, { ledgerId: row.ledgerId, n: 1 });
      // A translation would tell her the finding, or that there is one, before it is shared.
      const isHers = ({ ofKind }: { ofKind: TranslatedKind }) =>
        ofKind !== 'FINDING' || findingsAreShared(file);
      return {
        reference: row.reference,
        state: row.state as State,
        revision: row.revision,
        lodgedOn: row.lodgedOn,
        complaint: words.complaint(row),
        ...(party ? await openIdentity(this.vault, db, party) : { name: null, contact: null }),
        nextRole: STATES[row.state as State].owner,
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
        dictations: myDictationViews(file, words),
        supports: supportViews(file, words),
        amendments: amendmentViews(file, words),
        transcripts: transcriptViews(file, words),
        facilitators: myFacilitatorViews(file, words),
        meetings: myMeetingViews(file, words),
        translations: translationViews(file, words).filter(isHers),
        translationsUnderWay: myTranslationRequestViews(file).filter(isHers),
        clocks: clockViews(file.clocks, this.time.today(), this.time.instant()),
        allegations: findingsAreShared(file) ? allegationViews(file, words) : [],
        evidenceRequests: findingsAreShared(file) ? myEvidenceRequestViews(file) : [],
        offers: offerViews(file, words),
        actions: toldActions(file, words),
        appeals: appealViews(file, words, null),
        questions: questionViews(file, words),
        letters: letterViews(
          letters.rows,
          words,
          row,
          this.settings,
          await SentWords.of(db, letters.rows),
          language,
        ),
        earlierLetters: letters.before,
        evidence: evidenceViews(evidence, words, custody),
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
   * who and why.
   */
  async timeline(caseId: string, { before, limit = LINES_ON_A_PAGE }: Page = {}): Promise<TimelineLine[]> {
    return this.transactions.read(async (db) => {
      const { ledgerId } = await findEvenErased(db, { id: caseId });
      const reasons = await this.reasonsOfOpenings(db, caseId);
      const dictations = new Map((await db.findBy(Dictation, { caseId })).map((row) => [row.revision, row]));
      let lines: TimelineLine[] = [];
      let entries: Entry[];
      for (let end = before; lines.length < limit; end = entries[0]!.n) {
        entries = await pageOf(db, Entry, { ledgerId }, { before: end, limit: LINES_ON_A_PAGE });
        const told = entries.map((entry) => ({
          ...timelineLine(entry, dictations.get(entry.n)),
          ...reasons.get(entry.n),
        }));
        lines = [...told.filter(isTold), ...lines];
        if (earlierThan(entries) === null) break;
      }
      return lines.slice(-limit);
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
        .filter(({ act }) => OPENED_FOR_ONCE.includes(act));
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
 * Whether she reads it. That the team reads her case each day is no news; what opens who she is, or her files, is told line by line. Who
 * leads a collective complaint is told how many its members are, not when one of them came or went.
 */
function isTold({ act, from, to }: TimelineLine): boolean {
  if (MEMBER_ACTS.has(act) || (OPENING_ACTS as readonly string[]).includes(act)) return false;
  return from !== to || isStep(act) ? !INTERNAL_ACTS.has(act) : !/^(propose|refuse)-/.test(act);
}

/** SHA-256 of the files that came with the complaint, as its first entry names them. */
function enclosedAt({ body }: Entry): string[] {
  const hashes = readEntry(body)?.facts.sha256;
  return Array.isArray(hashes) ? hashes.map(String) : [];
}

/** A step that she dictated is hers; who wrote it down stands with it. */
function timelineLine({ n, body }: Entry, dictation?: Dictation): TimelineLine {
  const entry = readEntry(body);
  const blank = { from: null, to: null, reason: null, dictated: null };
  if (!entry) return { n, on: null, act: UNREADABLE, byRole: 'SYS', ...blank };
  return {
    n,
    on: dayOf(entry),
    act: entry.act,
    byRole: dictation?.saidBy ?? entry.by.role,
    from: entry.from,
    to: entry.to,
    reason: null,
    dictated: dictation ? { byRole: dictation.byRole, saidOn: dictation.saidOn } : null,
  };
}
