import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { say, sayDay, type Language } from '../../../src/words/words';
import { TestApp, type TestOfficer } from '../../harness/app';
import { axe, countOf, launchBrowser, mainText, openPage } from '../../harness/browser';

/** A folder for pictures of every page seen, to look at; none are kept when it is not set. */
const PICTURES = process.env.SCREENSHOTS;
const NAME = 'نور الأمين <b>';
const REASON = `To warn the person. ${'unbreakable'.repeat(20)}`;

let app: TestApp;
let browser: Browser;
let address: string;
let staff: Record<'INT' | 'PRT', TestOfficer>;

beforeAll(async () => {
  app = await TestApp.start('sqlite');
  await app.nest.listen(0, '127.0.0.1');
  address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
  staff = { INT: await app.officer('INT'), PRT: await app.officer('PRT') };
  browser = await launchBrowser();
  if (PICTURES) mkdirSync(PICTURES, { recursive: true });
});

afterAll(async () => {
  await app?.close();
});

/** Nothing sticks out on a large screen and a small one, and axe is content in each direction; keeps a picture where asked to. */
async function look(page: Page, language: Language, name: string): Promise<void> {
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    if (PICTURES)
      await page.screenshot({ path: join(PICTURES, `${language}-${name}-${width}.png`), fullPage: true });
    const widest = await page.evaluate('document.documentElement.scrollWidth');
    expect([name, width, Number(widest) <= width]).toEqual([name, width, true]);
  }
  if (language === 'en' || language === 'ar') expect([name, await axe(page)]).toEqual([name, []]);
}

async function staffStep(
  who: 'INT' | 'PRT',
  reference: string,
  step: string,
  answers: object,
  agree?: boolean,
): Promise<string[]> {
  const { token } = staff[who];
  const { body } = await app.ask<{ revision: number }>('GET', `/api/v1/cases/${reference}`, { token });
  const taken = await app.ask<{ needs?: { name: string }[] }>(
    'POST',
    `/api/v1/cases/${reference}/steps/${step}`,
    {
      token,
      headers: { 'if-match': String(body.revision) },
      body: { answers, agree },
    },
  );
  return (taken.body.needs ?? []).map(({ name }) => name);
}

