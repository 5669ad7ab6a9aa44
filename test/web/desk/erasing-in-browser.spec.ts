import type { Browser, Page } from 'playwright-core';
import { say } from '../../../src/words/words';
import { ClosedCases, type ClosedCase } from '../../casework/erasure/closed-cases';
import { TEST_PASSWORD, TestApp, type TestOfficer } from '../../harness/app';
import { expectToLookRight, launchBrowser, mainText, openPage } from '../../harness/browser';
import { engines } from '../../harness/database';

describe('erasing, in a browser without script', () => {
  let app: TestApp;
  let browser: Browser;
  let address: string;
  let pictures = 0;
  let due: ClosedCase;
  let dpo: TestOfficer;
  let decider: TestOfficer;
  let asking: { reference: string; token: string };

  beforeAll(async () => {
    app = await TestApp.start(engines()[0]!);
    await app.nest.listen(0, '127.0.0.1');
    address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
    browser = await launchBrowser();
    const cases = new ClosedCases(app);
    await app.officer('ADM');
    due = await cases.one();
    await cases.one({ systemKnown: 'ScoreIt' });
    app.time.addDays(7 * 366);
    [dpo, decider] = [await app.officer('DPO'), await app.officer('DEC')];
    asking = await app.lodge({ narrative: 'It said no.', systemKnown: 'ScoreIt' });
    await cases.take(asking.token, 'request-erasure', { erasureScope: 'PERSON' });
  });

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  async function pageOf({ email }: TestOfficer): Promise<Page> {
    const page = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    await page.goto(`${address}/sign-in`);
    await page.fill('#email', email);
    await page.fill('#password', TEST_PASSWORD);
    await page.click('main button');
    return page;
  }

  async function look(page: Page, words: string): Promise<void> {
    expect(await mainText(page)).toContain(words);
    await expectToLookRight(page, `erasing-${(pictures += 1)}`);
  }

  it('goes from what is due to the certificate, by two people', async () => {
    const first = await pageOf(dpo);
    await first.goto(`${address}/desk/disposals`);
    await look(first, due.reference);
    await first.click('text=Propose this batch');
    await look(first, 'Give a reason of at least 10 characters.');
    await first.fill('#reason', 'Seven years are over.');
    await first.click('text=Propose this batch');
    await look(first, 'Waits for a second person');
    const batch = first.url();
    await first.click('text=Agree and erase');
    await look(first, 'somebody else has to agree');
    const second = await pageOf(decider);
    await second.goto(batch);
    await second.click('text=Agree and erase');
    await look(second, 'Signed certificate');
    await first.goto(`${address}/desk/cases/${due.reference}`);
    await look(first, 'Its texts, files, names and contacts are gone for good');
    await first.goto(`${address}/desk/cases/${asking.reference}/erasure`);
    await look(first, 'no receipt opens the case any more');
    await first.click('text=Erase for good');
    await look(first, 'Legal hold 1 (SYSTEM_NAMED) stands');
    await first.goto(`${address}/desk/cases/${asking.reference}`);
    await look(first, 'Nothing of this case is erased while it stands.');
  });

  it('tells her, in her language', async () => {
    const page = await openPage(browser, { viewport: { width: 320, height: 640 } });
    await page.goto(`${address}/my-case/open?lang=ar`);
    await page.getByLabel(say('ar', 'open.label')).fill(due.receipt);
    await page.getByRole('button', { name: say('ar', 'open.send') }).click();
    await look(page, say('ar', 'mycase.erased.by-time'));
  });
});
