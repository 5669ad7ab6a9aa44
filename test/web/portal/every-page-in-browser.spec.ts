import type { Browser, Page } from 'playwright-core';
import { SendCheckIns } from '../../../src/casework/safety/send-check-ins';
import { MailSettings } from '../../../src/mail/mail-settings';
import { CHECK_IN_INTERVALS } from '../../../src/rules/check-ins';
import { LODGING_QUESTIONS } from '../../../src/rules/lodging-questions';
import { STEPS, type StepRow } from '../../../src/rules/steps';
import { LANGUAGES, say, type Language } from '../../../src/words/words';
import { TestApp, type Answer } from '../../harness/app';
import { axe, keepPicture, launchBrowser, openPage } from '../../harness/browser';
import { LodgingPages } from '../../harness/lodging-pages';
import { SENDING_NOWHERE } from '../../harness/mail-servers';
import { addressOf } from '../../harness/routes';
import { FORM } from '../../harness/visitors';
import { hireStaff, houseOf, Walk } from '../../harness/walk';
import { everyRoute, type Route } from '../../matrix/routes';
import { formsOf, type PageForm } from './page-forms';

/** A page as somebody comes to it: with the draft and the case that this browser holds, or with those of a case that has ended. */
interface Seen {
  name: string;
  path: string;
  cookie: string;
  /** What is sent, where the page answers a form. */
  body?: string;
}

const OWN_STEPS = (STEPS as readonly StepRow[]).filter(({ by }) => by.includes('RH')).map(({ step }) => step);
/** What stands in the place of each part of an address. */
const PARTS: Record<string, readonly string[]> = {
  ':question': LODGING_QUESTIONS.map(({ name }) => name),
  ':step': OWN_STEPS,
};
/** Pages of staff that anybody can open, looked at with the desk; and what is no page. */
const NOT_HERE = /^\/(sign-in|join|recover|api|assets)\b/;

/** Every address at which somebody without an account is shown something: a new one cannot escape. */
function addresses(): string[] {
  const isOpen = ({ method, path, row }: Route) =>
    method === 'GET' && (row.by === 'anyone' || row.by === 'rightsholder') && !NOT_HERE.test(path);
  return [
    ...everyRoute()
      .filter(isOpen)
      .flatMap((route) => {
        const part = Object.keys(PARTS).find((each) => route.path.includes(each));
        return part ? PARTS[part]!.map((value) => route.path.replace(part, value)) : [addressOf(route, {})];
      }),
    '/nothing',
  ];
}

/** What can be chosen from and would be wider than the page lets it be: its longest choice is cut. */
const CUT_CHOICES = `[...document.querySelectorAll('select')].filter((each) => {
  const shown = each.offsetWidth;
  each.style.maxWidth = 'none';
  return each.offsetWidth > shown;
}).map(({ id }) => id)`;

/** Secrets as they are written down, and the pages that ask for them. */
const SECRETS = [
  ['/my-case/open', '12345 12345 12345 12345 12345'],
  ['/lodge/continue', 'BCDF GHJK MNPQ RSTV WXYZ'],
  ['/join-group', 'BCDF GHJK MNPQ RSTV WXYZ'],
] as const;

/** The form, every field of it answered as nobody can. */
function wrongly({ hidden, fields }: PageForm): string {
  const wrong = fields.map(({ name, kind }) => [name, kind === 'text' ? 'a\u0000b' : 'unknown']);
  return new URLSearchParams({ ...hidden, ...Object.fromEntries(wrong) }).toString();
}