describe.each(['en', 'ar', 'zh', 'fr'] as const)(
  'a rightsholder who reads %s, without script',
  (language) => {
    const words = (key: string, params?: Record<string, string>) => say(language, key, params);
    let page: Page;
    let reference: string;
    const main = async () => mainText(page);
    const open = (path: string) => page.goto(`${address}${path}?lang=${language}`);
    const press = (key: string) => page.getByRole('button', { name: words(key), exact: true }).click();
    const choose = (group: string, key: string) =>
      page.getByRole('group', { name: group }).getByLabel(words(key), { exact: true }).check();

    it('lodges with a name only where somebody may know it, and says at once what we may do', async () => {
      page = await openPage(browser, { viewport: { width: 320, height: 640 } });
      await open('/lodge/what-happened');
      await page.getByLabel(words('lodge.narrative.label')).fill('It refused me.');
      await press('lodge.next');
      await open('/lodge/known');
      await page.getByLabel(words('lodge.name.label'), { exact: true }).fill(NAME);
      await page.getByLabel(words('code.identityMode.ANONYMOUS')).check();
      await press('lodge.next');
      expect(await main()).toContain(words('error.name.not-in-mode'));
      await look(page, language, 'lodge-with-name');
      expect(await page.getByLabel(words('lodge.name.label'), { exact: true }).inputValue()).toBe(NAME);
      await page.getByLabel(words('code.identityMode.CONFIDENTIAL')).check();
      await press('lodge.next');
      await open('/lodge/consents');
      await choose(words('consent.CN-SENS'), 'page.yes');
      await choose(words('consent.CN-SHARE-UNIT'), 'page.no');
      await press('lodge.next');
      await press('lodge.send');
      reference = await page.getByText(/^RD-/).innerText();
      const receipt = await page.locator('.receipt').innerText();
      await open('/my-case/open');
      await page.getByLabel(words('open.label')).fill(receipt);
      await press('open.send');
      expect(await main()).toContain(reference);
    });

    it('reads who opened who she is and why, and lets more be known', async () => {
      expect(await staffStep('INT', reference, 'reveal-identity', { revealReason: REASON })).toEqual([]);
      expect(await staffStep('PRT', reference, 'reveal-identity', {}, true)).toEqual([]);
      await open('/my-case');
      expect(await main()).toContain(words('step.reveal-identity.done'));
      await look(page, language, 'my-case');
      await page.getByRole('link', { name: words('identity.title') }).click();
      for (const shown of [words('identity.mode.CONFIDENTIAL'), REASON, words('role.INT')])
        expect(await main()).toContain(shown);
      expect(await countOf(page.getByLabel(words('code.identityMode.ANONYMOUS')))).toBe(0);
      await look(page, language, 'identity');
      await press('identity.save');
      expect(await main()).toContain(words('error.identity.same'));
      await page.getByLabel(words('lodge.contact.value.label')).fill('me@example.org');
      await press('identity.save');
      expect(await main()).toContain(words('error.contact.kind'));
      await look(page, language, 'identity-errors');
      await page.getByLabel(words('code.contact.kind.email')).check();
      await page.getByLabel(words('code.identityMode.NAMED')).check();
      await press('identity.save');
      expect(await main()).toContain(words('identity.mode.NAMED'));
      expect(await main()).toContain(words('page.saved'));
      expect(await page.getByLabel(words('lodge.contact.value.label')).inputValue()).toBe('me@example.org');
      await look(page, language, 'identity-named');
    });

    it('takes her name and contact back', async () => {
      for (const label of ['lodge.name.label', 'lodge.contact.value.label'])
        await page.getByLabel(words(label)).fill('');
      await press('identity.save');
      expect(await page.getByLabel(words('lodge.name.label')).inputValue()).toBe('');
      expect(await staffStep('INT', reference, 'reveal-identity', { revealReason: REASON })).toEqual([
        'identityLeft',
      ]);
    });

    it('decides what we may do, sees what was done, and takes a yes back', async () => {
      await open('/my-case');
      await page.getByRole('link', { name: words('consents.title') }).click();
      const today = { day: sayDay(language, '2026-11-24'), role: words('role.RH') };
      expect(await main()).toContain(words('consents.status.given', today));
      await look(page, language, 'consents');
      expect(await main()).not.toContain(words('page.saved'));
      await choose(words('consent.CN-SHARE-VENDOR'), 'page.yes');
      await page.locator('[id="CN-SHARE-VENDOR.scope"]').fill('Only the dates.');
      await press('consents.save');
      const shared = {
        sharedWith: 'VENDOR',
        recipient: 'ScoreIt B.V.',
        sharedWhat: 'The dates of the decisions.',
        identityShared: false,
        scopeKept: true,
      };
      expect(await staffStep('INT', reference, 'share', shared)).toEqual([]);
      await open('/my-case/consents');
      expect(await page.locator('[id="CN-SHARE-VENDOR.scope"]').inputValue()).toBe('Only the dates.');
      expect(await main()).toContain('ScoreIt B.V.');
      await choose(words('consent.CN-SHARE-VENDOR'), 'page.no');
      await press('consents.save');
      expect(await main()).toContain(words('consents.status.withdrawn', today));
      expect(await main()).toContain(words('page.saved'));
      expect(await main()).toContain('ScoreIt B.V.');
      await look(page, language, 'consents-withdrawn');
      await page.locator('[id="CN-STORY.scope"]').fill('x'.repeat(501));
      await choose(words('consent.CN-STORY'), 'page.yes');
      await press('consents.save');
      expect(await main()).toContain(words('error.text.too-long'));
      expect(await page.locator('[id="CN-STORY.scope"]').inputValue()).toBe('x'.repeat(501));
      await look(page, language, 'consents-errors');
      const { text } = await app.ask('GET', `/api/v1/cases/${reference}`, { token: staff.INT.token });
      expect(text).toContain('Only the dates.');
      expect(text).not.toContain('نور');
    });
  },
);
