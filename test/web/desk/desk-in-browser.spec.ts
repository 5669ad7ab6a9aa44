import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { STAFF_ROLES, type RoleCode } from '../../../src/rules/roles';
import { TEST_PASSWORD, TestApp, type TestOfficer } from '../../harness/app';
import { axe, launchBrowser, openPage } from '../../harness/browser';
import { engines } from '../../harness/database';

/** A folder for pictures of every page seen, to look at; none are kept when it is not set. */
const PICTURES = process.env.SCREENSHOTS;
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
    if (PICTURES) mkdirSync(PICTURES, { recursive: true });
  }, 120_000);

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

  /** Axe is content at both widths and nothing sticks out; keeps a picture where asked to. */
  async function look(page: Page, name: string): Promise<void> {
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 900 });
      if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}-${width}.png`), fullPage: true });
      expect([name, width, await axe(page)]).toEqual([name, width, []]);
      const widest = await page.evaluate('document.documentElement.scrollWidth');
      expect([name, Number(widest) <= width]).toEqual([name, true]);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
  }

  async function visit(role: RoleCode, path: string, name: string): Promise<Page> {
    const page = await pageOf(role);
    await page.goto(address + path);
    await look(page, name);
    return page;
  }

  it('lets an invited person in, with every error named at once', async () => {
    const admin = await visit('ADM', '/desk/people', 'people');
    await admin.check('input[value="INT"]');
    await admin.click('text=Make a one-time link');
    await look(admin, 'invited');
    const link = new URL((await admin.textContent('.desk-secret code'))!);
    const page = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    await page.goto(address + link.pathname);
    await look(page, 'join');
    await page.fill('#name', 'Ines');
    await page.click('text=Create account');
    await look(page, 'join-errors');
    await page.fill('#email', 'ines@example.org');
    await page.fill('#password', TEST_PASSWORD);
    await page.fill('#passwordAgain', TEST_PASSWORD);
    await page.click('text=Create account');
    expect(await page.textContent('h1')).toBe('Queue');
    await page.click('text=Sign out');
    await look(page, 'sign-in');
    await page.fill('#email', 'ines@example.org');
    await page.click('main button');
    await look(page, 'sign-in-errors');
    await admin.goto(`${address}/desk/people/${officers.get('INT')!.personId}`);
    await look(admin, 'person');
  });

  it('leads from the queue through a step to the history', async () => {
    const page = await visit('INT', '/desk', 'queue');
    await page.click(`text=${reference}`);
    await look(page, 'case-received');
    await page.click('text=Acknowledge');
    await look(page, 'step');
    await page.check('#safeChannelChosen');
    await page.click('main form[action*="acknowledge"] button');
    await look(page, 'step-errors');
    expect(await page.isChecked('#safeChannelChosen')).toBe(true);
    await page.check('#jurisdiction');
    for (const name of ['isDataRightsRequest', 'reporterIsWorker', 'concernsListedLaw'])
      await page.check(`input[name="${name}"][value="yes"]`);
    await page.click('main form[action*="acknowledge"] button');
    expect(await page.textContent('.govuk-notification-banner__heading')).toContain('“Acknowledge” is done.');
    await look(page, 'case-acknowledged');
    await page.goto(`${address}/desk/cases/${reference}/history`);
    await look(page, 'history');
  });

  it('searches by words that stand in no address', async () => {
    const page = await visit('INT', '/desk/search', 'search');
    await page.click('main form button');
    await look(page, 'search-errors');
    await page.fill('#words', 'SECOND');
    await page.click('main form button');
    await look(page, 'search-found');
    expect(await page.locator('tbody tr').count()).toBe(1);
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
    await look(lead, 'classify');
    for (const scale of [4, 2]) {
      await lead.goto(take(scale === 4 ? 'set-severity' : 'lower-severity'));
      if (scale === 4) await look(lead, 'set-severity');
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
    await visit('DEC', `/desk/cases/${reference}/steps/plan-action`, 'plan-action');
    const decider = await visit('DEC', `/desk/cases/${reference}`, 'case-to-agree');
    await decider.goto(take('lower-severity'));
    await look(decider, 'agree');
    await decider.click('button[value="yes"]');
    expect(await decider.textContent('.desk-identity')).toContain('Low');
    await look(decider, 'case-agreed');
  });

  it('shows auditors a history that is checked, and everybody their account', async () => {
    const auditor = await visit('AUD', '/audit', 'audit');
    await auditor.click(`tr:has-text("${reference}") a`);
    await look(auditor, 'audited');
    for (const summary of await auditor.$$('summary')) await summary.click();
    await look(auditor, 'audited-open');
    await visit('AUD', '/audit/house', 'audited-house');
    const page = await visit('INT', '/desk/account', 'account');
    await page.fill('#label', 'Night job');
    await page.fill('#until', '2027-01-01');
    await page.click('text=Make a token');
    await look(page, 'token-made');
    await visit('INT', '/desk/account', 'account-with-token');
    await visit('INT', `/desk/cases/${reference}/identity`, 'identity-closed');
    await visit('AUD', `/desk/cases/${reference}`, 'forbidden');
  });
});
