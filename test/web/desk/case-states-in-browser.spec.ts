import { Readable } from 'node:stream';
import type { Browser, Page } from 'playwright-core';
import { EvidenceFiles } from '../../../src/casework/evidence-files';
import { TEST_PASSWORD, TestApp, type TestOfficer } from '../../harness/app';
import { expectToLookRight, keepPicture, launchBrowser, mainText, openPage } from '../../harness/browser';
import { engines } from '../../harness/database';
import { hireStaff, houseOf, Walk } from '../../harness/walk';

const SLIGHT = { nature: 'ACTUAL', scale: 1, scope: 1, irremediability: 1, vulnerable: false };

/** The pages do not depend on the database: one engine is enough here. */
describe('one case from its lodging to its review, in a browser without script', () => {
  let app: TestApp;
  let browser: Browser;
  let page: Page;
  let officer: TestOfficer;
  let walk: Walk;

  beforeAll(async () => {
    app = await TestApp.start(engines()[0]!);
    await app.nest.listen(0, '127.0.0.1');
    browser = await launchBrowser();
    const house = houseOf(app);
    walk = await Walk.lodge(house, await hireStaff(house));
    officer = await app.officer('TRI', 'DEC');
    page = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    await page.goto(at('/sign-in'));
    await page.fill('#email', officer.email);
    await page.fill('#password', TEST_PASSWORD);
    await page.click('main button');
  });

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  const at = (path: string) =>
    `http://127.0.0.1:${(app.nest.getHttpServer().address() as { port: number }).port}${path}`;

  /** Looks at the page of the case on a wide and on narrow screens, with what is folded unfolded in the picture. */
  async function look(name: string): Promise<string> {
    await page.goto(at(`/desk/cases/${walk.reference}`));
    await expectToLookRight(page, `case-${name}`);
    await page.setViewportSize({ width: 390, height: 900 });
    await keepPicture(page, `case-${name}-390`);
    await page.setViewportSize({ width: 1280, height: 900 });
    const text = await mainText(page);
    expect(text).not.toContain('There is no measure that is ordered or active.');
    await page.click('summary:has-text("Not possible now, and why")');
    await keepPicture(page, `case-${name}-unfolded-1280`);
    expect(await mainText(page)).toContain('There is no measure that is ordered or active.');
    return text;
  }

  const inHands = async () => {
    const [, held] = /In the hands of\s+([^\n]+)/.exec(await page.innerText('.desk-identity'))!;
    return held;
  };

  it('shows where it stands in each, and what can be done', async () => {
    await look('received');
    expect(await inHands()).toBe('Every intake officer');
    await walk.toInvestigation();
    await app.bring(walk.reference, officer);
    await walk.by('TRI', 'lower-severity', {
      ...SLIGHT,
      delayMakesIrremediable: false,
      reasons: 'It is over.',
    });
    await walk.by('TRI', 'exclude', { exclusionGround: 'EX-UNIT', unit: 'Claims' });
    await walk.by('PRT', 'lift-exclusion', { exclusionNumber: 1, reasons: 'The unit is another one.' });
    await walk.by('TRI', 'plan-protection', {
      protects: 'COMPLAINANT',
      protectionMeasures: ['PM-01'],
      owner: walk.staff.PRT.personId,
      reviewOn: '2026-12-20',
    });
    await walk.by('TRI', 'end-protection', { protectionNumber: 1, reasons: 'She moved away.' });
    const inquiry = await look('inquiry');
    expect(inquiry).toContain('Waiting for your word');
    expect(inquiry).toMatch(
      /End protection\s*: Triage lead .* It waits for another person to agree: Protection officer\./,
    );
    await walk.toFindings();
    await walk.toOffer();
    await look('offered');
    await walk.toMonitoring();
    await walk.close();
    await look('closed');
    await walk.by('RH', 'appeal', { grounds: 'Nobody asked me.' });
    await look('review');
    expect(await inHands()).toBe(
      'Nobody yet who may act as independent reviewer. A triage lead has to assign somebody',
    );
  });

  it('shows a page of many files', async () => {
    const house = houseOf(app);
    walk = await Walk.lodge(house, walk.staff);
    for (let n = 1; n <= 52; n += 1)
      await app
        .get(EvidenceFiles)
        .add(
          walk.staff.TRI,
          { fileName: `log-of-june-${n}.txt`, content: Readable.from([Buffer.from(`${n}`)]) },
          walk.reference,
        );
    await page.goto(at(`/desk/cases/${walk.reference}`));
    await page.click('a:has-text("Earlier files")');
    const text = await mainText(page);
    expect([text.includes('2. log-of-june-2.txt'), text.includes('log-of-june-3.txt')]).toEqual([
      true,
      false,
    ]);
    expect(text).toContain('Newest files');
    await expectToLookRight(page, 'case-earlier-files');
  });
});
