import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Ledger } from '../ledger/ledger.service';
import { Sessions } from '../people/sessions';
import { Refusal } from '../platform/refusal';
import { dayOf, Time } from '../platform/time';
import { Case } from '../records/entities/case';
import { lockCase } from '../records/dialect';
import { Transactions } from '../records/transactions';
import type { State } from '../rules/states';
import { Vault, type CaseKey as SealingKey } from '../vault/vault';
import { findCase, readCaseFile, type CaseKey } from './case-file';
import { handOf, type Actor } from './facts';
import { keepStay } from './keep-stays';
import { nextDueOf } from './next-due';
import { placeKeeper } from './queue/keep-places';
import { isAsSeen, type Seen } from './seen';
import { leaveMoot } from './replace-proposals';
import { CaseContext, type Deed } from './step-context';

export interface CaseChanged<T> {
  reference: string;
  state: State;
  revision: number;
  result: T;
}

/**
 * The one way in which an existing case changes: in one transaction the case is locked and read, the work is done, its row gets the
 * next revision and its history the next entry. Whoever saw an older case is refused before any work. A case without its key is refused, but where the work is to erase it.
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
    seen: Seen | undefined,
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
      if (seen !== undefined && !(await isAsSeen(db, found, seen)))
        throw new Refusal('stale', 'Someone changed this case; reload it and try again.');
      const file = await readCaseFile(db, found);
      const now = this.time.instant();
      const today = dayOf(now);
      const awaitedSecond = file.proposals.some(({ status }) => status === 'OPEN');
      const keepPlaces = placeKeeper(
        db,
        found.id,
        { row: { ...found, awaitsSecond: awaitedSecond }, clocks: file.clocks },
        today,
      );
      const change = await this.ledger.open(db, { caseId: found.id, ledgerId: found.ledgerId });
      const actor = actorFor({ db, file });
      const context = new CaseContext({
        db,
        file,
        actor,
        today,
        now,
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
      const awaitsSecond = (await leaveMoot(context, state)).length > 0;
      const next: Partial<Case> & { revision: number } = {
        ...context.patch,
        state,
        revision: found.revision + 1,
        nextDueOn: await nextDueOf(context, state),
      };
      await change.update(Case, found.id, next);
      if (state !== found.state) await keepStay(db, found, today);
      await keepPlaces({ row: { ...found, ...withoutUndefined(next), awaitsSecond }, clocks: file.clocks });
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

async function lockedCase(db: CaseContext['db'], key: CaseKey): Promise<Case> {
  const { id } = await findCase(db, key);
  await lockCase(db, id);
  // Once more by the whole key: whoever was kept out while this waited for the lock is out.
  return findCase(db, key);
}
