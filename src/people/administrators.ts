import type { EntityManager } from 'typeorm';
import { Person } from '../records/entities/person';
import { update } from '../records/update';

/** Inside a change, before roles are looked at: two administrators cannot remove each other at the same time. */
export async function lockActive(db: EntityManager): Promise<void> {
  // Writing the active rows locks them on PostgreSQL.
  await update(db, Person, { active: true }, { active: true });
}

/** Whether the house has an active administrator, `except` this one, if any. */
export async function hasAdministrator(db: EntityManager, except = ''): Promise<boolean> {
  const active = await db.findBy(Person, { active: true });
  return active.some(({ id, roles }) => id !== except && roles.includes('ADM'));
}
