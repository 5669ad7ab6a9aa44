import type { FastifyReply } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { SAFE_HEADERS } from '../../src/platform/safe-headers';
import { pageNonce } from '../../src/web/page-nonce';
import { TestApp } from '../harness/app';
import { launchBrowser } from '../harness/browser';
import { engines } from '../harness/database';
import { Visitors } from '../harness/visitors';

const HERE = 'https://redress.example.org/';

/** What somebody would put into a page who found a place where it is not escaped. Each says so in the title of the page when it ran. */
const INJECTED: [string, string][] = [
  ['an inline script', '<script>document.title = "ran"</script>'],
  ['a script of another site', '<script src="https://evil.example/x.js"></script>'],
  ['a script of this site without nonce', '<script src="/ran.js"></script>'],
  ['a script with a nonce that was guessed', '<script nonce="AAAA">document.title = "ran"</script>'],
  ['a handler', '<img src="data:,x" onerror="document.title = \'ran\'">'],
  ['an address that is script', '<a id="x" href="javascript:void(document.title=\'ran\')">x</a>'],
  ['a frame of its own', '<iframe srcdoc="<script>parent.document.title = \'ran\'</script>"></iframe>'],
  ['an object', '<object data="data:text/html,<script>1</script>"></object>'],
  ['an inline style', '<style>body { display: none }</style>'],
  ['a style in a tag', '<p style="position: fixed">x</p>'],
];

const SINKS: [string, string][] = [
  ['innerHTML', 'document.body.innerHTML = "<b>x</b>"'],
  ['outerHTML', 'document.body.outerHTML = "<b>x</b>"'],
  ['insertAdjacentHTML', 'document.body.insertAdjacentHTML("beforeend", "<b>x</b>")'],
  ['document.write', 'document.write("<b>x</b>")'],
  ['the text of a script', 'document.createElement("script").text = "1"'],
  ['the address of a script', 'document.createElement("script").src = "/x.js"'],
  ['a policy of one’s own', 'trustedTypes.createPolicy("x", { createHTML: (x) => x })'],
];

describe('what a browser runs of a page', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  /** A page of these words under these headers, and a script of ours beside it; `told` collects what the browser refused. */
  async function open(
    html: string,
    headers: Record<string, string>,
  ): Promise<{ page: Page; told: string[] }> {
    const page = await (await browser.newContext()).newPage();
    const told: string[] = [];
    page.on('console', (message) => told.push(message.text()));
    await page.route('**/*', (route) => {
      const url = route.request().url();
      if (url === HERE)
        return route.fulfill({
          headers: { ...headers, 'content-type': 'text/html; charset=utf-8' },
          body: html,
        });
      if (/\.js$/.test(url))
        return route.fulfill({ contentType: 'text/javascript', body: 'document.title = "ran"' });
      return route.abort();
    });
    await page.goto(HERE, { waitUntil: 'load' });
    return { page, told };
  }

  const around = (html: string) => `<!DOCTYPE html><title>quiet</title><body>${html}</body>`;

  it('would run every script of these, if no policy forbade it', async () => {
    const ran: string[] = [];
    for (const [name, html] of INJECTED) {
      const { page } = await open(around(html), {});
      if (/href/.test(html)) await page.click('#x');
      const isRun = page.waitForFunction('document.title === "ran"', undefined, { timeout: 2_000 });
      if (
        await isRun.then(
          () => true,
          () => false,
        )
      )
        ran.push(name);
      await page.context().close();
    }
    expect(ran).toEqual(INJECTED.map(([name]) => name).filter((name) => !/style|an object/.test(name)));
  });

  it.each(INJECTED)('is not %s', async (_, html) => {
    const { page, told } = await open(around(html), SAFE_HEADERS);
    if (/href/.test(html)) await page.click('#x');
    await expectRefused(page, told);
  });

  it.each(INJECTED)('is not %s beside a script of ours', async (_, html) => {
    const { script, headers } = pageWithScript('/ours.js');
    const { page, told } = await open(
      around(`${html}<i>${script.replace('src=', 'data-src=')}</i>`),
      headers,
    );
    if (/href/.test(html)) await page.click('#x');
    await expectRefused(page, told);
  });

  it('is the script of ours that bears the nonce of this answer', async () => {
    const { script, headers } = pageWithScript('/ours.js');
    const { page } = await open(around(script), headers);
    await page.waitForFunction('document.title === "ran"');
    await page.context().close();
  });

  it.each(SINKS)('even of our own script, is not %s', async (_, code) => {
    const { page } = await open(around('<p>words</p>'), SAFE_HEADERS);
    expect(await page.evaluate(refusalOf(code))).toBe('TypeError');
    expect(await page.evaluate('document.body.innerText')).toBe('words');
    await page.context().close();
  });

  it('has another nonce with each answer, and none in the policy of a page that asks for none', () => {
    const nonces = Array.from({ length: 100 }, () => pageWithScript('/x.js').nonce);
    expect(new Set(nonces).size).toBe(100);
    for (const nonce of nonces) expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
    const asked: string[] = [];
    const nonce = pageNonce({ header: (_: string, value: string) => asked.push(value) } as never);
    expect(asked).toEqual([]);
    expect(nonce()).toBe(nonce());
    expect(asked).toHaveLength(1);
  });

  it('is nothing that was put into a page of the house', async () => {
    const app = await TestApp.start(engines()[0]!);
    try {
      await app.nest.listen(0, '127.0.0.1');
      const address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
      const visitors = await Visitors.of(app);
      const context = await browser.newContext();
      for (const who of [['INT'], 'rightsholder'] as const) {
        const [name, value] = (await visitors.enter(who)).cookie.split('=') as [string, string];
        await context.addCookies([{ name, value, url: address }]);
      }
      const page = await context.newPage();
      for (const path of ['/', '/my-case', '/desk', '/sign-in', '/desk/account', '/nothing', '/api/docs']) {
        await page.goto(address + path);
        for (const code of [
          'document.head.appendChild(document.createElement("script")).append("document.title = \\"ran\\"")',
          'document.body.innerHTML = "<img src=x onerror=document.title=1>"',
        ])
          expect([path, await page.evaluate(refusalOf(code))]).toEqual([path, 'TypeError']);
        expect(await page.title()).not.toMatch(/^(ran|1)$/);
      }
    } finally {
      await app.close();
    }
  });

  async function expectRefused(page: Page, told: string[]): Promise<void> {
    while (!told.some((each) => /Content Security Policy|Refused|violates|TrustedScript/i.test(each)))
      await page.waitForEvent('console');
    expect(await page.title()).toBe('quiet');
    await page.context().close();
  }
});

/** What runs this code and says under which error it was refused. */
function refusalOf(code: string): string {
  return `(() => { try { ${code}; return 'it ran' } catch (error) { return error.name } })()`;
}

/** The tag of a script as a template writes it, and the headers that go with it. */
function pageWithScript(address: string): { script: string; nonce: string; headers: Record<string, string> } {
  const headers: Record<string, string> = { ...SAFE_HEADERS };
  const reply = { header: (name: string, value: string) => (headers[name] = value) };
  const nonce = pageNonce(reply as unknown as FastifyReply)();
  return { script: `<script src="${address}" nonce="${nonce}" defer></script>`, nonce, headers };
}
