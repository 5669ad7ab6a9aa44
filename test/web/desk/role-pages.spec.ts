import type { Browser } from 'playwright-core';
import { ACTS, mayDo, type Act, type ActRow } from '../../../src/rules/acts';
import { ROLES, STAFF_ROLES } from '../../../src/rules/roles';
import { STEPS, type StepRow } from '../../../src/rules/steps';
import { agreementsOf } from '../../../src/rules/workflow';
import { actTables, stepTable } from '../../../src/web/desk/role-tables';
import { TestApp } from '../../harness/app';
import { countOf, expectToLookRight, launchBrowser } from '../../harness/browser';
import { engines } from '../../harness/database';
import { Visitors } from '../../harness/visitors';
import { BUILT_IN } from '../../../src/rules/policy';

const STAFF_ACTS = (Object.entries(ACTS) as [Act, ActRow][]).filter(([, { by }]) => Array.isArray(by));

describe('the page of roles', () => {
  it('draws every act of staff once, and for each role what the table of acts says', () => {
    const rows = actTables(null).flatMap((table) => table.rows);
    expect(rows.map(({ label }) => label).sort()).toEqual(STAFF_ACTS.map(([, { label }]) => label).sort());
    for (const role of STAFF_ROLES)
      expect([
        role,
        actTables(role)
          .flatMap((table) => table.rows.map(({ label }) => label))
          .sort(),
      ]).toEqual([
        role,
        STAFF_ACTS.filter(([act]) => mayDo([role], act))
          .map(([, { label }]) => label)
          .sort(),
      ]);
  });

  it('draws every step that staff take, write down for the person or agree to', () => {
    const rows = stepTable(BUILT_IN, null).flatMap((table) => table.rows);
    const ofStaff = (STEPS as readonly StepRow[]).filter(
      ({ by, agreedBy, dictatedTo }) => agreedBy || dictatedTo || by.some((role) => ROLES[role].staff),
    );
    expect(rows).toHaveLength(ofStaff.length);
    for (const role of STAFF_ROLES)
      expect([role, stepTable(BUILT_IN, role).flatMap((table) => table.rows).length]).toEqual([
        role,
        ofStaff.filter(
          (row) =>
            row.by.includes(role) ||
            row.dictatedTo?.includes(role) ||
            agreementsOf(row).some((each) => each.role === role),
        ).length,
      ]);
  });

  describe('in a browser', () => {
    let app: TestApp;
    let browser: Browser;

    beforeAll(async () => {
      app = await TestApp.start(engines()[0]!);
      await app.nest.listen(0, '127.0.0.1');
      browser = await launchBrowser();
    });
    afterAll(() => app.close());

    it('is readable on a wide and on a narrow screen, whole and of one role', async () => {
      const address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
      const [name, value] = (await (await Visitors.of(app)).enter(['INT'])).cookie.split('=') as [
        string,
        string,
      ];
      const context = await browser.newContext({ javaScriptEnabled: false });
      await context.addCookies([{ name, value, url: address }]);
      const page = await context.newPage();
      await page.goto(`${address}/desk/account`);
      await page.click('.desk-menu >> text=Roles');
      expect(await page.textContent('h1')).toBe('What each role may do');
      expect(await countOf(page.locator('tbody th[scope=row]'))).toBeGreaterThan(STAFF_ACTS.length);
      await expectToLookRight(page, 'roles');
      await page.click('main nav >> text=Investigator');
      expect(page.url()).toBe(`${address}/desk/roles?role=INV`);
      expect(await page.textContent('h1')).toBe('What the role Investigator may do');
      expect(await countOf(page.locator('td:has-text("No")'))).toBe(0);
      await expectToLookRight(page, 'role');
      await page.goto(`${address}/desk/roles?role=RH&role=x`);
      expect(await page.textContent('h1')).toBe('What each role may do');
    });
  });
});
