import { Injectable } from '@nestjs/common';
import { In, IsNull, type EntityManager } from 'typeorm';
import { disposalListDigest } from '../../ledger/disposal-list';
import { appendToHouse } from '../../ledger/house-history';
import { Ledger } from '../../ledger/ledger.service';
import { Accounts } from '../../people/accounts';
import { leaveOutExcluded, type Reader } from '../../people/sight';
import type { Visitor } from '../../people/visitor';
import { newId } from '../../platform/ids';
import { Refusal } from '../../platform/refusal';
import { Time } from '../../platform/time';
import { Case } from '../../records/entities/case';
import { DisposalBatch } from '../../records/entities/disposal-batch';
import { DisposalItem } from '../../records/entities/disposal-item';
import { Entry } from '../../records/entities/entry';
import { Exclusion } from '../../records/entities/exclusion';
import { insert } from '../../records/insert';
import { Transactions } from '../../records/transactions';
import { update } from '../../records/update';
import {
  DISPOSERS,
  disposalDueOn,
  otherLengths,
  SCHEDULE_CODES,
  type ScheduleCode,
} from '../../rules/retention';
import { Vault } from '../../vault/vault';
import { nameOf } from '../case-objects';
import { checkedReason } from '../reason';
import { areTwoPersons } from '../../people/second-person';
import { Agreement } from './agreement';
import { CarryOut } from './carry-out';
import { certificateLines } from './certificate';
import { freeCases, heldCases, type Due, type DueCase } from './due-cases';
import { HouseRetention } from './house-retention';
import { refuseBatch, type Settler } from './refuse-batch';
import type { BatchView, DueView } from './views';

/** Most cases of one batch: what one person can look through before agreeing. */
export const MOST_IN_BATCH = 200;
const MOST_SHOWN = 50;

/** Erasing what is due, by two people: one proposes a batch, another agrees, and exactly what was listed is erased. */
@Injectable()
export class Disposals {
  constructor(
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    private readonly accounts: Accounts,
    private readonly ledger: Ledger,
    private readonly agreement: Agreement,
    private readonly carryOut: CarryOut,
    private readonly retention: HouseRetention,
    private readonly time: Time,
  ) {}

  /** What is due under a schedule today: cases that could go into a batch now, and cases that something keeps back. */
  async due(visitor: Visitor, schedule: string): Promise<DueView> {
    const asked = this.dueUnder(checkedSchedule(schedule), disposer(visitor));
    return this.transactions.read(async (db) => ({
      schedule: asked.schedule,
      years: asked.years[asked.schedule],
      otherLengths: otherLengths(asked.schedule, asked.years),
      free: (await freeCases(db, asked)).map(withoutId),
      held: (await heldCases(db, asked)).map(withoutId),
    }));
  }

  /** How many are due under each schedule, at most as many as one batch holds; for the daily report. */
  async countDue(): Promise<Record<ScheduleCode, number>> {
    return this.transactions.read(async (db) => {
      const counts = {} as Record<ScheduleCode, number>;
      for (const code of SCHEDULE_CODES)
        counts[code] = (await freeCases(db, this.dueUnder(code, null))).length;
      return counts;
    });
  }

  private dueUnder(schedule: ScheduleCode, reader: Disposer | null): Due {
    return {
      schedule,
      today: this.time.today(),
      years: this.retention.years,
      limit: MOST_IN_BATCH,
      reader,
    };
  }

  /**
   * Lists due cases for a second person: those named, or all that are free, 200 at most. Refuses when one of those named is not due or
   * something keeps it back, and names it. A case that somebody is kept out of stands in a batch of its own: whoever must not learn of it
   * sees every other case in a batch or among what is due, and misses none.
   */
  async propose(
    visitor: Visitor,
    asked: { schedule: string; reason: unknown; references?: string[] },
  ): Promise<BatchView> {
    const by = disposer(visitor);
    const { personId } = by;
    const schedule = checkedSchedule(asked.schedule);
    const note = checkedReason(asked.reason, 'Say what this batch is.');
    const named = checkedReferences(asked.references);
    const id = newId();
    await this.transactions.change(async (db) => {
      const free = await freeCases(db, this.dueUnder(schedule, by), named);
      const cases = await inOneBatch(db, chosen(free, named), named !== undefined);
      const key = await this.vault.openKey(db, personId);
      await insert(db, DisposalBatch, {
        id,
        schedule,
        status: 'PROPOSED',
        proposedBy: personId,
        proposedAt: this.time.instant(),
        noteSealed: this.vault.seal(key, notePlace(id), note).sealed,
      });
      const items = cases.map((each, index) => ({
        batchId: id,
        n: index + 1,
        caseId: each.id,
        status: 'LISTED',
      }));
      await insert(db, DisposalItem, items);
      const list = disposalListDigest(schedule, items);
      await this.tell(db, 'propose-disposal', by, { batch: id, schedule, cases: items.length, list });
    });
    return this.view(visitor, id);
  }

