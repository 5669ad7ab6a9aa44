import { Settings } from '../../src/platform/settings';
import { Refusal } from '../../src/platform/refusal';
import { GuessPace } from '../../src/people/guess-pace';
import { Case } from '../../src/records/entities/case';
import { TestApp } from '../harness/app';
import { cutDatabase, type CutDatabase } from '../harness/cut-database';
import { engines } from '../harness/database';
import { LodgingPages } from '../harness/lodging-pages';
import { FORM } from '../harness/visitors';
import { settingsFor } from '../records/open-records';

interface Lodged {
  reference: string;
  receipt: string;
}

it('a server that cannot look makes nobody a guesser', async () => {
  const pauses: number[] = [];
  const pace = new GuessPace([], async (ms) => pauses.push(ms));
  for (const kind of ['unavailable', 'uncertain'] as const)
    await expect(
      pace.slowingMisses({ ip: '192.0.2.1', headers: {} }, () => Promise.reject(new Refusal(kind, 'x'))),
    ).rejects.toMatchObject({ kind });
  expect(pauses).toEqual([]);
});

if (engines().includes('postgres'))
  describe('while the connection to the database breaks', () => {
    let way: CutDatabase;
    let app: TestApp;
    const lodge = (headers = {}) =>
      app.ask<Lodged & { type: string; detail: string }>('POST', '/api/v1/complaints', {
        headers,
        body: { narrative: 'The system stopped my benefit.' },
      });
    const cases = () => app.source.getRepository(Case).count();

    beforeAll(async () => {
      way = await cutDatabase(process.env.TEST_DATABASE_URL!);
      app = await TestApp.start('postgres', {
        replace: ({ url, dataDir }) => [[Settings, settingsFor({ url: way.to(url), dataDir })]],
      });
    });
    afterEach(() => way.letThrough());
    afterAll(async () => {
      await app.close();
      await way.close();
    });

    it('a program hears that nobody knows whether its complaint was lodged', async () => {
      const before = await cases();
      way.loseNextCommit();
      const { status, body } = await lodge();
      expect([status, body.type]).toEqual([503, 'urn:redress:problem:uncertain']);
      expect(body.detail).not.toMatch(/nothing was s/i);
      expect(await cases()).toBe(before + 1);
    });

    it('a program that gave a key gets the receipt, at once or when it sends the same again', async () => {
      const before = await cases();
      way.loseNextCommit();
      const found = await lodge({ 'idempotency-key': 'one' });
      expect([found.status, found.body.receipt]).toEqual([201, expect.stringMatching(/^[\d ]{29}$/)]);

      way.loseNextCommit(true);
      const lost = await lodge({ 'idempotency-key': 'two' });
      expect([lost.status, lost.body.type]).toEqual([503, 'urn:redress:problem:uncertain']);
      way.letThrough();
      const again = await lodge({ 'idempotency-key': 'two' });
      expect([again.status, again.body.receipt]).toEqual([201, expect.stringMatching(/^[\d ]{29}$/)]);
      expect(await cases()).toBe(before + 2);
    });

    it.each([
      ['en', 'We could not find out whether your complaint has reached us.', 'Nothing is sent yet'],
      ['de', 'Wir konnten nicht herausfinden, ob Ihre Beschwerde bei uns angekommen ist.', 'noch nichts'],
    ])(
      'a person is told so in %s, and the same button shows the receipt',
      async (language, words, untrue) => {
        const before = await cases();
        const pages = new LodgingPages(app, language);
        await pages.answer('what-happened', { narrative: 'It refused me.' });
        const check = await pages.get('/lodge/check');
        way.loseNextCommit(true);
        const told = await pages.press(check, '/lodge');
        expect(told.status).toBe(503);
        expect(told.text).toContain(words);
        expect(told.text).not.toContain(untrue);
        way.letThrough();
        const receipt = await pages.press(told, '/lodge');
        expect([receipt.status, receipt.text]).toEqual([200, expect.stringMatching(/\d{5} \d{5} \d{5}/)]);
        expect(await cases()).toBe(before + 1);
      },
    );

    it('a person who wrote a message is told to look before she sends it again', async () => {
      const { receipt } = (await lodge()).body;
      const opened = await app.ask('POST', '/my-case/open', {
        headers: FORM,
        body: new URLSearchParams({ receipt }).toString(),
      });
      const cookie = String(opened.headers['set-cookie']).split(';')[0]!;
      const page = await app.ask('GET', '/my-case', { headers: { cookie } });
      const _csrf = /name="_csrf" value="([^"]+)"/.exec(page.text)![1]!;
      way.loseNextCommit();
      const told = await app.ask('POST', '/my-case/messages', {
        headers: { ...FORM, cookie },
        body: new URLSearchParams({ _csrf, text: 'One more thing.' }).toString(),
      });
      expect(told.status).toBe(503);
      expect(told.text).toContain('Please look in a few minutes whether it is there.');
      expect(told.text).toContain('One more thing.');
    });

    it('nobody hears of a right receipt that it is wrong', async () => {
      const { receipt } = (await lodge()).body;
      const open = () =>
        app.ask('POST', '/my-case/open', {
          headers: FORM,
          body: new URLSearchParams({ receipt }).toString(),
        });
      way.refuse();
      const away = await open();
      expect(away.status).toBe(503);
      expect(away.text).toContain('This does not work at the moment');
      way.letThrough();
      expect((await open()).headers.location).toBe('/my-case/opened');
    });

    it('what was acknowledged is there, and the ledger holds', async () => {
      await app.integrate();
      expect((await app.verify()).differences).toEqual([]);
    });
  });
