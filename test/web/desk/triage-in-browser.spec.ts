import type { Browser, Page } from 'playwright-core';
import { IndexCases } from '../../../src/casework/search/index-cases';
import { GlobalLog } from '../../../src/ledger/log';
import { say } from '../../../src/words/words';
import { TEST_PASSWORD, TestApp } from '../../harness/app';
import { expectToLookRight, launchBrowser, openPage } from '../../harness/browser';
import { engines } from '../../harness/database';
import { hireStaff, houseOf, Walk, type Staff } from '../../harness/walk';

const NARRATIVE =
  'The program Quillfinch stopped my housing allowance in November; clerk Room 14 said the score of Larkspur Lane was too low.';

/** The pages do not depend on the database: one engine is enough here. */
describe('triage, in a browser without script', () => {
  let app: TestApp;
  let browser: Browser;
  let address: string;
  let staff: Staff;
  let page: Page;
  let walk: Walk;
  let into: Walk;

  beforeAll(async () => {
    app = await TestApp.start(engines()[0]!);
    await app.nest.listen(0, '127.0.0.1');
    address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
    browser = await launchBrowser();
    staff = await hireStaff(houseOf(app));
    [into, walk] = [
      await Walk.lodge(houseOf(app), staff, NARRATIVE),
      await Walk.lodge(houseOf(app), staff, NARRATIVE),
    ];
    await app.get(GlobalLog).integrate();
    await app.get(IndexCases).catchUp();
    const lead = await app.officer('TRI', 'PRT');
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

  const words = async () => (await page.textContent('main'))!.replaceAll(/\s+/g, ' ');
  const casePath = ({ reference }: Walk) => `${address}/desk/cases/${reference}`;

  it('writes what each score means beside it', async () => {
    await page.goto(`${casePath(walk)}/steps/set-severity`);
    expect(await words()).toContain('4: Serious: work, home, benefit or school place lost');
    await expectToLookRight(page, 'set-severity');
  });

  it('plans protection, and shows it in the case', async () => {
    await page.goto(`${casePath(walk)}/steps/plan-protection`);
    await page.check('input[name="protects"][value="FAMILY"]');
    await page.check('input[name="protectionMeasures"][value="PM-21"]');
    await page.check('input[name="protectionWished"][value="yes"]');
    // Thirteen people are a list.
    await page.selectOption('#owner', staff.PRT.personId);
    await page.fill('#reviewOn', '2027-12-01');
    await page.click('main form button');
    expect(await words()).toContain('Look at it again sooner');
    await expectToLookRight(page, 'plan-protection-refused');
    await page.fill('#reviewOn', '2026-12-01');
    await page.click('main form button');
    expect(await words()).toMatch(/1\. Psychosocial support ?Family, as they wish ?Planned/);
  });

  it('links what may tell of the same with one button', async () => {
    expect(await words()).toContain('Found by unusual words that stand in both');
    await expectToLookRight(page, 'case-in-triage');
    await page.click('main form[action$="/steps/link-case"] button');
    expect(await words()).toContain(`Same person, same facts: ${into.reference}`);
  });

  it('shows both sides of a joined case, to staff and to the person', async () => {
    await walk.by('INT', 'acknowledge', {
      noConflict: true,
      safeChannelChosen: true,
      jurisdiction: 'OTHER',
      isDataRightsRequest: false,
      reporterIsWorker: false,
      concernsListedLaw: false,
    });
    await walk.by('TRI', 'close-merged', { otherCase: into.reference, reasons: 'The same letter.' });
    for (const each of [into, walk]) await each.assign('DEC', 'DEC');
    await walk.by('DEC', 'close-merged', {}, true);
    await page.goto(casePath(walk));
    expect(await words()).toContain(`Looked at in ${into.reference}`);
    await expectToLookRight(page, 'case-joined');
    await page.goto(casePath(into));
    expect(await words()).toContain('Looked at in this case, too.');
    const own = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    await own.goto(`${address}/my-case/open?lang=en`);
    await own.getByLabel(say('en', 'open.label')).fill(walk.receipt);
    await own.getByRole('button', { name: say('en', 'open.send') }).click();
    const read = await own.textContent('main');
    expect(read).toContain(say('en', 'mycase.merged.open'));
    expect(read).not.toContain(into.reference);
    await expectToLookRight(own, 'my-case-joined');
  });

  it('drafts a rule of routing from long lists', async () => {
    await page.goto(`${address}/desk/routing`);
    await page.check('input[name="tiers"][value="CRITICAL"]');
    await page.selectOption('#role', 'PRT');
    await page.click('main form[action="/desk/routing/rules"] button');
    expect(await words()).toContain('Draft: version 1');
    await expectToLookRight(page, 'routing');
  });
});
