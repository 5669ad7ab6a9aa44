import { Secret, TOTP } from 'otpauth';
import type { Browser, Page } from 'playwright-core';
import { Accounts } from '../../../src/people/accounts';
import { Invitations } from '../../../src/people/invitations';
import { Recoveries } from '../../../src/people/recoveries';
import { TEST_PASSWORD, TestApp } from '../../harness/app';
import { expectToLookRight, launchBrowser, openPage } from '../../harness/browser';
import { engines } from '../../harness/database';

/** Pages do not depend on the database: one engine is enough here. */
describe('the second factor in a browser without script', () => {
  let app: TestApp;
  let browser: Browser;
  let address: string;
  let page: Page;
  let secret: string;

  beforeAll(async () => {
    app = await TestApp.start(engines()[0]!, { asksSecondFactor: true });
    await app.nest.listen(0, '127.0.0.1');
    address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
    browser = await launchBrowser();
    page = await openPage(browser, { viewport: { width: 1280, height: 900 } });
  });

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  function code(): string {
    return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: app.time.now().getTime() });
  }

  it('goes from the first invitation over the authenticator to work, and back in with a code', async () => {
    await page.goto(address + (await app.get(Invitations).createFirst())!);
    await page.fill('#name', 'Ada Erste');
    await page.fill('#email', 'ada@example.org');
    await page.fill('#password', TEST_PASSWORD);
    await page.fill('#passwordAgain', TEST_PASSWORD);
    await page.click('main button');
    await expectToLookRight(page, 'authenticator');
    secret = (await page.locator('.desk-secret').innerText()).replaceAll(' ', '');
    await page.fill('#code', '1');
    await page.click('text=Finish');
    await expectToLookRight(page, 'authenticator-errors');
    await page.fill('#code', code());
    await page.click('text=Finish');
    expect(await page.textContent('h1')).toBe('People');

    await page.goto(`${address}/desk/account`);
    await expectToLookRight(page, 'account');
    await page.click('text=Sign out everywhere');
    app.time.goTo(new Date(app.time.now().getTime() + 60_000).toISOString());
    await page.goto(`${address}/sign-in`);
    await page.fill('#email', 'ada@example.org');
    await page.fill('#password', TEST_PASSWORD);
    await page.click('main button');
    await expectToLookRight(page, 'code');
    await page.fill('#code', '1');
    await page.click('main button');
    await expectToLookRight(page, 'code-errors');
    await page.fill('#code', code());
    await page.click('main button');
    expect(await page.textContent('h1')).toBe('People');
  });

  it('opens a lost account again', async () => {
    const accounts = app.get(Accounts);
    const invitations = app.get(Invitations);
    const [ada] = await accounts.list();
    const invited = await invitations.invite({ roles: ['INT'], unit: null, invitedBy: ada!.id });
    const lost = await accounts.acceptInvitation(invited, {
      name: 'Ines Intake',
      email: 'ines@example.org',
      password: TEST_PASSWORD,
    });
    const { code: handed } = await app.get(Recoveries).proposeByOperator(lost.id);
    await page.goto(`${address}/desk/recoveries`);
    await expectToLookRight(page, 'recoveries');
    await page.click('main button[value="yes"]');
    await expectToLookRight(page, 'recovery-agreed');
    const link = new URL((await page.locator('.desk-secret code').innerText()).trim());
    const other = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    await other.goto(address + link.pathname);
    await other.fill('#code', handed);
    await other.fill('#password', 'short');
    await other.fill('#passwordAgain', 'short');
    await other.click('main button');
    await expectToLookRight(other, 'recover-errors');
    await other.fill('#code', handed);
    await other.fill('#password', 'nine slow hedgehogs');
    await other.fill('#passwordAgain', 'nine slow hedgehogs');
    await other.click('main button');
    expect(await other.textContent('h1')).toBe('Set up a second factor');
  });
});
