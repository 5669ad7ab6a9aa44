import type { Browser, Page } from 'playwright-core';
import { readFileSync } from 'node:fs';
import { TEST_PASSWORD, TestApp, type TestOfficer } from '../../harness/app';
import { countOf, expectToLookRight, launchBrowser, mainText, openPage } from '../../harness/browser';

/** The pages do not depend on the database: one engine is enough here. */
describe('the queue in a browser without script', () => {
  let app: TestApp;
  let browser: Browser;
  let address: string;
  let lead: TestOfficer;
  let page: Page;
  const references: string[] = [];

  beforeAll(async () => {
    app = await TestApp.start('sqlite');
    await app.nest.listen(0, '127.0.0.1');
    address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
    browser = await launchBrowser();
    lead = await app.officer('TRI');
    await app.officer('INV');
    for (const language of ['en', 'ar', 'sw'])
      references.push((await app.lodge({ narrative: 'It stopped my benefit.', language })).reference);
    page = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    await page.goto(`${address}/sign-in`);
    await page.fill('#email', lead.email);
    await page.fill('#password', TEST_PASSWORD);
    await page.click('main button');
  });
  afterAll(() => app?.close());

  /** Goes to an element as somebody without a mouse does. */
  async function tabTo(selector: string): Promise<void> {
    for (let presses = 0; presses < 200; presses++) {
      await page.keyboard.press('Tab');
      if (await page.locator(`${selector}:focus`).count()) return;
    }
    throw new Error(`No way to ${selector} by the Tab key.`);
  }

  /** Presses what has the focus, and waits for the page that comes. */
  async function press(): Promise<void> {
    await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press('Enter')]);
  }

  const rows = () => page.locator('tbody th a');

  it('is narrowed by the keyboard alone, and says how many fit', async () => {
    await page.goto(`${address}/desk`);
    await expectToLookRight(page, 'queue-filters');
    expect(await mainText(page)).toContain('3 cases fit.');
    await tabTo('summary');
    await page.keyboard.press('Space');
    await tabTo('#language');
    await page.keyboard.type('Arabic');
    await tabTo('main .desk-filter button');
    await press();
    expect(await mainText(page)).toContain('1 case fits.');
    expect(await rows().allInnerTexts()).toEqual([references[1]]);
    // What is chosen must not be hidden.
    expect(await page.locator('#language').isVisible()).toBe(true);
    await expectToLookRight(page, 'queue-narrowed');
    await page.goto(`${address}/desk?flag=GROUP`);
    expect(await mainText(page)).toContain('No case fits. Widen the choice above to see more.');
  });

  it('takes one note for many cases by the keyboard alone: chosen, written, shown, done', async () => {
    await page.goto(`${address}/desk`);
    for (const reference of references.slice(0, 2)) {
      await tabTo(`#choose-${reference}`);
      await page.keyboard.press('Space');
    }
    await tabTo('button[value="write-internal-note"]');
    await press();
    expect(await mainText(page)).toContain('In 2 cases:');
    await expectToLookRight(page, 'many-note');
    await tabTo('button[value="preview"]');
    await press();
    await expectToLookRight(page, 'many-note-errors');
    await tabTo('#internalNote');
    await page.keyboard.type('All of them name one system.');
    await tabTo('button[value="preview"]');
    await press();
    expect(await mainText(page)).toContain('Nothing is changed yet. It can be done in 2 of 2 cases.');
    expect(await page.locator('#internalNote').inputValue()).toBe('All of them name one system.');
    await expectToLookRight(page, 'many-note-preview');
    const other = await page.context().newPage();
    await other.goto(`${address}/desk/cases/${references[0]}`);
    expect(await mainText(other)).not.toContain('All of them name one system.');
    await tabTo('button[value="do"]');
    await press();
    expect(await mainText(page)).toContain('Done in 2 of 2 cases.');
    await expectToLookRight(page, 'many-note-done');
    await other.reload();
    expect(await mainText(other)).toContain('All of them name one system.');
  });

  it('says of each case why it cannot be assigned, before anything is done', async () => {
    await page.goto(`${address}/desk`);
    const stale = page.locator(`#choose-${references[2]}`);
    await stale.check();
    await page.click('button[value="assign"]');
    await expectToLookRight(page, 'many-assign');
    await page.selectOption('#role', 'DEC');
    await page.selectOption('#person', { index: 1 });
    await page.click('button[value="preview"]');
    expect(await mainText(page)).toContain('It can be done in 0 of 1 case.');
    expect(await countOf(page.locator('button[value="do"]'))).toBe(0);
    await expectToLookRight(page, 'many-assign-refused');
    await page.goto(`${address}/desk`);
    await page.click('button[value="assign"]');
    expect(await mainText(page)).toContain('Choose at least one case.');
    await expectToLookRight(page, 'many-none-chosen');
  });

  it('keeps a view, shares it, finds it again, and removes it', async () => {
    await page.goto(`${address}/desk?language=sw`);
    const details = page.locator('summary', { hasText: 'Keep this view' });
    await details.click();
    await page.click('text=Keep the view');
    expect(await mainText(page)).toContain('Give the view a name.');
    await expectToLookRight(page, 'view-errors');
    await page.fill('#name', 'In Kiswahili');
    await page.check('#isShared');
    await page.click('text=Keep the view');
    await page.goto(`${address}/desk`);
    await page.click('text=In Kiswahili');
    expect(await rows().allInnerTexts()).toEqual([references[2]]);
    await expectToLookRight(page, 'view-open');
    expect(await page.textContent('.desk-views li')).toMatch(/In Kiswahili 1\s+case\s+\(shared\)/);
    await page.locator('summary', { hasText: 'Change or share this view' }).click();
    await page.fill('#name', '');
    await page.click('text=Change the view');
    expect(await mainText(page)).toContain('Give the view a name.');
    await page.fill('#name', 'Swahili speakers');
    await page.uncheck('#isShared');
    await expectToLookRight(page, 'view-change');
    await page.click('text=Change the view');
    expect(await page.textContent('.desk-views')).toMatch(/Swahili speakers 1\s+case\s*Remove/);
    expect(await rows().allInnerTexts()).toEqual([references[2]]);
    await page.click('text=Remove');
    expect(await countOf(page.locator('text=Swahili speakers'))).toBe(0);
  });

  it.each(['CSV', 'JSON'])('saves the list as %s', async (format) => {
    await page.goto(`${address}/desk?language=sw`);
    await page.locator('summary', { hasText: 'Keep this view' }).click();
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: format, exact: true }).click(),
    ]);
    expect(saved.suggestedFilename()).toBe(`queue-2026-11-24.${format.toLowerCase()}`);
    const content = readFileSync(await saved.path(), 'utf8');
    expect(content).toContain(references[2]);
    expect(content).not.toContain(references[0]);
    if (format === 'JSON') expect(JSON.parse(content)).toHaveLength(1);
    else expect(content.split('\r\n')).toHaveLength(3);
  });
});
