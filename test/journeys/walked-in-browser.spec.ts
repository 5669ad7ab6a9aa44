import type { Browser, Page } from 'playwright-core';
import { TakeStep, type StepRequest, type StepTaken } from '../../src/casework/take-step';
import { complaintOf, openCase } from '../../src/commands/demo/complaints';
import { ENDINGS } from '../../src/commands/demo/endings';
import { foundOrganisation, type Staff } from '../../src/commands/demo/organisation';
import type { Rooms } from '../../src/commands/demo/rooms';
import { Walk } from '../../src/commands/demo/walk';
import { Case } from '../../src/records/entities/case';
import { TestApp } from '../harness/app';
import { countOf, keepPicture, launchBrowser, openPage } from '../harness/browser';
import { engines } from '../harness/database';
import { fillIn } from '../harness/desk-journey';
import { lodgeInBrowser } from '../harness/lodging-pages';

/** Between them they lead through every part of the desk and of her own pages; all endings are walked without a browser elsewhere. */
const WALKED = new Set(['remedied and verified', 'settled by dialogue', 'declined', 'changed by an appeal']);

/** Pages do not depend on the database: one engine is enough here. */
describe('the whole way in a browser without script', () => {
  let app: TestApp;
  let browser: Browser;
  let address: string;
  let staff: Staff;
  let pictures = 0;
  const desks = new Map<string, Page>();

  beforeAll(async () => {
    app = await TestApp.start(engines()[0]!);
    await app.nest.listen(0, '127.0.0.1');
    address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
    staff = await foundOrganisation(app);
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  function keep(page: Page, name: string): Promise<void> {
    return keepPicture(page, `${String((pictures += 1)).padStart(3, '0')}-${name}`);
  }

  /** The page of this person of the staff, signed in. */
  async function deskOf(personId: string): Promise<Page> {
    const open = desks.get(personId);
    if (open) return open;
    const page = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    desks.set(personId, page);
    const { email, password } = Object.values(staff).find((each) => each.personId === personId)!;
    await page.goto(`${address}/sign-in`);
    await page.fill('#email', email);
    await page.fill('#password', password);
    await page.click('main button');
    return page;
  }

  /** Lodges with the form, keeps the receipt as the page asks, and comes back with it. */
  async function lodge(caseId: string): Promise<{ page: Page; reference: string; receipt: string }> {
    const { language, narrative, desiredOutcome } = complaintOf(openCase(caseId));
    const page = await openPage(browser, { viewport: { width: 320, height: 700 }, locale: language });
    await page.goto(address);
    await keep(page, `${caseId}-home`);
    await lodgeInBrowser(
      page,
      { narrative, desiredOutcome },
      { look: (name) => keep(page, `${caseId}-${name}`) },
    );
    await keep(page, `${caseId}-receipt`);
    const receipt = (await page.locator('.receipt').textContent())!;
    const reference = /RD-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec((await page.textContent('main'))!)![0];
    await page.check('#saved');
    await page.locator('form[action^="/lodge/saved"] button').click();
    await keep(page, `${caseId}-come-back`);
    await page.fill('#receipt', receipt);
    await page.locator('main form button').last().click();
    expect(page.url()).toBe(`${address}/my-case`);
    await keep(page, `${caseId}-my-case`);
    return { page, reference, receipt };
  }

  /** Whoever is asked onto a team says so on the page of what they are asked: they see no other page of the case yet. */
  async function declareNoConflict(page: Page, reference: string): Promise<StepTaken> {
    await page.goto(`${address}/desk/assignments`);
    await keep(page, 'asked');
    await page.click(`form[action="/desk/assignments/${reference}"] button[value="no"]`);
    expect(page.url()).toBe(`${address}/desk/cases/${reference}`);
    return { reference, proposed: false } as StepTaken;
  }

  /** Steps taken with the forms of the pages, by whoever takes them. */
  function rooms(mine: Page): Rooms {
    const run = async (request: StepRequest): Promise<StepTaken> => {
      const { step, reference, visitor, answers, agree } = request;
      const isMine = visitor.kind === 'rightsholder';
      const page = isMine ? mine : await deskOf((visitor as { personId: string }).personId);
      if (step === 'declare-no-conflict') return declareNoConflict(page, reference!);
      const path = isMine ? '/my-case' : `/desk/cases/${reference}`;
      const link = agree
        ? page.locator(`form[action="${path}/steps/${step}"] button[value="yes"]`)
        : page.locator(`a[href="${path}/steps/${step}"]`).first();
      // A page from before may not offer it yet, or fold it away as not possible.
      if ((await countOf(link)) === 0 || !(await link.isVisible())) await page.goto(`${address}${path}`);
      if ((await countOf(link)) === 0) throw new Error(`“${step}” is not offered to them on ${path}.`);
      await link.click();
      if (!agree) {
        await fillIn(page, answers);
        await keep(page, step);
        await page.locator('main form button').last().click();
      }
      await keep(page, `${step}-done`);
      const problem = page.locator('.govuk-error-summary');
      if ((await countOf(problem)) > 0)
        throw new Error(`“${step}” was refused: ${(await problem.innerText()).trim()}`);
      const proposed = page.url().includes('done=proposed');
      return { reference, proposed } as StepTaken;
    };
    return {
      get: <T>(type: abstract new (...args: never[]) => T): T =>
        (type as unknown) === TakeStep ? ({ run } as unknown as T) : app.get(type),
    };
  }

  it.each(ENDINGS.filter(({ title }) => WALKED.has(title)).map((ending) => [ending.title, ending] as const))(
    'goes from lodging to its end: %s',
    async (_, ending) => {
      const { page, reference, receipt } = await lodge(ending.caseId);
      const record = openCase(ending.caseId);
      await ending.walk(await Walk.start(rooms(page), staff, record, { reference, receipt }));
      const desk = await deskOf(staff.triage.personId);
      await desk.goto(`${address}/desk/cases/${reference}`);
      await keep(desk, `${ending.caseId}-case`);
      await desk.goto(`${address}/desk/cases/${reference}/history`);
      await keep(desk, `${ending.caseId}-history`);
      await page.goto(`${address}/my-case`);
      await keep(page, `${ending.caseId}-my-case-at-the-end`);
      const { state, closureCode } = await app.source.getRepository(Case).findOneByOrFail({ reference });
      expect({ state, closureCode }).toEqual({ state: ending.state, closureCode: ending.closureCode });
      expect((await app.verify()).differences).toEqual([]);
    },
  );
});
