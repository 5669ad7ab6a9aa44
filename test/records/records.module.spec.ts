import { Test } from '@nestjs/testing';
import { Settings } from '../../src/platform/settings';
import { Case } from '../../src/records/entities/case';
import { insert } from '../../src/records/insert';
import { RecordsModule } from '../../src/records/records.module';
import { Transactions } from '../../src/records/transactions';
import { createTestDatabase, engines } from '../harness/database';
import { caseRow, openRecords, settingsFor } from './open-records';

describe.each(engines())('the module of records on %s', (engine) => {
  it('migrates at start, hands out the gate, and starts again on the same database', async () => {
    const database = await createTestDatabase(engine);
    const row = caseRow();
    for (const start of [1, 2]) {
      const module = await Test.createTestingModule({ imports: [RecordsModule] })
        .overrideProvider(Settings)
        .useValue(settingsFor(database))
        .compile();
      await module.init();
      const transactions = module.get(Transactions);
      if (start === 1) await transactions.change((db) => insert(db, Case, row));
      expect(await transactions.read((db) => db.countBy(Case, { id: row.id }))).toBe(1);
      await module.close();
    }
    await database.drop();
  });

  it('stores what has begun before it closes', async () => {
    const database = await createTestDatabase(engine);
    const module = await Test.createTestingModule({ imports: [RecordsModule] })
      .overrideProvider(Settings)
      .useValue(settingsFor(database))
      .compile();
    await module.init();
    const rows = Array.from({ length: 20 }, () => caseRow());
    const storing = rows.map((row) => module.get(Transactions).change((db) => insert(db, Case, row)));
    await module.close();
    await Promise.all(storing);
    const records = await openRecords(database);
    expect(await records.read.manager.count(Case)).toBe(rows.length);
    await records.close();
    await database.drop();
  });
});
