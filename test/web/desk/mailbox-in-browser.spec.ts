import type { Browser, Page } from 'playwright-core';
import { AnswerMails } from '../../../src/casework/intake/mail/answer-mails';
import { ReadMailbox } from '../../../src/casework/intake/mail/read-mailbox';
import { MailSettings } from '../../../src/mail/mail-settings';
import { Case } from '../../../src/records/entities/case';
import { say } from '../../../src/words/words';
import { TEST_PASSWORD, TestApp, type TestOfficer } from '../../harness/app';
import { expectToLookRight, launchBrowser, mainText, openPage } from '../../harness/browser';
import { engines } from '../../harness/database';
import { mailOf, TestMailbox, TestOutbox, textOf } from '../../harness/mail-servers';

describe('the mailbox of complaints, in a browser without script', () => {
  let app: TestApp;
  let browser: Browser;
  let address: string;
  let mailbox: TestMailbox;
  let outbox: TestOutbox;
  let pictures = 0;

  beforeAll(async () => {
    [mailbox, outbox] = [await TestMailbox.start(), await TestOutbox.start()];
    app = await TestApp.start(engines()[0]!, {
      replace: ({ dataDir }) => [
        [MailSettings, new MailSettings(mailbox.settings(dataDir), outbox.settings())],
      ],
    });
    await app.nest.listen(0, '127.0.0.1');
    address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
    browser = await launchBrowser();
    await app.officer('ADM');
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
    await mailbox?.goAway();
    await outbox?.goAway();
  });

  async function pageOf({ email }: TestOfficer): Promise<Page> {
    const page = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    await page.goto(`${address}/sign-in`);
    await page.fill('#email', email);
    await page.fill('#password', TEST_PASSWORD);
    await page.click('main button');
    return page;
  }

  async function look(page: Page, ...words: string[]): Promise<void> {
    const text = await mainText(page);
    for (const each of words) expect(text).toContain(each);
    await expectToLookRight(page, `mailbox-${(pictures += 1)}`);
  }

  it('tells intake what lies there and whom no number reached, and nobody else', async () => {
    outbox.refused.add('typo@elsewhere.example');
    mailbox.deliver(mailOf({ 'Auto-Submitted': 'auto-replied' }, 'I am away.'));
    mailbox.deliver(mailOf({ From: 'typo@elsewhere.example' }, 'It refused me.'));
    const intake = await app.officer('INT');
    const page = await pageOf(intake);
    await page.goto(`${address}/desk`);
    await look(page, 'The mailbox could not be read yet');
    await app.get(ReadMailbox).run();
    await app.get(AnswerMails).run(() => true);
    await page.goto(`${address}/desk`);
    await look(page, '1 e-mail was not taken', 'The person has no number yet');
    const { reference } = (await app.source.getRepository(Case).find())[0]!;
    await page.goto(`${address}/desk/cases/${reference}`);
    await look(page, 'Came by', 'E-mail', 'could not be sent');
    app.time.addDays(1);
    const nextDay = await pageOf(intake);
    await nextDay.goto(`${address}/desk`);
    await look(nextDay, 'The mailbox was last read on 2026-11-24');
    const other = await pageOf(await app.officer('INV'));
    await other.goto(`${address}/desk`);
    expect(await mainText(other)).not.toContain('mailbox');
  });

  it('shows the person, in Arabic at 320 px, that nobody checked who replied', async () => {
    const arabic = { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Language': 'ar' };
    mailbox.deliver(Buffer.from(mailOf(arabic, 'رفضني النظام.')).toString('latin1'));
    await app.get(ReadMailbox).run();
    await app.get(AnswerMails).run(() => true);
    const { raw } = outbox.sent.at(-1)!;
    const receipt = /\d{5}( \d{5}){4}/.exec(textOf(raw).body)![0];
    const id = /^Message-ID: (.*)$/im.exec(raw)![1]!.trim();
    mailbox.deliver(mailOf({ 'In-Reply-To': id }, 'One thing more.'));
    await app.get(ReadMailbox).run();
    const page = await openPage(browser, { viewport: { width: 320, height: 640 } });
    await page.goto(`${address}/my-case/open?lang=ar`);
    await page.fill('#receipt', receipt);
    await page.click('main button');
    await page.goto(`${address}/my-case?lang=ar`);
    await look(page, say('ar', 'mycase.message.by-email'), 'One thing more.', 'رفضني النظام.');
    const desk = await pageOf(await app.officer('TRI'));
    const { reference } = (await app.source.getRepository(Case).find({ order: { id: 'ASC' } })).at(-1)!;
    await desk.goto(`${address}/desk/cases/${reference}`);
    await look(desk, 'sender not checked');
  });
});
