import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { HouseChange } from '../../ledger/house-history';
import { Accounts } from '../../people/accounts';
import { asOfficer } from '../../people/officer';
import { Sight, type Reader } from '../../people/sight';
import type { Officer, Visitor } from '../../people/visitor';
import { Refusal } from '../../platform/refusal';
import { Settings } from '../../platform/settings';
import { dayOf, Time, type Instant } from '../../platform/time';
import { lockHouse } from '../../records/dialect';
import { AiSystem } from '../../records/entities/ai-system';
import { Case } from '../../records/entities/case';
import { PatternReview } from '../../records/entities/pattern-review';
import { Person } from '../../records/entities/person';
import { SystemRecord } from '../../records/entities/system-record';
import { Transactions } from '../../records/transactions';
import { calendarOf } from '../../rules/calendars';
import {
  ASSESSMENT_KINDS,
  GROUP_FROM,
  PATTERN_DECISION_FORM,
  PATTERN_REVIEWERS,
  type PatternRule,
} from '../../rules/patterns';
import { AFFECTED_GROUP_CODES } from '../../rules/groups';
import type { RoleCode } from '../../rules/roles';
import type { State } from '../../rules/states';
import { SearchIndex } from '../../vault/search-index';
import { Vault } from '../../vault/vault';
import { readRegisterForm, wrongField } from '../registers/register-form';
import { MOST_LISTED } from '../registers/register-views';
import { SealedTexts, textsOfRecords } from '../registers/sealed-texts';
import { judgeReviews, type Judged } from './judge-reviews';
import { nameOfKey } from './pattern-cases';
import type { PatternAssessment, PatternReviewRow, PatternReviewView } from './views';

const NAMELESS = 'former member of staff';

/** With its reasons, once it is decided. */
type ReviewWithTexts = PatternReview & { decisionReasons?: string };
type Decided = Pick<ReviewWithTexts, keyof typeof PATTERN_DECISION_FORM.asks>;