  /**
   * A second person agrees, and the batch is carried out; or anybody of them refuses, and nothing is erased. Nobody can agree to a batch
   * that is not the one that was proposed.
   */
  async settle(visitor: Visitor, id: string, agree: boolean): Promise<BatchView> {
    const by = disposer(visitor);
    await this.transactions.change(async (db) => {
      const batch = await findBatch(db, id, by);
      if (agree && !(await areTwoPersons(db, batch.proposedBy, by.personId)))
        throw new Refusal('unmet', 'A second person has to agree.', [
          {
            name: 'secondPerson',
            sentence:
              'You proposed this batch, or one of you created the other’s account; somebody else has to agree.',
          },
        ]);
      const settled = agree
        ? await this.agreeTo(db, batch, by)
        : await refuseBatch(db, batch, by, this.time.instant());
      if (!settled) throw new Refusal('conflict', 'This batch was agreed to or refused already. Reload it.');
    });
    if (agree) await this.carryOut.run(id);
    return this.view(visitor, id);
  }

  /** False when the batch waits no more. Refuses one whose rows are not what was proposed. */
  private async agreeTo(db: EntityManager, batch: DisposalBatch, by: Settler): Promise<boolean> {
    const { id, schedule } = batch;
    await this.agreement.proposal(db, batch, await itemsOf(db, id));
    const settled = {
      status: 'AGREED',
      settledBy: by.personId,
      settledByRole: by.role,
      settledAt: this.time.instant(),
    };
    if ((await update(db, DisposalBatch, { id, status: 'PROPOSED' }, settled)) === 0) return false;
    await this.tell(db, 'agree-to-disposal', by, { batch: id, schedule });
    return true;
  }

  /** The newest batches. */
  async list(visitor: Visitor): Promise<BatchView[]> {
    const by = disposer(visitor);
    return this.transactions.read(async (db) => {
      const batches = await db.find(DisposalBatch, {
        order: { proposedAt: 'DESC', id: 'ASC' },
        take: MOST_SHOWN,
      });
      const seen: DisposalBatch[] = [];
      for (const batch of batches) if (await isSeenWhole(db, batch.id, by)) seen.push(batch);
      return this.views(db, seen);
    });
  }

  /** One batch with its cases. */
  async view(visitor: Visitor, id: string): Promise<BatchView> {
    const by = disposer(visitor);
    return this.transactions.read(async (db) => (await this.views(db, [await findBatch(db, id, by)]))[0]!);
  }

  /** The signed certificate of a batch that is done: what was erased, under which schedule, by whom, with the leaf hash of each entry. Refuses a batch that two people did not agree to. */
  async certificate(visitor: Visitor, id: string): Promise<string> {
    const isAuditor = visitor.kind === 'officer' && visitor.roles.includes('AUD');
    const reader = isAuditor ? visitor : disposer(visitor);
    return this.transactions.read(async (db) => {
      const batch = await findBatch(db, id, reader);
      if (batch.status !== 'DONE')
        throw new Refusal('conflict', 'There is a certificate as soon as the batch is done.');
      const items = await itemsOf(db, id);
      const cases = await casesOf(db, items);
      const agreed = await this.agreement.of(db, batch, items);
      const named = items
        .filter(({ entryN }) => entryN !== null)
        .map(({ caseId, entryN }) => ({ ledgerId: cases.get(caseId)!.ledgerId, n: entryN! }));
      // No condition at all would be every entry of the house.
      const entries = named.length > 0 ? await db.findBy(Entry, named) : [];
      return this.ledger.disposalCertificate(certificateLines(batch, agreed, items, cases, entries));
    });
  }

  /** In the history of the house: a batch concerns no single case. */
  private tell(
    db: EntityManager,
    act: string,
    { role, personId }: Settler,
    facts: Record<string, string | number>,
  ): Promise<void> {
    return appendToHouse(db, { act, by: { role, ref: personId }, at: this.time.instant(), facts });
  }

  private async views(db: EntityManager, batches: DisposalBatch[]): Promise<BatchView[]> {
    if (batches.length === 0) return [];
    const items = await db.find(DisposalItem, {
      where: { batchId: In(batches.map(({ id }) => id)) },
      order: { batchId: 'ASC', n: 'ASC' },
    });
    const cases = await casesOf(db, items);
    const people = batches.flatMap(({ proposedBy, settledBy }) => [proposedBy, settledBy ?? []].flat());
    const names = await this.accounts.names(db, people);
    const keys = await this.vault.openKeys(
      db,
      batches.map(({ proposedBy }) => proposedBy),
    );
    return batches.map((batch) => {
      const key = keys.get(batch.proposedBy);
      const schedule = batch.schedule as ScheduleCode;
      return {
        id: batch.id,
        schedule,
        status: batch.status,
        proposedBy: nameOf(names, batch.proposedBy),
        proposedAt: batch.proposedAt,
        note: key ? this.vault.unseal(key, notePlace(batch.id), batch.noteSealed) : '',
        settledBy: batch.settledBy ? nameOf(names, batch.settledBy) : null,
        settledAt: batch.settledAt,
        doneAt: batch.doneAt,
        cases: items
          .filter(({ batchId }) => batchId === batch.id)
          .map(({ n, caseId, status, keptBack }) => {
            const { reference, closureCode, closedOn } = cases.get(caseId)!;
            const dueOn = disposalDueOn(schedule, { closedOn, closureCode }, this.retention.years);
            return { n, reference, closureCode, closedOn, dueOn, status, keptBack };
          }),
      };
    });
  }
}

