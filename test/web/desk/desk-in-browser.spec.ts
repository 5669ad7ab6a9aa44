import type { Browser, Page } from 'playwright-core';
import { STAFF_ROLES, type RoleCode } from '../../../src/rules/roles';
import { TEST_PASSWORD, TestApp, type TestOfficer } from '../../harness/app';
import { countOf, expectToLookRight, launchBrowser, openPage } from '../../harness/browser';
import { engines } from '../../harness/database';

const NARRATIVE = `لقد أوقف النظام إعانتي دون أن ينظر أحد في ملفي. <script>alert(1)</script> ${'unbreakable'.repeat(40)}`;

/** The pages do not depend on the database: one engine is enough here. */
describe('the desk in a browser without script', () => {
  let app: TestApp;
  let browser: Browser;
  let address: string;
  let reference: string;
  const officers = new Map<RoleCode, TestOfficer>();
  const pages = new Map<RoleCode, Page>();

  beforeAll(async () => {
    app = await TestApp.start(engines()[0]!);
    await app.nest.listen(0, '127.0.0.1');
    address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
    browser = await launchBrowser();
    for (const role of ['ADM', ...STAFF_ROLES.filter((each) => each !== 'ADM')] as RoleCode[])
      officers.set(role, await app.officer(role));
    ({ reference } = await app.lodge({
      narrative: NARRATIVE,
      language: 'ar-EG',
      desiredOutcome: 'قرار من إنسان',
    }));
    await app.lodge({ narrative: 'Second.' });
  });

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  async function pageOf(role: RoleCode): Promise<Page> {
    const open = pages.get(role);
    if (open) return open;
    const page = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    pages.set(role, page);
    await page.goto(`${address}/sign-in`);
    await page.fill('#email', officers.get(role)!.email);
    await page.fill('#password', TEST_PASSWORD);
    await page.click('main button');
    return page;
  }

  async function visit(role: RoleCode, path: string, name: string): Promise<Page> {
    const page = await pageOf(role);
    await page.goto(address + path);
    await expectToLookRight(page, name);
    return page;
  }

  it('lets an invited person in, with every error named at once', async () => {
    const admin = await visit('ADM', '/desk/people', 'people');
    await admin.check('input[value="INT"]');
    await admin.click('text=Make a one-time link');
    await expectToLookRight(admin, 'invited');
    const link = new URL((await admin.textContent('.desk-secret code'))!);
    const page = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    await page.goto(address + link.pathname);
    await expectToLookRight(page, 'join');
    await page.fill('#name', 'Ines');
    await page.click('text=Create account');
    await expectToLookRight(page, 'join-errors');
    await page.fill('#email', 'ines@example.org');
    await page.fill('#password', TEST_PASSWORD);
    await page.fill('#passwordAgain', TEST_PASSWORD);
    await page.click('text=Create account');
    expect(await page.textContent('h1')).toBe('Queue');
    await page.click('text=Sign out');
    await expectToLookRight(page, 'sign-in');
    await page.fill('#email', 'ines@example.org');
    await page.click('main button');
    await expectToLookRight(page, 'sign-in-errors');
    await admin.goto(`${address}/desk/people/${officers.get('INT')!.personId}`);
    await expectToLookRight(admin, 'person');
  });

  it('leads from the queue through a step to the history', async () => {
    const page = await visit('INT', '/desk', 'queue');
    await page.getByRole('link', { name: reference, exact: true }).click();
    await expectToLookRight(page, 'case-received');
    await page.click('text=Acknowledge');
    await expectToLookRight(page, 'step');
    await page.check('#safeChannelChosen');
    await page.click('main form[action*="acknowledge"] button');
    await expectToLookRight(page, 'step-errors');
    expect(await page.isChecked('#safeChannelChosen')).toBe(true);
    await page.check('#jurisdiction');
    await page.check('#noConflict');
    for (const name of ['isDataRightsRequest', 'reporterIsWorker', 'concernsListedLaw'])
      await page.check(`input[name="${name}"][value="yes"]`);
    await page.click('main form[action*="acknowledge"] button');
    expect(await page.textContent('.govuk-notification-banner__heading')).toContain('“Acknowledge” is done.');
    await expectToLookRight(page, 'case-acknowledged');
    await page.goto(`${address}/desk/cases/${reference}/history`);
    await expectToLookRight(page, 'history');
  });

  it('searches by words that stand in no address', async () => {
    const page = await visit('INT', '/desk/search', 'search');
    await page.click('main form button');
    await expectToLookRight(page, 'search-errors');
    await page.fill('#words', 'SECOND');
    await page.click('main form button');
    await expectToLookRight(page, 'search-found');
    expect(await countOf(page.locator('tbody tr'))).toBe(1);
    expect(page.url()).toBe(`${address}/desk/search`);
    expect(await page.title()).not.toMatch(/second/i);
  });

  it('asks the harder questions, and a second person', async () => {
    const take = (step: string) => `${address}/desk/cases/${reference}/steps/${step}`;
    const lead = await pageOf('TRI');
    for (const [step, boxes] of [
      ['begin-eligibility', ['noConflict']],
      ['accept', ['affectsPeople', 'plausibleLink']],
    ] as const) {
      await lead.goto(take(step));
      for (const box of boxes) await lead.check(`#${box}`);
      await lead.click('main form[action*="/steps/"] button');
    }
    await lead.goto(take('classify'));
    await expectToLookRight(lead, 'classify');
    for (const scale of [4, 2]) {
      await lead.goto(take(scale === 4 ? 'set-severity' : 'lower-severity'));
      if (scale === 4) await expectToLookRight(lead, 'set-severity');
      await lead.check('input[name="nature"][value="ACTUAL"]');
      for (const name of ['scope', 'irremediability']) await lead.check(`input[name="${name}"][value="2"]`);
      await lead.check(`input[name="scale"][value="${scale}"]`);
      for (const name of ['vulnerable', 'delayMakesIrremediable'])
        await lead.check(`input[name="${name}"][value="no"]`);
      await lead.fill('#reasons', `Because it is so. ${'unbreakable'.repeat(30)}`);
      await lead.click('main form[action*="/steps/"] button');
    }
    await lead.goto(take('add-allegation'));
    await lead.fill('#allegationText', 'Nobody looked at the file.');
    await lead.click('main form[action*="/steps/"] button');
    await visit('TRI', `/desk/cases/${reference}/steps/assign`, 'assign');
    await app.bring(reference, officers.get('DEC')!);
    await visit('DEC', `/desk/cases/${reference}/steps/plan-action`, 'plan-action');
    const decider = await visit('DEC', `/desk/cases/${reference}`, 'case-to-agree');
    await decider.goto(take('lower-severity'));
    await expectToLookRight(decider, 'agree');
    await decider.click('button[value="yes"]');
    expect(await decider.textContent('.desk-identity')).toContain('Low');
    await expectToLookRight(decider, 'case-agreed');
  });

  it('shows auditors a history that is checked, and everybody their account', async () => {
    const auditor = await visit('AUD', '/audit', 'audit');
    await auditor.click(`tr:has-text("${reference}") a`);
    await expectToLookRight(auditor, 'audited');
    for (const summary of await auditor.$$('summary')) await summary.click();
    await expectToLookRight(auditor, 'audited-open');
    await visit('AUD', '/audit/house', 'audited-house');
    const page = await visit('INT', '/desk/account', 'account');
    await page.fill('#label', 'Night job');
    await page.fill('#until', '2027-01-01');
    await page.click('text=Make a token');
    await expectToLookRight(page, 'token-made');
    await visit('INT', '/desk/account', 'account-with-token');
    await visit('INT', `/desk/cases/${reference}/identity`, 'identity-closed');
    await visit('AUD', `/desk/cases/${reference}`, 'forbidden');
  });
});
