import type { ComplaintForm } from '../../../src/casework/intake/complaint-form';
import { Lodge } from '../../../src/casework/intake/lodge';
import { Accounts } from '../../../src/people/accounts';
import { newId } from '../../../src/platform/ids';
import { say } from '../../../src/words/words';
import { TestApp, type TestOfficer } from '../../harness/app';
import { engines } from '../../harness/database';
import { DeskBrowser, wordsOf } from './desk-browser';

const FORM = '/desk/lodge-for-somebody';
const SAID = {
  channel: 'phone',
  receivedOn: '2026-11-20',
  consentSaid: 'She asked me to, on the telephone. Her neighbour Hala helped.',
  language: 'ar-EG',
  narrative: 'قالوا إن النظام قرر.',
  complainantRole: 'affected',
  fearOfReprisal: 'some',
};
const receiptIn = (text: string) => /\b\d{5}(?: \d{5}){4}\b/.exec(text)![0];

describe.each(engines())('a complaint that intake lodges for somebody on %s', (engine) => {
  let app: TestApp;
  let intake: TestOfficer;
  let desk: DeskBrowser;
  let handedOver: string;
  let reference: string;

  beforeAll(async () => {
    app = await TestApp.start(engine);
    intake = await app.officer('INT');
    desk = await DeskBrowser.of(app, intake);
  });
  afterAll(() => app.close());

  const give = async (fields: Record<string, string>) => {
    await desk.get(FORM);
    return desk.postMultipart(FORM, fields);
  };
  const open = (receipt: string) =>
    app.ask<{ token: string; receipt?: string }>('POST', '/api/v1/complaint-sessions', { body: { receipt } });
  const openPage = (receipt: string, language = 'ar') =>
    app.ask('POST', `/my-case/open?lang=${language}`, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ receipt }).toString(),
    });
  const stepOf = async (by: TestOfficer, said: object = { answers: {} }) => {
    const { headers } = await app.ask('GET', `/api/v1/cases/${reference}`, { token: by.token });
    return app.ask<{
      proposed: boolean;
      receipt?: { receipt: string; oneTimeUntil: string };
      needs: { name: string }[];
    }>('POST', `/api/v1/cases/${reference}/steps/issue-receipt`, {
      token: by.token,
      headers: { 'if-match': String(headers.etag) },
      body: said,
    });
  };

  it('lodges nothing for staff who left while their form was on its way', async () => {
    const { personId: administrator } = await app.officer('ADM');
    const { personId } = await app.officer('INT');
    await app.get(Accounts).deactivate(personId, administrator);
    const before = await app.rowCounts();
    const form = { narrative: 'Said on the telephone.', language: 'en' } as ComplaintForm;
    await expect(app.get(Lodge).run(form, { role: 'INT', personId })).rejects.toThrow(/meanwhile/);
    expect(await app.rowCounts()).toEqual(before);
  });

  it('says everything that is missing at its question, and keeps what was typed', async () => {
    const before = await app.rowCounts();
    const refused = await give({
      narrative: ' ',
      name: 'Mona',
      language: 'no language',
      receivedOn: '2027-01-01',
    });
    expect(refused.status).toBe(400);
    const words = wordsOf(refused.text);
    for (const sentence of [
      'Say how it reached you.',
      'Give a day that is not after today',
      'how the person agreed that you lodge this for them',
      say('en', 'error.narrative.empty'),
      say('en', 'error.language.unknown'),
    ])
      expect(words).toContain(sentence);
    expect(refused.text).toContain('value="Mona"');
    expect(await app.rowCounts()).toEqual(before);
  });

  it('shows a number that works once, and the words to hand over in the language of the person', async () => {
    const lodged = await give(SAID);
    expect(lodged.status).toBe(200);
    handedOver = receiptIn(lodged.text);
    reference = /RD-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(lodged.text)![0];
    const address = 'http://localhost:3000/my-case/open';
    for (const [language, day] of [
      ['ar', '24 ديسمبر 2026'],
      ['en', 'December 24, 2026'],
    ])
      expect(wordsOf(lodged.text)).toContain(say(language!, 'receipts.one-time.tell', { address, day }));
    expect(lodged.text).toMatch(/<blockquote[^>]* lang="ar" dir="rtl">/);
  });

  it('runs its periods from the day on which it reached the organisation, and says who lodged and how she agreed', async () => {
    const { body } = await app.ask<{
      lodgedOn: string;
      channel: string;
      clocks: { code: string; startedOn: string }[];
    }>('GET', `/api/v1/cases/${reference}`, { token: intake.token });
    expect(body).toMatchObject({ lodgedOn: '2026-11-20' });
    expect(body.clocks).toMatchObject([{ code: 'TARGET-ACK', startedOn: '2026-11-20' }]);
    const page = wordsOf((await desk.get(`/desk/cases/${reference}`)).text);
    expect(page).toContain('Her neighbour Hala helped.');
    expect((await app.verify()).differences).toEqual([]);
  });

  it('sends the same form twice into one case', async () => {
    await desk.get(FORM);
    const key = desk.hiddenField('key');
    const [first, second] = [
      await desk.postMultipart(FORM, { ...SAID, key }),
      await desk.postMultipart(FORM, { ...SAID, key }),
    ];
    expect(receiptIn(second.text)).toBe(receiptIn(first.text));
  });

  it('is taken over once, with a receipt that nobody here has seen', async () => {
    const again = await stepOf(intake);
    expect(again.status).toBe(201);
    expect(again.body.receipt).toMatchObject({ oneTimeUntil: '2026-12-24' });
    expect((await openPage(handedOver)).status).toBe(404);
    handedOver = again.body.receipt!.receipt;

    const taken = await openPage(handedOver);
    expect(taken.status).toBe(200);
    expect(wordsOf(taken.text)).toContain(say('ar', 'receipts.taken-over.lead'));
    const own = receiptIn(taken.text);
    expect(own).not.toBe(handedOver);
    expect((await openPage(handedOver)).status).toBe(404);
    expect((await open(own)).status).toBe(201);

    const refused = await stepOf(intake);
    expect([refused.status, refused.body.needs.map(({ name }) => name)]).toEqual([422, ['numberCanBeGiven']]);
    const { token } = (await open(own)).body;
    const timeline = await app.ask<{ act: string; byRole: string }[]>('GET', '/api/v1/my-case/timeline', {
      token,
    });
    expect(timeline.body.map(({ act, byRole }) => `${act} ${byRole}`)).toEqual([
      'lodge INT',
      'issue-receipt INT',
      'take-over RH',
    ]);
    expect((await app.verify()).differences).toEqual([]);
  });

  it('gives one of two who give the number in at once a receipt, and the other none', async () => {
    const { body } = await app.ask<{ receipt: string; oneTimeUntil: string }>('POST', '/api/v1/complaints', {
      token: intake.token,
      body: { narrative: 'She came in.', channel: 'in-person' },
    });
    expect(body.oneTimeUntil).toBe('2026-12-24');
    const both = await Promise.all([open(body.receipt), open(body.receipt)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 404]);
    const won = both.find(({ status }) => status === 201)!.body;
    expect(won.receipt).toMatch(/^\d{5}( \d{5}){4}$/);
    expect((await open(won.receipt!)).body.receipt).toBeUndefined();
  });

  it('shows her receipt again to the form that was sent twice, and to no other, nor much later', async () => {
    const { body } = await app.ask<{ receipt: string }>('POST', '/api/v1/complaints', {
      token: intake.token,
      body: { narrative: 'She rang.', channel: 'phone' },
    });
    const { text } = await app.ask('GET', '/my-case/open');
    const [, form] = /name="form" value="([^"]+)"/.exec(text)!;
    const press = (by: string | undefined) =>
      app.ask('POST', '/my-case/open', {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ receipt: body.receipt, ...(by && { form: by }) }).toString(),
      });
    const pressed = await Promise.all([1, 2, 3].map(() => press(form)));
    pressed.push(await press(form));
    expect(pressed.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const [own, ...others] = new Set(pressed.map((page) => receiptIn(page.text)));
    expect(others).toEqual([]);
    expect((await open(own!)).body.receipt).toBeUndefined();
    const [hour, id] = form!.split('.');
    for (const other of [undefined, '', `${hour}.${newId()}`, `${Number(hour) - 1}.${id}`, id])
      expect([other, (await press(other)).status]).toEqual([other, 404]);
    const { token } = (await open(own!)).body;
    const timeline = await app.ask<{ act: string }[]>('GET', '/api/v1/my-case/timeline', { token });
    expect(timeline.body.map(({ act }) => act)).toEqual(['lodge', 'take-over']);
    app.time.addDays(1);
    expect((await press(form)).status).toBe(404);
    app.time.addDays(-1);
  });

  it('says in her language when the number is too old, and staff make another', async () => {
    const lodged = await give(SAID);
    const old = receiptIn(lodged.text);
    reference = /RD-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(lodged.text)![0];
    app.time.addDays(31);
    const refused = await openPage(old);
    expect(refused.status).toBe(404);
    expect(wordsOf(refused.text)).toContain(say('ar', 'error.receipt.too-old'));
    const { receipt } = (await stepOf(await app.officer('PRT'))).body;
    expect((await open(receipt!.receipt)).body.receipt).toMatch(/^\d{5}/);
    expect((await app.verify()).differences).toEqual([]);
  });

  it('is given to the person for whom somebody else lodged by two of staff, and shown to the second alone', async () => {
    const lodged = await app.lodge({ narrative: 'We write for her.', identityMode: 'REPRESENTED' });
    ({ reference } = lodged);
    const union = (await open(lodged.receipt)).body.token;
    const makes = (holder: string) =>
      app.ask('POST', '/api/v1/my-case/receipts', { token: union, body: { holder } });
    expect((await makes('AFFECTED')).status).toBe(400);
    const protection = await app.officer('PRT');
    const number = async () => {
      const first = await stepOf(intake, { answers: { reasons: 'She came alone, with her badge.' } });
      expect([first.status, first.body.proposed, first.body.receipt]).toEqual([201, true, undefined]);
      const page = await DeskBrowser.of(app, protection);
      await page.get(`/desk/cases/${reference}/steps/issue-receipt`);
      const agreed = await page.post(`/desk/cases/${reference}/steps/issue-receipt`, {
        revision: page.hiddenField('revision'),
        agree: 'yes',
      });
      return receiptIn(agreed.text);
    };
    const [first, second] = [await number(), await number()];
    expect((await open(first)).status).toBe(404);
    const hers = (await open(second)).body;
    expect(hers.receipt).not.toBe(second);
    expect((await open(second)).status).toBe(404);
    expect((await makes('SUPPORTER')).status).toBe(403);
    expect((await app.verify()).differences).toEqual([]);
  });
});
