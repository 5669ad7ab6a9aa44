import type { Browser, Page } from 'playwright-core';
import { IndexCases } from '../../src/casework/search/index-cases';
import { complaintOf, openCase, type OpenCaseRecord } from '../../src/commands/demo/complaints';
import { foundOrganisation, type Staff, type StaffPlace } from '../../src/commands/demo/organisation';
import { Walk } from '../../src/commands/demo/walk';
import { TestApp } from './app';
import { axe, countOf, keepPicture, launchBrowser, mainText, openPage } from './browser';

/** A wide screen, and a phone. */
const WIDTHS = [1280, 390];

/** A complaint of the demo that was lodged, and what leads it on where no page is looked at. */
export interface LodgedComplaint {
  record: OpenCaseRecord;
  reference: string;
  receipt: string;
  walk: Walk;
}

/** The organisation of the demo behind a browser without script, for journeys that read as stories by actor. */
export class Journey {
  private pictures = 0;
  private readonly looks = new Set<string>();
  private readonly people = new Map<string, Person>();

  private constructor(
    private readonly name: string,
    readonly app: TestApp,
    readonly staff: Staff,
    private readonly browser: Browser,
    readonly address: string,
  ) {}

  /** Pages do not depend on the database: one engine is enough. `name` begins the names of the pictures. */
  static async begin(name: string): Promise<Journey> {
    const app = await TestApp.start('sqlite');
    await app.nest.listen(0, '127.0.0.1');
    const address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
    return new Journey(name, app, await foundOrganisation(app), await launchBrowser(), address);
  }

  async end(): Promise<void> {
    await this.browser.close();
    await this.app.close();
  }

  /** One of the complaints, as its program sends it. */
  async lodge(caseId: string): Promise<LodgedComplaint> {
    const record = openCase(caseId);
    const { body } = await this.app.ask<{ reference: string; receipt: string }>(
      'POST',
      '/api/v1/complaints',
      { body: complaintOf(record) },
    );
    return { ...body, record, walk: await Walk.start(this.app, this.staff, record, body) };
  }

  /** What the jobs of a running server do a moment later: the words of new cases are found. */
  async settle(): Promise<void> {
    await this.app.integrate();
    while ((await this.app.get(IndexCases).follow()) > 0);
  }

  /** Somebody of the staff, signed in on a page of their own. */
  async member(place: StaffPlace): Promise<Person> {
    const { email, password } = this.staff[place];
    return this.known(place, async (page) => {
      await page.goto(`${this.address}/sign-in`);
      await page.fill('#email', email);
      await page.fill('#password', password);
      await page.click('main button');
    });
  }

  /** Whoever lodged the complaint, on a phone, in the language of the complaint, come back with the receipt. */
  async complainant({ record, receipt, reference }: LodgedComplaint): Promise<Person> {
    return this.known(`who-lodged-${reference}`, async (page) => {
      await page.goto(`${this.address}/my-case/open?lang=${record.language}`);
      await page.fill('#receipt', receipt);
      await page.locator('main form button').last().click();
    });
  }

  private async known(key: string, enter: (page: Page) => Promise<void>): Promise<Person> {
    const known = this.people.get(key);
    if (known) return known;
    const page = await openPage(this.browser, { viewport: { width: WIDTHS[0]!, height: 900 } });
    page.setDefaultTimeout(10_000);
    await enter(page);
    const person = new Person(this, page, key.startsWith('who-lodged') ? '/my-case' : null);
    this.people.set(key, person);
    return person;
  }

  /** On a wide screen and a phone, axe is content, nothing sticks out, and every link and field is reached by keys, in order. */
  async look(page: Page, what: string): Promise<void> {
    const name = `${this.name}-${String((this.pictures += 1)).padStart(2, '0')}-${what}`;
    await page.waitForLoadState();
    const html = await page.content();
    const before = this.looks.size;
    for (const [, each] of html.matchAll(/ class="([^"]*)"/g)) this.looks.add(each!);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await keepPicture(page, `${name}-${width}`);
      expect([name, width, await axe(page, { colours: this.looks.size > before })]).toEqual([
        name,
        width,
        [],
      ]);
      const widest = Number(await page.evaluate('document.documentElement.scrollWidth'));
      expect([name, width, widest <= width]).toEqual([name, width, true]);
    }
    await page.setViewportSize({ width: WIDTHS[0]!, height: 900 });
    expect([name, await missedByKeys(page)]).toEqual([name, []]);
  }
}

/** Somebody in front of the pages. */
export class Person {
  constructor(
    private readonly journey: Journey,
    readonly page: Page,
    /** Where their only case lies; null for staff, who have many. */
    private readonly own: string | null,
  ) {}

  async opens(path: string): Promise<void> {
    await this.page.goto(this.journey.address + path);
  }

  looksAt(what: string): Promise<void> {
    return this.journey.look(this.page, what);
  }

  /** What the middle of the page says, with single blanks. */
  async reads(): Promise<string> {
    return (await mainText(this.page)).replaceAll(/\s+/g, ' ');
  }

