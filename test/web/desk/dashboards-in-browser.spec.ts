import type { Browser, Page } from 'playwright-core';
import { FindPatterns } from '../../../src/casework/patterns/find-patterns';
import { PatternReviews } from '../../../src/casework/patterns/pattern-reviews';
import { Systems } from '../../../src/casework/registers/systems';
import { CaseStay } from '../../../src/records/entities/case-stay';
import { Case } from '../../../src/records/entities/case';
import { addDays } from '../../../src/rules/days';
import { TEST_PASSWORD, TestApp, type TestOfficer } from '../../harness/app';
import { expectToLookRight, keepPicture, launchBrowser, openPage } from '../../harness/browser';
import { engines } from '../../harness/database';
import { houseOf, hireStaff, Walk } from '../../harness/walk';

const LONG = 'Eignungsfeststellungsautomatisierungssystem'.repeat(2);

/** The pages do not depend on the database: one engine is enough here. */
describe('the dashboards in a browser without script', () => {
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
    await page.setViewportSize({ width: 390, height: 800 });
    await keepPicture(page, `${name}-390`);
    await page.setViewportSize({ width: 1280, height: 900 });
  }

  const PAGES = [
    ['/desk/dashboard', 'own-work'],
    ['/desk/dashboard/cases', 'open-cases'],
    ['/desk/dashboard/times', 'dwell'],
    ['/desk/dashboard/team', 'team-load'],
    ['/desk/patterns', 'patterns'],
  ] as const;

  it('are there before there is any case', async () => {
    for (const [path, name] of PAGES) await visit(path, `${name}-empty`);
    await page.goto(`${address}/desk/dashboard/times?from=2026-13-01&to=x`);
    await expectToLookRight(page, 'dwell-wrong');
  });

  it('show charts with their tables, and how a pattern is decided', async () => {
    const house = houseOf(app);
    const staff = await hireStaff(house);
    const visitor = { kind: 'officer' as const, ...lead, unitHash: null, sessionHash: '' };
    const system = await app.get(Systems).add(visitor, {
      systemName: LONG,
      purpose: 'It rates applications.',
      useDomain: 'DOM-SVC-BEN',
      lifecycleStage: 'LC-OPER',
    });
    await app.get(Systems).record(visitor, system, {
      recordKind: 'HRIA',
      happenedOn: '2026-11-01',
      recordTitle: 'Impacts on people who apply',
    });
    for (let n = 0; n < 3; n++) {
      const walk = await Walk.lodge(house, staff);
      await walk.bring(visitor, 'TRI');
      if (n < 2) await walk.toInvestigation();
      await walk.by('TRI', 'name-system', { systemNumber: system });
      if (n === 0) await walk.toFindings();
    }
    const rows = app.source.getRepository(Case);
    for (const [n, { id, lodgedOn }] of (await rows.find()).entries())
      await rows.update({ id }, { harms: ['AIH-04'], lodgedOn: addDays(lodgedOn, -40 * n) });
    for (const [n, stay] of (await app.source.getRepository(CaseStay).find()).entries())
      if (stay.until)
        await app.source.getRepository(CaseStay).update({ caseId: stay.caseId, n: stay.n }, { days: n });
    await app.get(FindPatterns).run();
    for (const [path, name] of PAGES) await visit(path, name);
    const { number } = (await app.get(PatternReviews).list(visitor))[0]!;
    await visit(`/desk/patterns/${number}`, 'pattern');
    await visit(`/desk/systems/${system}`, 'system-with-pattern');
    await page.goto(`${address}/desk/patterns/${number}`);
    await page.click('text=Decide >> nth=-1');
    await expectToLookRight(page, 'pattern-wrong');
    await page.check('input[name="patternDecision"][value="PD-WATCH"]');
    await page.fill('#decisionReasons', `تقييم ${LONG}`);
    await page.check('input[name="assessmentRecord"]');
    await page.click('main form:last-of-type button');
    await expectToLookRight(page, 'pattern-decided');
    expect(await page.textContent('main')).toContain('Watched further');
    await visit('/desk/patterns', 'patterns-decided');
  });

  it('tell the parts of a bar apart where colours are forced', async () => {
    await page.emulateMedia({ forcedColors: 'active' });
    await page.goto(`${address}/desk/dashboard/cases`);
    await keepPicture(page, 'open-cases-forced');
    const strokes = await page.evaluate(
      `[...document.querySelectorAll('.desk-chart__bars rect')].map((bar) => getComputedStyle(bar).stroke)`,
    );
    const text = await page.evaluate(`getComputedStyle(document.querySelector('h2')).color`);
    expect(new Set(strokes as string[])).toEqual(new Set([text]));
    await page.emulateMedia({ forcedColors: 'none' });
  });
});
