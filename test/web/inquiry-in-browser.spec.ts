import type { Browser, Page } from 'playwright-core';
import { say } from '../../src/words/words';
import { TEST_PASSWORD, TestApp, type TestOfficer } from '../harness/app';
import { expectToLookRight, launchBrowser, mainText, openPage } from '../harness/browser';
import { hireStaff, houseOf, Walk } from '../harness/walk';

/** The pages do not depend on the database: one engine is enough here. */
describe('inquiry and dialogue in a browser without script', () => {
  let app: TestApp;
  let browser: Browser;
  let address: string;
  let walk: Walk;
  let officer: TestOfficer;

  beforeAll(async () => {
    app = await TestApp.start('sqlite');
    await app.nest.listen(0, '127.0.0.1');
    address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
    browser = await launchBrowser();
    const staff = await hireStaff(houseOf(app));
    officer = await app.officer('INV');
    walk = await Walk.lodge(houseOf(app), staff, 'It stopped my benefit.', { language: 'ar' });
    await walk.toInvestigation();
    await walk.bring({ ...staff.INV, personId: officer.personId }, 'INV');
    await walk.facilitate();
    await walk.by('INV', 'request-evidence', {
      askedOf: 'VENDOR',
      askedWhom: 'The support desk of the maker.',
      askedFor: 'The log of June.',
      dueOn: '2026-12-08',
      tellsNothingOfHer: true,
      allegationNumber: 1,
    });
    await walk.by('INV', 'invite-to-meeting', {
      plannedFor: '2026-12-08',
      meetingDetails: 'At ten, at the library.',
      companionOffered: true,
    });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  async function desk(): Promise<Page> {
    const page = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    await page.goto(`${address}/sign-in`);
    await page.fill('#email', officer.email);
    await page.fill('#password', TEST_PASSWORD);
    await page.click('main button');
    return page;
  }

  async function hers(): Promise<Page> {
    const page = await openPage(browser, { viewport: { width: 390, height: 800 } });
    await page.goto(`${address}/my-case/open?lang=ar`);
    await page.getByLabel(say('ar', 'open.label')).fill(walk.receipt);
    await page.getByRole('button', { name: say('ar', 'open.send') }).click();
    return page;
  }

  it('lets staff note that records are lost, and shows the case what that means', async () => {
    const page = await desk();
    await page.goto(`${address}/desk/cases/${walk.reference}/steps/record-evidence-refusal`);
    await expectToLookRight(page, 'inquiry-refusal');
    await page.getByLabel('1: The vendor', { exact: false }).check();
    await page.getByLabel('Trade secret', { exact: false }).check();
    await page.getByLabel('never kept', { exact: false }).check();
    await page.getByLabel('Reasons, in plain words').fill('Deleted after a month.');
    await page.click('main button');
    await page.goto(`${address}/desk/cases/${walk.reference}`);
    await expectToLookRight(page, 'inquiry-case');
    expect(await mainText(page)).toContain('What is missing counts in favour of the complainant');
  });

  it('shows her, also on a phone, who leads the dialogue, the meeting, and what is missing', async () => {
    await walk.toFindings();
    const page = await hers();
    await expectToLookRight(page, 'inquiry-my-case');
    const text = await mainText(page);
    for (const key of [
      'mycase.facilitator.ACCEPTED',
      'mycase.facilitator.unit.ACCEPTED',
      'mycase.meeting.INTERVIEW',
      'mycase.asked.LOST',
      'letter.also.missing-records',
      'code.standardOfProof.SP-BALANCE',
    ])
      expect([key, text.includes(say('ar', key, { role: 'RH' }))]).toEqual([key, true]);
  });
});
