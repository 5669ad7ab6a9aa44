import { Injectable } from '@nestjs/common';
import { appendToHouse } from '../../ledger/house-history';
import type { Officer } from '../../people/visitor';
import { newId } from '../../platform/ids';
import { Refusal } from '../../platform/refusal';
import { Time } from '../../platform/time';
import { SavedView } from '../../records/entities/saved-view';
import { insert } from '../../records/insert';
import { Transactions } from '../../records/transactions';
import { update } from '../../records/update';
import { Vault } from '../../vault/vault';
import { actorOf } from '../case-visitor';
import { isStorableText } from '../intake/complaint-form';
import { linesOf, readQueueFilter } from './queue-filter';
import { ReadQueue } from './read-queue';
import type { QueueCount } from './views';

export const VIEW_NAME_MAX_LENGTH = 60;
/** Of one person; a list of them is read at one glance. */
const VIEWS_AT_MOST = 30;
/** One’s own come first; colleagues may share any number. */
const COUNTED_VIEWS = 50;

export interface SavedViewRow {
  id: string;
  name: string;
  filter: Record<string, string>;
  isShared: boolean;
  isOwn: boolean;
}

export interface CountedView extends SavedViewRow {
  /** How many cases it finds for whoever looks; null of a group, which is not searched for before somebody asks, and behind so many views. */
  count: QueueCount | null;
}

/** Filters of the queue under a name: one's own, and those that colleagues share. */
@Injectable()
export class SavedViews {
  constructor(
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    private readonly readQueue: ReadQueue,
    private readonly time: Time,
  ) {}

  /** What this person may choose from, by name. */
  async list({ personId }: Officer): Promise<SavedViewRow[]> {
    return this.transactions.read(async (db) => {
      const rows = await db.find(SavedView, { where: [{ personId }, { isShared: true }] });
      const keys = await this.vault.openKeys(db, [...new Set(rows.map((row) => row.personId))]);
      return rows
        .flatMap((row) => {
          const key = keys.get(row.personId);
          if (!key) return [];
          const name = this.vault.unseal(key, placeOf(row.id), row.nameSealed);
          return {
            id: row.id,
            name,
            filter: row.filter,
            isShared: row.isShared,
            isOwn: row.personId === personId,
          };
        })
        .sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
    });
  }

  /** The same with how many cases each finds for this person. */
  async counted(visitor: Officer): Promise<CountedView[]> {
    const views = await this.list(visitor);
    const counted = views.toSorted((a, b) => Number(b.isOwn) - Number(a.isOwn)).slice(0, COUNTED_VIEWS);
    const filters = counted.map(({ filter }) => readQueueFilter(filter, visitor.personId).filter);
    const counts = await this.readQueue.counts(filters, visitor);
    return views.map((view) => ({ ...view, count: counts[counted.indexOf(view)] ?? null }));
  }

  /** Keeps a filter, without the page it was on; what in it says nothing is left out. Refuses a name that is missing or too long. */
  async save(
    visitor: Officer,
    { name, query, isShared }: { name: string; query: Record<string, unknown>; isShared: boolean },
  ): Promise<SavedViewRow> {
    refuseName(name);
    const { personId } = visitor;
    const { role } = actorOf(visitor);
    // Whoever uses a shared view means themselves by “me”.
    const filter = linesOf(query, personId);
    return this.transactions.change(async (db) => {
      if ((await db.countBy(SavedView, { personId })) >= VIEWS_AT_MOST)
        throw refused(`You have ${VIEWS_AT_MOST} views. Remove one that you no longer need.`);
      const id = newId();
      const key = await this.vault.openKey(db, personId);
      const { sealed } = this.vault.seal(key, placeOf(id), name.trim());
      const savedOn = this.time.today();
      await insert(db, SavedView, { id, personId, nameSealed: sealed, filter, isShared, savedOn });
      await appendToHouse(db, {
        act: 'save-view',
        by: { role, ref: personId },
        at: this.time.instant(),
        facts: { view: id, isShared },
      });
      return { id, name: name.trim(), filter, isShared, isOwn: true };
    });
  }

  /** Gives a view another name, shares it or shares it no more. Only whoever saved it does; what it finds stays. */
  async change(
    visitor: Officer,
    id: string,
    { name, isShared }: { name: string; isShared: boolean },
  ): Promise<SavedViewRow> {
    refuseName(name);
    const { personId } = visitor;
    const { role } = actorOf(visitor);
    return this.transactions.change(async (db) => {
      const view = await db.findOneBy(SavedView, { id, personId });
      if (!view) throw noSuchView();
      const key = await this.vault.openKey(db, personId);
      const { sealed } = this.vault.seal(key, placeOf(id), name.trim());
      await update(db, SavedView, { id }, { nameSealed: sealed, isShared });
      await appendToHouse(db, {
        act: 'change-view',
        by: { role, ref: personId },
        at: this.time.instant(),
        facts: { view: id, isShared },
      });
      return { id, name: name.trim(), filter: view.filter, isShared, isOwn: true };
    });
  }

  /** Only whoever saved it removes it. */
  async remove(visitor: Officer, id: string): Promise<void> {
    const { personId } = visitor;
    const { role } = actorOf(visitor);
    await this.transactions.change(async (db) => {
      const { affected } = await db.delete(SavedView, { id, personId });
      if (!affected) throw noSuchView();
      await appendToHouse(db, {
        act: 'remove-view',
        by: { role, ref: personId },
        at: this.time.instant(),
        facts: { view: id },
      });
    });
  }
}

/** Of another one nothing is told but that it is not there. */
function noSuchView(): Refusal {
  return new Refusal('not-found', 'You have no such view.');
}

function refuseName(name: string): void {
  const length = name.trim().length;
  if (length === 0) throw refused('Give the view a name.');
  if (length > VIEW_NAME_MAX_LENGTH) throw refused(`Shorten the name to ${VIEW_NAME_MAX_LENGTH} characters.`);
  if (!isStorableText(name)) throw refused('This name holds characters that cannot be kept; retype it.');
}

function refused(sentence: string): Refusal {
  return new Refusal('invalid', 'The view was not saved.', [{ name: 'answer', field: 'name', sentence }]);
}

function placeOf(id: string) {
  return { table: 'saved_views', column: 'nameSealed', id };
}
