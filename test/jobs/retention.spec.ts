import { CarryOut } from '../../src/casework/erasure/carry-out';
import { Disposals } from '../../src/casework/erasure/disposals';
import { Drafts } from '../../src/casework/intake/drafts';
import { Lodge } from '../../src/casework/intake/lodge';
import { RetentionJob } from '../../src/jobs/retention.job';
import { Log } from '../../src/platform/log';
import { Case } from '../../src/records/entities/case';
import { IdempotencyKey } from '../../src/records/entities/idempotency-key';
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
    return new RetentionJob(
      app.get(CarryOut),
      app.get(Disposals),
      app.get(Lodge),
      app.get(Drafts),
      log,
    ).run();
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

  it('forgets the answers to keyed complaints, which hold receipts, once no key gets them any more', async () => {
    const answers = () => app.source.getRepository(IdempotencyKey).count();
    const headers = { 'idempotency-key': 'k'.repeat(43) };
    await app.ask('POST', '/api/v1/complaints', { headers, body: { narrative: 'It refused me.' } });
    for (const [days, left] of [
      [2, 1],
      [1, 0],
    ] as const) {
      app.time.addDays(days);
      await look();
      expect(await answers()).toBe(left);
    }
  });

  it('goes on with what two people agreed to', async () => {
    const [batch] = (await app.ask<Batch[]>('GET', '/api/v1/disposals', { token: dpo.token })).body;
    const { id } = await app.source.getRepository(Case).findOneByOrFail({ reference: old[0]!.reference });
    const keys = app.source.getRepository(DataKey);
    const { wrappedKey } = await keys.findOneByOrFail({ ownerId: id });
    await keys.update({ ownerId: id }, { wrappedKey: 'damaged' });
    expect((await cases.settle(decider, batch!.id)).body.status).toBe('AGREED');
    await keys.update({ ownerId: id }, { wrappedKey });
    await look();
    expect(await erased()).toBe(1);
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ 'RS-CASE': 2, resumed: 1 });
    expect((await app.verify()).differences).toEqual([]);
  });
});
