import type { Browser, Page } from 'playwright-core';
import { SendAlerts } from '../../../src/casework/alerts/send-alerts';
import { MailSettings } from '../../../src/mail/mail-settings';
import { LANGUAGES, say, type Language } from '../../../src/words/words';
import { TestApp, type TestOfficer } from '../../harness/app';
import { countOf, expectToLookRight, launchBrowser, mainText, openPage } from '../../harness/browser';
import { engines } from '../../harness/database';
import { TestOutbox } from '../../harness/mail-servers';

const WRONG = 'rosa at elsewhere <b>';

describe('an e-mail about news, switched on and off in a browser without script', () => {
  let app: TestApp;
  let browser: Browser;
  let site: string;
  let outbox: TestOutbox;
  let intake: TestOfficer;
  let page: Page;
  let language: Language;

  beforeAll(async () => {
    outbox = await TestOutbox.start();
    app = await TestApp.start(engines()[0]!, {
      replace: () => [[MailSettings, new MailSettings(null, outbox.settings())]],
    });
    await app.nest.listen(0, '127.0.0.1');
    site = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
    intake = await app.officer('INT');
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
    await outbox?.goAway();
  });

  const words = (key: string) => say(language, key);
  const open = (path: string) => page.goto(`${site}${path}?lang=${language}`);
  const press = (key: string) => page.getByRole('button', { name: words(key), exact: true }).click();
  const field = () => page.getByLabel(words('alert.address'), { exact: true });
  const look = (name: string) => expectToLookRight(page, `alerts-${language}-${name}`);
  const follow = async () => {
    await page.getByRole('link', { name: words('alert.title'), exact: true }).click();
    await page.waitForURL(/\/my-case\/alerts/);
  };
  async function openCase(): Promise<{ reference: string; receipt: string }> {
    const lodged = await app.lodge({ narrative: 'It refused me.', language });
    page = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    await comeBack(lodged.receipt);
    return lodged;
  }
  async function comeBack(receipt: string): Promise<void> {
    await open('/my-case/open');
    await page.getByLabel(words('open.label')).fill(receipt);
    await press('open.send');
    await page.waitForURL(/\/my-case(\?|$)/);
  }
  const write = (reference: string) =>
    app.ask('POST', `/api/v1/cases/${reference}/messages`, {
      token: intake.token,
      body: { text: 'Please look.' },
    });
  async function allOut(): Promise<void> {
    app.time.addDays(1);
    app.time.goTo(`${app.time.today()}T09:00:00.000Z`);
    await app.get(SendAlerts).run();
    app.time.goTo(`${app.time.today()}T18:00:00.000Z`);
    await app.get(SendAlerts).run();
  }

  it.each(['en', 'ar'] as const)(
    'says what is sent, keeps what was typed, and stops, in %s',
    async (each) => {
      language = each;
      await openCase();
      await follow();
      for (const shown of ['alert.what', 'alert.others', 'alert.later', 'alert.from', 'alert.off'])
        expect(await mainText(page)).toContain(words(shown));
      expect(await mainText(page)).toContain('post@house.example');
      expect(await countOf(page.getByRole('button', { name: words('alert.switch-off') }))).toBe(0);
      await look('off');

      await field().fill(WRONG);
      await press('alert.switch-on');
      await page.waitForLoadState();
      expect(await field().inputValue()).toBe(WRONG);
      expect(await page.locator('#address-error').innerText()).toBe(words('error.alert.address'));
      expect(await field().getAttribute('aria-describedby')).toBe('address-error');
      expect(await page.locator('.govuk-error-summary a').getAttribute('href')).toBe('#address');
      await look('wrong');

      await field().fill('  rosa@elsewhere.example ');
      await press('alert.switch-on');
      await page.waitForLoadState();
      expect(await mainText(page)).toContain(words('alert.on'));
      expect(await field().inputValue()).toBe('rosa@elsewhere.example');
      await look('on');
      await open('/my-case');
      expect(await mainText(page)).toContain(words('act.set-alert'));
      expect(await page.content()).not.toContain('rosa@elsewhere.example');
      // Whoever saw her receipt may have switched it on, and is told of news after she changed that.
      await open('/my-case/receipts');
      expect(await mainText(page)).toContain('rosa@elsewhere.example');
      await look('beside-receipts');
      await follow();
      await press('alert.switch-off');
      await page.waitForLoadState();
      expect(await mainText(page)).toContain(words('alert.off'));
      expect(await field().inputValue()).toBe('');
      await open('/my-case/receipts');
      expect(await mainText(page)).not.toContain(words('alert.title'));
      await open('/my-case');
      expect(await mainText(page)).toContain(words('act.end-alert'));
    },
  );

  it('says on her case that no such address exists, and goes to the one that she writes then', async () => {
    language = 'en';
    const { reference, receipt } = await openCase();
    await follow();
    outbox.refused.add('typo@elsewhere.example');
    await field().fill('typo@elsewhere.example');
    await press('alert.switch-on');
    await page.waitForLoadState();
    await write(reference);
    await allOut();
    expect(outbox.sent).toEqual([]);
    await comeBack(receipt);
    expect(await mainText(page)).toContain(words('alert.refused'));
    await look('refused-on-case');
    await follow();
    expect(await mainText(page)).toContain(words('alert.refused'));
    await look('refused');
    await field().fill('rosa@elsewhere.example');
    await press('identity.save');
    await page.waitForLoadState();
    expect(await mainText(page)).toContain(words('alert.on'));
    await write(reference);
    await allOut();
    await comeBack(receipt);
    expect(outbox.sent.map(({ to }) => to)).toEqual([['rosa@elsewhere.example']]);
    expect(await mainText(page)).not.toContain(words('alert.refused'));
    // The page that she opened made it no news any more.
    await allOut();
    await write(reference);
    await allOut();
    expect(outbox.sent).toHaveLength(2);
  });

  it('is said beside what happens next, as soon as she has lodged, and offered where e-mails are sent alone', async () => {
    language = 'en';
    page = await openPage(browser);
    await open('/lodge/what-happened');
    await page.getByLabel(words('lodge.narrative.label')).fill('It refused me.');
    await press('lodge.next');
    await open('/lodge/check');
    await press('lodge.send');
    expect(await mainText(page)).toContain(words('receipt.next.alert'));
  });

  it.each(LANGUAGES)('fits a phone, in %s', async (each) => {
    language = each;
    await openCase();
    await page.setViewportSize({ width: 320, height: 640 });
    await follow();
    for (const address of ['', WRONG, `${'r'.repeat(64)}@${'elsewhere'.repeat(18)}.example`]) {
      await field().fill(address);
      await press('alert.switch-on');
      await page.waitForLoadState();
      expect(Number(await page.evaluate('document.documentElement.scrollWidth'))).toBeLessThanOrEqual(320);
    }
    expect(await mainText(page)).toContain(words('alert.on'));
    await open('/my-case/receipts');
    expect(Number(await page.evaluate('document.documentElement.scrollWidth'))).toBeLessThanOrEqual(320);
  });
});
