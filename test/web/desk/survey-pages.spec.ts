import type { Browser, Page } from 'playwright-core';
import { SURVEY_QUESTIONS } from '../../../src/rules/survey';
import { STAFF_ROLES } from '../../../src/rules/roles';
import { mayDo } from '../../../src/rules/acts';
import { say } from '../../../src/words/words';
import { TestApp } from '../../harness/app';
import { axe, keepPicture, launchBrowser, mainText, openPage } from '../../harness/browser';
import { Visitors } from '../../harness/visitors';

const SAID = [
  'They called me back.',
  'سألوني ولم يسمعوا.',
  '<b>Too slow</b>',
  'Nobody called.',
  'It was fair.',
];

let app: TestApp;
let browser: Browser;
let visitors: Visitors;
let address: string;

beforeAll(async () => {
  app = await TestApp.start('sqlite');
  await app.nest.listen(0, '127.0.0.1');
  address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
  browser = await launchBrowser();
  visitors = await Visitors.of(app);
});
afterAll(() => app?.close());

/** An ended case whose person rates it. */
async function rated(body: object): Promise<void> {
  const { token } = await app.lodge();
  await app.ask('POST', '/api/v1/my-case/steps/withdraw', { token, body: { answers: {} } });
  expect((await app.ask('POST', '/api/v1/my-case/survey', { token, body })).status).toBe(201);
}

async function open(cookie: string, width = 1280): Promise<Page> {
  const page = await openPage(browser, { viewport: { width, height: 800 } });
  const [name, value] = cookie.split('=') as [string, string];
  await page.context().addCookies([{ name, value, url: address }]);
  await page.goto(`${address}/desk/survey`);
  return page;
}

describe('the page of what people say after an ending', () => {
  it('shows neither numbers nor words of fewer than five', async () => {
    for (const comment of SAID.slice(1)) await rated({ easy: 5, comment });
    const { cookie } = await visitors.enter(['IRV'], await app.officer('IRV'));
    const { text } = await app.ask('GET', '/desk/survey', { headers: { cookie } });
    expect(text).toContain('fewer than five');
    expect(text).toContain('There are fewer than five that you may read.');
    for (const each of SAID) expect(text).not.toContain(each);
    expect(text.match(/left out<\/td>/g)).toHaveLength(5 * SURVEY_QUESTIONS.length);
  });

  it('shows the numbers of five and their words, without anything beside them', async () => {
    await rated({ easy: 5, comment: SAID[0] });
    const { cookie } = await visitors.enter(['EXE'], await app.officer('EXE'));
    for (const width of [1280, 390]) {
      const page = await open(cookie, width);
      const main = await mainText(page);
      for (const each of SAID) expect(main).toContain(each);
      expect(main).toContain(say('en', 'survey.easy'));
      expect(main).not.toMatch(/RD-|2026/);
      expect(await page.locator('tbody tr').first().locator('td').allInnerTexts()).toEqual([
        '0',
        '0',
        '0',
        '0',
        '5',
      ]);
      await keepPicture(page, `survey-${width}`);
      expect([width, await axe(page)]).toEqual([width, []]);
      const widest = Number(await page.evaluate('document.documentElement.scrollWidth'));
      expect([width, widest <= width]).toEqual([width, true]);
    }
  });

  it.each(STAFF_ROLES)('is in the menu of %s, and opens, where the table of acts says so', async (role) => {
    const { cookie } = await visitors.enter([role], await app.officer(role));
    const may = mayDo([role], 'read-survey-comments');
    const page = await app.ask('GET', '/desk/survey', { headers: { cookie } });
    expect([role, page.status]).toEqual([role, may ? 200 : 403]);
    const menu = await app.ask('GET', '/desk/roles', { headers: { cookie } });
    expect([role, menu.text.includes('href="/desk/survey"')]).toEqual([role, may]);
  });
});
