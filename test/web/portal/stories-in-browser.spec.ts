import type { Browser, Page } from 'playwright-core';
import { Consents } from '../../../src/casework/consents';
import { LANGUAGES, say, type Language } from '../../../src/words/words';
import type { RoleCode } from '../../../src/rules/roles';
import { TestApp } from '../../harness/app';
import { axe, launchBrowser, mainText, openPage } from '../../harness/browser';
import type { House } from '../../harness/house';
import { hireStaff, Walk } from '../../harness/walk';

const STORY = 'أوقف نظام إعانة أسرة.\nثم قرّر إنسان من جديد. <b>';

let app: TestApp;
let browser: Browser;
let address: string;
let walk: Walk;

beforeAll(async () => {
  app = await TestApp.start('sqlite');
  await app.nest.listen(0, '127.0.0.1');
  address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
  browser = await launchBrowser();
  const house = {
    get: app.get.bind(app),
    officer: async (role: RoleCode) => {
      const { personId } = await app.officer(role);
      return { kind: 'officer', personId, roles: [role], unitHash: null, sessionHash: '' };
    },
  } as unknown as House;
  walk = await Walk.lodge(house, await hireStaff(house));
  await walk.toInvestigation();
  await walk.toFindings();
  await walk.toOffer();
  await walk.toMonitoring();
  await walk.close();
  await app.get(Consents).decide(walk.holder, [{ code: 'CN-STORY', given: true }]);
  await walk.by('DIA', 'publish-story', {
    storyText: STORY,
    storyLanguage: 'ar',
    nothingIdentifies: true,
    scopeKept: true,
  });
});
afterAll(() => app?.close());

async function look(page: Page, language: Language): Promise<void> {
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    expect(Number(await page.evaluate('document.documentElement.scrollWidth'))).toBeLessThanOrEqual(width);
  }
  if (language === 'en' || language === 'ar') expect(await axe(page)).toEqual([]);
}

async function open(language: Language): Promise<Page> {
  const page = await openPage(browser, { viewport: { width: 1280, height: 800 } });
  await page.goto(`${address}/my-case/open?lang=${language}`);
  await page.getByLabel(say(language, 'open.label')).fill(walk.receipt);
  await page.getByRole('button', { name: say(language, 'open.send') }).click();
  return page;
}

describe('the page of stories, without script', () => {
  it('is empty while a story waits, which the person reads on her page already', async () => {
    const page = await open('en');
    expect(await mainText(page)).toContain(say('en', 'mycase.story.proposed'));
    await look(page, 'en');
    await page.goto(`${address}/`);
    await page.getByRole('link', { name: say('en', 'stories.title') }).click();
    expect(await mainText(page)).toContain(say('en', 'stories.none'));
    await look(page, 'en');
    await walk.by('PRT', 'publish-story', {}, true);
  });

  it.each(LANGUAGES)(
    'shows in %s what she agreed to, in the language it was written in',
    async (language) => {
      const page = await open(language);
      expect(await mainText(page)).toContain(say(language, 'mycase.story.shown'));
      await look(page, language);
      await page.goto(`${address}/stories?lang=${language}`);
      const story = page.locator('article .as-written');
      expect(await story.innerText()).toBe(STORY);
      expect([await story.getAttribute('lang'), await story.getAttribute('dir')]).toEqual(['ar', 'auto']);
      expect(await mainText(page)).toContain(say(language, 'stories.lead'));
      for (const hidden of [walk.reference, '2026']) expect(await page.content()).not.toContain(hidden);
      await look(page, language);
    },
  );

  it('loses the story with the same click with which she says no', async () => {
    const page = await open('fr');
    const consents = page.getByRole('link', { name: say('fr', 'consents.title') }).first();
    await consents.click();
    await page
      .getByRole('group', { name: say('fr', 'consent.CN-STORY') })
      .getByLabel(say('fr', 'page.no'), { exact: true })
      .check();
    await page.getByRole('button', { name: say('fr', 'consents.save') }).click();
    await page.goto(`${address}/my-case?lang=fr`);
    expect(await mainText(page)).toContain(say('fr', 'mycase.story.taken-down'));
    expect(await mainText(page)).toContain(STORY.split('\n')[0]);
    await page.goto(`${address}/stories?lang=fr`);
    expect(await mainText(page)).toContain(say('fr', 'stories.none'));
  });
});
