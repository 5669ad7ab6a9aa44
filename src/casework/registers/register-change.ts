import type { EntityManager, EntityTarget } from 'typeorm';
import { HouseChange } from '../../ledger/house-history';
import type { Visitor } from '../../people/visitor';
import { Refusal } from '../../platform/refusal';
import { dayOf, type Day, type Time } from '../../platform/time';
import { lockHouse } from '../../records/dialect';
import type { Transactions } from '../../records/transactions';
import { REGISTER_KEEPERS } from '../../rules/ai-systems';
import type { RoleCode } from '../../rules/roles';

/** One change of a register while it happens, and what the entry says of it. */
export interface RegisterWork {
  db: EntityManager;
  change: HouseChange;
  personId: string;
  /** Of the entry. */
  today: Day;
}

/**
 * Changes a register and tells of it in the history of the house, in one transaction. Changes stand one behind the other, so that numbers
 * are counted without gaps. Refuses whoever does not keep the registers.
 */
export async function changeRegister<T>(
  { transactions, time }: { transactions: Transactions; time: Time },
  visitor: Visitor,
  act: string,
  work: (work: RegisterWork) => Promise<{ facts: Record<string, unknown>; result: T }>,
  keepers: readonly RoleCode[] = REGISTER_KEEPERS,
): Promise<T> {
  const keeper = keeperOf(visitor, keepers);
  return transactions.change(async (db) => {
    await lockHouse(db);
    const change = new HouseChange(db);
    const at = time.instant();
    const { facts, result } = await work({ db, change, personId: keeper.ref, today: dayOf(at) });
    await change.append({ act, by: keeper, at, facts });
    return result;
  });
}

/** In which role somebody does this to a register; refuses whoever has none of these. */
export function keeperOf(visitor: Visitor, keepers: readonly RoleCode[]): { role: RoleCode; ref: string } {
  const role =
    visitor.kind === 'officer' && !visitor.guest
      ? keepers.find((each) => visitor.roles.includes(each))
      : undefined;
  if (visitor.kind !== 'officer' || !role)
    throw new Refusal('forbidden', `This is done to a register by ${keepers.join(', ')}.`);
  return { role, ref: visitor.personId };
}

/** What every register has: numbers counted from 1, and a revision. */
export interface Registered {
  id: string;
  number: number;
  revision: number;
}

/** The number of the next row of a register. Needs the lock of `changeRegister`. */
export async function nextRegisterNumber(
  db: EntityManager,
  entity: EntityTarget<Registered>,
): Promise<number> {
  return ((await db.maximum(entity, 'number')) ?? 0) + 1;
}

/** Changes the row that was meant, as somebody saw it. Refuses one that is unknown or was changed since. */
export async function changeAsSeen<T extends Registered>(
  { db, change }: Pick<RegisterWork, 'db' | 'change'>,
  entity: EntityTarget<T> & (new () => T),
  what: string,
  { number, revision }: Pick<Registered, 'number' | 'revision'>,
  patch: Partial<T>,
): Promise<void> {
  const row = await db.findOneBy<Registered>(entity, { number });
  if (!row) throw notInRegister(what);
  if (row.revision !== revision)
    throw new Refusal(
      'stale',
      `Somebody changed this ${what} meanwhile, so nothing was saved. Read it as it is now and send yours again.`,
    );
  await change.update(entity, row.id, { ...patch, revision: revision + 1 });
}

export function notInRegister(what: string): Refusal {
  return new Refusal('not-found', `There is no such ${what} in the register. Look for it in the list.`);
}
