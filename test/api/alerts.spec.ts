import { SendAlerts } from '../../src/casework/alerts/send-alerts';
import { MailSettings } from '../../src/mail/mail-settings';
import { Alert } from '../../src/records/entities/alert';
import { say } from '../../src/words/words';
import { ApiDocument } from '../../src/api/api-document';
import { ApiSchema } from '../harness/api-schema';
import { TestApp, type TestOfficer } from '../harness/app';
import { engines } from '../harness/database';
import { TestOutbox } from '../harness/mail-servers';

const PATH = '/api/v1/my-case/alerts';
const ADDRESS = 'rosa@elsewhere.example';

describe.each(engines())('the API of e-mails about news on %s', (engine) => {
  let outbox: TestOutbox;
  let app: TestApp;
  let silent: TestApp;
  let intake: TestOfficer;
  let schema: ApiSchema;
  let mine: { reference: string; receipt: string; token: string };

  beforeAll(async () => {
    outbox = await TestOutbox.start();
    const settings = new MailSettings(null, outbox.settings());
    app = await TestApp.start(engine, { replace: () => [[MailSettings, settings]] });
    silent = await TestApp.start(engine);
    schema = new ApiSchema((await app.get(ApiDocument).read()) as never);
    intake = await app.officer('INT');
  });
  beforeEach(async () => {
    mine = await app.lodge();
  });
  afterAll(async () => {
    await app.close();
    await silent.close();
    await outbox.goAway();
  });

  async function ask<T = Record<string, never>>(method: string, body?: unknown, token = mine.token) {
    const answer = await app.ask<T>(method, PATH, { token, body });
    expect(schema.faults(method, PATH, answer)).toEqual([]);
    return answer;
  }
  const OFF = { from: 'post@house.example', address: null, refused: false };

  it('switches on, changes and off, says so in the history, and never tells the address there', async () => {
    expect((await ask('GET')).body).toEqual(OFF);
    expect((await ask('PUT', { address: ADDRESS })).body).toEqual({ ...OFF, address: ADDRESS });
    expect((await ask('PUT', { address: 'other@elsewhere.example' })).body).toMatchObject({
      address: 'other@elsewhere.example',
    });
    for (const _ of [1, 2]) expect((await ask('DELETE')).body).toEqual(OFF);
    const paths = ['/api/v1/my-case/timeline', `/api/v1/cases/${mine.reference}/history`];
    for (const [n, token] of [mine.token, intake.token].entries()) {
      const { text } = await app.ask('GET', paths[n]!, { token });
      expect(text.match(/"act":"(set|end)-alert"/g)).toEqual([
        '"act":"set-alert"',
        '"act":"set-alert"',
        '"act":"end-alert"',
      ]);
      expect(text).not.toContain('elsewhere');
    }
  });

  it.each([
    ['nothing', {}],
    ['no text', { address: 7 }],
    ['several addresses', { address: `${ADDRESS}, other@elsewhere.example` }],
    ['a name beside it', { address: `Rosa <${ADDRESS}>` }],
    ['a header behind it', { address: `${ADDRESS}\r\nBcc: other@elsewhere.example` }],
    ['a blank', { address: `${ADDRESS} ` }],
    ['what no database keeps', { address: `ro\u0000sa@elsewhere.example` }],
    ['more than an address can be', { address: `rosa@${'e'.repeat(250)}.example` }],
  ])('refuses %s as an address, and stores nothing', async (_what, body) => {
    const { status, body: problem } = await ask<{ needs: { field: string; sentence: string }[] }>(
      'PUT',
      body,
    );
    expect(status).toBe(400);
    expect(problem.needs).toEqual([
      expect.objectContaining({ field: 'address', sentence: say('en', 'error.alert.address') }),
    ]);
    expect((await ask('GET')).body).toEqual(OFF);
  });

  it('is nobody’s but the holder’s of a receipt', async () => {
    for (const [method, body] of [['GET'], ['PUT', { address: ADDRESS }], ['DELETE']] as const) {
      expect((await ask(method, body, intake.token)).status).toBe(403);
      expect((await app.ask(method, PATH, { body })).status).toBe(401);
    }
  });

  it.each(['/api/v1/my-case', '/api/v1/my-case/messages'])(
    'takes what was there as no news once %s was asked for',
    async (path) => {
      await ask('PUT', { address: ADDRESS });
      const write = () =>
        app.ask('POST', `/api/v1/cases/${mine.reference}/messages`, {
          token: intake.token,
          body: { text: 'Please look.' },
        });
      await write();
      const { token } = (
        await app.ask<{ token: string }>('POST', '/api/v1/complaint-sessions', {
          body: { receipt: mine.receipt },
        })
      ).body;
      await app.ask('GET', '/api/v1/my-case/timeline', { token });
      const rows = app.source.getRepository(Alert);
      const [before] = await rows.find({ order: { id: 'DESC' }, take: 1 });
      expect((await app.ask('GET', path, { token })).status).toBe(200);
      const after = await rows.findOneByOrFail({ id: before!.id });
      expect(after.seenRevision).toBeGreaterThan(before!.seenRevision);
      app.time.addDays(1);
      await app.get(SendAlerts).run();
      app.time.addDays(1);
      await app.get(SendAlerts).run();
      expect(outbox.sent).toEqual([]);
      await rows.delete({ id: before!.id });
    },
  );

  it('says where no e-mails are sent that there are none, and neither page nor link is there', async () => {
    const { token, receipt } = await silent.lodge();
    expect((await silent.ask('GET', PATH, { token })).body).toEqual({ ...OFF, from: null });
    expect((await silent.ask('PUT', PATH, { token, body: { address: ADDRESS } })).status).toBe(409);
    expect((await silent.ask('DELETE', PATH, { token })).status).toBe(200);
    const opened = await silent.ask('POST', '/my-case/open', {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `receipt=${encodeURIComponent(receipt)}`,
    });
    const cookie = String(opened.headers['set-cookie']).split(';')[0]!;
    const page = await silent.ask('GET', '/my-case', { headers: { cookie } });
    expect(page.status).toBe(200);
    expect(page.text).toContain('/my-case/receipts');
    expect(page.text).not.toContain('/my-case/alerts');
    expect((await silent.ask('GET', '/my-case/alerts', { headers: { cookie } })).status).toBe(404);
  });
});
