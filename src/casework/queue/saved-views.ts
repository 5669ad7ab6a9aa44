import { Injectable } from '@nestjs/common';
import { appendToHouse } from '../../ledger/house-history';
import type { Officer } from '../../people/visitor';
import { newId } from '../../platform/ids';
import { Refusal } from '../../platform/refusal';
import { Time } from '../../platform/time';
import { SavedView } from '../../records/entities/saved-view';
import { insert } from '../../records/insert';
import { Transactions } from '../../records/transactions';
import { Vault } from '../../vault/vault';
import { actorOf } from '../case-visitor';
import { isStorableText } from '../intake/complaint-form';
import { linesOf } from './queue-filter';

export const VIEW_NAME_MAX_LENGTH = 60;
/** Of one person; a list of them is read at one glance. */
const VIEWS_AT_MOST = 30;

export interface SavedViewRow {
  id: string;
  name: string;
  filter: Record<string, string>;
  isShared: boolean;
  isOwn: boolean;
}

/** Filters of the queue under a name: one's own, and those that colleagues share. */
@Injectable()
export class SavedViews {
  constructor(
    private readonly transactions: Transactions,
    private readonly vault: Vault,
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

  /** Keeps a filter, without the page it was on; what in it says nothing is left out. Refuses a name that is missing or too long. */
  async save(
    visitor: Officer,
    { name, query, isShared }: { name: string; query: Record<string, unknown>; isShared: boolean },
  ): Promise<void> {
    refuseName(name);
    const { personId } = visitor;
    // Whoever uses a shared view means themselves by “me”.
    const filter = linesOf(query, personId);
    const { role } = actorOf(visitor);
    await this.transactions.change(async (db) => {
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
    });
  }

  /** Only whoever saved it removes it; of another one nothing is told but that it is not there. */
  async remove(visitor: Officer, id: string): Promise<void> {
    const { personId } = visitor;
    const { role } = actorOf(visitor);
    await this.transactions.change(async (db) => {
      const { affected } = await db.delete(SavedView, { id, personId });
      if (!affected) throw new Refusal('not-found', 'You have no such view.');
      await appendToHouse(db, {
        act: 'remove-view',
        by: { role, ref: personId },
        at: this.time.instant(),
        facts: { view: id },
      });
    });
  }
}

function refuseName(name: string): void {
  const length = name.trim().length;
  if (length === 0) throw refused('Give the view a name.');
  if (length > VIEW_NAME_MAX_LENGTH) throw refused(`Shorten the name to ${VIEW_NAME_MAX_LENGTH} characters.`);
  if (!isStorableText(name)) throw refused('This name holds characters that cannot be kept; retype it.');
}

function refused(sentence: string): Refusal {
  return new Refusal('invalid', 'The view was not saved.', [{ name: 'answer', field: 'viewName', sentence }]);
}

function placeOf(id: string) {
  return { table: 'saved_views', column: 'nameSealed', id };
}
