import { TestApp, type TestOfficer } from '../harness/app';
import { engines } from '../harness/database';

describe.each(engines())('the words of letters by the API on %s', (engine) => {
  let app: TestApp;
  let drafter: TestOfficer;
  let reader: TestOfficer;

  beforeAll(async () => {
    app = await TestApp.start(engine);
    drafter = await app.officer('TRI');
    reader = await app.officer('LEG');
  });
  afterAll(() => app.close());

  const at = '/api/v1/wordings/BLOCK/waiting/sw';

  it('are drafted, read, switched on by another person, and taken up again', async () => {
    const words = { subject: 'Asante', body: 'Asante kwa subira yako.' };
    const drafted = await app.ask('PUT', `${at}/draft`, {
      token: drafter.token,
      body: { ...words, seen: '0' },
    });
    expect(drafted.body).toMatchObject({ on: null, draft: { n: 1, text: words, by: null }, seen: '1.1' });
    const own = await app.ask('POST', `${at}/decision`, {
      token: drafter.token,
      body: { on: true, seen: '1.1' },
    });
    expect(own.status).toBe(422);
    const on = await app.ask('POST', `${at}/decision`, {
      token: reader.token,
      body: { on: true, seen: '1.1' },
    });
    expect([on.status, on.body]).toMatchObject([200, { on: { n: 1, text: words }, draft: null }]);
    const gone = await app.ask('POST', `${at}/earlier`, {
      token: drafter.token,
      body: { version: 0, seen: '1.2' },
    });
    expect(gone.body).toMatchObject({ draft: { n: 2, text: null } });
    const { body } = await app.ask<{ name: string; on: number | null; draft: number | null }[]>(
      'GET',
      '/api/v1/wordings?language=sw',
      { token: drafter.token },
    );
    expect(body.find(({ name }) => name === 'waiting')).toMatchObject({ on: 1, draft: 2 });
  });

  it('are refused in sentences, and are nobody’s who runs the system', async () => {
    const letter = '/api/v1/wordings/LETTER_TEXT/closed/fa/draft';
    const words = { subject: 'بسته شد', body: '<b>پرونده</b>', seen: '0' };
    const refused = await app.ask<{ needs: { field: string }[] }>('PUT', letter, {
      token: drafter.token,
      body: words,
    });
    expect([refused.status, refused.body.needs.map(({ field }) => field)]).toEqual([
      400,
      ['body', 'body', 'body'],
    ]);
    const long = { ...words, body: 'x'.repeat(100_000) };
    expect((await app.ask('PUT', letter, { token: drafter.token, body: long })).status).toBe(400);
    expect((await app.ask('PUT', letter, { token: drafter.token, body: { subject: 1 } })).status).toBe(400);
    const { token } = await app.officer('ADM');
    expect((await app.ask('GET', '/api/v1/wordings?language=fa', { token })).status).toBe(403);
    expect((await app.ask('PUT', letter, { token, body: words })).status).toBe(403);
    const unknown = await app.ask('GET', '/api/v1/wordings/LETTER_TEXT/late-alert/fa', {
      token: drafter.token,
    });
    expect(unknown.status).toBe(404);
    expect((await app.ask('GET', '/api/v1/wordings', { token: drafter.token })).status).toBe(404);
  });
});
