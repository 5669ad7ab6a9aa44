import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import type { Browser } from 'playwright-core';
import { LodgingPace } from '../../../src/people/lodging-pace';
import { LodgingWork } from '../../../src/people/lodging-work';
import { say } from '../../../src/words/words';
import { TestApp } from '../../harness/app';
import { countOf, expectToLookRight, launchBrowser, mainText, openPage } from '../../harness/browser';
import { LodgingPages } from '../../harness/lodging-pages';
import { hireStaff, houseOf, Walk } from '../../harness/walk';

const SCRIPT = readFileSync(join(__dirname, '../../../src/web/public/work.js'), 'utf8');
const BITS = 10;
const HERE = { ip: '127.0.0.1', headers: {} };

/** What the script finds for a puzzle, on a page that consists of nothing else. */
function calculate({ challenge, bits }: { challenge: string; bits: number }): Promise<string> {
  return new Promise((resolve) => {
    const answer = { value: '' };
    const parts: Record<string, unknown> = {
      button: { addEventListener: (_: string, press: () => void) => setTimeout(press, 0) },
      '[role="status"]': { dataset: { words: 'Calculating.' } },
      input: answer,
    };
    const place = {
      dataset: { challenge, bits: String(bits) },
      querySelector: (what: string) => parts[what],
      closest: () => ({ querySelector: () => ({ click: () => resolve(answer.value) }) }),
    };
    runInNewContext(SCRIPT, { document: { querySelector: () => place }, window: { setTimeout } });
  });
}

describe('the script that calculates', () => {
  it.each([8, 12, 16])('finds what the server takes, for %i bits', async (bits) => {
    const work = new LodgingWork(bits);
    for (let tried = 0; tried < (bits < 16 ? 20 : 2); tried++)
      expect(work.takes(HERE, 'begin', await calculate(work.offer(HERE, 'begin')!))).toBe(true);
  });

  it('does nothing on a page without a puzzle', () => {
    expect(() => runInNewContext(SCRIPT, { document: { querySelector: () => null } })).not.toThrow();
  });

  it('is small, and asks nobody for anything', () => {
    expect(SCRIPT.length).toBeLessThan(5000);
    expect(SCRIPT).not.toMatch(/fetch|XMLHttp|https?:|import|cookie|localStorage|navigator|sendBeacon/);
  });
});

describe.each([
  ['off', 0],
  ['on', BITS],
] as const)('a network that has to wait, with work switched %s', (name, bits) => {
  let app: TestApp;
  let browser: Browser;
  let address: string;
  beforeAll(async () => {
    // Nothing is left in any bucket, and nothing comes back.
    app = await TestApp.start('sqlite', {
      replace: () => [
        [LodgingPace, { secondsToWait: () => 30 }],
        [LodgingWork, new LodgingWork(bits)],
      ],
    });
    await app.nest.listen(0, '127.0.0.1');
    address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
    browser = await launchBrowser();
  });
  afterAll(() => app?.close());

  it('is told for how long, and without script is offered nothing else', async () => {
    const page = await openPage(browser, { viewport: { width: 1280, height: 800 } });
    await page.goto(`${address}/lodge/what-happened?lang=en`);
    await page.locator('#narrative').fill('It refused me.');
    await page.locator('button[value="next"]').click();
    expect(await mainText(page)).toContain(say('en', 'error.draft.wait', { seconds: 30 }));
    expect(await page.locator('#narrative').inputValue()).toBe('It refused me.');
    expect(await countOf(page.getByRole('button', { name: say('en', 'lodge.work.start') }))).toBe(0);
    expect(await page.content()).not.toMatch(/http-equiv="?refresh/);
    await expectToLookRight(page, `lodge-wait-${name}`);
  });

  if (bits === 0)
    it('loads no script that calculates', async () => {
      const { status, text } = await new LodgingPages(app).answer('what-happened', { narrative: 'x' });
      expect([status, text.includes('/assets/work.')]).toEqual([429, false]);
    });
  else
    it.each([
      ['en', 1280],
      ['ar', 320],
    ] as const)('calculates and goes on in %s at %i px, with what was typed', async (language, width) => {
      const page = await openPage(browser, { viewport: { width, height: 800 }, javaScriptEnabled: true });
      const faults: string[] = [];
      const asked: string[] = [];
      page.on('pageerror', ({ message }) => faults.push(message));
      page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
      page.on('request', (request) => asked.push(request.url()));
      const start = page.getByRole('button', { name: say(language, 'lodge.work.start') });
      await page.goto(`${address}/lodge/what-happened?lang=${language}`);
      await page.locator('#narrative').fill('It refused me.');
      await page.locator('button[value="next"]').click();
      await start.waitFor();
      await expectToLookRight(page, `lodge-work-${language}`);
      await start.click();
      await page.waitForURL(/\/lodge\/country/);
      await page.goto(`${address}/lodge/check?lang=${language}`);
      expect(await mainText(page)).toContain('It refused me.');
      await page.locator('form[action^="/lodge?"] button[type="submit"]').click();
      await start.click();
      await page.locator('.receipt').waitFor();
      // A page that is answered with 429 is written to the console of the browser as such, and nothing else is.
      expect(faults.filter((each) => !each.includes('429'))).toEqual([]);
      expect(asked.filter((url) => !url.startsWith(`${address}/`) && !url.startsWith('data:'))).toEqual([]);
    });

  if (bits > 0)
    it('is not let in by a solution that was sent before, or for another deed', async () => {
      const pages = new LodgingPages(app);
      const refused = await pages.answer('what-happened', { narrative: 'x' });
      const offered = /data-challenge="([^"]+)" data-bits="(\d+)"/.exec(refused.text)!;
      const work = await calculate({ challenge: offered[1]!, bits: Number(offered[2]) });
      const begin = () => new LodgingPages(app).answer('what-happened', { narrative: 'x', work });
      expect((await begin()).status).toBe(303);
      expect((await begin()).status).toBe(429);
      const again = await new LodgingPages(app).answer('what-happened', {
        narrative: 'x',
        work: 'made.up.1',
      });
      expect(again.status).toBe(429);
    });

  it('joins a collective complaint in the same way', async () => {
    const house = houseOf(app);
    const group = await Walk.lodge(house, await hireStaff(house), 'The rota fires us.', {
      complainantRole: 'group',
    });
    const { joinCode } = await group.take('RH', 'make-join-code', { joinPlaces: '5', joinFor: '30' });
    const agree = (more: object = {}) =>
      new LodgingPages(app).post('/join-group/agree', {
        joinCode: joinCode!,
        'consent.CN-GROUP': 'yes',
        ...more,
      });
    const refused = await agree();
    expect(refused.status).toBe(429);
    expect(refused.text).toContain(say('en', 'error.draft.wait', { seconds: 30 }));
    const offered = /data-challenge="([^"]+)" data-bits="(\d+)"/.exec(refused.text);
    if (bits === 0) return expect(offered).toBeNull();
    const work = await calculate({ challenge: offered![1]!, bits: Number(offered![2]) });
    expect((await agree({ work })).headers.location).toBe('/lodge/begun?to=what-happened');
  });
});
