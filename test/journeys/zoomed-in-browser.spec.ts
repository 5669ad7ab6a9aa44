import type { Browser, Page } from 'playwright-core';
import { say } from '../../src/words/words';
import { TestApp } from '../harness/app';
import { axe, keepPicture, launchBrowser, mainText, openPage } from '../harness/browser';
import { lodgeInBrowser } from '../harness/lodging-pages';

/** A screen of 1280 by 900 at 200 %: half as many points each way, each drawn twice as large. */
const ZOOMED = { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 };

describe('lodging and coming back at 200 % zoom, without script', () => {
  let app: TestApp;
  let browser: Browser;
  let address: string;

  beforeAll(async () => {
    app = await TestApp.start('sqlite');
    await app.nest.listen(0, '127.0.0.1');
    address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
    browser = await launchBrowser();
  });
  afterAll(() => app?.close());

  it.each(['en', 'ar', 'zh'] as const)(
    'works in %s, and nothing sticks out of any page',
    async (language) => {
      const page: Page = await openPage(browser, { ...ZOOMED, locale: language });
      const look = async (name: string) => {
        await keepPicture(page, `zoomed-${language}-${name}`);
        const widest = Number(await page.evaluate('document.documentElement.scrollWidth'));
        expect([name, widest <= ZOOMED.viewport.width]).toEqual([name, true]);
        expect([name, await axe(page, { colours: false })]).toEqual([name, []]);
      };
      await page.goto(`${address}/?lang=${language}`);
      await look('home');
      await lodgeInBrowser(page, { narrative: 'It refused me.' }, { look });
      await look('receipt');
      const receipt = (await page.locator('.receipt').textContent())!;
      await page.check('#saved');
      await page.locator('form[action^="/lodge/saved"] button').click();
      await page.fill('#receipt', receipt);
      await page.locator('main form button').last().click();
      await look('my-case');
      expect(await mainText(page)).toContain('It refused me.');
      expect(await page.locator('h1').innerText()).toBe(say(language, 'mycase.title'));
    },
  );

  it.each([
    ['en', 700],
    ['en', 1024],
    ['ar', 1024],
    ['en', 1600],
  ])(
    'has in %s, %i points wide, the name of the organisation where all content begins',
    async (lang, width) => {
      const page = await openPage(browser, { viewport: { width, height: 800 } });
      await page.goto(`${address}/?lang=${lang}`);
      const edge = async (selector: string) => {
        const { x, width: wide } = (await page.locator(selector).first().boundingBox())!;
        return Math.round(lang === 'ar' ? x + wide : x);
      };
      expect(await edge('.redress-header__name')).toBe(await edge('h1'));
      expect(Number(await page.evaluate('document.documentElement.scrollWidth'))).toBeLessThanOrEqual(width);
    },
  );
});
