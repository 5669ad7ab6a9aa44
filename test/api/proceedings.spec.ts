import { TestApp, type TestOfficer } from '../harness/app';
import { engines } from '../harness/database';

describe.each(engines())('the register of parallel proceedings for programs on %s', (engine) => {
  let app: TestApp;
  let lead: TestOfficer;

  beforeAll(async () => {
    app = await TestApp.start(engine);
    lead = await app.officer('TRI');
  });
  afterAll(() => app?.close());

  const list = (query: string) =>
    app.ask<{ count: number; proceedings: { reference: string; type: string }[] }>(
      'GET',
      `/api/v1/proceedings${query}`,
      lead,
    );

  it('tells codes and days, and no name, reference or word of a body', async () => {
    const { reference } = await app.lodge();
    const answers = {
      proceedingType: 'PP-EQB',
      proceedingCourse: 'CONTINUE',
      proceedingCountry: 'KE',
      proceedingBody: 'Commission of Nakuru',
      proceedingReference: 'KE/77',
    };
    const noted = await app.ask('POST', `/api/v1/cases/${reference}/steps/record-proceeding`, {
      token: lead.token,
      headers: { 'if-match': '1' },
      body: { answers },
    });
    expect(noted.status).toBe(201);
    const { status, body } = await list('?country=KE&status=running&told=no');
    expect([status, body.count]).toEqual([200, 1]);
    expect(body.proceedings[0]).toMatchObject({ reference, n: 1, type: 'PP-EQB', orders: [], toldOn: null });
    expect(JSON.stringify(body)).not.toMatch(/Nakuru|KE\/77/);
    expect((await list('?type=PP-NCP')).body).toEqual({ count: 0, proceedings: [] });
  });

  it('refuses a filter that it does not know, naming each', async () => {
    const refused = await list('?country=Kenya&told=maybe&body=x&status=');
    expect(refused.status).toBe(400);
    const fields = (refused.body as unknown as { needs: { field: string }[] }).needs;
    expect(fields.map(({ field }) => field)).toEqual(['country', 'told', 'body']);
  });
});
