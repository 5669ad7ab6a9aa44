import type { Browser, Page } from 'playwright-core';
import { Messages } from '../../../src/casework/messages';
import { say, sayDay, type Language } from '../../../src/words/words';
import type { RoleCode } from '../../../src/rules/roles';
import { STEPS } from '../../../src/rules/steps';
import { TestApp } from '../../harness/app';
import {
  axe,
  countOf,
  expectToLookRight,
  keepPicture,
  launchBrowser,
  mainText,
  openPage,
} from '../../harness/browser';
import type { House } from '../../harness/house';
import { hireStaff, Walk, type Staff } from '../../harness/walk';

let app: TestApp;
let browser: Browser;
let address: string;
let walk: Walk;
let staff: Staff;

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
  staff = await hireStaff(house);
  walk = await Walk.lodge(house, staff);
});
afterAll(() => app?.close());

async function open(language: Language, width = 1280): Promise<Page> {
  const page = await openPage(browser, { viewport: { width, height: 800 } });
  await page.goto(`${address}/my-case/open?lang=${language}`);
  await page.getByLabel(say(language, 'open.label')).fill(walk.receipt);
  await page.getByRole('button', { name: say(language, 'open.send') }).click();
  return page;
}

async function step(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: say('en', `step.${name}.name`), exact: true }).click();
  expect(await mainText(page)).toContain(say('en', `step.${name}.follows`));
}

const send = (page: Page) => page.getByRole('button', { name: say('en', 'step.send'), exact: true }).click();

