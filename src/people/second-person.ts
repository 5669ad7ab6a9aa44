import { In, type EntityManager } from 'typeorm';
import { Person } from '../records/entities/person';

/** Four eyes are two persons: not the same account, and not one that the other created, itself or through those it created. */
export async function areTwoPersons(db: EntityManager, one: string, other: string): Promise<boolean> {
  return (await noSecondPersons(db, one, [other])).length === 0;
}

/** Of these accounts those that are no second person beside this one. */
export async function noSecondPersons(
  db: EntityManager,
  personId: string,
  others: Iterable<string>,
): Promise<string[]> {
  const asked = [...new Set(others)];
  const creators = await creatorsOf(db, [personId, ...asked]);
  const own = lineOf(creators, personId);
  return asked.filter((other) => own.has(other) || lineOf(creators, other).has(personId));
}

/** By account who created it, null: nobody of the house. */
type Creators = ReadonlyMap<string | null | undefined, string | null>;

/** Who created each of these accounts, and theirs, and so on; read step by step for all of them at once. */
async function creatorsOf(db: EntityManager, ids: readonly string[]): Promise<Creators> {
  const creators = new Map<string | null, string | null>();
  for (let next: readonly (string | null)[] = ids; next.length > 0;) {
    const rows = await db.find(Person, { where: { id: In(next) }, select: { id: true, createdBy: true } });
    for (const { id, createdBy } of rows) creators.set(id, createdBy);
    next = rows.map(({ createdBy }) => createdBy).filter((id) => id !== null && !creators.has(id));
  }
  return creators;
}

/**
 * This person, whoever created the account, whoever created theirs, and so on, until it comes to nobody; a circle, which only a hand from
 * outside draws, ends.
 */
function lineOf(creators: Creators, personId: string): Set<string | null | undefined> {
  const line = new Set<string | null | undefined>();
  for (let next: string | null | undefined = personId; !line.has(next); next = creators.get(next))
    line.add(next);
  return line;
}
