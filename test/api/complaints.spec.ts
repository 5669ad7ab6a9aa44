import { IdempotencyKey } from '../../src/records/entities/idempotency-key';
import { TestApp, type TestOfficer } from '../harness/app';
import { engines } from '../harness/database';

describe.each(engines())('lodging over the API on %s', (engine) => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start(engine);
  });
  afterAll(() => app.close());

  const lodge = (narrative: string, token?: string, key?: string) =>
    app.ask<{ reference: string; receipt: string }>('POST', '/api/v1/complaints', {
      token,
      headers: key ? { 'idempotency-key': key } : {},
      body: { narrative },
    });

  async function lodgedBy(reference: string): Promise<string> {
    const auditor = await app.officer('TRI');
    const { body } = await app.ask<{ byRole: string }[]>('GET', `/api/v1/cases/${reference}/history`, {
      token: auditor.token,
    });
    return JSON.stringify(body[0] ?? body);
  }

  it('names the intake officer who wrote down what somebody said, and nobody else', async () => {
    const intake = await app.officer('INT');
    const written = await lodge('She told it over the telephone.', intake.token);
    expect(await lodgedBy(written.body.reference)).toContain('INT');
    const decider = await app.officer('DEC');
    const own = await lodge('I complain myself.', decider.token);
    expect(await lodgedBy(own.body.reference)).not.toMatch(new RegExp(`DEC|${decider.personId}`));
  });

  it('tells in the history that a program read what a step of a case waits for, also where it was refused', async () => {
    const [lead, intake, officer] = [
      await app.officer('TRI'),
      await app.officer('INT'),
      await app.officer('DPO'),
    ];
    const { reference } = (await lodge('They closed my account.')).body;
    const take = ({ token }: TestOfficer, step: string) =>
      app.ask('POST', `/api/v1/cases/${reference}/${step}`, {
        token,
        headers: { 'if-match': '"1"' },
        body: { answers: {} },
      });
    expect((await take(lead, 'steps/decline')).status).toBe(409);
    expect((await take(intake, 'steps/acknowledge')).status).toBe(422);
    expect((await take(officer, 'erasure')).status).toBe(409);
    const { body } = await app.ask<{ act: string; byRole: string }[]>(
      'GET',
      `/api/v1/cases/${reference}/history`,
      { token: lead.token },
    );
    expect(body.map(({ act, byRole }) => `${act} ${byRole}`)).toEqual([
      'lodge RH',
      'open-case TRI',
      'open-case INT',
      'open-case DPO',
    ]);
  });

  it('forgets an Idempotency-Key after its time, and what was kept under it', async () => {
    const first = await lodge('Once.', undefined, 'my-key');
    expect((await lodge('Once.', undefined, 'my-key')).body).toEqual(first.body);
    app.time.addDays(3);
    const later = await lodge('Once.', undefined, 'my-key');
    expect(later.status).toBe(201);
    expect(later.body.reference).not.toBe(first.body.reference);
    app.time.addDays(3);
    await lodge('Another.', undefined, 'other-key');
    expect(await app.source.getRepository(IdempotencyKey).count()).toBe(1);
  });
});
