import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SAFE_HEADERS } from '../../../src/platform/safe-headers';
import { LANGUAGES, say, type Language } from '../../../src/words/words';
import { TestApp } from '../../harness/app';
import { launchBrowser, openPage } from '../../harness/browser';
import { engines } from '../../harness/database';
import { Visitors } from '../../harness/visitors';

const ELSEWHERE = 'https://weather.example.org/today';

describe.each(engines())('leaving in a hurry on %s', (engine) => {
  let app: TestApp;
  let visitors: Visitors;

  beforeAll(async () => {
    app = await TestApp.start(engine, { exitUrl: ELSEWHERE });
    visitors = await Visitors.of(app);
  });
  afterAll(() => app.close());

  it('closes the case, lets the browser forget us and goes elsewhere', async () => {
    const { cookie } = await visitors.enter('rightsholder');
    const left = await app.ask('GET', '/leave', { headers: { cookie } });
    expect([left.status, left.headers.location]).toEqual([303, ELSEWHERE]);
    expect(left.headers['clear-site-data']).toBe('"cache", "cookies"');
    const dropped = [left.headers['set-cookie']].flat().map(String);
    expect(dropped).toEqual(
      ['case', 'draft'].map((name) =>
        expect.stringMatching(new RegExp(`^redress_${name}=; .*Expires=Thu, 01 Jan 1970`)),
      ),
    );
    expect(left.headers['cache-control']).toBe(SAFE_HEADERS['cache-control']);
    const back = await app.ask('GET', '/my-case', { headers: { cookie } });
    expect([back.status, back.headers.location]).toEqual([303, '/my-case/open']);
  });

  it('works for whoever has no case open, and ends nobody else’s session', async () => {
    const { cookie } = await visitors.enter('rightsholder');
    const staff = await visitors.enter(['INT']);
    expect((await app.ask('GET', '/leave')).headers.location).toBe(ELSEWHERE);
    expect((await app.ask('GET', '/leave', { headers: { cookie: staff.cookie } })).status).toBe(303);
    expect((await app.ask('GET', '/leave', { headers: { cookie: 'redress_case=none' } })).status).toBe(303);
    expect((await app.ask('GET', '/my-case', { headers: { cookie } })).status).toBe(200);
    expect((await app.ask('GET', '/desk', { headers: { cookie: staff.cookie } })).status).toBe(200);
  });

  it('is a link on every page of rightsholders, where it cannot be missed, and on none of staff', async () => {
    const { cookie } = await visitors.enter('rightsholder');
    for (const path of [
      '/',
      '/lodge',
      '/my-case/open',
      '/my-case',
      '/safety',
      '/nothing',
      '/paper-form',
      '/how-it-works',
    ]) {
      const { text } = await app.ask('GET', path, { headers: { cookie } });
      const [first, second] = text.matchAll(/<a [^>]*href="([^"]+)"/g);
      expect([path, first![1], second![1]]).toEqual([path, '#main', '/leave']);
      expect([path, /<script src="\/assets\/leave\.\w+\.js" nonce="[^"]+" defer>/.test(text)]).toEqual([
        path,
        true,
      ]);
    }
    const staff = await visitors.enter(['INT']);
    expect((await app.ask('GET', '/desk', { headers: { cookie: staff.cookie } })).text).not.toContain(
      '/leave',
    );
  });
});

describe('leaving in a browser', () => {
  let app: TestApp;
  let address: string;
  let browser: Awaited<ReturnType<typeof launchBrowser>>;
  let elsewhere: string;
  const weather = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html').end('<title>Weather</title><p>Rain.</p>');
  });

  beforeAll(async () => {
    await new Promise<void>((listening) => weather.listen(0, '127.0.0.1', listening));
    elsewhere = `http://127.0.0.1:${(weather.address() as AddressInfo).port}/today`;
    app = await TestApp.start('sqlite', { exitUrl: elsewhere });
    await app.nest.listen(0, '127.0.0.1');
    address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
    browser = await launchBrowser();
  });
  afterAll(async () => {
    weather.close();
    await app?.close();
  });

  async function pageOf(javaScriptEnabled: boolean, width = 1280) {
    const page = await openPage(browser, { javaScriptEnabled, viewport: { width, height: 640 } });
    return page;
  }

  it.each(LANGUAGES)(
    'is by a link without script, in sight wherever the page is, in %s',
    async (language: Language) => {
      const page = await pageOf(false, 320);
      await page.goto(`${address}/lodge?lang=${language}`);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      const link = page.getByRole('link', { name: say(language, 'page.exit') });
      expect(await page.evaluate('document.activeElement.className')).toBe('redress-exit');
      await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)');
      const box = (await link.boundingBox())!;
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(320);
      expect(box.y).toBeGreaterThanOrEqual(0);
      expect(box.y + box.height).toBeLessThanOrEqual(640);
      // WCAG 2.2, 2.5.8: large enough for a finger.
      expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(24);
      await link.click();
      await page.waitForURL(elsewhere);
      expect(await page.title()).toBe('Weather');
      await page.context().close();
    },
  );

  it.each(['Escape', 'Shift'])(
    'is by %s pressed three times, and Back does not lead to the page again',
    async (key) => {
      const page = await pageOf(true);
      await page.goto(`${address}/how-it-works`);
      await page.goto(`${address}/lodge`);
      await page.keyboard.press(key);
      await page.keyboard.press(key);
      await page.keyboard.press('a');
      await page.keyboard.press(key);
      expect(page.url()).toBe(`${address}/lodge`);
      await page.keyboard.press(key);
      await page.keyboard.press(key);
      await page.waitForURL(elsewhere);
      await page.goBack();
      expect(page.url()).toBe(`${address}/how-it-works`);
      await page.context().close();
    },
  );

  it('is by the link with script, which takes the page out of the history, too', async () => {
    const page = await pageOf(true);
    await page.goto(`${address}/how-it-works`);
    await page.goto(`${address}/lodge`);
    await page.locator('.redress-exit').click();
    await page.waitForURL(elsewhere);
    await page.goBack();
    expect(page.url()).toBe(`${address}/how-it-works`);
    await page.context().close();
  });
});
