import { CarryOut } from '../../src/casework/erasure/carry-out';
import { Disposals } from '../../src/casework/erasure/disposals';
import { RetentionJob } from '../../src/jobs/retention.job';
import { Log } from '../../src/platform/log';
import { Case } from '../../src/records/entities/case';
import { DataKey } from '../../src/records/entities/data-key';
import { TestApp, type TestOfficer } from '../harness/app';
import { engines } from '../harness/database';
import { ClosedCases, type Batch, type ClosedCase } from '../casework/erasure/closed-cases';

describe.each(engines())('the daily look at retention on %s', (engine) => {
  let app: TestApp;
  let cases: ClosedCases;
  let dpo: TestOfficer;
  let decider: TestOfficer;
  let old: ClosedCase[];
  const lines: string[] = [];

  beforeAll(async () => {
    app = await TestApp.start(engine);
    cases = new ClosedCases(app);
    await app.officer('ADM');
    old = [await cases.one(), await cases.one(), await cases.one()];
    app.time.addDays(7 * 366);
    [dpo, decider] = [await app.officer('DPO'), await app.officer('DEC')];
  });
  afterAll(() => app.close());

  const look = () => {
    const log = new Log('info', { write: (line: string) => void lines.push(line) });
    return new RetentionJob(app.get(CarryOut), app.get(Disposals), log).run();
  };
  const erased = async () =>
    (await app.source.getRepository(Case).find()).filter(({ erasedOn }) => erasedOn !== null).length;

  it('erases nothing by itself, and says only how many are due', async () => {
    await cases.propose(dpo, [old[0]!.reference]);
    await look();
    expect(await erased()).toBe(0);
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ 'RS-CASE': 2, 'RS-IDENTITY': 3, resumed: 0 });
    for (const { reference } of old) expect(lines.join()).not.toContain(reference);
  });

  it('goes on with what two people agreed to', async () => {
    const [batch] = (await app.ask<Batch[]>('GET', '/api/v1/disposals', { token: dpo.token })).body;
    const { id } = await app.source.getRepository(Case).findOneByOrFail({ reference: old[0]!.reference });
    const key = await app.source.getRepository(DataKey).findOneByOrFail({ ownerId: id });
    await app.source.getRepository(DataKey).delete({ ownerId: id });
    expect((await cases.settle(decider, batch!.id)).body.status).toBe('AGREED');
    await app.source.getRepository(DataKey).insert(key);
    await look();
    expect(await erased()).toBe(1);
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ 'RS-CASE': 2, resumed: 1 });
    expect((await app.verify()).differences).toEqual([]);
  });
});
