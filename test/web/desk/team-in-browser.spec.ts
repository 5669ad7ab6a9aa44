import type { Browser, Page } from 'playwright-core';
import type { RoleCode } from '../../../src/rules/roles';
import { TEST_PASSWORD, TestApp, type TestOfficer } from '../../harness/app';
import { countOf, expectToLookRight, launchBrowser, openPage } from '../../harness/browser';
import { engines } from '../../harness/database';
import { riskOf } from '../../harness/walk';

const ROLES: readonly RoleCode[] = ['ADM', 'INT', 'TRI', 'INV', 'DEC', 'PRT'];

/** The pages do not depend on the database: one engine is enough here. */
describe('coming onto a team and leaving it, in a browser without script', () => {
  let app: TestApp;
  let browser: Browser;
  let address: string;
  let first: string;
  let second: string;
  let other: TestOfficer;
  const officers = new Map<RoleCode, TestOfficer>();
  const pages = new Map<RoleCode, Page>();

  beforeAll(async () => {
    app = await TestApp.start(engines()[0]!);
    await app.nest.listen(0, '127.0.0.1');
    address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
    browser = await launchBrowser();
    for (const role of ROLES) officers.set(role, await app.officer(role));
    other = await app.officer('INV');
    ({ reference: first } = await app.lodge({ narrative: 'First.' }));
    ({ reference: second } = await app.lodge({ narrative: 'Second.' }));
  });

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  async function visit(role: RoleCode, path: string): Promise<Page> {
    let page = pages.get(role);
    if (!page) {
      page = await openPage(browser, { viewport: { width: 1280, height: 900 } });
      pages.set(role, page);
      await page.goto(`${address}/sign-in`);
      await page.fill('#email', officers.get(role)!.email);
      await page.fill('#password', TEST_PASSWORD);
      await page.click('main button');
    }
    await page.goto(address + path);
    return page;
  }

  /** Few choices are drawn as buttons, many as a list. */
  async function choose(page: Page, name: string, value: string): Promise<void> {
    const button = page.locator(`input[name="${name}"][value="${value}"]`);
    if ((await countOf(button)) > 0) await button.check();
    else await page.selectOption(`#${name}`, value);
  }

  const casePath = (reference: string) => `/desk/cases/${reference}`;
  const isThere = async (role: RoleCode, reference: string) => {
    const page = await visit(role, casePath(reference));
    return !(await page.textContent('body'))!.includes('There is no such case');
  };

  it('asks whoever is assigned about conflicts before they see anything', async () => {
    const lead = await visit('TRI', `${casePath(first)}/steps/assign`);
    for (const reference of [first, second]) {
      await lead.goto(`${address}${casePath(reference)}/steps/assign`);
      await choose(lead, 'role', 'INV');
      await choose(lead, 'person', officers.get('INV')!.personId);
      await lead.fill('#concerns', 'The benefits unit of Berlin and the vendor of BenefitBot.');
      if (reference === first) await expectToLookRight(lead, 'assign');
      await lead.click('main form[action*="/steps/"] button');
    }
    await lead.goto(address + casePath(first));
    await expectToLookRight(lead, 'case-with-asked');

    expect(await isThere('INV', first)).toBe(false);
    const investigator = await visit('INV', '/desk/assignments');
    await expectToLookRight(investigator, 'asked');
    expect(await investigator.textContent('main')).toContain('The benefits unit of Berlin');
    await investigator.click(`text=I have no conflict of interest in ${first}`);
    expect(await investigator.textContent('h1')).toBe(`Case ${first}`);
  });

  it('keeps out whoever has a conflict, for good', async () => {
    const investigator = await visit('INV', '/desk/assignments');
    await investigator.click('summary');
    await investigator.click('text=Step out of it');
    await expectToLookRight(investigator, 'asked-errors');
    await investigator.click('summary');
    await investigator.selectOption('select[name="recusalGround"]', 'CI-CLOSE');
    await investigator.click('text=Step out of it');
    expect(await investigator.textContent('main')).toContain('Nobody waits for an answer of yours.');
    expect(await isThere('INV', second)).toBe(false);
    const lead = await visit('TRI', casePath(second));
    expect(await lead.textContent('main')).toContain('Withdrew because of a conflict of interest');
    await expectToLookRight(lead, 'case-with-exclusion');
  });

  it('opens a case in an emergency to whoever is not kept out, and tells the protection officer', async () => {
    expect(await isThere('DEC', first)).toBe(false);
    const decider = await visit('DEC', '/desk/break-glass');
    await expectToLookRight(decider, 'break-glass');
    await decider.fill('#reference', first);
    await decider.click('text=Open it');
    await expectToLookRight(decider, 'break-glass-errors');
    await decider.fill('#reason', 'Somebody stands before her door, and the team is not here.');
    await decider.click('text=Open it');
    expect(await decider.textContent('h1')).toBe(`Case ${first}`);

    const investigator = await visit('INV', '/desk/break-glass');
    await investigator.fill('#reference', second);
    await investigator.fill('#reason', 'I would like to know what she says about me.');
    await investigator.click('text=Open it');
    expect(await investigator.textContent('.govuk-error-summary')).toContain('There is no such case');

    const protection = await visit('PRT', '/desk/break-glass');
    await expectToLookRight(protection, 'break-glass-to-review');
    expect(await protection.textContent('main')).toContain('Somebody stands before her door');
    await protection.click('text=Say whether it was needed');
    await protection.fill('#breakGlassNumber', '1');
    await protection.check('input[name="breakGlassNeeded"][value="yes"]');
    await protection.fill('#reasons', 'The call of the police is in the file.');
    await protection.click('main form[action*="/steps/"] button');
    await protection.goto(`${address}/desk/break-glass`);
    expect(await protection.textContent('main')).toContain('No emergency opening waits');
    await protection.goto(address + casePath(first));
    await expectToLookRight(protection, 'case-with-emergency');
  });

  it('lists what waits for one’s agreement, with its day and the way to answer it, and for nobody else', async () => {
    const take = (step: string, answers: object) => app.take(officers.get('TRI')!, first, step, answers);
    await take('assess-reprisal', riskOf('HIGH'));
    const reasons = 'She has moved elsewhere.';
    await take('lower-reprisal', { reprisalLevel: 'LOW', isDefender: false, reasons });
    const protection = await visit('PRT', '/desk/assignments');
    await expectToLookRight(protection, 'asked-to-agree');
    const row = protection.locator('tr', { hasText: first });
    expect(await row.textContent()).toContain('2026-11-27');
    await row.locator('a').click();
    expect(await protection.textContent('main')).toContain(reasons);
    expect(await countOf(protection.locator('button[name="agree"]'))).toBe(2);
    await protection.goto(`${address}/desk/dashboard`);
    const task = protection.locator('#tasks ~ table tr', { hasText: 'Agree to a proposal' }).last();
    expect(await task.locator('a').getAttribute('href')).toBe(`${casePath(first)}/steps/lower-reprisal`);
    for (const role of ['TRI', 'INT'] as const)
      expect(await (await visit(role, '/desk/assignments')).textContent('main')).not.toContain(first);
  });

  it('hands everything over before a leave, and after somebody left', async () => {
    const investigator = await visit('INV', '/desk/hand-over');
    await investigator.click('main form button');
    await expectToLookRight(investigator, 'hand-over-errors');
    await investigator.selectOption('#person', other.personId);
    await investigator.fill('#note', 'The logs of June come on Monday.');
    await investigator.click('main form button');
    await expectToLookRight(investigator, 'handed-over');
    expect(await investigator.textContent('[role="status"]')).toContain('1 case is handed over');
    expect(await isThere('INV', first)).toBe(false);

    const admin = await visit('ADM', `/desk/people/${other.personId}`);
    await admin.click('text=Deactivate >> nth=-1');
    const lead = await visit('TRI', '/desk/hand-over');
    await expectToLookRight(lead, 'hand-over-for-others');
    expect(await lead.textContent('main')).toMatch(/INV \d+: 1 case\b/);
    await lead.selectOption('#from', other.personId);
    await lead.fill('#note', 'Your case again.');
    // Whoever does not fit is chosen anew, for the same person and with the same note.
    await lead.selectOption('#person', officers.get('PRT')!.personId);
    await lead.click('main form button');
    expect(await lead.textContent('[role="status"]')).toContain('Choose somebody else for');
    await expectToLookRight(lead, 'hand-over-left');
    await lead.selectOption('#person', officers.get('INV')!.personId);
    await lead.click('main form button');
    expect(await lead.textContent('[role="status"]')).toContain('1 case is handed over');
  });
});
