import type { Browser, Page } from 'playwright-core';
import { TakeStep } from '../../../src/casework/take-step';
import { Registers } from '../../../src/casework/registers/registers';
import { TEST_PASSWORD, TestApp, type TestOfficer } from '../../harness/app';
import { expectToLookRight, launchBrowser, openPage } from '../../harness/browser';
import { engines } from '../../harness/database';

const LONG = 'Eignungsfeststellungsautomatisierungssystem'.repeat(3);

/** The pages do not depend on the database: one engine is enough here. */
describe('the registers that keep versions, in a browser without script', () => {
  let app: TestApp;
  let browser: Browser;
  let address: string;
  let page: Page;
  let adviser: TestOfficer;

  beforeAll(async () => {
    app = await TestApp.start(engines()[0]!);
    await app.nest.listen(0, '127.0.0.1');
    address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
    browser = await launchBrowser();
    adviser = await app.officer('LEG', 'TRI');
    page = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    await page.goto(`${address}/sign-in`);
    await page.fill('#email', adviser.email);
    await page.fill('#password', TEST_PASSWORD);
    await page.click('main button');
  });

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  async function visit(path: string, name: string): Promise<void> {
    await page.goto(address + path);
    await expectToLookRight(page, name);
  }
  const visitor = () => ({ kind: 'officer' as const, ...adviser, unitHash: null, sessionHash: '' });

  it('take each kind of entry, and look right at every width', async () => {
    const registers = app.get(Registers);
    await registers.of('vendors').add(visitor(), { companyName: `Acme ${LONG}`, remarks: LONG });
    await registers.of('systems').add(visitor(), {
      systemName: LONG,
      purpose: 'It rates.',
      useDomain: 'DOM-SVC-BEN',
      lifecycleStage: 'LC-OPER',
    });
    await visit('/desk/engagements', 'engagements-empty');
    await page.click('text=Add an engagement');
    await expectToLookRight(page, 'engagement-new');
    await page.click('text=Save');
    await expectToLookRight(page, 'engagement-wrong');
    await page.fill('#engagementTitle', LONG);
    await page.check('input[name="engagementKind"][value="EG-CODESIGN"]');
    await page.fill('#heldOn', '2026-11-20');
    await page.check('input[name="consultedGroups"][value="AG-BENEF"]');
    await page.check('input[name="systemNumbers"][value="1"]');
    await page.check('input[name="changeAdopted"][value="AD-PARTLY"]');
    await page.fill('#whatTheySaid', 'الرسالة لا تُفهم');
    await page.fill('#whatChanged', 'The letter names a human.');
    await page.click('text=Save');
    await expectToLookRight(page, 'engagement');
    await page.click('text=Correct the engagement');
    await page.fill('#whatChanged', LONG);
    await page.click('text=Save');
    await expectToLookRight(page, 'engagement-corrected');
    await registers.of('leverage').add(visitor(), {
      measureTitle: LONG,
      vendorNumber: 1,
      leverageMeasure: 'LV-AUDIT',
      takenOn: '2026-11-01',
      measureOwner: LONG,
      leverageResult: 'LR-OPEN',
      nextReviewOn: '2026-11-10',
    });
    await visit('/desk/leverage', 'leverage');
    await visit('/desk/leverage/1', 'measure');
    await visit('/desk/vendors/1', 'vendor-with-leverage');
    await visit('/desk/vendors', 'vendors-narrowed');
    await visit('/desk/tenders/new', 'tender-new');
    await visit('/desk/frameworks', 'frameworks');
    await visit('/desk/case-law/new', 'decision-new');
  });

  it('let an adviser verify a decision, empty a text, and read case law beside a case', async () => {
    await visit('/desk/case-law', 'case-law');
    await page.selectOption('#useDomains', 'DOM-SVC-BEN');
    await page.click('.desk-filter button');
    await page.click('text=NJCM');
    await expectToLookRight(page, 'decision-unverified');
    await page.fill('#verifiedSource', `https://example.org/${LONG}`);
    await page.click('text=It says what its source says');
    await expectToLookRight(page, 'decision-verified');
    await page.goto(`${address}/desk/engagements/1/emptying`);
    await expectToLookRight(page, 'emptying');
    await page.check('input[name="part"][value="whatTheySaid"]');
    await page.fill('#emptyingReason', 'It names a person.');
    await page.click('text=Save');
    await expectToLookRight(page, 'emptied');

    const { reference } = await app.lodge();
    await app.bring(reference, adviser);
    const take = (step: string, answers: Record<string, unknown>) =>
      app.get(TakeStep).run({ reference, step, visitor: visitor(), answers });
    await take('name-system', { systemNumber: 1 });
    await page.goto(`${address}/desk/case-law/1`);
    await page.fill('#reference', reference);
    await page.click('text=Link the case');
    await expectToLookRight(page, 'decision-linked');
    await visit(`/desk/cases/${reference}`, 'case-with-registers');
  });
});