/** Reviews of patterns: read, taken by somebody, decided with reasons. */
@Injectable()
export class PatternReviews {
  private readonly texts: SealedTexts<ReviewWithTexts>;
  private readonly recordTexts: SealedTexts<SystemRecord>;
  /** Codes of groups by the hash that a review of one holds. */
  private readonly groups: ReadonlyMap<string, string>;

  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: Accounts,
    private readonly vault: Vault,
    private readonly settings: Settings,
    private readonly sight: Sight,
    private readonly time: Time,
    index: SearchIndex,
  ) {
    this.groups = new Map(AFFECTED_GROUP_CODES.map((code) => [index.hashOfGroup(code), code]));
    this.texts = new SealedTexts<ReviewWithTexts>(vault, 'pattern_reviews', { decisionReasons: undefined });
    this.recordTexts = textsOfRecords(vault);
  }

  /** The open ones by due day, then the last that were decided; of one system, or of all. */
  async list(visitor: Visitor, systemNumber?: number): Promise<PatternReviewRow[]> {
    const reader = this.sight.readerOf(visitor);
    return this.transactions.read(async (db) => {
      const of = systemNumber === undefined ? {} : { systemNumber };
      const open = await db.find(PatternReview, {
        where: { ...of, status: 'OPEN' },
        order: { dueOn: 'ASC' },
      });
      const judged = await this.judged(db, reader, open);
      const rows = await this.rows(db, [...judged, ...(await this.lastDecided(db, reader, of))]);
      // By the days that this reader is shown: those that are stored may tell of cases that they may not see.
      return rows.sort(dueFirst);
    });
  }

  /** Open reviews that somebody has to do something about: their own, and for reviewers those that are in the hands of nobody who still may. */
  async mine(visitor: Officer): Promise<PatternReviewRow[]> {
    const open = (await this.list(visitor)).filter(({ status }) => status === 'OPEN');
    const owners = open.flatMap(({ owner }) => owner?.personId ?? []);
    const people = await this.transactions.read((db) => db.findBy(Person, { id: In(owners) }));
    const reviewers = new Set(people.filter(mayReview).map(({ id }) => id));
    const mayTake = isReviewer(visitor.roles);
    return open.filter(({ owner }) =>
      owner && reviewers.has(owner.personId) ? owner.personId === visitor.personId : mayTake,
    );
  }

  /** Refuses a number that none has, and one that would tell of a case which the visitor may not see, alike. */
  async view(visitor: Visitor, number: number): Promise<PatternReviewView> {
    const reader = this.sight.readerOf(visitor);
    return this.transactions.read(async (db) => {
      const judged = await this.seen(db, reader, number);
      const { cases } = judged;
      const [{ decisionReasons = null, ...review }] = (await this.texts.open(db, [judged.review])) as [
        ReviewWithTexts,
      ];
      const [row] = await this.rows(db, [judged]);
      const records = await this.recordTexts.open(
        db,
        await db.find(SystemRecord, {
          where: { systemNumber: review.systemNumber },
          order: { happenedOn: 'DESC', n: 'DESC' },
        }),
      );
      const shown = records.map(assessmentOf);
      const version = review.rule === 'PT-VERSION' && records.find(({ n }) => String(n) === review.code);
      const names = await this.accounts.names(db, review.decidedBy ? [review.decidedBy] : []);
      return {
        ...row!,
        decisionReasons,
        decidedBy: review.decidedBy && (names.get(review.decidedBy) ?? NAMELESS),
        assessment: shown.find(({ n }) => n === review.assessmentRecord) ?? null,
        assessments: shown.filter(
          ({ recordKind, struckOn }) => struckOn === null && isAssessment(recordKind),
        ),
        version: version
          ? { n: version.n, recordTitle: version.recordTitle, happenedOn: version.happenedOn }
          : null,
        // Which groups a case concerns is read in the case, or looked for in the queue: both leave an entry.
        newestCases:
          review.rule === 'PT-GROUP'
            ? []
            : await newestOf(
                db,
                cases.map(({ caseId }) => caseId),
              ),
      };
    });
  }

  /** Puts it into the hands of somebody who works here, by default the visitor. They have to be a reviewer and see it. */
  async take(visitor: Visitor, number: number, revision: number, person?: string): Promise<void> {
    await this.change(visitor, number, revision, 'take-pattern-review', async (db, judged, by) => {
      const ownerId = person ?? by.ref;
      const row = /^[0-9a-f-]{36}$/.test(ownerId) ? await db.findOneBy(Person, { id: ownerId }) : null;
      if (!row || !mayReview(row) || !(await this.isSeenBy(db, judged.review, row)))
        throw wrongField('person', `Choose somebody who may take it: ${PATTERN_REVIEWERS.join(', ')}.`);
      return { patch: { ownerId }, facts: {} };
    });
  }

  /** Decides it, with reasons and the assessment that they were held against. Refuses with everything that is missing. */
  async decide(
    visitor: Visitor,
    number: number,
    revision: number,
    raw: Record<string, unknown>,
  ): Promise<void> {
    const said = readRegisterForm(PATTERN_DECISION_FORM, raw) as unknown as Decided;
    await this.change(visitor, number, revision, 'decide-pattern-review', async (db, { review }, by) => {
      const records = await db.findBy(SystemRecord, {
        systemNumber: review.systemNumber,
        recordKind: In([...ASSESSMENT_KINDS]),
      });
      const standing = records.filter(({ struckOn }) => struckOn === null).map(({ n }) => n);
      if (said.assessmentRecord !== null && !standing.includes(said.assessmentRecord))
        throw wrongField('assessmentRecord', 'The system has no assessment with this number.');
      if (said.assessmentRecord === null && standing.length > 0)
        throw wrongField('assessmentRecord', 'Name the assessment of the system that you looked at.');
      return {
        patch: {
          ...(await this.texts.seal(db, review.id, said)),
          status: 'DECIDED',
          ownerId: review.ownerId ?? by.ref,
          decidedBy: by.ref,
          decidedOn: dayOf(by.at),
        },
        facts: { patternDecision: said.patternDecision },
      };
    });
  }

  private change(
    visitor: Visitor,
    number: number,
    revision: number,
    act: string,
    work: (
      db: EntityManager,
      judged: Judged,
      by: { ref: string; at: Instant },
    ) => Promise<{ patch: Partial<PatternReview>; facts: Record<string, unknown> }>,
  ): Promise<void> {
    const reader = this.sight.readerOf(visitor);
    const role = PATTERN_REVIEWERS.find((each) => reader.roles.includes(each));
    if (!role || reader.onlyCase !== null)
      throw new Refusal('forbidden', `Patterns are reviewed by ${PATTERN_REVIEWERS.join(', ')}.`);
    const by = { role, ref: reader.personId };
    const at = this.time.instant();
    return this.transactions.change(async (db) => {
      await lockHouse(db);
      const judged = await this.seen(db, reader, number);
      const { review } = judged;
      if (review.status !== 'OPEN')
        throw new Refusal('conflict', `This review was decided already, on ${review.decidedOn}.`);
      if (review.revision !== revision)
        throw new Refusal(
          'stale',
          'Somebody changed this review meanwhile, so nothing was saved. Read it as it is now and send yours again.',
        );
      const { patch, facts } = await work(db, judged, { ref: by.ref, at });
      const change = new HouseChange(db);
      await change.update(PatternReview, review.id, { ...patch, revision: revision + 1 });
      await change.append({ act, by, at, facts: { review: number, ...facts } });
    });
  }

  /** As many as a list shows, of those that the reader may know of; in the order of decisions, which is the same for everybody. */
  private async lastDecided(
    db: EntityManager,
    reader: Reader,
    of: { systemNumber?: number },
  ): Promise<Judged[]> {
    const seen: Judged[] = [];
    for (let skip = 0; ; skip += MOST_LISTED) {
      const decided = await db.find(PatternReview, {
        where: { ...of, status: 'DECIDED' },
        order: { decidedOn: 'DESC', id: 'DESC' },
        skip,
        take: MOST_LISTED,
      });
      seen.push(...(await this.judged(db, reader, decided)));
      if (decided.length < MOST_LISTED || seen.length >= MOST_LISTED) return seen.slice(0, MOST_LISTED);
    }
  }

  private async seen(db: EntityManager, reader: Reader, number: number): Promise<Judged> {
    const review = await db.findOneBy(PatternReview, { number });
    const [judged] = review ? await this.judged(db, reader, [review]) : [];
    if (!judged) throw new Refusal('not-found', 'There is no such review. Look for it in the list.');
    return judged;
  }

  private async isSeenBy(db: EntityManager, review: PatternReview, row: Person): Promise<boolean> {
    const reader = this.sight.readerOf(asOfficer(this.vault, row, ''));
    return (await this.judged(db, reader, [review])).length > 0;
  }

  private judged(db: EntityManager, reader: Reader, reviews: readonly PatternReview[]): Promise<Judged[]> {
    return judgeReviews(db, reader, reviews, calendarOf(this.settings.country).code);
  }

  private async rows(db: EntityManager, judged: readonly Judged[]): Promise<PatternReviewRow[]> {
    const today = this.time.today();
    const owners = judged.map(({ review }) => review.ownerId).filter((id): id is string => id !== null);
    const names = await this.accounts.names(db, owners);
    const numbers = [...new Set(judged.map(({ review }) => review.systemNumber))];
    const systems = numbers.length === 0 ? [] : await db.findBy(AiSystem, { number: In(numbers) });
    const systemNames = new Map(systems.map(({ number, systemName }) => [number, systemName]));
    return judged.map(({ review, foundOn, dueOn, cases }) => ({
      number: review.number,
      revision: review.revision,
      rule: review.rule as PatternRule,
      systemNumber: review.systemNumber,
      systemName: systemNames.get(review.systemNumber)!,
      code: this.groups.get(review.code) ?? review.code,
      foundOn,
      dueOn,
      overdue: review.status === 'OPEN' && dueOn < today,
      status: review.status as PatternReviewRow['status'],
      owner:
        review.ownerId === null
          ? null
          : { personId: review.ownerId, name: names.get(review.ownerId) ?? NAMELESS },
      // A number that follows each classification would tell of which group that case is.
      cases: review.rule === 'PT-GROUP' ? GROUP_FROM : cases.length,
      patternDecision: review.patternDecision,
      decidedOn: review.decidedOn,
    }));
  }
}

