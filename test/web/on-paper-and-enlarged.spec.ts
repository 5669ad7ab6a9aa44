import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { say } from '../../src/words/words';
import { TEST_PASSWORD, TestApp, type TestOfficer } from '../harness/app';
import { launchBrowser, openPage } from '../harness/browser';
import { engines } from '../harness/database';
import { hireStaff, houseOf, Walk } from '../harness/walk';

/** How a page is opened, and by which browser. */
type How = BrowserContextOptions & { by?: Browser };

/** Everything that juts out of the page, by its words. */
const WIDER = `document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] : [...document.querySelectorAll('main *, header *, footer *')].filter((each) => {
  const { left, right } = each.getBoundingClientRect();
  return right > document.documentElement.clientWidth || left < 0;
}).map((each) => each.textContent.trim().slice(0, 60))`;

/** What a style sheet writes behind each link. */
const BEHIND_LINKS = `[...document.querySelectorAll('main a')].map((each) => getComputedStyle(each, '::after').content).filter((each) => each.includes('('))`;

/** How far the way out reaches into the name of the organisation, in pixels. */
const NAME_COVERED = `Math.max(0, document.querySelector('.redress-exit').getBoundingClientRect().bottom - document.querySelector('.redress-header__name').getBoundingClientRect().top)`;

/** Pages do not depend on the database: one engine is enough here. */
describe('a page on paper, and with letters of twice the size on a phone', () => {
  let app: TestApp;
  let address: string;
  let browser: Browser;
  let enlarging: Browser;
  let walk: Walk;
  let triage: TestOfficer;

  beforeAll(async () => {
    app = await TestApp.start(engines()[0]!);
    await app.nest.listen(0, '127.0.0.1');
    address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
    browser = await launchBrowser();
    enlarging = await launchBrowser({ letters: 32 });
    const house = houseOf(app);
    const staff = await hireStaff(house);
    triage = await app.officer('TRI');
    walk = await Walk.lodge(house, staff);
    await walk.toInvestigation();
  });
  afterAll(() => app?.close());

  async function herPage(language: string, { by = browser, ...options }: How = {}): Promise<Page> {
    const page = await openPage(by, options);
    await page.goto(`${address}/my-case/open?lang=${language}`);
    await page.fill('#receipt', walk.receipt);
    await page.locator('main form button').click();
    await page.waitForURL(/\/my-case\?/);
    return page;
  }

  async function deskPage({ by = browser, ...options }: How = {}): Promise<Page> {
    const page = await openPage(by, options);
    await page.goto(`${address}/sign-in`);
    await page.fill('#email', triage.email);
    await page.fill('#password', TEST_PASSWORD);
    await page.click('main button');
    await page.goto(`${address}/desk/cases/${walk.reference}`);
    return page;
  }

  it('prints every letter of hers whole, and nothing that can only be pressed', async () => {
    const page = await herPage('en');
    const letters = await page.locator('#letters ~ details').allTextContents();
    expect(letters.length).toBeGreaterThan(2);
    await page.emulateMedia({ media: 'print' });
    const printed = await page.locator('body').innerText();
    const paragraphs = await page.locator('#letters ~ details .as-written').allInnerTexts();
    for (const paragraph of paragraphs) expect(printed).toContain(paragraph);
    expect(paragraphs.every((each) => each !== '')).toBe(true);
    expect(printed).toContain(walk.reference);
    for (const key of ['mycase.danger', 'mycase.message.send', 'mycase.leave', 'page.exit', 'page.staff'])
      expect(printed).not.toContain(say('en', key));
    expect(printed).not.toContain('Português');
    expect(await page.evaluate(BEHIND_LINKS)).toEqual([]);
  });

  it('writes an address out on paper where it leads somewhere from there, once', async () => {
    const page = await openPage(browser);
    await page.goto(`${address}/elsewhere`);
    await page.emulateMedia({ media: 'print' });
    const addresses = await page.locator('main li a').allInnerTexts();
    expect(addresses.length).toBeGreaterThan(2);
    expect(addresses.every((each) => each.startsWith('https://'))).toBe(true);
    expect(await page.evaluate(BEHIND_LINKS)).toEqual([]);
  });

  it('keeps on paper what she typed into a message that was refused', async () => {
    const page = await herPage('en');
    await page.fill('#text', 'It was in June. '.repeat(2_000));
    await page.getByRole('button', { name: say('en', 'mycase.message.send') }).click();
    await page.locator('.govuk-error-summary').waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#text').isVisible()).toBe(true);
  });

  it('prints a case for staff dark on white, with letters whole and without the menu and what is not possible', async () => {
    const page = await deskPage();
    await page.emulateMedia({ media: 'print' });
    const printed = await page.locator('body').innerText();
    const letter = page.locator('#letters ~ details .govuk-details__text').first();
    expect(await letter.innerText()).not.toBe('');
    expect(printed).toContain(await letter.innerText());
    for (const hidden of ['My account', 'Sign out', 'Not possible now', 'Send message'])
      expect(printed).not.toContain(hidden);
    for (const bar of ['.desk-identity', '.redress-header__name'])
      expect(await page.evaluate(`getComputedStyle(document.querySelector('${bar}')).color`)).toBe(
        'rgb(0, 0, 0)',
      );
    expect(await page.evaluate(BEHIND_LINKS)).toEqual([]);
  });

  it.each(['en', 'de', 'ru', 'ar'] as const)(
    'fits a phone with letters of twice the size, the way out beside nothing it covers, in %s',
    async (language) => {
      const page = await herPage(language, { by: enlarging, viewport: { width: 320, height: 640 } });
      for (const path of [
        '/',
        '/lodge',
        '/how-it-works',
        '/elsewhere',
        '/join-group',
        '/lodge/continue',
        '/my-case',
        '/my-case/consents',
        '/my-case/steps/request-support',
        '/my-case/steps/pause',
        '/my-case/steps/amend-complaint',
      ]) {
        await page.goto(`${address}${path}?lang=${language}`);
        expect([path, await page.evaluate(WIDER)]).toEqual([path, []]);
        expect([path, await page.evaluate(NAME_COVERED)]).toEqual([path, 0]);
      }
      await page.context().close();
    },
  );

  it('fits a phone with letters of twice the size at the desk, too', async () => {
    const page = await deskPage({ by: enlarging, viewport: { width: 320, height: 640 } });
    for (const path of ['', `/cases/${walk.reference}`, '/routing', '/policies']) {
      await page.goto(`${address}/desk${path}`);
      expect([path, await page.evaluate(WIDER)]).toEqual([path, []]);
    }
  });
});
