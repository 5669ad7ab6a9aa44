import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Browser, Page } from 'playwright-core';
import { Consents } from '../../../src/casework/consents';
import { EvidenceFiles } from '../../../src/casework/evidence-files';
import { MARK } from '../../../src/rules/masking';
import { say } from '../../../src/words/words';
import { ZipFiles } from '../../../src/vault/cleaning/zip';
import { TEST_PASSWORD, TestApp } from '../../harness/app';
import { expectToLookRight, launchBrowser, mainText, openPage } from '../../harness/browser';
import { engines } from '../../harness/database';
import { hireStaff, houseOf, Walk, type Staff } from '../../harness/walk';
import { picture } from '../../vault/cleaning/pictures';

const STORY =
  'I am Noor el Amrani of Larkspur Lane, noor@example.org, +49 30 1234567. قالت مُحَمَّد إن الراتب توقف.\nMy boss stopped my pay.';

/** The pages do not depend on the database: one engine is enough here. */
describe('passing something on, in a browser without script', () => {
  let app: TestApp;
  let browser: Browser;
  let address: string;
  let staff: Staff;
  let page: Page;
  let walk: Walk;

  beforeAll(async () => {
    app = await TestApp.start(engines()[0]!);
    await app.nest.listen(0, '127.0.0.1');
    address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
    browser = await launchBrowser();
    const house = houseOf(app);
    staff = await hireStaff(house);
    walk = await Walk.lodge(house, staff, STORY, {
      identityMode: 'CONFIDENTIAL',
      name: 'Noor el Amrani',
      consents: [{ code: 'CN-SHARE-VENDOR', given: true }],
    });
    await app.get(EvidenceFiles).add(walk.holder, {
      fileName: 'Noor, payslip.png',
      content: Readable.from([await picture(3, 400, 240).png().toBuffer()]),
    });
    const officer = await app.officer('INT');
    page = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    await page.goto(`${address}/sign-in`);
    await page.fill('#email', officer.email);
    await page.fill('#password', TEST_PASSWORD);
    await page.click('main button');
  });

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  const at = (path: string) => `${address}/desk/cases/${walk.reference}${path}`;

  it('leads from the case to what can be passed on', async () => {
    await page.goto(at(''));
    await page.getByRole('link', { name: 'Pass something on' }).click();
    expect(await mainText(page)).toContain('Complaint 1: what happened');
    expect(await mainText(page)).toContain('Nothing is masked yet.');
    await expectToLookRight(page, 'sharing-empty');
  });

  it('suggests what looks as if it told of somebody, and loses nothing that was typed', async () => {
    await page.getByRole('link', { name: 'Complaint 1: what happened' }).click();
    expect(await page.isChecked('input[value="noor@example.org"]')).toBe(true);
    expect(await page.isChecked('input[value="+49 30 1234567"]')).toBe(true);
    await page.uncheck('input[value="+49 30 1234567"]');
    await page.fill('#passages', 'noor EL amrani\nmy manager\nمحمد');
    await page.getByRole('button', { name: 'Show how it would read' }).click();
    expect(await mainText(page)).toContain('“my manager” does not occur in this text.');
    expect(await page.inputValue('#passages')).toBe('noor EL amrani\nmy manager\nمحمد');
    expect(await page.isChecked('input[value="+49 30 1234567"]')).toBe(false);
    await expectToLookRight(page, 'mask-text-refused');
    await page.fill('#passages', 'noor EL amrani\nmy boss\nمحمد');
    await page.getByRole('button', { name: 'Show how it would read' }).click();
    const masked = `I am ${MARK} of Larkspur Lane, ${MARK}, +49 30 1234567. قالت ${MARK} إن الراتب توقف.`;
    expect(await mainText(page)).toContain(masked);
    await expectToLookRight(page, 'mask-text-preview');
    await page.getByRole('button', { name: 'Keep this version' }).click();
    expect(await mainText(page)).toContain('Complaint 1: what happened (masked, version 1), 4 marks');
  });

  it('shows the picture with its lines, what a rectangle would leave, and keeps the copy', async () => {
    await page.goto(at('#evidence'));
    await page.getByRole('link', { name: 'Mask a copy of file 1' }).click();
    expect(await page.getByRole('img', { name: 'File 1' }).isVisible()).toBe(true);
    await page.fill('#rectangles', '10 10 50\n0 0 200 1');
    await page.getByRole('button', { name: 'Show how it would look' }).click();
    expect(await mainText(page)).toContain('“10 10 50” is no rectangle within the picture.');
    expect(await page.inputValue('#rectangles')).toBe('10 10 50\n0 0 200 1');
    await page.fill('#rectangles', '10 10 50 30');
    await page.getByRole('button', { name: 'Show how it would look' }).click();
    await expectToLookRight(page, 'mask-file-preview');
    await page.getByRole('button', { name: 'Keep this copy' }).click();
    expect(await mainText(page)).toContain('File 1 (masked, file 2)');
    await page.goto(at('#evidence'));
    expect(await mainText(page)).toContain('A masked copy of file 1.');
  });

  it('takes a copy that was masked elsewhere, and refuses the file itself', async () => {
    await page.goto(at('/sharing/files/1'));
    const file = join(app.database.dataDir, 'masked.png');
    writeFileSync(file, await picture(3, 400, 240).png().toBuffer());
    await page.setInputFiles('#file', file);
    await page.getByRole('button', { name: 'Upload the copy' }).click();
    expect(await mainText(page)).toContain('This is the file itself: nothing in it is masked.');
    writeFileSync(file, await picture(3, 40, 24).png().toBuffer());
    await page.setInputFiles('#file', file);
    await page.getByRole('button', { name: 'Upload the copy' }).click();
    expect(await mainText(page)).toContain('File 1 (masked, file 3)');
  });

  it('puts a packet together of what is ticked, and what goes whole with a reason', async () => {
    await page.getByRole('button', { name: 'Put the packet together' }).click();
    expect(await mainText(page)).toContain('Choose what is to be passed on: nothing goes by itself.');
    await page.check('input[value="COMPLAINT 1 1"]');
    await page.selectOption('#kind-1', 'COMPLAINT');
    await page.fill('#number-1', '2');
    await page.fill('#reason-1', 'short');
    await page.getByRole('button', { name: 'Put the packet together' }).click();
    expect(await mainText(page)).toContain('Complaint 2: say in 10 to 2000 characters why it goes whole');
    expect(await page.isChecked('input[value="COMPLAINT 1 1"]')).toBe(true);
    expect(await page.inputValue('#reason-1')).toBe('short');
    await expectToLookRight(page, 'sharing-refused');
    await page.fill('#reason-1', 'They have to know what she wants.');
    await page.check('input[value="FILE 1 2"]');
    await page.getByRole('button', { name: 'Put the packet together' }).click();
    expect(await mainText(page)).toContain('Complaint 2: what the person wants (whole)');
    expect(await mainText(page)).toContain('It waits: name number 1');
    await expectToLookRight(page, 'packet-waits');
  });

  it('goes out with a step, and is taken out as a zip', async () => {
    await page.getByRole('link', { name: 'share', exact: true }).click();
    await page.check('input[name="sharedWith"][value="VENDOR"]');
    await page.fill('#recipient', 'Acme, Ms Li');
    await page.fill('#sharedWhat', 'What happened.');
    await page.check('input[name="identityShared"][value="no"]');
    await page.check('#scopeKept');
    await page.check('input[name="packetNumber"][value="1"]');
    await page.getByText('How texts and files are passed on').click();
    await expectToLookRight(page, 'share-with-packet');
    await page.click('main form button[type="submit"]:not([name="insert"])');
    await page.goto(at('/sharing/packets/1'));
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Take it out, as a zip' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('packet-1.zip');
    const zip = new ZipFiles(readFileSync(await download.path()));
    expect(zip.names()).toEqual(['texts.txt', 'file-1.png']);
    expect(zip.get('texts.txt')!.toString()).not.toMatch(/amrani|noor/i);
    await page.goto(at('/sharing/packets/1'));
    expect(await mainText(page)).toContain('Taken out 1 time');
    await expectToLookRight(page, 'packet-passed-on');
    await page.goto(at('#packets'));
    expect(await mainText(page)).toContain('Passed on with “Share”');
    await expectToLookRight(page, 'case-with-packet');
    await page.goto(at('/history'));
    expect(await mainText(page)).toContain('Download packet');
  });

  it('says on the page why it stays here once she took her consent back', async () => {
    await page.goto(at('/sharing/packets/1'));
    await app.get(Consents).decide(walk.holder, [{ code: 'CN-SHARE-VENDOR', given: false }]);
    await page.getByRole('button', { name: 'Take it out, as a zip' }).click();
    expect(await mainText(page)).toContain('The person took back the consent that this rests on');
  });

  it('tells her in her language what was handed over', async () => {
    const hers = await openPage(browser, { viewport: { width: 390, height: 900 } });
    await hers.goto(`${address}/my-case/open?lang=de`);
    await hers.getByLabel(say('de', 'open.label')).fill(walk.receipt);
    await hers.click('main form button');
    await hers.goto(`${address}/my-case/consents?lang=de`);
    expect(await mainText(hers)).toContain('Acme, Ms Li');
    expect(await mainText(hers)).toContain('Was passiert ist: Teile sind geschwärzt');
    expect(await mainText(hers)).toContain('Datei 1: Teile sind geschwärzt');
    await expectToLookRight(hers, 'hers-passed-on');
    await hers.goto(`${address}/my-case?lang=de`);
    expect(await mainText(hers)).toContain('Eine Kopie von Datei 1, in der Teile geschwärzt sind.');
    await hers.close();
  });
});
