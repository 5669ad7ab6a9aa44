import type { Browser, Page } from 'playwright-core';
import { Systems } from '../../../src/casework/registers/systems';
import { TakeStep } from '../../../src/casework/take-step';
import { TEST_PASSWORD, TestApp, type TestOfficer } from '../../harness/app';
import { expectToLookRight, launchBrowser, openPage } from '../../harness/browser';
import { engines } from '../../harness/database';

const LONG = 'Eignungsfeststellungsautomatisierungssystem'.repeat(3);

/** The pages do not depend on the database: one engine is enough here. */
describe('the registers in a browser without script', () => {
  let app: TestApp;
  let browser: Browser;
  let address: string;
  let page: Page;
  let lead: TestOfficer;

  beforeAll(async () => {
    app = await TestApp.start(engines()[0]!);
    await app.nest.listen(0, '127.0.0.1');
    address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
    browser = await launchBrowser();
    lead = await app.officer('TRI');
    page = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    await page.goto(`${address}/sign-in`);
    await page.fill('#email', lead.email);
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

  it('take a vendor and a system, and look right at every width', async () => {
    await visit('/desk/vendors', 'vendors-empty');
    await page.click('text=Add a vendor');
    await page.fill('#companyName', `Acme ${LONG}`);
    await page.click('text=Save');
    await expectToLookRight(page, 'vendor');
    await visit('/desk/systems/new', 'system-new');
    await page.click('text=Save');
    await expectToLookRight(page, 'system-wrong');
    await page.fill('#systemName', LONG);
    await page.fill('#purpose', 'تقييم الطلبات');
    await page.selectOption('#useDomain', 'DOM-SVC-BEN');
    await page.check('input[name="lifecycleStage"][value="LC-OPER"]');
    await page.check('input[name="vendorNumber"][value="1"]');
    await page.click('text=Save');
    await expectToLookRight(page, 'system');
    await page.click('text=Record what happened to it');
    await expectToLookRight(page, 'system-record');
    await page.check('input[name="recordKind"][value="TENDER"]');
    await page.fill('#happenedOn', '2026-11-20');
    await page.fill('#recordTitle', LONG);
    await page.check('input[name="clauses"][value="TC-AUDIT"]');
    await page.click('text=Save');
    await visit('/desk/systems/1/records/1', 'system-strike');
    await visit('/desk/systems/1/change', 'system-change');
    await visit('/desk/systems', 'systems');
    await visit('/desk/vendors', 'vendors');
  });

  it('list the proceedings beside the cases, as they are noted in them', async () => {
    await visit('/desk/proceedings', 'proceedings-empty');
    const { reference } = await app.lodge();
    const steps = `/desk/cases/${reference}/steps`;
    await visit(`${steps}/record-proceeding`, 'proceeding-form');
    await page.selectOption('#proceedingType', 'PP-DPA');
    await page.check('input[name="proceedingCourse"][value="CONTINUE"]');
    await page.selectOption('#proceedingCountry', 'KE');
    await page.check('input[name="proceedingFiledBy"][value="PF-ALLY"]');
    await page.fill('#proceedingBody', LONG);
    await page.click('button.govuk-button:has-text("Record proceeding")');
    await visit(`${steps}/record-proceeding-order`, 'proceeding-order-form');
    await page.fill('#proceedingNumber', '1');
    for (const code of ['PB-KEEP', 'PB-USE'])
      await page.check(`input[name="proceedingOrders"][value="${code}"]`);
    await page.fill('#proceedingOrderOn', '2026-11-20');
    await page.fill('#proceedingOrderText', LONG);
    await page.click('button.govuk-button:has-text("Record proceeding")');
    await visit(`/desk/cases/${reference}#proceedings`, 'case-with-proceeding');
    await visit('/desk/proceedings?country=KE&order=PB-USE&told=no&nonsense=1', 'proceedings');
    expect(await page.textContent('main')).toContain('Data protection authority (GDPR 77), Kenya');
    await visit('/desk/proceedings?told=yes', 'proceedings-none');
    expect(await page.textContent('main')).toContain('None that fits.');
  });

  it('stand on the page of a case with what is asked of others', async () => {
    const { reference } = await app.lodge();
    const visitor = { kind: 'officer' as const, ...lead, unitHash: null, sessionHash: '' };
    const take = (step: string, answers: Record<string, unknown>) =>
      app.get(TakeStep).run({ reference, step, visitor, answers });
    const system = {
      systemNumber: await app.get(Systems).add(visitor, {
        systemName: LONG,
        purpose: 'It rates applications.',
        useDomain: 'DOM-OTH',
        lifecycleStage: 'LC-OPER',
      }),
    };
    await take('name-system', system);
    const due = { logHolder: 'LH-VENDOR', logsToKeep: LONG, dueOn: '2026-12-20' };
    await take('request-log-preservation', { ...system, ...due });
    const chain = { article26Ground: 'SERIOUS_INCIDENT', incidentKind: 'OTHER', knownSince: '2026-11-20' };
    await take('plan-article-26-notices', { ...system, ...chain });
    await take('record-article-26-notice', {
      noticeNumber: 1,
      noticeOutcome: 'UNREACHABLE',
      noticeWords: 'The line is dead.',
    });
    await visit(`/desk/cases/${reference}`, 'case-with-systems');
    await visit(`/desk/cases/${reference}/steps/request-log-preservation`, 'step-log-preservation');
    await visit(`/desk/systems/${system.systemNumber}`, 'system-with-case');
  });
});
