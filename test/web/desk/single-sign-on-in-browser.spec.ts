import { createServer, type AddressInfo } from 'node:net';
import { Secret, TOTP } from 'otpauth';
import type { Browser, Page } from 'playwright-core';
import { Accounts } from '../../../src/people/accounts';
import { Invitations } from '../../../src/people/invitations';
import { OFFICER_COOKIE } from '../../../src/people/cookies';
import { CALLBACK } from '../../../src/people/single-sign-on/provider';
import { SingleSignOnSettings } from '../../../src/people/single-sign-on/provider-settings';
import { Time } from '../../../src/platform/time';
import { TEST_PASSWORD, TestApp } from '../../harness/app';
import { expectToLookRight, launchBrowser, openPage } from '../../harness/browser';
import { engines } from '../../harness/database';
import { CLIENT_ID, OpenIdProvider, RunningTime } from '../../harness/openid-provider';

/** The provider stands on localhost, which is another site than 127.0.0.1. Pages do not depend on the database: one engine is enough. */
describe('single sign-on in a browser without script, over another site', () => {
  const time = new RunningTime();
  let app: TestApp;
  let provider: OpenIdProvider;
  let browser: Browser;
  let address: string;
  let page: Page;

  beforeAll(async () => {
    const port = await freePort();
    address = `http://127.0.0.1:${port}`;
    provider = await OpenIdProvider.start([address + CALLBACK], { isPublic: true });
    const settings = new SingleSignOnSettings({
      issuer: new URL(provider.issuer),
      clientId: CLIENT_ID,
      secretFile: null,
      label: 'the house card',
      scopes: 'openid profile email groups',
      groupsClaim: 'groups',
      rolesOfGroups: new Map([['board', ['ADM']]]),
      createsAccounts: false,
      secondFactorAcr: [],
      secondFactorAmr: ['mfa'],
    });
    app = await TestApp.start(engines()[0]!, {
      publicUrl: address,
      asksSecondFactor: true,
      replace: () => [
        [SingleSignOnSettings, settings],
        [Time, time],
      ],
    });
    await app.nest.listen(port, '127.0.0.1');
    browser = await launchBrowser();
    page = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    const ada = { name: 'Ada Erste', email: 'ada@example.org', email_verified: true, groups: ['board'] };
    provider.accounts.set('ada', ada);
  });

  afterAll(async () => {
    await browser?.close();
    await app?.close();
    await provider?.stop();
  });

  async function atProvider(login: string): Promise<void> {
    await page.waitForURL(`${provider.issuer}/interaction/**`);
    await page.fill('input[name=login]', login);
    await page.click('button');
  }

  it('takes up the first invitation, and a second factor that the provider proves is enough', async () => {
    provider.methods = ['pwd', 'mfa'];
    await page.goto(address + (await app.get(Invitations).createFirst())!);
    await expectToLookRight(page, 'join-with-single-sign-on');
    await page.click('text=Continue with the house card');
    await atProvider('ada');
    await page.waitForURL(`${address}/desk/people`);
    expect(await page.textContent('h1')).toBe('People');
    await page.goto(`${address}/desk/account`);
    await expectToLookRight(page, 'account-without-password');
    await page.click('text=Sign out everywhere');
  });

  it('signs in from the page with the password, and asks for the authenticator where the provider proves none', async () => {
    provider.methods = ['pwd'];
    // The provider remembers people too, and how they signed in.
    await page.context().clearCookies();
    await page.goto(`${address}/sign-in`);
    await expectToLookRight(page, 'sign-in-with-single-sign-on');
    await page.click('text=Sign in with the house card');
    await atProvider('ada');
    await page.waitForURL(`${address}/sign-in/authenticator`);
    const key = (await page.locator('.desk-secret').innerText()).replaceAll(' ', '');
    const timestamp = time.now().getTime();
    await page.fill('#code', new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp }));
    await page.click('main button');
    expect(await page.textContent('h1')).toBe('People');
    const cookies = await page.context().cookies(address);
    expect(cookies.map(({ name, sameSite }) => [name, sameSite])).toEqual([[OFFICER_COOKIE, 'Strict']]);
  });

  it('links an account from its own page, whose form leads to another site', async () => {
    provider.methods = ['mfa'];
    const ines = { name: 'Ines', email: 'ines@example.org', email_verified: true, groups: ['board'] };
    provider.accounts.set('ines', ines);
    const [ada] = await app.get(Accounts).list();
    const secret = await app.get(Invitations).invite({ roles: ['ADM'], unit: null, invitedBy: ada!.id });
    await page.context().clearCookies();
    await page.goto(`${address}/join/${secret}`);
    for (const [field, value] of Object.entries({ name: ines.name, email: ines.email }))
      await page.fill(`#${field}`, value);
    for (const field of ['password', 'passwordAgain']) await page.fill(`#${field}`, TEST_PASSWORD);
    await page.click('main form button');
    const key = (await page.locator('.desk-secret').innerText()).replaceAll(' ', '');
    const timestamp = time.now().getTime();
    await page.fill('#code', new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp }));
    await page.click('main button');
    await page.goto(`${address}/desk/account`);
    await page.click('text=Link with the house card');
    await expectToLookRight(page, 'account-link-errors');
    await page.fill('#currentForSso', TEST_PASSWORD);
    await page.click('text=Link with the house card');
    await atProvider('ines');
    await page.waitForURL(`${address}/desk/account`);
    await expectToLookRight(page, 'account-linked');
    expect(await page.textContent('main')).toContain('Your account is linked');
  });

  it('says on a page of ours why nobody is signed in', async () => {
    await page.context().clearCookies();
    await page.goto(`${address}/sign-in`);
    await page.click('text=Sign in with the house card');
    await atProvider('nobody');
    await page.waitForURL(`${address}${CALLBACK}**`);
    await expectToLookRight(page, 'single-sign-on-refused');
    await page.click('text=Go to the sign-in page');
    expect(await page.textContent('h1')).toBe('Sign in');
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