describe('the page of the person, without script', () => {
  it('says what comes next and by when, and that it is our own promise', async () => {
    const page = await open('en');
    expect(await mainText(page)).toContain('Confirm your complaint. We promised this by November 26, 2026.');
    await expectToLookRight(page, 'my-case-new');
  });

  it('lets her ask for support, and says by when we answer', async () => {
    const page = await open('en');
    await step(page, 'request-support');
    await page.getByLabel(say('en', 'code.supportKind.INTERPRETER')).check();
    await page.getByLabel(say('en', 'ask.wish')).fill('Tigrinya, a woman.');
    await expectToLookRight(page, 'my-case-support');
    await send(page);
    expect(await mainText(page)).toContain('Asked for on November 24, 2026. We answer by December 1, 2026.');
    await walk.by('INT', 'arrange-support', { supportNumber: 1, arrangement: 'On Monday at ten.' });
    await page.reload();
    expect(await mainText(page)).toContain('On Monday at ten.');
    await page.getByRole('button', { name: say('en', 'mycase.support.end') }).click();
    expect(await mainText(page)).toContain('It ended on');
  });

  it('keeps what she told beside what she corrects, in the language she names', async () => {
    const page = await open('en');
    await step(page, 'amend-complaint');
    await send(page);
    expect(await page.locator('.govuk-error-summary').innerText()).toContain(say('en', 'need.answer.choose'));
    await page.getByLabel(say('en', 'code.amendKind.CORRECTION')).check();
    await page.getByLabel(say('en', 'code.amendedPart.narrative')).check();
    await page.getByLabel(say('en', 'ask.amendText')).fill('خفضوا إعانتي ولم يوقفوها.');
    await page.getByLabel(say('en', 'ask.writtenIn')).selectOption('ar');
    await send(page);
    const told = page.locator('#told + dl');
    expect(await told.innerText()).toContain('The system stopped my benefit.');
    expect(await told.locator('[lang=ar]').innerText()).toBe('خفضوا إعانتي ولم يوقفوها.');
  });

  it('lets her approve a transcript or say what is wrong, and shows a translation beside it', async () => {
    await walk.by('TRI', 'record-transcript', {
      occasion: 'PHONE_CALL',
      occasionOn: '2026-11-24',
      writtenIn: 'en',
      transcriptText: 'She said that it was in June.',
    });
    await walk.by('TRI', 'add-translation', {
      translatedKind: 'TRANSCRIPT',
      translatedNumber: 1,
      translationLanguage: 'ar',
      translationAuthor: 'MACHINE',
      translationText: 'قالت إن ذلك كان في يونيو.',
    });
    await walk.by('TRI', 'add-translation', {
      translatedKind: 'COMPLAINT',
      translationLanguage: 'ar',
      translationAuthor: 'INTERPRETER',
      translationText: 'أوقف النظام إعانتي.',
    });
    const page = await open('en');
    expect(await mainText(page)).toContain(say('en', 'mycase.transcript.WAITING'));
    expect(await mainText(page)).not.toContain('قالت');
    await step(page, 'dispute-transcript');
    await page.getByLabel('Phone call of').check();
    await page.getByLabel(say('en', 'ask.dispute')).fill('I said July.');
    await send(page);
    expect(await mainText(page)).toContain('I said July.');
    const arabic = await open('ar', 320);
    expect(await arabic.locator('#transcripts ~ .portal-card .portal-beside').innerText()).toMatch(
      /She said that it was in June\.[^]*قالت/,
    );
    await page.getByRole('button', { name: say('en', 'mycase.transcript.approve') }).click();
    expect(await mainText(page)).toContain('It was approved on');
    expect(await mainText(page)).toContain('I said July.');
  });

  it('tells what happened as something that is over, never by the name of a button', async () => {
    for (const language of ['en', 'ar', 'zh', 'hi'] as const) {
      const page = await open(language, 320);
      const happened = await page.locator('#timeline ~ .portal-timeline li').allInnerTexts();
      const line = (name: string) => `${sayDay(language, '2026-11-24')} ${say(language, name)} (`;
      for (const step of ['lodge', 'request-support', 'approve-transcript'])
        expect(happened).toContain(`${line(`step.${step}.done`)}${say(language, 'role.RH')})`);
      const buttons = STEPS.map((row) => line(`step.${row.step}.name`));
      expect(happened.filter((each) => buttons.some((button) => each.startsWith(button)))).toEqual([]);
      await expectToLookRight(page, `my-case-happened-${language}`);
    }
  });

  it('says what is late, lets her say so once, and tells who answers by when', async () => {
    const page = await open('en');
    expect(await countOf(page.locator('#late'))).toBe(0);
    app.time.goTo('2026-11-30T09:00:00.000Z');
    const later = await open('en');
    expect(await mainText(later)).toContain('We promised this by November 26, 2026, and it is late.');
    await expectToLookRight(later, 'my-case-late');
    await later.getByRole('button', { name: say('en', 'step.report-late.name') }).click();
    expect(await mainText(later)).toContain('The triage lead was told and answers by December 2, 2026.');
    expect(await countOf(later.getByRole('button', { name: say('en', 'step.report-late.name') }))).toBe(0);
  });

  it('sends a message in the language she chooses, and loses nothing when nobody could see a word in it', async () => {
    const page = await open('en');
    await page.getByLabel(say('en', 'mycase.message.language')).selectOption('ti');
    await page.getByLabel(say('en', 'mycase.message.label')).fill('\u200b');
    await page.getByRole('button', { name: say('en', 'mycase.message.send') }).click();
    expect(await page.locator('.govuk-error-summary').innerText()).toContain(
      say('en', 'error.message.empty'),
    );
    expect(await page.locator('#language').inputValue()).toBe('ti');
    await page.getByLabel(say('en', 'mycase.message.label')).fill('ሰላም');
    await page.getByRole('button', { name: say('en', 'mycase.message.send') }).click();
    expect(await page.locator('#messages ~ .portal-card [lang=ti]').innerText()).toBe('ሰላም');
  });

  it('keeps a message once however often its button is pressed, and each other one', async () => {
    const page = await open('en');
    const field = async (name: string) =>
      page.locator(`form[action^="/my-case/messages"] [name=${name}]`).inputValue();
    const form = await field('form');
    const csrf = await field('_csrf');
    const send = (text: string, id = form) =>
      page.context().request.post(`${address}/my-case/messages`, {
        form: { _csrf: csrf, form: id, text, language: 'en' },
      });
    for (const text of ['Once only.', 'Once only.', 'Written over it.'])
      expect((await send(text)).status()).toBe(200);
    for (const id of ['', 'x', form.toUpperCase()]) await send('Not known.', id);
    await page.reload();
    const said = await page.locator('#messages ~ .portal-card .as-written').allInnerTexts();
    const times = (text: string) => said.filter((each) => each === text).length;
    expect(['Once only.', 'Written over it.', 'Not known.'].map(times)).toEqual([1, 1, 3]);
  });

  it('takes a step once however often its button is pressed, and lets nothing else through', async () => {
    const page = await open('en');
    await page.goto(`${address}/my-case/steps/amend-complaint`);
    const field = (name: string) => page.locator(`main form [name=${name}]`).first().inputValue();
    const form = { _csrf: await field('_csrf'), seen: await field('seen') };
    const send = (amendText: string) =>
      page.context().request.post(`${address}/my-case/steps/amend-complaint`, {
        form: { ...form, amendKind: 'ADDITION', amendedPart: 'narrative', amendText },
        maxRedirects: 0,
      });
    expect((await send('It was in June.')).status()).toBe(303);
    expect((await send('It was in June.')).status()).toBe(303);
    const other = await send('It was in July.');
    expect([other.status(), (await other.text()).includes(say('en', 'need.stale'))]).toEqual([412, true]);
    await page.goto(`${address}/my-case?lang=en`);
    const text = await mainText(page);
    expect([text.split('It was in June.').length - 1, text.includes('It was in July.')]).toEqual([1, false]);
  });

  it('shows who opened who she is, with the reason, and what she agreed to', async () => {
    await walk.by('PRT', 'reveal-identity', { revealReason: 'She asked us to call her back.' });
    const page = await open('en');
    const opened = page.locator('#openings + .portal-card');
    expect(await opened.innerText()).toContain('protection officer');
    expect(await opened.innerText()).toContain('She asked us to call her back.');
    expect(await mainText(page)).toContain(say('en', 'mycase.agreed.none'));
  });

  it('looks right in Arabic, too, at every width', async () => {
    const page = await open('ar', 320);
    await expectToLookRight(page, 'my-case-ar');
    for (const width of [220, 240, 260, 280, 300, 320]) {
      await page.setViewportSize({ width, height: 640 });
      const lines = await page.evaluate<number[]>(
        "[...document.querySelectorAll('#letters ~ details summary .unbroken')].map((each) => each.getClientRects().length)",
      );
      expect(lines.length).toBeGreaterThan(1);
      expect([width, lines.filter((each) => each !== 1)]).toEqual([width, []]);
    }
    expect(await axe(page)).toEqual([]);
  });

  it('after the end says until when she can write, then that it is over and what she can do instead', async () => {
    const page = await open('en');
    await step(page, 'withdraw');
    await send(page);
    expect(await mainText(page)).toContain(
      'You can still write to us and send files until January 29, 2027.',
    );
    app.time.goTo('2027-02-15T09:00:00.000Z');
    const over = await open('en');
    expect(await mainText(over)).toContain('The time to write in this case ended on January 29, 2027.');
    expect(await countOf(over.getByLabel(say('en', 'mycase.message.label')))).toBe(0);
    expect(
      await countOf(over.locator('#text').getByRole('link', { name: say('en', 'step.come-back.name') })),
    ).toBe(1);
    await expectToLookRight(over, 'my-case-over');
    await app.get(Messages).write(staff.TRI, 'How are you?', walk.reference);
    await over.reload();
    expect(await countOf(over.getByLabel(say('en', 'mycase.message.label')))).toBe(1);
    await keepPicture(over, 'my-case-open-again');
  });
});
