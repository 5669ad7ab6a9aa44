import { createServer } from 'node:net';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { Accounts } from '../../../src/people/accounts';
import { Invitations } from '../../../src/people/invitations';
import { TEST_PASSWORD, TestApp } from '../../harness/app';
import { countOf, expectToLookRight, launchBrowser, mainText, openPage } from '../../harness/browser';
import { engines } from '../../harness/database';

/** Pages do not depend on the database: one engine is enough here. */
describe('passkeys in a browser with a virtual authenticator', () => {
  let app: TestApp;
  let browser: Browser;
  let address: string;
  let page: Page;
  let devtools: CDPSession;
  const faults: string[] = [];

  beforeAll(async () => {
    const port = await freePort();
    address = `http://localhost:${port}`;
    app = await TestApp.start(engines()[0]!, { asksSecondFactor: true, publicUrl: address });
    await app.nest.listen(port, '127.0.0.1');
    browser = await launchBrowser();
    page = await openPage(browser, { javaScriptEnabled: true, viewport: { width: 1280, height: 900 } });
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(error.message));
    devtools = await page.context().newCDPSession(page);
    await devtools.send('WebAuthn.enable');
  });

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  /** Plugs in a security key that verifies its holder, or does not. */
  async function plugIn(isUserVerified = true): Promise<string> {
    const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'usb',
        hasUserVerification: true,
        isUserVerified,
        automaticPresenceSimulation: true,
      },
    });
    return authenticatorId;
  }

  async function pullOut(authenticatorId: string): Promise<void> {
    await devtools.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
  }

  async function givePassword(at: Page = page): Promise<void> {
    await at.goto(`${address}/sign-in`);
    await at.fill('#email', 'ada@example.org');
    await at.fill('#password', TEST_PASSWORD);
    await at.click('main button');
  }

  const heading = () => page.locator('h1').innerText();

  it('goes from the invitation over a passkey to work, back in with it, and on with another one', async () => {
    await page.goto(address + (await app.get(Invitations).createFirst())!);
    await page.fill('#name', 'Ada Erste');
    await page.fill('#email', 'ada@example.org');
    await page.fill('#password', TEST_PASSWORD);
    await page.fill('#passwordAgain', TEST_PASSWORD);
    await page.click('main button');
    await expectToLookRight(page, 'second-factor');

    await page.click('#passkey');
    await page.waitForSelector('#label-error');
    await expectToLookRight(page, 'second-factor-errors');

    const refusing = await plugIn(false);
    await page.fill('#label', 'blue key');
    await page.click('#passkey');
    await page.waitForSelector('[data-passkey-problem]:not([hidden])');
    await expectToLookRight(page, 'second-factor-problem');
    await pullOut(refusing);

    const blue = await plugIn();
    await page.click('#passkey');
    await page.waitForURL(`${address}/desk/people`);
    expect(await heading()).toBe('People');

    await page.click('text=Sign out');
    await givePassword();
    expect(await countOf(page.locator('#code'))).toBe(0);
    await expectToLookRight(page, 'passkey-asked-for');
    await page.click('#passkey');
    await page.waitForURL(`${address}/desk/people`);

    await page.goto(`${address}/desk/account`);
    await page.fill('#passkeyLabel', 'phone');
    await page.fill('#currentForPasskey', 'not it at all');
    await page.click('text=Add a passkey');
    await page.waitForSelector('#currentForPasskey-error');
    await expectToLookRight(page, 'account-passkey-errors');
    await page.fill('#currentForPasskey', TEST_PASSWORD);
    await page.click('text=Add a passkey');
    await page.waitForSelector('text=where the passkey');
    await expectToLookRight(page, 'passkey-add');
    // The key that is known already says so, and is not taken twice.
    await page.click('#passkey');
    await page.waitForSelector('text=already holds one of your passkeys');
    await pullOut(blue);
    await plugIn();
    await page.click('#passkey');
    await page.waitForURL(`${address}/desk/account`);
    await expectToLookRight(page, 'account-passkeys');

    await page.locator('tr', { hasText: 'blue key' }).getByRole('link').click();
    await expectToLookRight(page, 'passkey-remove');
    await page.fill('#current', TEST_PASSWORD);
    await page.click('text=Remove the passkey');
    await page.waitForURL(`${address}/desk/account`);
    expect(await countOf(page.locator('th', { hasText: 'blue key' }))).toBe(0);

    await page.click('text=Sign out everywhere');
    await givePassword();
    await page.click('#passkey');
    await page.waitForURL(`${address}/desk/people`);
    expect(faults.filter((each) => !/status of 400/.test(each))).toEqual([]);
  });

  it('offers the app to whoever has no script, and says what a passkey needs', async () => {
    const accounts = app.get(Accounts);
    const invitations = app.get(Invitations);
    const [ada] = await accounts.list();
    const secret = await invitations.invite({ roles: ['INT'], unit: null, invitedBy: ada!.id });
    const plain = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    await plain.goto(`${address}/join/${secret}`);
    await plain.fill('#name', 'Ines Intake');
    await plain.fill('#email', 'ines@example.org');
    await plain.fill('#password', TEST_PASSWORD);
    await plain.fill('#passwordAgain', TEST_PASSWORD);
    await plain.click('main button');
    expect(await plain.locator('#passkey').isVisible()).toBe(false);
    expect(await plain.locator('#code').isVisible()).toBe(true);
    expect(await plain.locator('noscript').innerText()).toContain('needs script');
    await expectToLookRight(plain, 'second-factor-without-script');

    await givePassword(plain);
    expect(await plain.locator('#passkey').isVisible()).toBe(false);
    expect(await mainText(plain)).toContain('needs script');
    await expectToLookRight(plain, 'passkey-without-script');
  });

  it('lets script run on pages that ask for a passkey only, and none but our own', async () => {
    const first = await page.goto(`${address}/sign-in`);
    expect(first!.headers()['content-security-policy']).not.toContain('script-src');
    await givePassword();
    const asking = await page.goto(`${address}/sign-in/code`);
    const policy = asking!.headers()['content-security-policy'];
    expect(policy).toContain("require-trusted-types-for 'script'; trusted-types 'none'");
    expect(policy).toMatch(/script-src 'nonce-[\w+/]{22}=='(;|$)/);
    expect(policy).not.toMatch(/unsafe|connect-src/);
    expect(await countOf(page.locator('script'))).toBe(1);
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
