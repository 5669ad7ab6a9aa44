import type { Browser, Page } from 'playwright-core';
import { say } from '../../../src/words/words';
import { TEST_PASSWORD, TestApp, type TestOfficer } from '../../harness/app';
import { expectToLookRight, launchBrowser, openPage } from '../../harness/browser';
import { engines } from '../../harness/database';

/** The pages do not depend on the database: one engine is enough here. */
describe('versions of the process, in a browser without script', () => {
  let app: TestApp;
  let browser: Browser;
  let address: string;
  let drafter: Page;
  let decider: Page;

  beforeAll(async () => {
    app = await TestApp.start(engines()[0]!);
    await app.nest.listen(0, '127.0.0.1');
    address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
    browser = await launchBrowser();
    drafter = await signedIn(await app.officer('TRI'));
    decider = await signedIn(await app.officer('DEC'));
  });

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  const signedIn = async ({ email }: TestOfficer) => {
    const page = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    await page.goto(`${address}/sign-in`);
    await page.fill('#email', email);
    await page.fill('#password', TEST_PASSWORD);
    await page.click('main button');
    return page;
  };
  const words = async (page: Page) => (await page.textContent('main'))!.replaceAll(/\s+/g, ' ');

  it('are amended by choosing step, kind and value, tried, and added to the draft', async () => {
    await drafter.goto(`${address}/desk/policies`);
    await expectToLookRight(drafter, 'policies');
    await drafter.click('text=Choose how');
    expect(await words(drafter)).toContain('Choose a step or a target of the process.');
    await expectToLookRight(drafter, 'policies-refused');
    await drafter.selectOption('#of', 'accept');
    await drafter.check('input[value="FURTHER_NEED"]');
    await drafter.click('text=Choose how');
    await drafter.check('input[value="severitySet"]');
    await drafter.click('text=Try it');
    expect(await words(drafter)).toContain('What the draft would change with it');
    await expectToLookRight(drafter, 'policy-amendment-tried');
    expect(await drafter.isChecked('input[value="severitySet"]')).toBe(true);
    await drafter.click('text=Add to the draft');
    await drafter.selectOption('#of', 'TARGET-INVESTIGATION');
    await drafter.check('input[value="SHORTER_TARGET"]');
    await drafter.click('text=Choose how');
    await drafter.check('input[value="EVERY"]');
    await drafter.fill('#length', '90');
    await drafter.click('text=Add to the draft');
    await expectToLookRight(drafter, 'policy-amendment-refused');
    expect(await drafter.inputValue('#length')).toBe('90');
    await drafter.fill('#length', '30');
    await drafter.click('text=Add to the draft');
    expect(await words(drafter)).toContain('Find out the facts: 30 days instead of 60 days.');
    await expectToLookRight(drafter, 'policies-draft');
  });

  it('are published by somebody else, and drawn for everybody', async () => {
    await decider.goto(`${address}/desk/policies`);
    await decider.click('button[value="publish"]');
    expect(await words(decider)).toContain('Version 2026-11.2, for complaints lodged now');
    await expectToLookRight(decider, 'policies-published');
    await decider.goto(`${address}/how-it-works?policy=2026-11&lang=ar`);
    expect(await words(decider)).toContain(say('ar', 'how.version', { version: '2026-11' }));
    await expectToLookRight(decider, 'how-it-works-earlier');
    await decider.click(`text=${say('ar', 'how.version.newest')}`);
    expect(await words(decider)).toContain(say('ar', 'how.version', { version: '2026-11.2' }));
  });

  it('say before they are published what is looser and what nobody could take', async () => {
    await drafter.goto(`${address}/desk/policies`);
    await drafter.selectOption('#of', 'begin-eligibility');
    await drafter.check('input[value="SECOND_PERSON"]');
    await drafter.click('text=Choose how');
    await drafter.check('input[value="EXE"]');
    await drafter.click('text=Add to the draft');
    await drafter.click('text=Take out amendment 1');
    expect(await words(drafter)).toContain('Looser');
    expect(await words(drafter)).toContain('no active account is Executive');
    await expectToLookRight(drafter, 'policies-looser');
    await decider.goto(`${address}/desk/policies`);
    await decider.click('button[value="publish"]');
    await expectToLookRight(decider, 'policies-left-to-nobody');
    await decider.check('#despite');
    await decider.click('button[value="publish"]');
    expect(await words(decider)).toContain('Version 2026-11.3, for complaints lodged now');
  });
});
