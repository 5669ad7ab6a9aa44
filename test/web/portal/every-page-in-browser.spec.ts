import type { Browser, Page } from 'playwright-core';
import { LANGUAGES, say, type Language } from '../../../src/words/words';
import { TestApp } from '../../harness/app';
import { axe, keepPicture, launchBrowser, openPage } from '../../harness/browser';
import { FORM, Visitors } from '../../harness/visitors';

/** Every page of rightsholders and of the public, and each as it looks when something was wrong. `post`: fields that are refused. */
const PAGES: readonly { path: string; post?: Record<string, string>; own?: true }[] = [
  { path: '/' },
  { path: '/safety' },
  { path: '/paper-form' },
  { path: '/stories' },
  { path: '/how-it-works' },
  { path: '/lodge' },
  { path: '/lodge/what-happened' },
  { path: '/lodge/continue' },
  { path: '/join-group' },
  { path: '/join-group', post: { joinCode: '1' } },
  { path: '/my-case/open' },
  { path: '/my-case/open', post: { receipt: '1' } },
  { path: '/papers/copy.pdf', post: { receipt: '1' } },
  { path: '/lodge/saved', post: { receipt: '12345 12345 12345 12345 12345', reference: 'RD-AAAA-AAAA' } },
  { path: '/card', post: { receipt: '12345 12345 12345 12345 12345', look: 'full' } },
  { path: '/nothing' },
  { path: '/my-case', own: true },
  { path: '/my-case/messages', own: true, post: { text: '' } },
  { path: '/my-case/receipts', own: true },
  { path: '/my-case/receipts', own: true, post: {} },
  { path: '/my-case/identity', own: true },
  { path: '/my-case/consents', own: true },
  { path: '/my-case/steps/withdraw', own: true },
  { path: '/my-case/steps/join-group', own: true },
];

describe('a page of the portal', () => {
  let app: TestApp;
  let address: string;
  let browser: Browser;
  let session: { cookie: string; csrf: string };

  beforeAll(async () => {
    app = await TestApp.start('sqlite');
    await app.nest.listen(0, '127.0.0.1');
    address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
    session = await (await Visitors.of(app)).enter('rightsholder');
    browser = await launchBrowser();
  });
  afterAll(() => app?.close());

  /** Shows the answer to this request under its own address, with the styles of the house. */
  async function show(
    page: Page,
    language: Language,
    { path, post, own }: (typeof PAGES)[number],
  ): Promise<void> {
    const url = `${path}?lang=${language}`;
    const headers: Record<string, string> = own ? { cookie: session.cookie } : {};
    const body = new URLSearchParams({ ...post, ...(own ? { _csrf: session.csrf } : {}) }).toString();
    const answer = post
      ? await app.ask('POST', url, { headers: { ...FORM, ...headers }, body })
      : await app.ask('GET', url, { headers });
    expect([url, String(answer.headers['content-type'])]).toEqual([
      url,
      expect.stringMatching(/^text\/html/),
    ]);
    await page.route(address + url, (route) =>
      route.fulfill({ contentType: 'text/html; charset=utf-8', body: answer.text }),
    );
    await page.goto(address + url);
    await page.unroute(address + url);
  }

  it.each(LANGUAGES)(
    'is accessible as far as a machine can tell, and fits a phone and twice the size of letters, in %s',
    async (language) => {
      const page = await openPage(browser);
      for (const [n, each] of PAGES.entries()) {
        const at = `${each.post ? 'POST' : 'GET'} ${each.path}`;
        await page.setViewportSize({ width: 320, height: 640 });
        await show(page, language, each);
        // The markup is the same in every language of one direction: all of it in two, the first page in each.
        if (n === 0 || language === 'en' || language === 'ar')
          expect([at, await axe(page)]).toEqual([at, []]);
        for (const width of [320, 640]) {
          await page.setViewportSize({ width, height: 640 });
          const widest = Number(await page.evaluate('document.documentElement.scrollWidth'));
          expect([at, width, widest <= width]).toEqual([at, width, true]);
        }
        await keepPicture(page, `portal-${language}-${n}`);
      }
      await page.context().close();
    },
    180_000,
  );

  it('is lodged by keys alone', async () => {
    const page = await openPage(browser, { viewport: { width: 320, height: 640 } });
    await page.goto(`${address}/lodge?lang=en`);
    const pathOf = () => new URL(page.url()).pathname;
    const focused = () =>
      page.evaluate<string>('document.activeElement.id || document.activeElement.textContent.trim()');
    const tabTo = async (target: string) => {
      for (let presses = 0; presses < 120 && (await focused()) !== target; presses++)
        await page.keyboard.press('Tab');
      expect(await focused()).toBe(target);
    };
    const onward = async (label: string) => {
      const before = page.url();
      await tabTo(label);
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.href !== before);
    };
    await onward(say('en', 'lodge.begin'));
    await tabTo('narrative');
    await page.keyboard.type('It refused me.');
    while (pathOf() !== '/lodge/check')
      await onward(await page.locator('main button[value="next"], main a.govuk-button').first().innerText());
    await tabTo(say('en', 'lodge.send'));
    await page.keyboard.press('Enter');
    await page.waitForSelector('.receipt');
    expect(await page.locator('h1').innerText()).toBe(say('en', 'receipt.title'));
    await page.context().close();
  }, 120_000);
});