  /** Follows the link to a step from the page of the case, where it has to stand. */
  async begins(step: string, reference?: string): Promise<void> {
    const path = this.own ?? `/desk/cases/${reference}`;
    await this.opens(path);
    const link = this.page.locator(`a[href="${path}/steps/${step}"]`).first();
    if ((await countOf(link)) === 0) throw new Error(`“${step}” is not offered on ${path}.`);
    await link.click();
  }

  /** Fills in what is given and sends the form; what went wrong stands on the page. */
  async sends(answers: Record<string, unknown> = {}): Promise<void> {
    await fillIn(this.page, answers);
    await this.page.locator('main form button').last().click();
  }

  /** Takes a step by its form, from the link on the page of the case to the page that says that it is done. */
  async takes(step: string, answers: Record<string, unknown> = {}, reference?: string): Promise<void> {
    await this.begins(step, reference);
    await this.sends(answers);
    await this.expectDone(step);
  }

  /** Agrees with the button that waits on the page of the case. */
  async agreesTo(step: string, reference: string): Promise<void> {
    const path = `/desk/cases/${reference}`;
    await this.opens(path);
    await this.page.click(`form[action="${path}/steps/${step}"] button[value="yes"]`);
    await this.expectDone(step);
  }

  /** Says that there is no conflict of interest, where they are asked onto a team. */
  async joins(reference: string): Promise<void> {
    await this.opens('/desk/assignments');
    await this.page.click(`form[action="/desk/assignments/${reference}"] button[value="no"]`);
    expect(new URL(this.page.url()).pathname).toBe(`/desk/cases/${reference}`);
  }

  /** The sentences above the form that say what is wrong; whatever of this page they lead to is there, and each way has an address. */
  async refusals(): Promise<string[]> {
    await this.page.waitForLoadState();
    for (const link of await this.page.locator('.govuk-error-summary a').all()) {
      const href = (await link.getAttribute('href'))!;
      if (href.startsWith('#')) expect(await this.page.locator(href).count()).toBe(1);
      else expect(href).toMatch(/^\/desk\//);
    }
    const refused = await this.page.locator('.govuk-error-summary__list > li').allInnerTexts();
    return refused.map((text) => text.split('\n')[0]!);
  }

  private async expectDone(step: string): Promise<void> {
    const refused = await this.refusals();
    if (refused.length > 0) throw new Error(`“${step}” was refused: ${refused.join(' ')}`);
  }
}

/** Fills in a form by the names of its fields, whatever their shape. */
export async function fillIn(page: Page, answers: Record<string, unknown>): Promise<void> {
  for (const [name, value] of Object.entries(answers)) {
    if (value === undefined || value === null) continue;
    const field = page.locator(`main form [name="${name}"]`);
    const shape = await field.first().evaluate((each) => (each as unknown as { type: string }).type);
    const values = [value as string | number | boolean | (string | number)[]]
      .flat()
      .map((each) => (typeof each === 'boolean' ? (each ? 'yes' : 'no') : String(each)));
    if (shape === 'checkbox' || shape === 'radio')
      for (const each of values) {
        const box = page.locator(`main form [name="${name}"][value="${each}"]`);
        if (each !== 'no' || (await countOf(box)) > 0) await box.check();
      }
    else if (shape.startsWith('select')) await field.selectOption(values);
    else await field.fill(values.join('\n'));
  }
}

/** What can be chosen on the page, in its order: of buttons that exclude each other, one. */
const CHOSEN = `(() => {
  const groups = new Set();
  return [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter((each) => {
    if (each.disabled || each.type === 'hidden' || !each.checkVisibility()) return false;
    if (each.type !== 'radio') return true;
    const group = [...document.querySelectorAll('input[type="radio"]')].filter(
      ({ name, form }) => name === each.name && form === each.form,
    );
    return each === (group.find(({ checked }) => checked) ?? group[0]);
  });
})()`;

/**
 * What Tab does not come to, comes to in another order than it is written, or comes to without showing it: one sentence each. Tab begins at
 * the first of all.
 */
async function missedByKeys(page: Page): Promise<string[]> {
  const names = await page.evaluate<string[]>(
    `(window.chosen = ${CHOSEN}).map((each) => (each.id || each.textContent.trim() || each.name).slice(0, 60))`,
  );
  const missed: string[] = [];
  await page.evaluate('window.chosen[0].focus()');
  for (let n = 0; n < names.length; n++) {
    const { at, isShown } = await page.evaluate<{ at: number; isShown: boolean }>(`(() => {
      const focused = document.activeElement;
      const shows = (element, part) => {
        if (!element) return false;
        const { outlineStyle, boxShadow } = getComputedStyle(element, part);
        return outlineStyle !== 'none' || boxShadow !== 'none';
      };
      return {
        at: window.chosen.indexOf(focused),
        isShown: shows(focused) || shows(focused.nextElementSibling, '::before'),
      };
    })()`);
    if (at !== n) {
      missed.push(`Tab comes to ${names[at] ?? 'something else'} where “${names[n]}” stands next.`);
      break;
    }
    if (!isShown) missed.push(`“${names[n]}” does not show that it has the focus.`);
    await page.keyboard.press('Tab');
  }
  return missed;
}