describe('a page of the portal', () => {
  let app: TestApp;
  let address: string;
  let browser: Browser;
  let page: Page;
  const seen: Seen[] = [];

  beforeAll(async () => {
    app = await TestApp.start('sqlite', { replace: () => [[MailSettings, SENDING_NOWHERE]] });
    await app.nest.listen(0, '127.0.0.1');
    address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
    browser = await launchBrowser();
    page = await openPage(browser, { viewport: { width: 320, height: 640 } });
    await findPages();
  });
  afterAll(() => app?.close());

  /** Two cases: one with everything that a page can show, and one that has ended. */
  async function findPages(): Promise<void> {
    const house = houseOf(app);
    const staff = await hireStaff(house);
    const [going, ended] = [await Walk.lodge(house, staff), await Walk.lodge(house, staff)];
    await ended.by('RH', 'withdraw');
    await going.toInvestigation();
    await going.toFindings();
    await going.by('RH', 'request-support', { supportKind: 'INTERPRETER', wish: 'Tigrinya' });
    const said = { occasion: 'PHONE_CALL', occasionOn: '2026-11-24', writtenIn: 'en' };
    await going.by('TRI', 'record-transcript', { ...said, transcriptText: 'She said that it was in June.' });
    await going.by('PRT', 'reveal-identity', { revealReason: 'To call the person back.' });
    await going.by('RH', 'plan-check-ins', { checkInEvery: CHECK_IN_INTERVALS[0] });
    await going.toOffer();
    app.time.addDays(30);
    await app.get(SendCheckIns).run();
    const draft = new LodgingPages(app);
    await draft.answer('what-happened', { narrative: 'It refused me.' });
    await draft.addFile({ name: 'letter.txt', content: 'Dear applicant' });
    for (const walk of [going, ended]) {
      const cookie = `${await enter(walk.receipt)}; ${draft.cookie}`;
      // To leave quickly ends a session.
      for (const path of addresses())
        await find({ name: path, path, cookie: path === '/leave' ? '' : cookie });
    }
    const receipt = '12345 12345 12345 12345 12345';
    for (const [path, fields] of [
      ['/lodge/saved', { receipt, reference: 'RD-AAAA-AAAA' }],
      ['/card', { receipt, look: 'full' }],
      ['/papers/copy.pdf', { receipt: '1' }],
      ['/lodge', {}],
    ] as const)
      await find({
        name: `answer of ${path}`,
        path,
        cookie: '',
        body: new URLSearchParams(fields).toString(),
      });
  }

  async function enter(receipt: string): Promise<string> {
    const body = new URLSearchParams({ receipt }).toString();
    const opened = await app.ask('POST', '/my-case/open', { headers: FORM, body });
    return String(opened.headers['set-cookie']).split(';')[0]!;
  }

  /** Takes the page and, once for each of its forms, the page that refuses it, unless they were found before. */
  async function find(each: Seen): Promise<void> {
    if (seen.some(({ name }) => name === each.name)) return;
    const answer = await answerTo(each, 'en');
    if (!/^text\/html/.test(String(answer.headers['content-type']))) return;
    seen.push(each);
    if (each.body !== undefined) return;
    for (const form of formsOf(answer)) {
      if (form.isMultipart || form.fields.length === 0) continue;
      const path = form.action.split('?')[0]!;
      await find({ name: `${path} answered wrongly`, path, cookie: each.cookie, body: wrongly(form) });
    }
  }

  function answerTo({ path, cookie, body }: Seen, language: Language): Promise<Answer> {
    const url = `${path}?lang=${language}`;
    return body === undefined
      ? app.ask('GET', url, { headers: { cookie } })
      : app.ask('POST', url, { headers: { ...FORM, cookie }, body });
  }

  /** Shows the answer under its own address, with the styles of the house. */
  async function show(each: Seen, language: Language): Promise<void> {
    const { text } = await answerTo(each, language);
    const url = `${address}${each.path}?lang=${language}`;
    await page.route(url, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: text }));
    await page.goto(url);
    await page.unroute(url);
  }

  it('is found at every address and in every form, with the errors', () => {
    const names = seen.map(({ name }) => name);
    for (const name of [
      '/',
      '/my-case',
      '/lodge/files',
      '/lodge/check',
      '/my-case/alerts',
      '/my-case/survey',
      '/my-case/steps/accept-offer',
    ])
      expect(names).toEqual(expect.arrayContaining([name]));
    expect(names.filter((name) => name.endsWith('wrongly')).length).toBeGreaterThan(30);
  });

  const classes = new Set<string>();
  /** Whether the page has an element of a kind that was on no page before. */
  const hasNewLook = (html: string) => {
    const before = classes.size;
    for (const [, each] of html.matchAll(/ class="([^"]*)"/g)) classes.add(each!);
    return classes.size > before;
  };

  // The markup is the same in every language: all of it is looked at in one, and what is not one of many alike in each, with axe where
  // lines run the other way.
  it.each(LANGUAGES)(
    'is accessible as far as a machine can tell, and fits a phone and twice the size of letters, in %s',
    async (language) => {
      const isOneOfMany = ({ path, body }: Seen) => body !== undefined || path.startsWith('/my-case/steps/');
      for (const [n, each] of seen.entries()) {
        if (language !== 'en' && isOneOfMany(each)) continue;
        await show(each, language);
        const at = [language, each.name];
        // What fits a phone fits a large screen with letters four times as large, too.
        const { width } = page.viewportSize()!;
        const widest = Number(await page.evaluate('document.documentElement.scrollWidth'));
        expect([at, widest <= width]).toEqual([at, true]);
        expect([at, await page.evaluate(CUT_CHOICES)]).toEqual([at, []]);
        if (n === 0 || language === 'en' || language === 'ar')
          expect([at, await axe(page, { colours: n === 0 || hasNewLook(await page.content()) })]).toEqual([
            at,
            [],
          ]);
        await keepPicture(page, `portal-${language}-${n}`);
      }
    },
  );

  it.each(SECRETS)('shows the whole secret in the field of %s, also with an error', async (path, secret) => {
    for (const language of ['en', 'ar'] as const) {
      await page.goto(`${address}${path}?lang=${language}`);
      const field = page.locator('main input[type="text"]');
      await field.fill(secret);
      await page.locator('main form button').first().click();
      await page.locator('.govuk-error-summary').waitFor();
      expect(await field.inputValue()).toBe(secret);
      const { scrollWidth, clientWidth } = await field.evaluate(({ scrollWidth, clientWidth }) => ({
        scrollWidth,
        clientWidth,
      }));
      expect([language, scrollWidth <= clientWidth]).toEqual([language, true]);
    }
  });

  it.each(['en', 'ar', 'zh'] as const)(
    'leads from the first question to a message in the case by keys alone, in %s',
    async (language) => {
      const page = await openPage(browser, { viewport: { width: 320, height: 640 } });
      await page.goto(`${address}/lodge?lang=${language}`);
      const pathOf = () => new URL(page.url()).pathname;
      const focused = () =>
        page.evaluate<string>('document.activeElement.id || document.activeElement.textContent.trim()');
      const tabTo = async (target: string) => {
        for (let presses = 0; presses < 120 && (await focused()) !== target; presses++)
          await page.keyboard.press('Tab');
        expect(await focused()).toBe(target);
      };
      const onward = async (label: string) => {
        const before = page.url();
        await tabTo(label);
        await page.keyboard.press('Enter');
        await page.waitForURL((url) => url.href !== before);
      };
      await onward(say(language, 'lodge.begin'));
      await tabTo('narrative');
      await page.keyboard.type('It refused me.');
      while (pathOf() !== '/lodge/check')
        await onward(
          await page.locator('main button[value="next"], main a.govuk-button').first().innerText(),
        );
      await tabTo(say(language, 'lodge.send'));
      await page.keyboard.press('Enter');
      await page.waitForSelector('.receipt');
      expect(await page.locator('h1').innerText()).toBe(say(language, 'receipt.title'));
      const receipt = await page.locator('.receipt').innerText();
      await tabTo('saved');
      await page.keyboard.press('Space');
      await onward(say(language, 'receipt.continue'));
      await tabTo('receipt');
      await page.keyboard.type(receipt);
      await onward(say(language, 'open.send'));
      await tabTo('text');
      await page.keyboard.type('By keys alone.');
      await tabTo(say(language, 'mycase.message.send'));
      await page.keyboard.press('Enter');
      await page.getByText('By keys alone.').waitFor();
      await page.context().close();
    },
  );
});
