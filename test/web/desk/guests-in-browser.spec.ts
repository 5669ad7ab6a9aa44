import type { Browser, Page } from 'playwright-core';
import { TEST_PASSWORD, TestApp, type TestOfficer } from '../../harness/app';
import { countOf, expectToLookRight, launchBrowser, openPage } from '../../harness/browser';
import { engines } from '../../harness/database';

const WIDE = { viewport: { width: 1280, height: 900 } };

/** The pages do not depend on the database: one engine is enough here. */
describe('a guest in a browser without script', () => {
  let app: TestApp;
  let browser: Browser;
  let address: string;
  let reference: string;
  let lead: TestOfficer;
  let receipt: string;

  beforeAll(async () => {
    app = await TestApp.start(engines()[0]!);
    await app.nest.listen(0, '127.0.0.1');
    address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
    browser = await launchBrowser();
    lead = await app.officer('TRI');
    const lodged = await app.lodge({
      narrative: `The system stopped my benefit. ${'unbreakable'.repeat(40)}`,
    });
    ({ reference, receipt } = lodged);
    const { token } = lodged;
    await app.ask('POST', '/api/v1/my-case/evidence', { token, ...fileOf('The letter.') });
    await app.ask('POST', '/api/v1/my-case/consents', { token, body: { code: 'CN-EXPERT', given: true } });
    await app.ask('POST', `/api/v1/cases/${reference}/steps/assign`, {
      token: lead.token,
      headers: { 'if-match': String((await caseAs(lead)).headers.etag) },
      body: { answers: { role: 'TRI', person: lead.personId, noConflict: true } },
    });
  });

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  const caseAs = ({ token }: TestOfficer) => app.ask('GET', `/api/v1/cases/${reference}`, { token });

  async function signedIn(email: string): Promise<Page> {
    const page = await openPage(browser, WIDE);
    await page.goto(`${address}/sign-in`);
    await page.fill('#email', email);
    await page.fill('#password', TEST_PASSWORD);
    await page.click('main button');
    return page;
  }

  async function looked(page: Page, path: string, name: string): Promise<void> {
    await page.goto(address + path);
    await expectToLookRight(page, name);
  }

  it('is invited, joins, says that there is no conflict, reads, writes and opens a file, and is ended', async () => {
    const staff = await signedIn(lead.email);
    await looked(staff, `/desk/cases/${reference}/steps/invite-guest`, 'guest-invite');
    await staff.check('input[name="guestRole"][value="EXP"]');
    await staff.fill('#guestUntil', '2026-12-24');
    await staff.check('input[name="guestSeesFiles"][value="yes"]');
    await staff.fill('#reasons', 'Nobody here can read the model.');
    await staff.click('main form button');
    await expectToLookRight(staff, 'guest-invited');
    const link = new URL((await staff.textContent('.desk-secret code'))!).pathname;

    const guest = await openPage(browser, WIDE);
    await looked(guest, link, 'guest-join');
    await guest.fill('#name', 'Gita Guest of the Institute for Fair Machines');
    await guest.fill('#email', 'gita@elsewhere.example');
    await guest.fill('#password', TEST_PASSWORD);
    await guest.fill('#passwordAgain', TEST_PASSWORD);
    await guest.click('text=Create account');
    await expectToLookRight(guest, 'guest-asked');
    await guest.click('text=I have no conflict of interest');
    await expectToLookRight(guest, 'guest-case');
    await guest.fill('#text', 'Which letter do you mean?');
    await guest.click('text=Send message');
    expect(await guest.textContent('#messages ~ .desk-card')).toContain('Outside expert');
    await looked(guest, `/desk/cases/${reference}/steps/give-opinion`, 'guest-opinion');
    await guest.click('main form button');
    await expectToLookRight(guest, 'guest-opinion-errors');
    await guest.fill('#opinion', 'The threshold is wrong.');
    await guest.click('main form button');
    await looked(guest, '/desk/account', 'guest-account');
    await looked(guest, '/desk/assignments', 'guest-start');

    await guest.goto(`${address}/desk/cases/${reference}`);
    const [download] = await Promise.all([
      guest.waitForEvent('download'),
      guest.click('#evidence + .desk-card h3 a'),
    ]);
    expect(download.suggestedFilename()).toBe(
      'evidence-1 for Gita Guest of the Institute for Fair Machines 2026-11-24.txt',
    );

    await looked(staff, `/desk/cases/${reference}`, 'guest-seen-by-staff');
    await staff.click('text=End access');
    expect(await staff.textContent('main')).toContain('“End guest” is done.');
    await guest.reload();
    expect(guest.url()).toBe(`${address}/sign-in?next=${encodeURIComponent(`/desk/cases/${reference}`)}`);
  });

  it('stays visible to the person whose case it is', async () => {
    const person = await openPage(browser, WIDE);
    await person.goto(`${address}/my-case/open`);
    await person.fill('input[name="receipt"]', receipt);
    await person.click('main form button');
    const words = (await person.textContent('main'))!;
    for (const told of [
      'Somebody from outside was brought in',
      'read your case',
      'The opinion of an expert was given',
      'The access of an expert or a mediator from outside was ended',
    ])
      expect(words).toContain(told);
  });

  it('leaves its mark in print', async () => {
    const secret = await inviteByProgram();
    const guest = await openPage(browser, WIDE);
    await guest.goto(`${address}/join/${secret}`);
    await guest.fill('#name', 'Petra Print');
    await guest.fill('#email', 'petra@elsewhere.example');
    await guest.fill('#password', TEST_PASSWORD);
    await guest.fill('#passwordAgain', TEST_PASSWORD);
    await guest.click('text=Create account');
    await guest.click('text=I have no conflict of interest');
    await guest.emulateMedia({ media: 'print' });
    const marks = guest.locator('.desk-mark span');
    expect(await countOf(marks)).toBeGreaterThan(20);
    expect(await marks.nth(20).isVisible()).toBe(true);
    if (process.env.SCREENSHOTS) await guest.pdf({ path: `${process.env.SCREENSHOTS}/guest-print.pdf` });
  });

  async function inviteByProgram(): Promise<string> {
    const answers = {
      guestRole: 'EXP',
      guestUntil: '2026-12-24',
      guestSeesFiles: false,
      reasons: 'For the model.',
    };
    const { body } = await app.ask<{ link: string }>(
      'POST',
      `/api/v1/cases/${reference}/steps/invite-guest`,
      {
        token: lead.token,
        headers: { 'if-match': String((await caseAs(lead)).headers.etag) },
        body: { answers },
      },
    );
    return body.link.split('/join/')[1]!;
  }
});

function fileOf(content: string) {
  const boundary = 'boundary-of-a-test';
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: [
      `--${boundary}`,
      'content-disposition: form-data; name="file"; filename="letter.txt"',
      'content-type: text/plain',
      '',
      content,
      `--${boundary}--`,
      '',
    ].join('\r\n'),
  };
}
