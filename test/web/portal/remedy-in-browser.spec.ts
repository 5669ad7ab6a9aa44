import type { Browser, Page } from 'playwright-core';
import { SendCheckIns } from '../../../src/casework/safety/send-check-ins';
import { say, type Language } from '../../../src/words/words';
import { TestApp } from '../../harness/app';
import { countOf, expectToLookRight, launchBrowser, mainText, openPage } from '../../harness/browser';
import { hireStaff, houseOf, Walk } from '../../harness/walk';

let app: TestApp;
let browser: Browser;
let address: string;
let walk: Walk;

beforeAll(async () => {
  app = await TestApp.start('sqlite');
  await app.nest.listen(0, '127.0.0.1');
  address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
  browser = await launchBrowser();
  const house = houseOf(app);
  walk = await Walk.lodge(house, await hireStaff(house));
  await walk.toInvestigation();
  await walk.toFindings();
  await walk.toOffer();
});
afterAll(() => app?.close());

async function open(language: Language, receipt = walk.receipt): Promise<Page> {
  const page = await openPage(browser, { viewport: { width: 1280, height: 800 } });
  await page.goto(`${address}/my-case/open?lang=${language}`);
  await page.getByLabel(say(language, 'open.label')).fill(receipt);
  await page.getByRole('button', { name: say(language, 'open.send') }).click();
  return page;
}

async function toStep(page: Page, step: string, language: Language = 'en'): Promise<void> {
  await page
    .getByRole('link', { name: say(language, `step.${step}.name`), exact: true })
    .first()
    .click();
}

const send = (page: Page, language: Language = 'en') =>
  page.getByRole('button', { name: say(language, 'step.send') }).click();

const actsNext = (page: Page, role: string) =>
  countOf(page.getByRole('definition').filter({ hasText: new RegExp(`^${say('en', `role.${role}`)}$`) }));

