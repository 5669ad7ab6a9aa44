import type { EntityManager } from 'typeorm';
import { Person } from '../records/entities/person';

/** Four eyes are two persons: not the same account, and not one that the other created. */
export async function areTwoPersons(db: EntityManager, one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([
    db.findOneByOrFail(Person, { id: one }),
    db.findOneByOrFail(Person, { id: other }),
  ]);
  return first.id !== second.id && first.createdBy !== second.id && second.createdBy !== first.id;
}