/** The open ones by due day, then those that were decided, the last first. */
function dueFirst(a: PatternReviewRow, b: PatternReviewRow): number {
  if (a.status !== b.status) return a.status === 'OPEN' ? -1 : 1;
  const alike = a.systemNumber - b.systemNumber || nameOfKey(a).localeCompare(nameOfKey(b));
  return (b.decidedOn ?? '').localeCompare(a.decidedOn ?? '') || a.dueOn.localeCompare(b.dueOn) || alike;
}

const isReviewer = (roles: readonly RoleCode[]): boolean =>
  PATTERN_REVIEWERS.some((role) => roles.includes(role));

const mayReview = ({ active, guestUntil, roles }: Person): boolean =>
  active && guestUntil === null && isReviewer(roles as RoleCode[]);

const isAssessment = (kind: string): boolean => (ASSESSMENT_KINDS as readonly string[]).includes(kind);

function assessmentOf({ n, recordKind, recordTitle, happenedOn, struckOn }: SystemRecord): PatternAssessment {
  return { n, recordKind, recordTitle, happenedOn, struckOn };
}

async function newestOf(
  db: EntityManager,
  caseIds: readonly string[],
): Promise<PatternReviewView['newestCases']> {
  if (caseIds.length === 0) return [];
  const rows = await db.find(Case, {
    select: { id: true, reference: true, state: true, tier: true, lodgedOn: true },
    where: { id: In(caseIds.slice(0, 1000)) },
    order: { lodgedOn: 'DESC', id: 'DESC' },
    take: MOST_LISTED,
  });
  return rows.map(({ reference, state, tier, lodgedOn }) => ({
    reference,
    state: state as State,
    tier,
    lodgedOn,
  }));
}