describe('a remedy in the thread of the person, without script', () => {
  it('shows an offer with each action, and answers a question about it', async () => {
    const page = await open('en');
    const shown = await mainText(page);
    for (const told of [
      'A person decides anew.',
      say('en', 'role.REM'),
      say('en', 'remedy.RA-01.check'),
      say('en', 'mycase.offer.no-waiver'),
    ])
      expect(shown).toContain(told);
    expect(await actsNext(page, 'RH')).toBe(1);
    await expectToLookRight(page, 'offer-en');
    await toStep(page, 'ask-about-offer');
    expect(await mainText(page)).toContain(say('en', 'step.ask-about-offer.notice'));
    await expectToLookRight(page, 'ask-about-offer-en');
    await page.getByLabel(say('en', 'ask.offerQuestion')).fill('Who decides anew?');
    await send(page);
    expect(await mainText(page)).toContain(say('en', 'mycase.message.about-offer'));
    expect([await actsNext(page, 'RH'), await actsNext(page, 'DEC')]).toEqual([0, 1]);
    const arabic = await open('ar');
    await expectToLookRight(arabic, 'offer-ar');
  });

  it('loses nothing of what was typed where an answer does not fit', async () => {
    const page = await open('en');
    await toStep(page, 'accept-offer');
    await expectToLookRight(page, 'accept-offer-en');
    const refuse = page.getByLabel(say('en', 'code.actionAnswers.REFUSED'));
    await refuse.nth(0).check();
    await refuse.nth(1).check();
    await page.locator('[name="actionWishes.2"]').fill('Ask the people at the counter first.');
    await page.getByLabel(say('en', 'ask.understood')).check();
    await send(page);
    expect(await mainText(page)).toContain(say('en', 'need.someActionAccepted'));
    expect(await page.locator('[name="actionWishes.2"]').inputValue()).toBe(
      'Ask the people at the counter first.',
    );
    expect(await refuse.nth(1).isChecked()).toBe(true);
    await expectToLookRight(page, 'accept-offer-refused-en');
  });

  it('is accepted in part, in Arabic', async () => {
    const page = await open('ar');
    await toStep(page, 'accept-offer', 'ar');
    await expectToLookRight(page, 'accept-offer-ar');
    await page.getByLabel(say('ar', 'code.actionAnswers.REFUSED')).nth(1).check();
    await page.locator('[name="actionWishes.2"]').fill('اسألوا الناس أولا');
    await page.getByLabel(say('ar', 'ask.understood')).check();
    await send(page, 'ar');
    const shown = await mainText(page);
    expect(shown).toContain(say('ar', 'mycase.action.standing.REFUSED'));
    expect(shown).toContain('اسألوا الناس أولا');
    await expectToLookRight(page, 'accepted-ar');
  });

  it('is checked action by action in one form, and goes on with what is missing', async () => {
    await walk.by('REM', 'complete-action', { actionNumber: 1, evidenceText: 'Decision of today.' });
    await walk.by('REM', 'request-verification');
    const page = await open('en');
    expect(await actsNext(page, 'RH')).toBe(1);
    await toStep(page, 'verify-action');
    const numbered = `${say('en', 'mycase.action.number', { n: 1 })} – ${say('en', 'remedy.RA-01.check')}`;
    expect(await countOf(page.getByLabel(numbered, { exact: true }))).toBe(1);
    await page.goBack();
    await page.getByRole('button', { name: say('en', 'mycase.check.title') }).click();
    await expectToLookRight(page, 'check-en');
    await send(page);
    expect(await mainText(page)).toContain(say('en', 'need.answer.choose'));
    await page.getByLabel(say('en', 'code.actionResults.PARTLY')).check();
    await page.getByLabel(say('en', 'ask.actionComments')).fill('It gives no reasons.');
    await send(page);
    const shown = await mainText(page);
    expect(shown).toContain(say('en', 'state.implementation.plain'));
    expect(shown).toContain('It gives no reasons.');
    await walk.by('REM', 'complete-action', { actionNumber: 1, evidenceText: 'Decision with reasons.' });
    await walk.by('REM', 'request-verification');
    const arabic = await open('ar');
    await arabic.getByRole('button', { name: say('ar', 'mycase.check.title') }).click();
    await expectToLookRight(arabic, 'check-ar');
    await arabic.getByLabel(say('ar', 'code.actionResults.FULL')).check();
    await send(arabic, 'ar');
    expect(await mainText(arabic)).toContain(say('ar', 'state.monitoring.plain'));
  });

  it('lets her report revenge from every page, with what happens then', async () => {
    for (const language of ['en', 'ar'] as const) {
      const page = await open(language);
      const button = page.getByRole('button', { name: say(language, 'mycase.danger') });
      for (const path of [
        '',
        '/consents',
        '/identity',
        '/receipts',
        '/steps/withdraw',
        '/check',
        '/survey',
      ]) {
        await page.goto(`${address}/my-case${path}?lang=${language}`);
        expect([path, await countOf(button)]).toEqual([path, 1]);
      }
      await button.click();
      for (const paragraph of say(language, 'step.report-retaliation.notice').split('\n\n'))
        expect(await mainText(page)).toContain(paragraph);
      await expectToLookRight(page, `report-retaliation-${language}`);
      await page.getByLabel(say(language, 'ask.threat')).fill('My shifts were cut.');
      await send(page, language);
      await expectToLookRight(page, `reported-${language}`);
    }
  });

  it('asks how it was once the case has ended, and looks at it anew when she asks', async () => {
    await walk.close();
    const page = await open('en');
    await page.getByRole('link', { name: say('en', 'survey.title') }).click();
    await expectToLookRight(page, 'survey-en');
    await page
      .getByRole('group', { name: say('en', 'survey.fair') })
      .getByLabel(say('en', 'survey.score.4'))
      .check();
    await page.getByLabel(say('en', 'survey.comment')).fill('It took long.');
    await send(page);
    const arabic = await open('ar');
    await arabic.goto(`${address}/my-case/survey?lang=ar`);
    expect(
      await arabic
        .getByRole('group', { name: say('ar', 'survey.fair') })
        .getByLabel(say('ar', 'survey.score.4'))
        .isChecked(),
    ).toBe(true);
    await expectToLookRight(arabic, 'survey-ar');
    const chinese = await open('zh');
    await toStep(chinese, 'appeal', 'zh');
    await expectToLookRight(chinese, 'appeal-zh');
    await send(chinese, 'zh');
    expect(await mainText(chinese)).toContain(say('zh', 'state.appeal.plain'));
  });
});

describe('her own way with her case, in Chinese, without script', () => {
  const has = async (page: Page, key: string) => expect(await mainText(page)).toContain(say('zh', key));

  it('is paused and goes on, asks whether she is safe, is taken back, and is opened again', async () => {
    const own = await Walk.lodge(walk.house, walk.staff, '系统停止了我的补助。', { language: 'zh' });
    const page = await open('zh', own.receipt);
    await toStep(page, 'pause', 'zh');
    await page.locator('main input[type=radio]').first().check();
    await send(page, 'zh');
    await toStep(page, 'resume', 'zh');
    await send(page, 'zh');
    expect(await countOf(page.getByRole('link', { name: say('zh', 'step.pause.name'), exact: true }))).toBe(
      1,
    );

    await toStep(page, 'plan-check-ins', 'zh');
    await page.locator('main input[type=radio]').first().check();
    await send(page, 'zh');
    app.time.addDays(31);
    await app.get(SendCheckIns).run();
    const later = await open('zh', own.receipt);
    await has(later, 'mycase.check-in.title');
    await expectToLookRight(later, 'check-in-zh');
    await later.getByRole('button', { name: say('zh', 'code.safeNow.OK'), exact: true }).click();
    expect(await mainText(later)).not.toContain(say('zh', 'mycase.check-in.title'));

    await toStep(later, 'withdraw', 'zh');
    await send(later, 'zh');
    await has(later, 'state.withdrawn.plain');
    await toStep(later, 'come-back', 'zh');
    await send(later, 'zh');
    await has(later, 'state.triage.plain');
  });
});