type KeptOutOf = Pick<Reader, 'personId' | 'unitHash'>;
type Disposer = KeptOutOf & Settler;

/** The visitor as one who may dispose, in the first of such roles; refuses everybody else. */
function disposer(visitor: Visitor): Disposer {
  if (visitor.kind !== 'officer') throw new Refusal('not-signed-in', 'Sign in first.');
  const role = DISPOSERS.find((each) => visitor.roles.includes(each));
  if (!role)
    throw new Refusal('forbidden', `Erasing what is due is for these roles: ${DISPOSERS.join(', ')}.`);
  return { personId: visitor.personId, unitHash: visitor.unitHash, role };
}

function checkedSchedule(schedule: string): ScheduleCode {
  const code = SCHEDULE_CODES.find((each) => each === schedule);
  if (code) return code;
  const sentence = `Choose one of: ${SCHEDULE_CODES.join(', ')}.`;
  throw new Refusal('invalid', sentence, [{ name: 'schedule', field: 'schedule', sentence }]);
}

function chosen(free: DueCase[], references: string[] | undefined): DueCase[] {
  if (references === undefined && free.length > 0) return free;
  if (references === undefined) throw cannotPropose('Choose at least one case that is due.');
  const found = new Set(free.map(({ reference }) => reference));
  const missing = references.filter((each) => !found.has(each));
  if (missing.length > 0)
    throw cannotPropose(
      `Not due, kept back or in another batch: ${missing.slice(0, 5).join(', ')}. Leave them out.`,
    );
  return free;
}

/** Those of them that may stand in one list. Refuses one that was named together with others and has to stand alone. */
async function inOneBatch(db: EntityManager, cases: DueCase[], areNamed: boolean): Promise<DueCase[]> {
  const closed = await db.find(Exclusion, {
    where: { caseId: In(cases.map(({ id }) => id)), endedOn: IsNull() },
    select: { id: true, caseId: true },
  });
  const alone = new Set(closed.map(({ caseId }) => caseId));
  if (alone.size === 0 || cases.length === 1) return cases;
  const [first] = cases.filter(({ id }) => alone.has(id));
  if (areNamed)
    throw cannotPropose(`Somebody is kept out of ${first!.reference}: propose it in a batch of its own.`);
  const open = cases.filter(({ id }) => !alone.has(id));
  return open.length > 0 ? open : [first!];
}

/** Each once. Refuses none at all, and more than one batch holds. */
function checkedReferences(references: string[] | undefined): string[] | undefined {
  if (references === undefined) return undefined;
  const named = [...new Set(references)];
  if (named.length === 0) throw cannotPropose('Choose at least one case that is due.');
  if (named.length > MOST_IN_BATCH)
    throw cannotPropose(`A batch holds ${MOST_IN_BATCH} cases at most. Propose the others in another one.`);
  return named;
}

function cannotPropose(sentence: string): Refusal {
  return new Refusal('unmet', 'This batch cannot be proposed.', [
    { name: 'references', field: 'references', sentence },
  ]);
}

/** A batch of which the reader may know every case; another one is as good as none. */
async function findBatch(db: EntityManager, id: string, reader: KeptOutOf): Promise<DisposalBatch> {
  const found = /^[0-9a-f-]{36}$/.test(id) ? await db.findOneBy(DisposalBatch, { id }) : null;
  if (!found || !(await isSeenWhole(db, id, reader)))
    throw new Refusal('not-found', 'There is no such batch.');
  return found;
}

async function isSeenWhole(db: EntityManager, batchId: string, reader: KeptOutOf): Promise<boolean> {
  const items = () => db.createQueryBuilder(DisposalItem, 'i').where('i.batchId = :batchId', { batchId });
  return (await leaveOutExcluded(items(), 'i.caseId', reader).getCount()) === (await items().getCount());
}

function itemsOf(db: EntityManager, batchId: string): Promise<DisposalItem[]> {
  return db.find(DisposalItem, { where: { batchId }, order: { n: 'ASC' } });
}

async function casesOf(
  db: EntityManager,
  items: readonly DisposalItem[],
): Promise<Map<string, Pick<Case, 'id' | 'ledgerId' | 'reference' | 'closureCode' | 'closedOn'>>> {
  const ids = [...new Set(items.map(({ caseId }) => caseId))];
  const rows = await db.find(Case, {
    where: { id: In(ids) },
    select: { id: true, ledgerId: true, reference: true, closureCode: true, closedOn: true },
  });
  return new Map(rows.map((row) => [row.id, row]));
}

function notePlace(id: string) {
  return { table: 'disposal_batches', column: 'noteSealed', id };
}

function withoutId<T extends { id: string }>({ id: _id, ...rest }: T): Omit<T, 'id'> {
  return rest;
}
