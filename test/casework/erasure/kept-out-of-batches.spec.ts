import { TestApp, type TestOfficer } from '../../harness/app';
import { engines } from '../../harness/database';
import { ClosedCases, type Batch } from './closed-cases';

describe.each(engines())('erasing a case that somebody is kept out of on %s', (engine) => {
  let app: TestApp;
  let cases: ClosedCases;
  let dpo: TestOfficer;
  let out: TestOfficer;
  let triage: TestOfficer;
  let hidden: string;
  let others: string[];

  beforeAll(async () => {
    app = await TestApp.start(engine);
    cases = new ClosedCases(app);
    await app.officer('ADM');
    const all = [await cases.one(), await cases.one(), await cases.one()].map(({ reference }) => reference);
    [hidden, ...others] = all as [string, ...string[]];
    app.time.addDays(8 * 366);
    dpo = await app.officer('DPO');
    out = await app.officer('DPO');
    triage = await app.officer('TRI');
  });
  afterAll(() => app.close());

  const keepOut = async (reference: string) => {
    const answers = { exclusionGround: 'EX-NAMED', person: out.personId };
    expect((await cases.staff(triage, reference, 'exclude', answers)).status).toBe(201);
  };

  /** Every case of which they see that it is due or waits in a batch. */
  async function seenBy(officer: TestOfficer): Promise<string[]> {
    const { free, held } = await cases.due(officer);
    const { body } = await app.ask<{ batches: Batch[] } | Batch[]>('GET', '/api/v1/disposals', {
      token: officer.token,
    });
    const batches = Array.isArray(body) ? body : body.batches;
    const waiting = batches
      .filter(({ status }) => status === 'PROPOSED')
      .flatMap((batch) => batch.cases.map(({ reference }) => reference));
    return [...free, ...held, ...waiting].sort();
  }

  it('never stands in one list with others: all of them are still seen by whoever must not learn of it', async () => {
    await keepOut(hidden);
    const together = await cases.propose(dpo, [hidden, others[0]!]);
    expect([together.status, together.text]).toEqual([422, expect.stringContaining(hidden)]);
    const free = await cases.propose(dpo);
    expect(free.body.cases.map(({ reference }) => reference).sort()).toEqual([...others].sort());
    expect(await seenBy(out)).toEqual([...others].sort());
    const alone = await cases.propose(dpo);
    expect(alone.body.cases.map(({ reference }) => reference)).toEqual([hidden]);
    expect(await seenBy(out)).toEqual([...others].sort());
    expect(await seenBy(dpo)).toEqual([hidden, ...others].sort());
  });

  it('leaves a list that waits, and the others are due again', async () => {
    const [kept, left] = others as [string, string];
    await keepOut(kept);
    expect(await seenBy(out)).toEqual([left]);
    expect((await cases.due(dpo)).free.sort()).toEqual([...others].sort());
    const { differences } = await app.verify();
    expect(differences).toEqual([]);
  });

  it('is erased by two people from a list of its own', async () => {
    const [kept] = others as [string];
    const batch = await cases.erase(dpo, await app.officer('DEC'), [kept]);
    expect(batch.cases).toMatchObject([{ reference: kept, status: 'ERASED' }]);
    expect((await app.verify()).differences).toEqual([]);
  });
});
