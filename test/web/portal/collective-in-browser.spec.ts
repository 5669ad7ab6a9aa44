import type { Browser, Page } from 'playwright-core';
import { DeliverNews } from '../../../src/casework/collective/deliver-news';
import { OpenCase } from '../../../src/casework/intake/open-case';
import { Sessions } from '../../../src/people/sessions';
import type { Visitor } from '../../../src/people/visitor';
import type { RoleCode } from '../../../src/rules/roles';
import { say, type Language } from '../../../src/words/words';
import { TestApp } from '../../harness/app';
import { expectToLookRight, launchBrowser, mainText, openPage } from '../../harness/browser';
import type { House } from '../../harness/house';
import { hireStaff, Walk, type Staff } from '../../harness/walk';

let app: TestApp;
let browser: Browser;
let address: string;
let house: House;
let staff: Staff;
let group: Walk;
let code: string;
const members: Walk[] = [];

beforeAll(async () => {
  app = await TestApp.start('sqlite');
  await app.nest.listen(0, '127.0.0.1');
  address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
  browser = await launchBrowser();
  house = {
    get: app.get.bind(app),
    officer: async (role: RoleCode) => {
      const { personId } = await app.officer(role);
      return { kind: 'officer', personId, roles: [role], unitHash: null, sessionHash: '' };
    },
  } as unknown as House;
  staff = await hireStaff(house);
});
afterAll(() => app?.close());

const newPage = () => openPage(browser, { viewport: { width: 1280, height: 800 } });
const press = (page: Page, key: string, language: Language = 'en') =>
  page.getByRole('button', { name: say(language, key), exact: true }).click();

async function walkOf(receipt: string, reference: string): Promise<Walk> {
  const { token } = await app.get(OpenCase).byReceipt(receipt, 'program');
  const { visitor } = (await app.get(Sessions).resolve(token))!;
  return new Walk(house, staff, reference, receipt, visitor as Visitor & { kind: 'rightsholder' });
}

/** Sends what is written, and takes the receipt away. */
async function send(page: Page, language: Language = 'en'): Promise<Walk> {
  await page.goto(`${address}/lodge/check?lang=${language}`);
  await press(page, 'lodge.send', language);
  const receipt = (await page.locator('.receipt').first().innerText()).trim();
  const reference = /RD-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await mainText(page))![0];
  return walkOf(receipt, reference);
}

async function open(walk: Walk, language: Language = 'en'): Promise<Page> {
  const page = await newPage();
  await page.goto(`${address}/my-case/open?lang=${language}`);
  await page.getByLabel(say(language, 'open.label')).fill(walk.receipt);
  await press(page, 'open.send', language);
  return page;
}

async function toStep(page: Page, step: string, language: Language = 'en'): Promise<void> {
  const name = say(language, `step.${step}.name`);
  await page.getByRole('link', { name, exact: true }).first().click();
}

async function joinAs(language: Language): Promise<Page> {
  const page = await newPage();
  await page.goto(`${address}/join-group?lang=${language}`);
  await page.getByLabel(say(language, 'join.label')).fill(code.toLowerCase());
  await press(page, 'join.send', language);
  await page.getByLabel(say(language, 'page.yes'), { exact: true }).check();
  await press(page, 'join.send', language);
  return page;
}

