import type { EntityManager } from 'typeorm';
import { Person } from '../records/entities/person';

/** Four eyes are two persons: not the same account, and not one that the other created, itself or through those it created. */
export async function areTwoPersons(db: EntityManager, one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([lineOf(db, one), lineOf(db, other)]);
  return !first.has(other) && !second.has(one);
}

/** Of these accounts those that are no second person beside this one. */
export async function noSecondPersons(
  db: EntityManager,
  personId: string,
  others: Iterable<string>,
): Promise<string[]> {
  const found: string[] = [];
  for (const other of new Set(others)) if (!(await areTwoPersons(db, personId, other))) found.push(other);
  return found;
}

/** This person, whoever created the account, whoever created theirs, and so on; a circle, which only a hand from outside draws, ends. */
async function lineOf(db: EntityManager, personId: string): Promise<Set<string>> {
  const line = new Set<string>();
  for (let next: string | null = personId; next !== null && !line.has(next);) {
    line.add(next);
    const { createdBy }: Person = await db.findOneByOrFail(Person, { id: next });
    next = createdBy;
  }
  return line;
}
