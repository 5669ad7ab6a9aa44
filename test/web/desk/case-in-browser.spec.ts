import { Readable } from 'node:stream';
import type { Browser, Page } from 'playwright-core';
import { EvidenceFiles } from '../../../src/casework/evidence-files';
import { Messages } from '../../../src/casework/messages';
import type { RoleCode } from '../../../src/rules/roles';
import { TEST_PASSWORD, TestApp, type TestOfficer } from '../../harness/app';
import {
  countOf,
  expectToLookRight,
  keepPicture,
  launchBrowser,
  mainText,
  openPage,
} from '../../harness/browser';
import { engines } from '../../harness/database';
import { hireStaff, houseOf, Walk } from '../../harness/walk';

const DECISION = `The file shows that nobody looked at it.\n${'We weighed every word of the vendor. '.repeat(200)}`;

/** The pages do not depend on the database: one engine is enough here. */
describe('a full case at the desk in a browser without script', () => {
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
    for (const role of ['INV', 'TRI', 'PRT'] as const) officers.set(role, await app.officer(role));
    const house = houseOf(app);
    const staff = await hireStaff(house);
    walk = await Walk.lodge(house, staff);
    await walk.toInvestigation();
    await app.bring(walk.reference, officers.get('INV')!);
    await walk.by('INV', 'request-evidence', {
      askedOf: 'VENDOR',
      askedWhom: 'Its support.',
      askedFor: 'The log of June.',
      dueOn: '2026-12-03',
      tellsNothingOfHer: true,
    });
    await walk.by('INV', 'ask-question', {
      questionText: 'Which letter?',
      why: 'To find the decision.',
      dueOn: '2026-12-02',
    });
  });

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  async function signedIn(role: RoleCode): Promise<Page> {
    const page = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    await page.goto(`${address}/sign-in`);
    await page.fill('#email', officers.get(role)!.email);
    await page.fill('#password', TEST_PASSWORD);
    await page.click('main button');
    return page;
  }

  const at = (path = '') => `${address}/desk/cases/${walk.reference}${path}`;

  it('tells in its bar and its tasks what the case is and what is owed, and leads there', async () => {
    const page = await signedIn('INV');
    await page.goto(at());
    const bar = await page.innerText('.desk-identity');
    for (const told of [
      'Reference',
      walk.reference,
      'State',
      'Severity',
      'Risk of reprisal',
      'Next due',
      'In the hands of',
      'Language',
      'Legal hold',
    ])
      expect(bar).toContain(told);
    await expectToLookRight(page, 'full-case');
    await page.setViewportSize({ width: 390, height: 900 });
    await keepPicture(page, 'full-case-390');
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.getByRole('link', { name: 'Answer to a request for evidence, number 1' }).click();
    expect(await page.textContent('h1')).toBe('Record evidence answer');
    await page.goto(at());
    expect(await countOf(page.locator('.desk-ways a'))).toBeGreaterThan(0);
    await page.goto(at('/steps/share-findings'));
    await expectToLookRight(page, 'unmet-needs');
  });

  it('shows both texts where two wrote at once, and takes the second one when it is sent anew', async () => {
    const [first, second] = [await signedIn('TRI'), await signedIn('INV')];
    for (const page of [first, second]) await page.goto(at('/steps/record-contact-attempt'));
    for (const page of [first, second]) {
      await page.fill('#attemptOn', '2026-11-24');
      for (const field of ['attemptChannel', 'attemptWasSafe', 'attemptResult'])
        await page.check(`#${field}`);
    }
    await first.fill('#contactAttempt', 'By phone, at noon.');
    await first.click('main form[action*="/steps/"] button');
    await second.fill('#contactAttempt', 'By letter, today.');
    await second.click('main form[action*="/steps/"] button');
    const said = await mainText(second);
    expect(said).toContain('By phone, at noon.');
    expect(said).toContain('Stored meanwhile');
    expect(await second.inputValue('#contactAttempt')).toBe('By letter, today.');
    await expectToLookRight(second, 'two-at-once');
    await second.click('main form[action*="/steps/"] button');
    expect(await second.textContent('.govuk-notification-banner__heading')).toContain('is done.');
  });

  it('gives a long decision back when the session ended while it was typed', async () => {
    const page = await signedIn('INV');
    await page.goto(at('/steps/record-finding'));
    await page.fill('#reasons', DECISION);
    await page.context().clearCookies();
    await page.click('main form[action*="/steps/"] button');
    expect(await page.locator('textarea').first().inputValue()).toBe(DECISION);
    await expectToLookRight(page, 'decision-given-back');
  });

  it('keeps what was typed for a step that became impossible, with what happened and what is open now', async () => {
    const page = await signedIn('INV');
    await page.goto(at('/steps/record-finding'));
    await page.fill('#reasons', DECISION);
    await walk.by('RH', 'withdraw');
    await page.click('main form[action*="/steps/"] button');
    const said = await mainText(page);
    expect(said).toContain('“Record finding” can no longer be taken');
    expect(said).toMatch(/Withdraw\s+Rightsholder/);
    expect(said).toContain('Open to you now:');
    expect(await page.inputValue('#reasons')).toBe(DECISION);
    await expectToLookRight(page, 'impossible-meanwhile');
  });

  it('shows of 2,000 messages and of a vendor’s reply of 200 files a page each, and the way to what was before', async () => {
    const { reference } = await app.lodge();
    await app.bring(reference, officers.get('INV')!);
    const visitor = { ...officers.get('INV')!, kind: 'officer', unitHash: null, sessionHash: '' } as const;
    for (let n = 1; n <= 2000; n += 1) await app.get(Messages).write(visitor, `Message ${n}.`, reference);
    for (let n = 1; n <= 200; n += 1)
      await app
        .get(EvidenceFiles)
        .add(
          visitor,
          { fileName: `log-${n}.txt`, content: Readable.from([`score ${n}`]), describes: 'Logs of June' },
          reference,
        );
    const page = await signedIn('INV');
    await page.goto(`${address}/desk/cases/${reference}`);
    const said = await mainText(page);
    for (const shown of ['Message 2000.', 'log-200.txt']) expect(said).toContain(shown);
    for (const before of ['Message 1900.', 'log-100.txt']) expect(said).not.toContain(before);
    await expectToLookRight(page, 'long-case');
    await page.setViewportSize({ width: 390, height: 900 });
    await keepPicture(page, 'long-case-390');
    await page.getByRole('link', { name: /earlier messages/i }).click();
    expect(await mainText(page)).toContain('Message 1950.');
    await expectToLookRight(page, 'long-case-earlier');
  });
});
