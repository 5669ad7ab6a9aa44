import { Injectable } from '@nestjs/common';
import { MoreThan, type EntityManager } from 'typeorm';
import { readEntry } from '../ledger/entry';
import { Ledger } from '../ledger/ledger.service';
import { Sessions } from '../people/sessions';
import { Refusal } from '../platform/refusal';
import { Time } from '../platform/time';
import { Case } from '../records/entities/case';
import { Entry } from '../records/entities/entry';
import { lockCase } from '../records/dialect';
import { Transactions } from '../records/transactions';
import { MEMBER_ACTS } from '../rules/collective';
import { READING_ACTS } from '../rules/reading';
import type { State } from '../rules/states';
import { Vault, type CaseKey as SealingKey } from '../vault/vault';
import { findCase, readCaseFile, type CaseKey } from './case-file';
import { handOf, type Actor } from './facts';
import { keepStay } from './keep-stays';
import { nextDueOf } from './next-due';
import { placeKeeper } from './queue/keep-places';
import { CaseContext, type Deed } from './step-context';

export interface CaseChanged<T> {
  reference: string;
  state: State;
  revision: number;
  result: T;
}

/**
 * The one way in which an existing case changes: in one transaction the case is locked and read, the work is done, its row gets the
 * next revision and its history the next entry. A stale revision is refused before any work. A case without its key is refused, but where the work is to erase it.
 */
@Injectable()
export class ChangeCase {
  constructor(
    private readonly transactions: Transactions,
    private readonly ledger: Ledger,
    private readonly vault: Vault,
    private readonly time: Time,
    private readonly sessions: Sessions,
  ) {}

  async run<T>(
    key: CaseKey,
    revision: number | undefined,
    actorFor: (context: Pick<CaseContext, 'db' | 'file'>) => Actor,
    work: (context: CaseContext) => Promise<Deed<T>>,
    { keyMayBeGone = false, onlyTry = false }: { keyMayBeGone?: boolean; onlyTry?: boolean } = {},
  ): Promise<CaseChanged<T>> {
    const undoing = onlyTry ? new Undone<CaseChanged<T>>() : null;
    const changed = this.transactions.change(async (db) => {
      const found = await lockedCase(db, key);
      if ('id' in key && key.session !== undefined && !(await this.sessions.goesOn(db, key.session)))
        throw new Refusal(
          'not-signed-in',
          'Your session has ended meanwhile, so nothing was changed. Open your case again with your receipt.',
        );
      if (revision !== undefined && !(await isAsSeen(db, found, revision)))
        throw new Refusal('stale', 'Someone changed this case; reload it and try again.');
      const file = await readCaseFile(db, found);
      const today = this.time.today();
      const keepPlaces = placeKeeper(db, found.id, { row: found, clocks: file.clocks }, today);
      const change = await this.ledger.open(db, { caseId: found.id, ledgerId: found.ledgerId });
      const actor = actorFor({ db, file });
      const context = new CaseContext({
        db,
        file,
        actor,
        today,
        now: this.time.instant(),
        key: await this.keyOf(db, found.id, keyMayBeGone),
        vault: this.vault,
        change,
        elsewhere: async (id, workThere) => {
          const { result } = await this.run({ id }, undefined, () => actor, workThere, {
            keyMayBeGone: true,
          });
          return result;
        },
      });
      const deed = await work(context);
      const state = deed.to ?? (found.state as State);
      const next: Partial<Case> & { revision: number } = {
        ...context.patch,
        state,
        revision: found.revision + 1,
        nextDueOn: await nextDueOf(context, state),
      };
      await change.update(Case, found.id, next);
      if (state !== found.state) await keepStay(db, found, today);
      await keepPlaces({ row: { ...found, ...withoutUndefined(next) }, clocks: file.clocks });
      const hand = handOf(actor);
      await change.append({
        act: deed.act,
        by: { role: hand.role, ref: hand.personId },
        ...(hand.personId === null ? { on: context.today } : { at: context.now }),
        from: found.state,
        to: state,
        facts: deed.facts,
        sealed: context.sealed,
      });
      const done = { reference: found.reference, state, revision: next.revision, result: deed.result };
      return undoing ? undoing.instead(done) : done;
    });
    return undoing ? undoing.of(changed) : changed;
  }

  private async keyOf(db: EntityManager, id: string, mayBeGone: boolean): Promise<SealingKey | null> {
    return mayBeGone ? ((await this.vault.openKeys(db, [id])).get(id) ?? null) : this.vault.openKey(db, id);
  }
}

/** Ends a change that was only tried: everything in it goes back, and what it would have given is given all the same. */
class Undone<T> extends Error {
  private result: T | null = null;

  instead(result: T): never {
    this.result = result;
    throw this;
  }

  async of(changed: Promise<T>): Promise<T> {
    try {
      return await changed;
    } catch (error) {
      if (error !== this) throw error;
      return this.result!;
    }
  }
}

/** A column that is left undefined stays as it is. */
function withoutUndefined<T extends object>(patch: T): T {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as T;
}

/** So many entries at most are looked through before a form counts as stale. */
const SINCE_AT_MOST = 500;

/**
 * Whether nothing happened since somebody saw it but that others read it, and in a collective complaint that members came and went: neither
 * must make every form stale.
 */
async function isAsSeen(db: EntityManager, found: Case, seen: number): Promise<boolean> {
  const { revision, ledgerId, complainantRole } = found;
  if (seen === revision) return true;
  if (seen > revision || seen < revision - SINCE_AT_MOST) return false;
  const since = await db.findBy(Entry, { ledgerId, n: MoreThan(seen) });
  return since.every(({ body }) => {
    const act = readEntry(body)?.act ?? '';
    return READING_ACTS.has(act) || (complainantRole === 'group' && MEMBER_ACTS.has(act));
  });
}

async function lockedCase(db: CaseContext['db'], key: CaseKey): Promise<Case> {
  const { id } = await findCase(db, key);
  await lockCase(db, id);
  // Once more by the whole key: whoever was kept out while this waited for the lock is out.
  return findCase(db, key);
}
