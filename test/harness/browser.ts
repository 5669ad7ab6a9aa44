import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const launched = new Set<Browser>();

// A browser that a failed test leaves open would keep Jest from ending.
afterAll(async () => {
  await Promise.all([...launched].map((browser) => browser.close()));
});

/** Raised when what is unpacked changes, so that a folder left by an older run is not taken for this one. */
const LAYOUT = 2;

const SYSTEM_BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A browser without a window: the system's Chromium where there is one, otherwise the one in the packages. Closed after the file. */
export async function launchBrowser(): Promise<Browser> {
  const browser = await launch();
  launched.add(browser);
  browser.once('disconnected', () => launched.delete(browser));
  return browser;
}

function launch(): Promise<Browser> {
  const installed = process.env.CHROMIUM ?? SYSTEM_BROWSERS.find((path) => existsSync(path));
  if (installed) return chromium.launch({ executablePath: installed, args: ['--no-sandbox'] });
  const folder = unpackedBrowser();
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: ['--no-sandbox', '--no-zygote', '--disable-gpu', '--font-render-hinting=none'],
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

/** What axe finds wrong, one sentence each; empty when the page is accessible as far as a machine can tell. */
export async function axe(page: Page): Promise<string[]> {
  // axe waits on timers, which stand still where script is off: it looks at a copy of the page, beside it, where script is on.
  const context = await page.context().browser()!.newContext({ viewport: page.viewportSize() });
  try {
    const copy = await context.newPage();
    const html = await page.content();
    if (/^https?:/.test(page.url())) {
      await copy.route(page.url(), (route) =>
        route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }),
      );
      await copy.goto(page.url());
    } else await copy.setContent(html);
    await copy.addScriptTag({ path: require.resolve('axe-core/axe.min.js') });
    const { violations } = await copy.evaluate<AxeResults>(
      `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
    );
    return violations.map(
      ({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target }) => target.join(' ')).join('; ')})`,
    );
  } finally {
    await context.close();
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

/** The packaged settings look for fonts in fixed places only; these look where the browser lies, and at those of the system. */
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
  writeFileSync(join(own, 'fonts', 'fonts.conf'), fontsConf(folder));
  try {
    renameSync(own, folder);
  } catch {
    rmSync(own, { recursive: true, force: true });
  }
  return folder;
}
