import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import jsQR from 'jsqr';
import { PDFDocument } from 'pdf-lib';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { LANGUAGES, say, type Language } from '../../../src/words/words';
import { TestApp } from '../../harness/app';
import { axe, launchBrowser, mainText, openPage } from '../../harness/browser';
import { engines } from '../../harness/database';
import { lodgeInBrowser, LodgingPages } from '../../harness/lodging-pages';
import { withoutNonce } from '../../harness/without-nonce';

const RECEIPT = /^\d{5}( \d{5}){4}$/;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** What a phone reads from a picture. */
async function readCode(picture: Buffer): Promise<string | undefined> {
  const { data, info } = await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data;
}

const drawingsIn = (html: string) => html.match(/<svg[^]*?<\/svg>/g) ?? [];

/** The drawing alone, as a picture of this many dots for each of its modules. */
function rasterised(svg: string, dots: number): Promise<Buffer> {
  const side = Number(/viewBox="0 0 (\d+)/.exec(svg)![1]) * dots;
  const whole = svg.replace(
    '<svg ',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" `,
  );
  return sharp(Buffer.from(whole)).png().toBuffer();
}

describe.each(engines())('the code of a receipt on %s', (engine) => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start(engine);
  });
  afterAll(() => app.close());

  const post = (url: string, body: Record<string, string>, headers: Record<string, string> = {}) =>
    app.ask('POST', url, { headers: { ...FORM, ...headers }, body: new URLSearchParams(body).toString() });

  it('reads as the digits that stand beside it, and as nothing else', async () => {
    for (let n = 0; n < 15; n++) {
      const { text } = await new LodgingPages(app).lodge();
      const shown = /class="receipt"><bdi dir="ltr">([^<]+)</.exec(text)![1]!;
      expect(shown).toMatch(RECEIPT);
      const [drawing, ...others] = drawingsIn(text);
      expect(others).toEqual([]);
      expect(await readCode(await rasterised(drawing!, 3 + (n % 4)))).toBe(shown);
    }
  });

  it('is drawn for every receipt that is shown: when lodged, replaced, given on, and while it is not kept', async () => {
    const { receipt } = await app.lodge();
    const opened = await post('/my-case/open', { receipt });
    const cookie = String(opened.headers['set-cookie']).split(';')[0]!;
    const page = await app.ask('GET', '/my-case/receipts', { headers: { cookie } });
    const _csrf = /name="_csrf" value="([^"]+)"/.exec(page.text)![1]!;
    const further = await post('/my-case/receipts', { _csrf, holder: 'REPRESENTATIVE' }, { cookie });
    const replaced = await post('/my-case/receipts/replacement', { _csrf }, { cookie });
    const again = await post('/lodge/saved', { receipt, reference: 'RD-7K3F-9QXM' });
    const inside = await post('/my-case/receipts/saved', { _csrf, receipt }, { cookie });
    for (const answer of [further, replaced, again, inside]) {
      const shown = /class="receipt"><bdi dir="ltr">([^<]+)</.exec(answer.text)![1]!;
      const [drawing] = drawingsIn(answer.text);
      expect(await readCode(await rasterised(drawing!, 4))).toBe(shown);
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  it('is a card in two looks, one of which does not say what it is for', async () => {
    const { receipt } = await app.lodge();
    for (const language of LANGUAGES) {
      const full = await post(`/card?lang=${language}`, { receipt, look: 'full' });
      const bare = await post(`/card?lang=${language}`, { receipt, look: 'bare' });
      for (const { status, text, headers } of [full, bare]) {
        expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
        expect(await readCode(await rasterised(drawingsIn(text)[0]!, 4))).toBe(receipt);
        expect(text).not.toMatch(/RD-|Test organisation/);
        expect(text).not.toContain(say(language, 'receipt.title'));
      }
      expect(full.text).toContain('http://localhost:3000/my-case/open');
      expect(bare.text).not.toContain('localhost');
      expect(bare.text).toContain(`<title>${say(language, 'card.bare')}</title>`);
      expect(bare.text).not.toContain(say(language, 'card.full'));
    }
  });

  it('is drawn for nothing that is no receipt, and never says whether a receipt opens something', async () => {
    const before = await app.rowCounts();
    const { receipt } = await app.lodge();
    const known = await post('/card', { receipt });
    const unknown = await post('/card', { receipt: '00000 00000 00000 00000 00000' });
    expect(withoutNonce(known.text).replaceAll(/[\d ]{29}| d="[^"]*"/g, '')).toBe(
      withoutNonce(unknown.text).replaceAll(/[\d ]{29}| d="[^"]*"/g, ''),
    );
    for (const strange of [
      '',
      '1',
      '<svg>',
      'https://example.org',
      `${receipt} 1`,
      receipt.replaceAll(' ', ''),
    ]) {
      const refused = await post('/card', { receipt: strange });
      expect([strange, refused.status]).toEqual([strange, 400]);
      expect(drawingsIn(refused.text)).toEqual([]);
      expect(drawingsIn((await post('/lodge/saved', { receipt: strange })).text)).toEqual([]);
    }
    expect((await app.rowCounts()).cases).toBe(before.cases! + 1);
  });

  it('loosens nothing of what a page may load', async () => {
    const { receipt } = await app.lodge();
    const card = await post('/card', { receipt });
    const start = await app.ask('GET', '/');
    const policy = ({ headers }: typeof card) => withoutNonce(String(headers['content-security-policy']));
    expect(policy(card)).toBe(policy(start));
    expect(card.text).not.toMatch(/<script(?! src="\/assets\/leave\.)| style=|<style| on\w+=/);
  });
});

describe('a receipt in a browser without script', () => {
  let app: TestApp;
  let browser: Browser;
  let address: string;

  beforeAll(async () => {
    app = await TestApp.start('sqlite');
    await app.nest.listen(0, '127.0.0.1');
    address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
    browser = await launchBrowser();
  });
  afterAll(() => app?.close());

  const seen = async (page: Page, name: string): Promise<void> => {
    if (process.env.SCREENSHOTS)
      await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png`, fullPage: true });
  };
  const fits = async (page: Page): Promise<void> => {
    const { width } = page.viewportSize()!;
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  };

  it.each(['en', 'ar'] as Language[])(
    'is lodged with a file, seen, read by a phone, printed alone and opened as a card, in %s',
    async (language) => {
      const page = await openPage(browser, { viewport: { width: 320, height: 640 } });
      const asked: string[] = [];
      page
        .context()
        .on('request', (request) => asked.push(`${request.url()} ${JSON.stringify(request.headers())}`));
      await page.goto(`${address}/?lang=${language}`);
      const letter = { name: 'رسالة.txt', mimeType: 'text/plain', buffer: Buffer.from('Dear applicant') };
      const look = async (name: string) => {
        expect([name, await axe(page)]).toEqual([name, []]);
        await fits(page);
        await seen(page, `${language}-${name}`);
      };
      await lodgeInBrowser(page, { narrative: 'It refused me.', country: 'DE' }, { look, files: [letter] });
      expect(await page.locator('h1').innerText()).toBe(say(language, 'receipt.title'));
      expect(await mainText(page)).toContain(letter.name);
      const receipt = await page.locator('.receipt').innerText();
      expect(receipt).toMatch(RECEIPT);
      expect(await axe(page)).toEqual([]);
      await fits(page);
      await seen(page, `${language}-receipt-320`);
      const code = page.getByRole('img', { name: say(language, 'receipt.qr') });
      expect(await readCode(await code.screenshot())).toBe(receipt);
      await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
      expect(await readCode(await code.screenshot())).toBe(receipt);
      await seen(page, `${language}-receipt-contrast`);

      await page.setViewportSize({ width: 794, height: 1123 });
      await page.emulateMedia({ media: 'print', forcedColors: 'none', colorScheme: 'light' });
      await seen(page, `${language}-receipt-print`);
      const printed = await page.locator('body').innerText();
      expect(printed).toContain(receipt);
      for (const hidden of ['Test organisation', 'RD-', say(language, 'receipt.title'), letter.name])
        expect(printed).not.toContain(hidden);
      expect(await readCode(await page.screenshot())).toBe(receipt);
      expect((await PDFDocument.load(await page.pdf({ format: 'A4' }))).getPageCount()).toBe(1);

      await page.emulateMedia({ media: 'screen' });
      const opening = page.context().waitForEvent('page');
      await page.getByRole('button', { name: say(language, 'receipt.card.bare'), exact: true }).click();
      const card = await opening;
      await card.waitForLoadState();
      expect(await card.title()).toBe(say(language, 'card.bare'));
      expect(await axe(card)).toEqual([]);
      await card.setViewportSize({ width: 320, height: 640 });
      await fits(card);
      await seen(card, `${language}-card-320`);
      await card.setViewportSize({ width: 794, height: 1123 });
      await card.emulateMedia({ media: 'print' });
      await seen(card, `${language}-card-print`);
      expect((await mainText(card)).trim().split(/\s*\n\s*/)).toEqual([say(language, 'card.bare'), receipt]);
      expect(await readCode(await card.screenshot())).toBe(receipt);
      const paper = await PDFDocument.load(await card.pdf({ format: 'A4' }));
      expect([paper.getPageCount(), paper.getTitle()]).toEqual([1, say(language, 'card.bare')]);
      await card.close();

      await page.getByRole('button', { name: say(language, 'receipt.continue') }).click();
      expect(await page.locator('.govuk-error-summary').innerText()).toContain(
        say(language, 'error.saved-gate'),
      );
      expect(await page.locator('.receipt').innerText()).toBe(receipt);
      expect(await mainText(page)).toContain(letter.name);
      await page.getByLabel(say(language, 'receipt.saved')).check();
      await page.getByRole('button', { name: say(language, 'receipt.continue') }).click();
      expect(await page.locator('h1').innerText()).toBe(say(language, 'open.title'));

      const digits = new RegExp(receipt.replaceAll(' ', '(?:[ +-]|%20)?'));
      expect(asked.filter((line) => digits.test(line))).toEqual([]);
      for (const name of readdirSync(app.database.dataDir).filter((each) =>
        /\.(db|sqlite|log)|-wal$/.test(each),
      ))
        expect(digits.test(readFileSync(join(app.database.dataDir, name), 'latin1'))).toBe(false);
      await page.context().close();
    },
  );
});
