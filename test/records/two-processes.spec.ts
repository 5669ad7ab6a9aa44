import { fork } from 'node:child_process';
import { join } from 'node:path';
import { Case } from '../../src/records/entities/case';
import { createTestDatabase, engines } from '../harness/database';
import { openRecords } from './open-records';
import type { OverlapResult } from './overlap';

function runChild(dataDir: string, url: string, count: number): Promise<OverlapResult> {
  return new Promise((resolve, reject) => {
    const child = fork(join(__dirname, 'overlap-child.ts'), [dataDir, url, String(count)], {
      execArgv: ['-r', join(__dirname, 'typescript-child.js')],
    });
    child.once('message', (result) => resolve(result as OverlapResult));
    child.once('exit', (code) => {
      if (code !== 0) reject(new Error(`The child process ended with ${code}; its words are above.`));
    });
  });
}

describe.each(engines())('two processes on one database on %s', (engine) => {
  it('migrate it once, and keep every acknowledged change and nothing of a failed one', async () => {
    const database = await createTestDatabase(engine);
    const results = await Promise.all([1, 2, 3].map(() => runChild(database.dataDir, database.url, 100)));
    const records = await openRecords(database);
    const stored = await records.transactions.read((db) => db.find(Case, { select: { id: true } }));
    await records.close();
    await database.drop();
    for (const { acknowledged, refused } of results)
      expect([acknowledged.length, refused.length]).toEqual([66, 34]);
    expect(stored.map(({ id }) => id).sort()).toEqual(
      results.flatMap(({ acknowledged }) => acknowledged).sort(),
    );
  });
});
