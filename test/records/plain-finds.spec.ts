import 'reflect-metadata';
import { EntityNotFoundError, In, IsNull, type EntityManager } from 'typeorm';
import { ENTITIES } from '../../src/records/entity-list';
import { Case } from '../../src/records/entities/case';
import { Clock } from '../../src/records/entities/clock';
import { insert } from '../../src/records/insert';
import { createMigratedDatabase, engines, type TestDatabase } from '../harness/database';
import { caseRow, openRecords, type OpenRecords } from './open-records';

describe.each(engines())('finds by equal values on %s', (engine) => {
  let database: TestDatabase;
  let records: OpenRecords;
  const rows = [
    caseRow({ language: 'en', legalHold: true, contactAttempts: 2 }),
    caseRow({ language: 'en', legalHold: false, state: 'closed' }),
    caseRow({ language: 'fr', legalHold: true }),
  ];

  beforeAll(async () => {
    database = await createMigratedDatabase(engine);
    records = await openRecords(database);
    await records.transactions.change((db) => insert(db, Case, rows));
  });
  afterAll(async () => {
    await records.close();
    await database.drop();
  });

  /** What a find gives through the gate, read and in a change, and what it gives straight from TypeORM. */
  async function bothWays<T>(ask: (db: EntityManager) => Promise<T>): Promise<T> {
    const [read, changing, typeorm] = [
      await records.transactions.read(ask),
      await records.transactions.change(ask),
      await ask(records.write.manager),
    ];
    expect(read).toStrictEqual(typeorm);
    expect(changing).toStrictEqual(typeorm);
    return read;
  }

  it('find what TypeORM finds, in its order and as the same classes', async () => {
    const order = { lodgedOn: 'ASC', id: 'DESC' } as const;
    const all = await bothWays((db) => db.find(Case, { order }));
    expect(all).toHaveLength(3);
    expect(all[0]).toBeInstanceOf(Case);
    const held = await bothWays((db) => db.find(Case, { where: { language: 'en', legalHold: true }, order }));
    expect(held.map(({ id, contactAttempts }) => [id, contactAttempts])).toEqual([[rows[0]!.id, 2]]);
    await bothWays((db) => db.findBy(Case, { contactAttempts: 2 }));
    await bothWays((db) => db.findOneBy(Case, { id: rows[1]!.id }));
    await bothWays((db) => db.findOneByOrFail(Case, { reference: rows[2]!.reference }));
    await bothWays((db) => db.find(Case, { select: { id: true, legalHold: true }, order }));
    expect(await bothWays((db) => db.findOneBy(Case, { id: 'none' }))).toBeNull();
    expect(await bothWays((db) => db.findBy(Clock, { caseId: rows[0]!.id }))).toEqual([]);
  });

  it('leave to TypeORM what asks for more', async () => {
    const ids = rows.map(({ id }) => id);
    const order = { id: 'ASC' } as const;
    expect(await bothWays((db) => db.find(Case, { where: { id: In(ids) }, order }))).toHaveLength(3);
    expect(
      await bothWays((db) => db.find(Case, { where: { erasedOn: IsNull() }, order, take: 2 })),
    ).toHaveLength(2);
    expect(await bothWays((db) => db.findBy(Case, [{ id: ids[0] }, { id: ids[1] }]))).toHaveLength(2);
  });

  it('refuse what is no question', async () => {
    const { transactions } = records;
    const ask = (where: object) => transactions.read((db) => db.findOneBy(Case, where));
    await expect(ask({ id: undefined })).rejects.toThrow();
    await expect(ask({ id: null })).rejects.toThrow();
    await expect(ask({ nothing: 'x' })).rejects.toThrow(/nothing/);
    await expect(transactions.read((db) => db.findOneByOrFail(Case, { id: 'none' }))).rejects.toThrow(
      EntityNotFoundError,
    );
  });

  it('fit every table: none has what these finds leave out', () => {
    for (const entity of ENTITIES) {
      const { columns, relations, embeddeds, listeners, deleteDateColumn, childEntityMetadatas } =
        records.write.getMetadata(entity);
      expect([entity.name, relations, embeddeds, listeners, deleteDateColumn, childEntityMetadatas]).toEqual([
        entity.name,
        [],
        [],
        [],
        undefined,
        [],
      ]);
      for (const { propertyName, type, transformer, isSelect, isVirtual } of columns)
        expect([propertyName, type, transformer, isSelect, isVirtual]).toEqual([
          propertyName,
          expect.stringMatching(/^(varchar|text|integer|boolean|simple-json)$/),
          undefined,
          true,
          false,
        ]);
    }
  });
});
