import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { AxeResults } from 'axe-core';
import {
  chromium,
  type Browser,
  type BrowserContextOptions,
  type Locator,
  type Page,
  type Route,
} from 'playwright-core';

const launched = new Set<Browser>();

// A browser that a failed test leaves open would keep Jest from ending.
afterAll(async () => {
  await Promise.all([...launched].map((browser) => browser.close()));
});

/** Raised when what is unpacked changes, so that a folder left by an older run is not taken for this one. */
const LAYOUT = 4;

const SYSTEM_BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * A browser without a window: the system's Chromium where there is one, otherwise the one in the packages. Closed after the file.
 * `letters`: the size that somebody chose for ordinary letters in its settings, in pixels.
 */
export async function launchBrowser({ letters = 16 } = {}): Promise<Browser> {
  const browser = await launch(['--no-sandbox', `--blink-settings=defaultFontSize=${letters}`]);
  launched.add(browser);
  browser.once('disconnected', () => launched.delete(browser));
  return browser;
}

function launch(args: string[]): Promise<Browser> {
  const installed = process.env.CHROMIUM ?? SYSTEM_BROWSERS.find((path) => existsSync(path));
  if (installed) return chromium.launch({ executablePath: installed, args });
  const folder = unpackedBrowser();
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: [...args, '--no-zygote', '--disable-gpu', '--font-render-hinting=none'],
    env: {
      ...(process.env as Record<string, string>),
      LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
      FONTCONFIG_PATH: join(folder, 'fonts'),
    },
  });
}

/** A page as a person without script has it. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: false, ...options });
  return context.newPage();
}

/** How many there are once the page has loaded. Playwright's own count does not wait, and after a click would count a page half there. */
export async function countOf(locator: Locator): Promise<number> {
  await locator.page().waitForLoadState();
  return locator.count();
}

/** What the middle of a page says once it has loaded. */
export async function mainText(page: Page): Promise<string> {
  await page.waitForLoadState();
  return page.locator('main').innerText();
}

/** Where axe looks: it waits on timers, which stand still where script is off, so that it gets a copy of the page where script is on. */
const copies = new WeakMap<Browser, Promise<Page>>();

async function newCopy(browser: Browser): Promise<Page> {
  const context = await browser.newContext();
  await context.addInitScript({ path: require.resolve('axe-core/axe.min.js') });
  return context.newPage();
}

/**
 * What axe finds wrong, one sentence each; empty when the page is accessible as far as a machine can tell. To compare colours takes most of
 * the time, and can be left out of a page whose every class was seen before.
 */
export async function axe(page: Page, { colours = true } = {}): Promise<string[]> {
  const browser = page.context().browser()!;
  const opening = copies.get(browser) ?? newCopy(browser);
  copies.set(browser, opening);
  const copy = await opening;
  await page.waitForLoadState();
  const body = await page.content();
  await copy.setViewportSize(page.viewportSize()!);
  const answer = (route: Route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body });
  // A page that was never asked for by an address gets one.
  const address = /^https?:/.test(page.url()) ? page.url() : 'http://localhost/';
  await copy.route(address, answer);
  try {
    await copy.goto(address);
    const { violations } = await copy.evaluate<AxeResults>(
      `axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], rules: { 'color-contrast': { enabled: ${colours} } } })`,
    );
    return violations.map(
      ({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target }) => target.join(' ')).join('; ')})`,
    );
  } finally {
    await copy.unroute(address, answer);
  }
}

/** A folder for pictures of every page that is looked at; none are kept when it is not set. */
const PICTURES = process.env.SCREENSHOTS;

/** On a wide screen and a narrow phone, axe is content and nothing sticks out of the page. */
export async function expectToLookRight(page: Page, name: string): Promise<void> {
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 900 });
    await keepPicture(page, `${name}-${width}`);
    expect([name, width, await axe(page)]).toEqual([name, width, []]);
    const widest = Number(await page.evaluate('document.documentElement.scrollWidth'));
    expect([name, width, widest <= width]).toEqual([name, width, true]);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

/** A picture of the whole page, where `SCREENSHOTS` names a folder. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (!PICTURES) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
}

/** Fonts of the papers: without them, what is written in Chinese or Hindi has no width, and no page of it can be too wide. */
const FONTS = ['sc', 'devanagari', 'arabic'].flatMap((script) =>
  ['400Regular', '700Bold'].map((weight) =>
    join(dirname(require.resolve(`@expo-google-fonts/noto-sans-${script}/package.json`)), weight),
  ),
);

/** The packaged settings look for fonts in fixed places only; these look where the browser lies and at those of the system. */
function fontsConf(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`;
}

/** Unpacks once for all test processes: each unpacks beside the final place, the first rename wins. */
function unpackedBrowser(): string {
  const entry = require.resolve('@sparticuz/chromium');
  const { version } = JSON.parse(
    readFileSync(
      join(entry.slice(0, entry.lastIndexOf('chromium/build')), 'chromium', 'package.json'),
      'utf8',
    ),
  ) as { version: string };
  const folder = join(tmpdir(), `redress-test-browser-${version}-${LAYOUT}`);
  if (existsSync(folder)) return folder;
  const own = mkdtempSync(`${folder}-`);
  execFileSync(
    process.execPath,
    ['-e', `import(${JSON.stringify(entry)}).then((m) => (m.default.default ?? m.default).executablePath())`],
    { env: { ...process.env, TMPDIR: own, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' } },
  );
  // Copies, as another clone of the project may unpack and be gone before this one runs.
  for (const path of FONTS) cpSync(path, join(own, 'fonts'), { recursive: true });
  writeFileSync(join(own, 'fonts', 'fonts.conf'), fontsConf(folder));
  try {
    renameSync(own, folder);
  } catch {
    rmSync(own, { recursive: true, force: true });
  }
  return folder;
}
