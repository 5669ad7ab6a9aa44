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

/** Who created each of these accounts, and theirs, and so on; read step by step for all of them at once. */
async function creatorsOf(db: EntityManager, ids: readonly string[]): Promise<Map<string, string | null>> {
  const creators = new Map<string, string | null>();
  for (let next = ids; next.length > 0;) {
    const rows = await db.find(Person, { where: { id: In(next) }, select: { id: true, createdBy: true } });
    for (const { id, createdBy } of rows) creators.set(id, createdBy);
    next = rows.flatMap(({ createdBy }) => createdBy ?? []).filter((id) => !creators.has(id));
  }
  return creators;
}

/** This person, whoever created the account, whoever created theirs, and so on; a circle, which only a hand from outside draws, ends. */
function lineOf(creators: ReadonlyMap<string, string | null>, personId: string): Set<string> {
  const line = new Set<string>();
  for (let next: string | null = personId; next !== null && !line.has(next);) {
    line.add(next);
    next = creators.get(next) ?? null;
  }
  return line;
}
