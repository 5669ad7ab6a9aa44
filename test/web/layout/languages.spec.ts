import type { Browser, Page } from 'playwright-core';
import { direction, LANGUAGES, say, type Language } from '../../../src/words/words';
import { TestApp, type TestOfficer } from '../../harness/app';
import { axe, countOf, launchBrowser, mainText, openPage } from '../../harness/browser';
import { lodgeInBrowser } from '../../harness/lodging-pages';

const NARRATIVE = 'The system stopped my benefit.\n<b>“Why?”</b> ‫لماذا؟‬';

let app: TestApp;
let browser: Browser;
let address: string;
let intake: TestOfficer;

beforeAll(async () => {
  app = await TestApp.start('sqlite');
  await app.nest.listen(0, '127.0.0.1');
  address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
  intake = await app.officer('INT');
  browser = await launchBrowser();
});

afterAll(async () => {
  await app?.close();
});

/** The whole way in one language of each script and direction; the first pages of every language come after. */
const WHOLE_WAY = ['en', 'ar', 'zh', 'ru'] as const satisfies readonly Language[];

describe.each(WHOLE_WAY)('a rightsholder who reads %s', (language) => {
  it('lodges, keeps the receipt, comes back and writes, on a small screen and without script', async () => {
    const page = await openPage(browser, { viewport: { width: 320, height: 640 } });
    await page.goto(`${address}/?lang=${language}`);
    await looksRight(page, language, say(language, 'start.title'));

    await page.goto(`${address}/lodge/what-happened?lang=${language}`);
    await page.getByRole('button', { name: say(language, 'lodge.next'), exact: true }).click();
    await looksRight(page, language, say(language, 'error.narrative.empty'));
    await page.context().clearCookies();

    await page.goto(`${address}/?lang=${language}`);
    await lodgeInBrowser(page, { narrative: NARRATIVE });
    await looksRight(page, language, say(language, 'receipt.title'));
    const receipt = await page.locator('.receipt').innerText();

    const reference = await page.getByText(/^RD-/).innerText();
    await takeStep(reference, 1, 'acknowledge', {
      safeChannelChosen: true,
      noConflict: true,
      jurisdiction: 'EU',
      isDataRightsRequest: false,
      reporterIsWorker: false,
      concernsListedLaw: false,
    });
    const question = { questionText: 'Which month (2026)?', why: 'To find the log.', dueOn: '2026-12-10' };
    await takeStep(reference, 2, 'ask-question', question);

    await page.getByLabel(say(language, 'receipt.saved')).check();
    await page.getByRole('button', { name: say(language, 'receipt.continue') }).click();
    await looksRight(page, language, say(language, 'open.title'));

    await page.getByLabel(say(language, 'open.label')).fill(receipt);
    await page.getByRole('button', { name: say(language, 'open.send') }).click();
    await looksRight(page, language, say(language, 'state.acknowledged.plain'));
    const main = page.locator('main');
    expect(await main.innerText()).toContain('<b>“Why?”</b>');
    for (const letter of ['receipt', 'acknowledgement', 'question'])
      expect(await main.innerText()).toContain(say(language, `letter.${letter}.subject`, { reference }));
    await page.setViewportSize({ width: 1280, height: 800 });
    await looksRight(page, language, question.questionText);
    await page.setViewportSize({ width: 320, height: 640 });

    await page.getByRole('link', { name: say(language, 'step.answer-question.name') }).click();
    await looksRight(page, language, question.questionText);
    await looksRight(page, language, question.why);

    await page.goto(`${address}/my-case/receipts?lang=${language}`);
    await looksRight(page, language, say(language, 'receipts.replace.hint'));
    await page.getByRole('button', { name: say(language, 'receipts.add') }).click();
    await looksRight(page, language, say(language, 'error.receipt.holder'));
    await page.getByLabel(say(language, 'role.SUP')).check();
    await page.getByRole('button', { name: say(language, 'receipts.add') }).click();
    await looksRight(page, language, say(language, 'receipts.further.lead'));
    const companions = await page.locator('.receipt').innerText();
    await page.getByRole('button', { name: say(language, 'receipt.continue') }).click();
    await looksRight(page, language, say(language, 'error.saved-gate'));
    expect(await page.locator('.receipt').innerText()).toBe(companions);
    await page.getByLabel(say(language, 'receipt.saved')).check();
    await page.getByRole('button', { name: say(language, 'receipt.continue') }).click();
    await looksRight(page, language, say(language, 'receipts.of', { holder: say(language, 'role.SUP') }));
    const end = page.getByRole('button', { name: say(language, 'receipts.end') });
    const whose = await end.getAttribute('aria-describedby');
    expect(await page.locator(`#${whose}`).innerText()).toContain(say(language, 'role.SUP'));
    await end.click();
    expect(await countOf(page.getByRole('button', { name: say(language, 'receipts.end') }))).toBe(0);
    await page.getByRole('button', { name: say(language, 'receipts.replace') }).click();
    await looksRight(page, language, say(language, 'receipts.new'));
    expect(await page.locator('.receipt').innerText()).not.toBe(receipt);
  });
});

describe.each(LANGUAGES)('the first pages in %s', (language) => {
  it('say how it works and what an error means', async () => {
    const page = await openPage(browser, { viewport: { width: 1280, height: 800 } });
    await page.goto(`${address}/how-it-works?lang=${language}`);
    await looksRight(page, language, say(language, 'how.lead'));
    await page.goto(`${address}/nothing-here?lang=${language}`);
    await looksRight(page, language, say(language, 'error-page.not-found.title'));
  });
});

async function takeStep(reference: string, revision: number, step: string, answers: object): Promise<void> {
  const taken = await app.ask('POST', `/api/v1/cases/${reference}/steps/${step}`, {
    token: intake.token,
    headers: { 'if-match': `"${revision}"` },
    body: { answers },
  });
  expect(taken).toMatchObject({ status: 201 });
}

/**
 * Says this, in this language and direction, without a line that has to be scrolled sideways, and accessible to axe (once in each
 * direction: the markup is the same).
 */
async function looksRight(page: Page, language: Language, words: string): Promise<void> {
  expect(await mainText(page)).toContain(words);
  const html = page.locator('html');
  expect(await html.getAttribute('lang')).toBe(language);
  expect(await html.getAttribute('dir')).toBe(direction(language));
  if (language === 'en' || language === 'ar') expect(await axe(page)).toEqual([]);
  const { width } = page.viewportSize()!;
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  if (process.env.SCREENSHOTS) {
    const name = new URL(page.url()).pathname.replaceAll('/', '_');
    await page.screenshot({
      path: `${process.env.SCREENSHOTS}/${language}-${width}${name}.png`,
      fullPage: true,
    });
  }
}
