import type { EntityManager } from 'typeorm';
import { areTwoPersons, noSecondPersons } from '../../src/people/second-person';
import { newId } from '../../src/platform/ids';
import { Person } from '../../src/records/entities/person';
import { createMigratedDatabase, engines, type TestDatabase } from '../harness/database';
import { openRecords, type OpenRecords } from '../records/open-records';

describe.each(engines())('who are two persons on %s', (engine) => {
  let database: TestDatabase;
  let records: OpenRecords;
  const ids: Record<string, string> = {};

  /** From the first account on, who created whom; the two of a circle created each other. */
  const CREATED_BY: Record<string, string | null> = {
    first: null,
    child: 'first',
    sister: 'first',
    grandchild: 'child',
    second: null,
    cousin: 'second',
    round: null,
    about: 'round',
  };

  beforeAll(async () => {
    database = await createMigratedDatabase(engine);
    records = await openRecords(database);
    for (const [name, creator] of Object.entries(CREATED_BY)) {
      ids[name] = newId();
      await records.write.manager.insert(Person, {
        id: ids[name],
        emailHash: name,
        emailSealed: '',
        nameSealed: '',
        roles: [],
        active: true,
        createdBy: creator && ids[creator],
      });
    }
    await records.write.manager.update(Person, { id: ids.round }, { createdBy: ids.about });
  });
  afterAll(async () => {
    await records?.close();
    await database?.drop();
  });

  it.each([
    ['first', 'first', false],
    ['first', 'child', false],
    ['first', 'grandchild', false],
    ['child', 'grandchild', false],
    ['child', 'sister', true],
    ['sister', 'grandchild', true],
    ['first', 'second', true],
    ['grandchild', 'cousin', true],
    ['round', 'about', false],
    ['round', 'second', true],
    ['round', 'round', false],
  ] as const)('%s and %s: %s, whoever of them is named first', async (one, other, areTwo) => {
    const db = records.read.manager;
    expect(await areTwoPersons(db, ids[one]!, ids[other]!)).toBe(areTwo);
    expect(await areTwoPersons(db, ids[other]!, ids[one]!)).toBe(areTwo);
  });

  it('says of several who is no second person, each once', async () => {
    const beside = (one: string, others: string[]) =>
      noSecondPersons(
        records.read.manager,
        ids[one]!,
        others.map((name) => ids[name]!),
      );
    expect(await beside('child', ['sister', 'first', 'grandchild', 'first', 'second'])).toEqual([
      ids.first,
      ids.grandchild,
    ]);
    expect(await beside('first', ['second'])).toEqual([]);
  });

  it('asks for all of them at once, and no more when nobody is left', async () => {
    const { manager } = records.read;
    let asked = 0;
    const counting = Object.assign(Object.create(manager) as EntityManager, {
      find: (...what: Parameters<EntityManager['find']>) => {
        asked += 1;
        return manager.find(...what);
      },
    });
    await noSecondPersons(counting, ids.first!, [ids.second!]);
    expect(asked).toBe(1);
    await noSecondPersons(counting, ids.grandchild!, [ids.cousin!, ids.sister!]);
    expect(asked).toBe(3);
  });
});
