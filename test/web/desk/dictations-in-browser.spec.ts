import type { Browser, Page } from 'playwright-core';
import type { RoleCode } from '../../../src/rules/roles';
import { say } from '../../../src/words/words';
import { TEST_PASSWORD, TestApp, type TestOfficer } from '../../harness/app';
import { threeAttempts } from '../../harness/attempts';
import { expectToLookRight, keepPicture, launchBrowser, mainText, openPage } from '../../harness/browser';
import { engines } from '../../harness/database';
import { hireStaff, houseOf, Walk } from '../../harness/walk';

const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 390, height: 844 };

/** The pages do not depend on the database: one engine is enough here. */
describe('writing down what the person said, in a browser without script', () => {
  let app: TestApp;
  let browser: Browser;
  let address: string;
  let walk: Walk;
  const officers = new Map<RoleCode, TestOfficer>();

  beforeAll(async () => {
    app = await TestApp.start(engines()[0]!);
    await app.nest.listen(0, '127.0.0.1');
    address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
    browser = await launchBrowser();
    for (const role of ['INT', 'INV', 'PRT'] as const) officers.set(role, await app.officer(role));
    const house = houseOf(app);
    walk = await Walk.lodge(house, await hireStaff(house), 'أوقف النظام إعانتي.', { language: 'ar' });
    await walk.toInvestigation();
    await walk.toFindings();
    await walk.toOffer();
    await app.bring(walk.reference, officers.get('INT')!);
    await app.bring(walk.reference, officers.get('INV')!);
  });

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  async function signedIn(role: RoleCode): Promise<Page> {
    const page = await openPage(browser, { viewport: WIDE });
    await page.goto(`${address}/sign-in`);
    await page.fill('#email', officers.get(role)!.email);
    await page.fill('#password', TEST_PASSWORD);
    await page.click('main button');
    return page;
  }
  async function opened(): Promise<Page> {
    const page = await openPage(browser, { viewport: WIDE, locale: 'ar' });
    await page.goto(`${address}/my-case/open?lang=ar`);
    await page.getByLabel(say('ar', 'open.label')).fill(walk.receipt);
    await page.click('main form button');
    return page;
  }
  const at = (path = '') => `${address}/desk/cases/${walk.reference}${path}`;
  async function keepBoth(page: Page, name: string): Promise<void> {
    await expectToLookRight(page, name);
    await page.setViewportSize(NARROW);
    await keepPicture(page, `${name}-390`);
    await page.setViewportSize(WIDE);
  }

  it('asks what she was asked and how she said it, says what is missing, and waits for a protection officer', async () => {
    const page = await signedIn('INT');
    await page.goto(at());
    await keepBoth(page, 'said-case');
    await page.getByRole('link', { name: say('en', 'step.accept-offer.name') }).click();
    expect(await page.textContent('h1')).toBe('Write down: accept offer');
    expect(await mainText(page)).toContain('يمكنك أن تقبل كل شيء');
    await page.click('main form[action*="/steps/"] button');
    await keepBoth(page, 'said-missing');
    expect(await page.textContent('.govuk-error-summary')).toContain('The day on which they said it');

    await page.check('#understood');
    await page.check('[name="actionAnswers.2"][value="REFUSED"]');
    await page.check('[name="saidBy"][value="RH"]');
    await page.check('[name="saidThrough"][value="phone"]');
    await page.fill('#saidOn', '2026-11-24');
    await page.fill('#saidWords', 'نعم، أقبل الأول فقط.');
    await page.check('[name="knownBy"][value="KB-WORD"]');
    await page.check('#channelWasSafe');
    await keepBoth(page, 'said-filled');
    await page.click('main form[action*="/steps/"] button');
    expect(await page.textContent('.govuk-notification-banner__heading')).toContain('proposed');

    const second = await signedIn('PRT');
    await second.goto(at());
    expect(await mainText(second)).toContain('نعم، أقبل الأول فقط.');
    await keepBoth(second, 'said-agree');
    const hers = await opened();
    expect(await mainText(hers)).toContain(say('ar', 'mycase.dictation.waits', { day: '27 نوفمبر 2026' }));
    const what = hers.locator('#dictations ~ .portal-card h3');
    expect(await what.first().innerText()).toBe(say('ar', 'step.accept-offer.name'));
    await keepBoth(hers, 'said-waits');
    await hers.getByRole('link', { name: say('ar', 'step.deny-dictation.name') }).click();
    await keepBoth(hers, 'said-deny');
    await second.locator('button[name="agree"][value="yes"]').click();
    await second.goto(at('#dictations'));
    expect(await mainText(second)).toContain('They can object until 2026-12-24.');
    await keepBoth(second, 'said-kept');
    await second.goto(at('/history'));
    expect(await mainText(second)).toContain('Written down for the person by');
    expect(await mainText(second)).not.toContain('أقبل');
  });

  it('stands on her page in her language, where she says that she did not say it', async () => {
    const page = await opened();
    expect(await mainText(page)).toContain(say('ar', 'mycase.dictations'));
    const what = page.locator('#dictations ~ .portal-card h3');
    expect(await what.first().innerText()).toBe(say('ar', 'step.accept-offer.done'));
    await keepBoth(page, 'said-mine');
    await page.getByRole('link', { name: say('ar', 'step.object-to-dictation.name') }).click();
    await keepBoth(page, 'said-object');
    await page.check('#dictationNumber');
    await page.click('main form[action*="/steps/"] button');
    expect(await mainText(page)).toContain(
      say('ar', 'letter.objection-received.subject', { reference: walk.reference }),
    );
  });

  it('asks a second person who refuses for what she is told, and tells her on her page', async () => {
    await walk.by('INT', 'withdraw', {
      saidBy: 'RH',
      saidThrough: 'letter',
      saidOn: '2026-11-24',
      saidWords: 'اسحبوا الشكوى.',
      knownBy: 'KB-PAPER',
      channelWasSafe: true,
    });
    const page = await signedIn('PRT');
    await page.goto(at());
    await page.locator('main a.govuk-button[href$="/steps/withdraw"]').click();
    await page.locator('main button[name="agree"][value="no"]').click();
    expect(await page.textContent('.govuk-error-summary')).toContain('Choose why it is not accepted');
    await keepBoth(page, 'said-refuse');
    await page.check('[name="dictationRefusedFor"][value="DR-WHO"]');
    await page.locator('main button[name="agree"][value="no"]').click();
    expect(await page.textContent('.govuk-notification-banner__heading')).toContain('refused');
    const hers = await opened();
    expect(await mainText(hers)).toContain(say('ar', 'code.dictationRefusedFor.DR-WHO'));
    expect(await mainText(hers)).toContain(
      say('ar', 'letter.dictation-refused.subject', { reference: walk.reference }),
    );
    await keepBoth(hers, 'said-refused');
  });

  it('stops at once what she never said, asks a protection officer for an answer, and lists it on her page with the day of each', async () => {
    await walk.by('INT', 'request-erasure', {
      saidBy: 'RH',
      saidThrough: 'phone',
      saidOn: '2026-11-24',
      saidWords: 'احذفوا كل شيء.',
      knownBy: 'KB-WORD',
      channelWasSafe: true,
      erasureScope: 'PERSON',
    });
    const hers = await opened();
    await hers.getByRole('link', { name: say('ar', 'step.deny-dictation.name') }).click();
    await hers.click('main form[action*="/steps/"] button');
    await hers.goto(`${address}/my-case?lang=ar`);
    const day = '24 نوفمبر 2026';
    expect(await mainText(hers)).toContain(say('ar', 'mycase.dictation.denied', { day }));
    const page = await signedIn('PRT');
    await page.goto(at());
    await keepBoth(page, 'said-denied-desk');
    await page.locator('main a[href$="/steps/answer-objection"]').first().click();
    expect(await mainText(page)).toContain('نعم، أقبل الأول فقط.');
    await keepBoth(page, 'said-objected-answer');
    await page.goBack();
    await page.locator('main a[href$="/steps/answer-denial"]').first().click();
    expect(await mainText(page)).toContain('احذفوا كل شيء.');
    await keepBoth(page, 'said-denied-answer');
    await page.fill('#reasons', 'We listened to the recording of that call again with intake.');
    await page.fill('#reply', 'لن نفعل شيئًا بسببه.');
    await page.click('main form[action*="/steps/"] button');
    await hers.reload();
    expect(await mainText(hers)).toContain(say('ar', 'mycase.dictation.denial-answered', { day }));
    await keepBoth(hers, 'said-denied');
    await hers.setViewportSize({ width: 320, height: 700 });
    await keepPicture(hers, 'said-denied-320');
  });

  it('tells whoever investigates that somebody else writes it down, and shows attempts with their days', async () => {
    await walk.by('INT', 'record-contact-attempt', { ...threeAttempts('2026-11-24')[2] });
    const page = await signedIn('INV');
    await page.goto(at());
    const text = await mainText(page);
    expect(text).not.toContain('Write down what the person said');
    expect(text).toContain('1 of 3 days on which you tried');
    await keepBoth(page, 'said-attempts');
    await page.goto(at('/steps/accept-offer?said=yes'));
    expect(await page.textContent('h1')).not.toContain('Write down');
  });
});
