import type { Browser, Page } from 'playwright-core';
import { Systems } from '../../../src/casework/registers/systems';
import { say } from '../../../src/words/words';
import { TEST_PASSWORD, TestApp, type TestOfficer } from '../../harness/app';
import { expectToLookRight, launchBrowser, openPage } from '../../harness/browser';
import { engines } from '../../harness/database';
import { hireStaff, houseOf, Walk, type Staff } from '../../harness/walk';

const HOSTILE = '</textarea><script>document.title="x"</script><img src=x onerror=alert(1)>';

/** The pages do not depend on the database: one engine is enough here. */
describe('letters, in a browser without script', () => {
  let app: TestApp;
  let browser: Browser;
  let address: string;
  let staff: Staff;
  let drafter: Page;
  let lead: TestOfficer;
  let reader: Page;

  beforeAll(async () => {
    app = await TestApp.start(engines()[0]!);
    await app.nest.listen(0, '127.0.0.1');
    address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
    browser = await launchBrowser();
    staff = await hireStaff(houseOf(app));
    lead = await app.officer('TRI', 'INV');
    drafter = await signedIn(lead);
    reader = await signedIn(await app.officer('LEG'));
  });

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  const signedIn = async (officer: TestOfficer) => {
    const page = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    await page.goto(`${address}/sign-in`);
    await page.fill('#email', officer.email);
    await page.fill('#password', TEST_PASSWORD);
    await page.click('main button');
    return page;
  };
  const words = async (page: Page) => (await page.textContent('main'))!.replaceAll(/\s+/g, ' ');
  const press = (page: Page, name: string) => page.getByRole('button', { name }).first().click();

  it('lists every letter and language, and drafts one beside the built-in words, from right to left', async () => {
    await drafter.goto(`${address}/desk/wordings?language=ar`);
    expect(await words(drafter)).toContain('Letters in Arabic');
    await expectToLookRight(drafter, 'wordings');
    await drafter.click('a[href="/desk/wordings/letters/closed/ar"]');
    expect(await drafter.getAttribute('#body', 'lang')).toBe('ar');
    await drafter.fill('#body', 'انتهت قضيتك. {name}');
    await press(drafter, 'Save the draft');
    expect(await words(drafter)).toContain('Say {noWaiver} in the text');
    expect(await drafter.inputValue('#body')).toBe('انتهت قضيتك. {name}');
    await expectToLookRight(drafter, 'wording-refused');
    await drafter.fill(
      '#body',
      `انتهت قضيتك. ${HOSTILE}\n\nيمكنك طلب المراجعة خلال {appealWindow}: {url}\n\n{noWaiver}`,
    );
    await press(drafter, 'Preview');
    expect(await words(drafter)).toContain('Nothing is saved yet.');
    expect(await words(drafter)).toContain(say('ar', 'start.rights'));
    expect(await words(drafter)).toContain(HOSTILE);
    expect(await drafter.locator('main script, main img').count()).toBe(0);
    await expectToLookRight(drafter, 'wording-preview');
    await press(drafter, 'Save the draft');
    expect(await words(drafter)).toContain('Draft: version 1');
    await expectToLookRight(drafter, 'wording-draft');
    await press(drafter, 'Switch on');
    expect(await words(drafter)).toContain('somebody else has to read them');
  });

  it('is switched on by another person, who reads what changed', async () => {
    await reader.goto(`${address}/desk/wordings?language=ar`);
    expect(await words(reader)).toContain('Version 1 waits');
    await reader.click('a[href="/desk/wordings/letters/closed/ar"]');
    expect(await words(reader)).toContain('[taken out:]');
    await press(reader, 'Switch on');
    expect(await words(reader)).toContain('Version 1 is used since');
    await expectToLookRight(reader, 'wording-on');
    await press(reader, 'Draft going back to the built-in words');
    expect(await words(reader)).toContain('Draft: version 2');
    await press(reader, 'Drop the draft');
    await reader.click('summary');
    expect(await words(reader)).toContain('draft dropped on');
    await expectToLookRight(reader, 'wording-before');
  });

  it('writes a text block, puts it into a message and into the letter of a step, and loses nothing that was typed', async () => {
    await drafter.goto(`${address}/desk/wordings?language=ar`);
    await drafter.fill('#block', 'Not a name!');
    await press(drafter, 'Write a text block');
    expect(await words(drafter)).toContain('small letters, digits and hyphens');
    await drafter.fill('#block', 'waiting');
    await press(drafter, 'Write a text block');
    await drafter.fill('#subject', 'شكر على الصبر');
    await drafter.fill('#body', `شكرًا لصبرك.\n${HOSTILE}`);
    await press(drafter, 'Save the draft');
    expect(await words(drafter)).toContain('Draft: version 1');
    await reader.goto(`${address}/desk/wordings/blocks/waiting/ar`);
    await press(reader, 'Switch on');
    expect(await words(reader)).toContain('Version 1 is used since');

    const walk = await Walk.lodge(houseOf(app), staff, 'أوقف النظام إعانتي.', { language: 'ar' });
    const path = `${address}/desk/cases/${walk.reference}`;
    await drafter.goto(path);
    await drafter.fill('#text', 'مرحبًا');
    await drafter.click('#text-blocks summary');
    await drafter.click('button[name="insert"]');
    expect(await drafter.inputValue('#text')).toBe(`مرحبًا\n\nشكرًا لصبرك.\n${HOSTILE}`);
    await drafter.click('#text-blocks summary');
    await expectToLookRight(drafter, 'message-with-block');
    await press(drafter, 'Send message');
    expect(await words(drafter)).toContain('شكرًا لصبرك.');

    await walk.toInvestigation();
    const { personId } = lead;
    const roles = ['TRI', 'INV'] as const;
    await walk.bring(
      { kind: 'officer', personId, roles: [...roles], unitHash: null, sessionHash: '' },
      'INV',
    );
    await walk.by('INV', 'record-finding', {
      allegationNumber: 1,
      finding: 'FC-SUBST',
      standardOfProof: 'SP-BALANCE',
      findingCauses: ['RC-THRESH'],
      reasons: 'السجل يثبت ذلك.',
    });
    await walk.by('INV', 'determine-involvement', {
      involvement: 'CAUSE',
      involvementBasis: 'We set the threshold.',
      rootCauses: ['RC-THRESH'],
    });
    await drafter.goto(`${path}/steps/share-findings`);
    const draft = await drafter.inputValue('#reasons');
    expect(draft).toContain(say('ar', 'code.finding.FC-SUBST'));
    expect(draft).toContain('السجل يثبت ذلك.');
    expect(await words(drafter)).toContain('What it is drafted from');
    await expectToLookRight(drafter, 'reasons-letter');
    await drafter.fill('#aiRole', 'It scored.');
    await drafter.click('#text-blocks summary');
    await drafter.click('button[name="insert"][value="waiting reasons"]');
    expect(await drafter.inputValue('#reasons')).toBe(`${draft}\n\nشكرًا لصبرك.\n${HOSTILE}`);
    expect(await drafter.inputValue('#aiRole')).toBe('It scored.');
    expect(await drafter.locator('main script, main img').count()).toBe(0);
    await press(drafter, 'Share findings');
    expect(await words(drafter)).toContain('There is a problem');
    expect(await drafter.inputValue('#reasons')).toContain('شكرًا لصبرك.');
    for (const name of ['evidenceList', 'affectedOthers', 'vendorReply'])
      await drafter.fill(`#${name}`, 'Yes.');
    await press(drafter, 'Share findings');
    expect(await words(drafter)).toContain('Findings shared');

    const own = await openPage(browser, { viewport: { width: 390, height: 844 } });
    await own.goto(`${address}/my-case/open?lang=ar`);
    await own.getByLabel(say('ar', 'open.label')).fill(walk.receipt);
    await own.getByRole('button', { name: say('ar', 'open.send') }).click();
    expect(await words(own)).toContain('السجل يثبت ذلك.');
    expect(await words(own)).toContain(say('ar', 'start.rights'));
    expect(await own.locator('main script, main img').count()).toBe(0);
    await expectToLookRight(own, 'my-case-reasons-letter');
  });

  it('asks for a translation beside the original, and shows what a case teaches on the page of its system', async () => {
    const walk = await Walk.lodge(houseOf(app), staff, 'أوقف النظام إعانتي.', { language: 'ar' });
    const path = `${address}/desk/cases/${walk.reference}`;
    await walk.by('INT', 'request-translation', {
      translatedKind: 'COMPLAINT',
      translationLanguage: 'en',
      owner: staff.TRI.personId,
      dueOn: '2026-11-25',
    });
    await drafter.goto(`${path}/steps/request-translation`);
    await expectToLookRight(drafter, 'request-translation');
    const systemNumber = await app.get(Systems).add(staff.TRI, {
      systemName: 'نظام الإعانات',
      purpose: 'It rates applications.',
      useDomain: 'DOM-SVC-BEN',
      lifecycleStage: 'LC-OPER',
    });
    const record = { recordKind: 'HRIA', happenedOn: '2026-11-20', recordTitle: 'Looked at again' };
    await app.get(Systems).record(staff.TRI, systemNumber, record);
    await walk.by('TRI', 'name-system', { systemNumber });
    await walk.toInvestigation();
    await walk.toFindings();
    await walk.toOffer();
    await walk.toMonitoring();
    const lesson = { systemNumber, lessonCauses: ['RC-OVERS'], lessonText: `ينظر إنسان. ${HOSTILE}` };
    await walk.by('DEC', 'record-lesson', { ...lesson, diligenceRecord: 1 });
    await drafter.goto(path);
    expect(await words(drafter)).toContain('Request 1. The complaint into English: due on 2026-11-25');
    expect(await words(drafter)).toContain('Taken up in record 1 of the system');
    await expectToLookRight(drafter, 'case-with-request-and-lesson');
    await drafter.goto(`${address}/desk/systems/${systemNumber}`);
    expect(await words(drafter)).toContain('Why it happened: Oversight absent/nominal. Taken up in record 1');
    expect(await words(drafter)).toContain('Takes up what was learnt from');
    expect(await drafter.locator('main script, main img').count()).toBe(0);
    await expectToLookRight(drafter, 'system-with-lesson');
  });
});