describe('a collective complaint in the pages, without script', () => {
  it('is lodged by a union, which makes a code for its members', async () => {
    const page = await newPage();
    await page.goto(`${address}/lodge/what-happened`);
    await page.getByLabel(say('en', 'lodge.narrative.label')).fill('The rota system fires our members.');
    await press(page, 'lodge.next');
    await page.goto(`${address}/lodge/who`);
    await page.getByLabel(say('en', 'code.complainantRole.group')).check();
    await page
      .getByLabel(say('en', 'lodge.groupDefinition.label'))
      .fill('Drivers of the north depot, about 200.');
    await expectToLookRight(page, 'collective-who-en');
    await press(page, 'lodge.next');
    group = await send(page);
    const mine = await open(group);
    await toStep(mine, 'make-join-code');
    await expectToLookRight(mine, 'make-join-code-en');
    await mine.getByLabel(say('en', 'code.joinPlaces.10'), { exact: true }).check();
    await mine.getByLabel(say('en', 'code.joinFor.30')).check();
    await press(mine, 'step.send');
    await expectToLookRight(mine, 'join-code-en');
    code = (await mine.locator('.receipt').innerText()).trim();
    expect(code).toMatch(/^([B-Z]{4} ){4}[B-Z]{4}$/);
    expect(mine.url()).not.toContain(code.slice(0, 4));
    await mine.goto(`${address}/my-case`);
    const shown = await mainText(mine);
    expect(shown).not.toContain(code);
    expect(shown).toContain(say('en', 'mycase.group.few'));
    await expectToLookRight(mine, 'collective-lead-en');
  });

  it('shows whoever speaks for others what they wrote of the group, too', async () => {
    const page = await newPage();
    await page.goto(`${address}/lodge/what-happened`);
    await page.getByLabel(say('en', 'lodge.narrative.label')).fill('The rota system fires our members.');
    await press(page, 'lodge.next');
    await page.goto(`${address}/lodge/who`);
    await page.getByLabel(say('en', 'code.complainantRole.representative')).check();
    await page.getByLabel(say('en', 'lodge.groupDefinition.label')).fill('Drivers of the south depot.');
    await press(page, 'lodge.next');
    const mine = await open(await send(page));
    expect(await mainText(mine)).toContain('Drivers of the south depot.');
  });

  it('tells what is wrong with a code at its field, and keeps what was typed', async () => {
    const page = await newPage();
    await page.goto(`${address}/join-group`);
    await page.getByLabel(say('en', 'join.label')).fill('BCDF BCDF');
    await press(page, 'join.send');
    expect(await mainText(page)).toContain(say('en', 'error.join-code.unknown'));
    expect(await page.getByLabel(say('en', 'join.label')).inputValue()).toBe('BCDF BCDF');
    await expectToLookRight(page, 'join-group-wrong-en');
    await page.getByLabel(say('en', 'join.label')).fill(code);
    await press(page, 'join.send');
    await press(page, 'join.send');
    expect(await mainText(page)).toContain(say('en', 'error.join-code.agree'));
    await expectToLookRight(page, 'join-agree-wrong-en');
  });

  it.each(['en', 'ar', 'en'] as const)(
    'is joined by a member who reads %s and need write nothing',
    async (language) => {
      const page = await joinAs(language);
      expect(await mainText(page)).toContain(
        say(language, 'join.lodge.hint', { reference: group.reference }),
      );
      if (members.length < 2) await expectToLookRight(page, `join-what-happened-${language}`);
      if (members.length > 0) await press(page, 'lodge.next', language);
      else {
        await page.getByLabel(say(language, 'lodge.narrative.label')).fill('It fired me while I was ill.');
        await press(page, 'lodge.next', language);
      }
      await page.goto(`${address}/lodge/check?lang=${language}`);
      expect(await mainText(page)).toContain(group.reference);
      if (members.length === 0) await expectToLookRight(page, `join-check-${language}`);
      const member = await send(page, language);
      members.push(member);
      const mine = await open(member, language);
      const shown = await mainText(mine);
      expect(shown).toContain(group.reference);
      if (members.length > 1)
        expect(shown).toContain(say(language, 'join.narrative', { reference: group.reference }));
      if (members.length < 3) await expectToLookRight(mine, `collective-member-${language}`);
    },
  );

  it('can be left out again before the complaint is sent', async () => {
    const page = await joinAs('en');
    await page.goto(`${address}/lodge/check`);
    await press(page, 'join.drop');
    expect(await mainText(page)).not.toContain(group.reference);
    await press(page, 'lodge.send');
    expect(await mainText(page)).toContain(say('en', 'error.narrative.empty'));
  });

  it('is joined from a case that is there already, with its code or with a sentence at the field', async () => {
    const own = await Walk.lodge(house, staff);
    const page = await open(own);
    await toStep(page, 'join-group');
    await expectToLookRight(page, 'join-from-case-en');
    await page.getByLabel(say('en', 'ask.joinCode')).fill('BCDF BCDF BCDF BCDF BCDF');
    await page.getByLabel(say('en', 'ask.agreesToJoin')).check();
    await press(page, 'step.send');
    expect(await mainText(page)).toContain(say('en', 'error.join-code.unknown'));
    await page.getByLabel(say('en', 'ask.joinCode')).fill(code);
    await page.getByLabel(say('en', 'ask.agreesToJoin')).check();
    await press(page, 'step.send');
    expect(await mainText(page)).toContain(group.reference);
    await toStep(page, 'leave-group');
    await press(page, 'step.send');
    expect(await mainText(page)).not.toContain(group.reference);
  });

  it('writes to its members, one of whom leaves', async () => {
    const page = await open(group);
    await toStep(page, 'write-to-members');
    await page.getByLabel(say('en', 'ask.memberNews')).fill('We meet on Monday.');
    await press(page, 'step.send');
    expect(await app.get(DeliverNews).run()).toBe(3);
    const mine = await open(members[2]!);
    expect(await mainText(mine)).toContain('We meet on Monday.');
    expect(await mainText(mine)).toContain(say('en', 'role.LEAD'));
    await toStep(mine, 'leave-group');
    await press(mine, 'step.send');
    expect(await mainText(mine)).not.toContain(say('en', 'mycase.group.yours'));
  });

  it('binds no member: one accepts an offer of her own, one refuses, and both go on after it ends', async () => {
    const [first, second] = members as [Walk, Walk];
    for (const walk of [first, second, group]) {
      await walk.toInvestigation();
      await walk.toFindings();
      await walk.toOffer();
    }
    const lead = await open(group);
    expect(await mainText(lead)).toContain(say('en', 'mycase.group.offer'));
    await expectToLookRight(lead, 'collective-offer-en');
    await group.by('TRI', 'describe-group', { individualRemedyNeeded: true });
    await group.toMonitoring();
    await group.close();
    const refusing = await open(second, 'ar');
    expect(await mainText(refusing)).toContain(say('ar', 'state.closed'));
    await toStep(refusing, 'refuse-offer', 'ar');
    await press(refusing, 'step.send', 'ar');
    await first.by('RH', 'accept-offer', { understood: true });
    const accepted = await open(first);
    expect(await mainText(accepted)).toContain(say('en', 'state.implementation'));
    const refused = await open(second, 'ar');
    expect(await mainText(refused)).toContain(say('ar', 'state.remedy-proposed'));
  });
});
