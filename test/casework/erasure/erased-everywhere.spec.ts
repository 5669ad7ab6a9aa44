import { ApiDocument } from '../../../src/api/api-document';
import { Case } from '../../../src/records/entities/case';
import { CASE_ROLES } from '../../../src/rules/roles';
import { ApiSchema } from '../../harness/api-schema';
import { TestApp, type TestOfficer } from '../../harness/app';
import { engines } from '../../harness/database';
import { DeskBrowser, wordsOf } from '../../web/desk/desk-browser';
import { ClosedCases, type ClosedCase } from './closed-cases';

/** Every way in, asked of a case of which only codes and history are left. */
describe.each(engines())('an erased case on %s', (engine) => {
  let app: TestApp;
  let everybody: TestOfficer;
  let auditor: TestOfficer;
  let erased: ClosedCase;
  let ledgerId: string;
  let token: string;

  beforeAll(async () => {
    app = await TestApp.start(engine);
    const cases = new ClosedCases(app);
    await app.officer('ADM');
    erased = await cases.one();
    app.time.addDays(7 * 366);
    const [dpo, decider] = [await app.officer('DPO'), await app.officer('DEC')];
    everybody = await app.officer(...CASE_ROLES);
    auditor = await app.officer('AUD');
    await cases.erase(dpo, decider, [erased.reference]);
    ({ ledgerId } = await app.source.getRepository(Case).findOneByOrFail({ reference: erased.reference }));
    token = (await cases.open(erased.receipt))!;
  });
  afterAll(() => app.close());

  it('answers every route of the API below 500, and as the document says', async () => {
    const document = (await app.get(ApiDocument).read()) as unknown as {
      paths: Record<string, Record<string, unknown>>;
    };
    const schema = new ApiSchema(document as never);
    const values: Record<string, string> = {
      reference: erased.reference,
      ledgerId,
      n: '1',
      step: 'request-erasure',
      index: '0',
      level: '0',
      id: '00000000-0000-4000-8000-000000000000',
    };
    let asked = 0;
    for (const [path, methods] of Object.entries(document.paths))
      for (const method of Object.keys(methods)) {
        const own = path.includes('/my-case');
        const by = own
          ? token
          : path.includes('/audit') || path.includes('/ledger')
            ? auditor.token
            : everybody.token;
        const url = path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '1');
        const answer = await app.ask(method.toUpperCase(), url, {
          token: by,
          headers: { 'if-match': '"3"' },
          ...(method === 'get'
            ? {}
            : { body: { answers: {}, text: 'Hello?', reason: 'To look at it again.' } }),
        });
        expect([method, path, answer.status < 500]).toEqual([method, path, true]);
        expect(schema.faults(method.toUpperCase(), path, answer)).toEqual([]);
        if (path.includes('{reference}') && !/history|disposals/.test(path))
          expect([path, [400, 410].includes(answer.status)]).toEqual([path, true]);
        asked += 1;
      }
    expect(asked).toBeGreaterThan(40);
  });

  it('shows its history, and that it was erased, on every page of staff and auditors', async () => {
    const browser = await DeskBrowser.of(app, everybody);
    const path = `/desk/cases/${erased.reference}`;
    const moved = await browser.get(path);
    expect(moved.headers.location).toBe(`${path}/history`);
    expect(wordsOf((await browser.get(`${path}/history`)).text)).toContain('under “Case file”');
    for (const below of [
      '/contact',
      '/steps/place-hold',
      '/evidence/1',
      '/evidence/1/original',
      '/erasure',
    ]) {
      const { status } = await browser.get(`${path}${below}`);
      expect([below, status < 500]).toEqual([below, true]);
      await browser.get('/desk/account');
      const posted = await browser.post(`${path}${below}`, { reason: 'To look at it again.' });
      expect([below, posted.status < 500]).toEqual([below, true]);
    }
    await browser.get('/desk/account');
    expect((await browser.post(`${path}/messages`, { text: 'Hello?' })).status).toBe(410);
    expect(wordsOf((await browser.get('/desk?state=withdrawn')).text)).toContain('Withdrawn Erased');
    const audit = await DeskBrowser.of(app, auditor);
    expect(wordsOf((await audit.get('/audit')).text)).toContain('Withdrawn Erased');
    const audited = wordsOf((await audit.get(`/audit/cases/${ledgerId}`)).text);
    expect(audited).toContain('was erased on');
    expect(audited).toContain('Checked now: every entry follows the one before');
  });

  it('tells her in her language on every page that her receipt opens', async () => {
    const browser = new DeskBrowser(app);
    await browser.get('/my-case/open');
    await browser.post('/my-case/open', { receipt: erased.receipt });
    for (const [language, word] of [
      ['en', 'was erased on'],
      ['ar', 'حُذفت القضية'],
      ['fr', 'a été effacé le'],
      ['es', 'se borró el'],
    ] as const) {
      const page = await browser.get(`/my-case?lang=${language}`);
      expect([page.status, wordsOf(page.text).includes(word)]).toEqual([410, true]);
    }
    for (const path of ['/my-case/steps/request-erasure', '/my-case/receipts', '/my-case/evidence/1'])
      expect([path, (await browser.get(path)).status < 500]).toEqual([path, true]);
    for (const path of ['/my-case/messages', '/my-case/steps/withdraw', '/my-case/receipts/replacement']) {
      await browser.get('/my-case');
      expect([path, (await browser.post(path, { text: 'Hello?' })).status < 500]).toEqual([path, true]);
    }
  });
});
