import type { Browser, Page } from 'playwright-core';
import { Lodge } from '../../../src/casework/intake/lodge';
import { OpenCase } from '../../../src/casework/intake/open-case';
import { Sessions } from '../../../src/people/sessions';
import type { Visitor } from '../../../src/people/visitor';
import { CONSENT_CODES } from '../../../src/rules/consents';
import { say, type Language } from '../../../src/words/words';
import { TestApp } from '../../harness/app';
import { expectToLookRight, launchBrowser, mainText, openPage } from '../../harness/browser';
import { hiddenIn, LodgingPages, receiptIn } from '../../harness/lodging-pages';
import { hireStaff, houseOf, Walk, type Staff } from '../../harness/walk';

let app: TestApp;
let browser: Browser;
let address: string;
let staff: Staff;

beforeAll(async () => {
  app = await TestApp.start('sqlite');
  await app.nest.listen(0, '127.0.0.1');
  address = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
  browser = await launchBrowser();
  staff = await hireStaff(houseOf(app));
});
afterAll(() => app?.close());

async function open(receipt: string, language: Language, width = 1280): Promise<Page> {
  const page = await openPage(browser, { viewport: { width, height: 800 } });
  await page.goto(`${address}/my-case/open?lang=${language}`);
  await page.getByLabel(say(language, 'open.label')).fill(receipt);
  await page.getByRole('button', { name: say(language, 'open.send') }).click();
  return page;
}

/** A case that a union lodged, and the person's own receipt of it. */
async function lodged(): Promise<{ union: string; person: string; walk: Walk }> {
  const { reference, receipt: union } = await app.get(Lodge).run(
    {
      narrative: 'It refused her.',
      complainantRole: 'representative',
      name: 'Ines Roth',
      mandateBasis: 'MB-BODY',
    },
    { role: 'REP' },
  );
  const { token } = await app.get(OpenCase).byReceipt(union, 'program');
  const holder = (await app.get(Sessions).resolve(token))!.visitor as Visitor & { kind: 'rightsholder' };
  const walk = new Walk(houseOf(app), staff, reference, union, holder);
  const receipt = await walk.numberForPerson();
  return { union, walk, person: (await app.get(OpenCase).byReceipt(receipt, 'program')).taken!.receipt };
}

describe('the question of what a representative rests on', () => {
  it('is asked of representatives alone, and forgotten when somebody speaks for nobody after all', async () => {
    const pages = new LodgingPages(app);
    const onward = async (complainantRole: string) =>
      (await pages.answer('who', { complainantRole })).headers.location;
    await pages.answer('what-happened', { narrative: 'It refused her.' });
    expect(await onward('affected')).toBe('/lodge/when');
    expect(await onward('representative')).toBe('/lodge/mandate');
    const page = await pages.get('/lodge/mandate');
    expect(page.text).toContain(say('en', 'lodge.progress', { n: 6, of: 14 }));
    expect((await pages.answer('mandate', { mandateBasis: 'MB-SPOKEN' })).headers.location).toBe(
      '/lodge/when',
    );
    expect((await pages.get('/lodge/check')).text).toContain(say('en', 'code.mandateBasis.MB-SPOKEN'));
    expect((await pages.answer('when', {}, 'back')).headers.location).toBe('/lodge/mandate');
    await onward('witness');
    expect((await pages.get('/lodge/check')).text).not.toContain(say('en', 'code.mandateBasis.MB-SPOKEN'));
    expect((await pages.get('/lodge/when')).text).toContain(say('en', 'lodge.progress', { n: 6, of: 14 }));
    expect(receiptIn(await pages.send())).toMatch(/^\d{5}/);
  });

  it('is never in the way: it can be passed over, and a program hears what is wrong', async () => {
    const pages = new LodgingPages(app);
    await pages.lodge({ narrative: 'It refused her.', complainantRole: 'representative', mandateBasis: '' });
    const lodge = (more: object) =>
      app.ask<{ needs: { field: string }[] }>('POST', '/api/v1/complaints', {
        body: { narrative: 'It refused her.', ...more },
      });
    expect((await lodge({ complainantRole: 'representative', mandateBasis: 'MB-PARENT' })).status).toBe(201);
    for (const more of [
      { mandateBasis: 'MB-PARENT' },
      { complainantRole: 'representative', mandateBasis: 'MB-RECEIPT' },
      { complainantRole: 'representative', mandateBasis: 7 },
    ]) {
      const refused = await lodge(more);
      expect([refused.status, refused.body.needs.map(({ field }) => field)]).toEqual([400, ['mandateBasis']]);
    }
  });

  it('leaves out what only the person can agree to, also what was answered before', async () => {
    const pages = new LodgingPages(app);
    await pages.answer('what-happened', { narrative: 'It refused her.' });
    await pages.answer('consents', { 'consent.CN-SENS': 'yes', 'consent.CN-SHARE-UNIT': 'no' });
    await pages.answer('who', { complainantRole: 'representative' });
    expect((await pages.answer('keep-out', {})).headers.location).toBe('/lodge/files');
    const check = await pages.get('/lodge/check');
    expect(check.text).not.toContain(say('en', 'lodge.consents.label'));
    expect(check.text).toContain('class="govuk-back-link" href="/lodge/files"');
    const { body } = await app.ask<{ token: string }>('POST', '/api/v1/complaint-sessions', {
      body: { receipt: receiptIn(await pages.send()) },
    });
    const { body: kept } = await app.ask<{ given: boolean | null }[]>('GET', '/api/v1/my-case/consents', {
      token: body.token,
    });
    expect(kept.filter(({ given }) => given !== null)).toEqual([]);
  });

  it.each(CONSENT_CODES)(
    'takes no yes to %s from somebody else before anybody confirmed them',
    async (code) => {
      for (const more of [{ complainantRole: 'representative' }, { identityMode: 'REPRESENTED' }])
        for (const given of [true, false]) {
          const isTaken = !given || code === 'CN-INTAKE';
          const { status, body } = await app.ask<{ needs?: unknown }>('POST', '/api/v1/complaints', {
            body: {
              narrative: 'It refused her.',
              ...more,
              consents: [{ code, given }],
            },
          });
          expect([status, body.needs]).toEqual(
            isTaken
              ? [201, undefined]
              : [400, [{ name: 'answer', field: 'consents', sentence: say('en', 'need.mandateForConsent') }]],
          );
        }
    },
  );

  it('lets nobody join a group for somebody else, and says how to go on', async () => {
    const group = await Walk.lodge(houseOf(app), staff, 'The rota fires us.', { complainantRole: 'group' });
    const made = await group.take('RH', 'make-join-code', { joinPlaces: '5', joinFor: '30' });
    const pages = new LodgingPages(app);
    await pages.answer('what-happened', { narrative: 'It refused her.' });
    await pages.answer('who', { complainantRole: 'representative' });
    const { _csrf } = hiddenIn((await pages.get('/lodge/check')).text, '/lodge');
    const joined = await pages.post('/join-group/agree', {
      _csrf: _csrf!,
      joinCode: made.joinCode!,
      'consent.CN-GROUP': 'yes',
    });
    expect(joined.status).toBe(303);
    const refused = await pages.send();
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(say('en', 'need.joinsForOneself'));
    await pages.press(refused, '/join-group/drop');
    expect(receiptIn(await pages.send())).toMatch(/^\d{5}/);
  });

  it.each([
    ['en', 1280],
    ['ar', 320],
  ] as const)('reads well in %s at %i px', async (language, width) => {
    const page = await openPage(browser, { viewport: { width, height: 800 } });
    await page.goto(`${address}/lodge/mandate?lang=${language}`);
    await expectToLookRight(page, `lodge-mandate-${language}`);
  });
});

describe('the pages of who speaks and for whom, without script', () => {
  it('show a representative what is open, and let them say what they rest on', async () => {
    const { union } = await lodged();
    const page = await open(union, 'en');
    expect(await mainText(page)).toContain('You act for the person');
    const happened = await page.locator('#timeline ~ .portal-timeline').innerText();
    expect(happened).toContain(`(${say('en', 'role-beside.REP')})`);
    for (const hers of ['RH', 'REP']) expect(happened).not.toContain(`(${say('en', `role.${hers}`)})`);
    await expectToLookRight(page, 'mandate-representative-en');
    await page.getByRole('link', { name: say('en', 'step.record-mandate.name') }).click();
    await page.getByLabel(say('en', 'code.mandateCovers.MC-REMEDY')).check();
    await page.getByLabel(say('en', 'code.mandateCovers.MC-END')).check();
    await page.getByLabel(say('en', 'ask.mandateUntil')).fill('next year');
    await page.getByRole('button', { name: say('en', 'step.send'), exact: true }).click();
    expect(await page.locator('.govuk-error-summary').innerText()).not.toBe('');
    for (const cover of ['MC-REMEDY', 'MC-END'])
      expect(await page.getByLabel(say('en', `code.mandateCovers.${cover}`)).isChecked()).toBe(true);
    await expectToLookRight(page, 'mandate-record-en');
    await page.getByLabel(say('en', 'code.mandateBasis.MB-WRITTEN')).check();
    await page.getByLabel(say('en', 'ask.mandateUntil')).fill('2027-01-31');
    await page.getByRole('button', { name: say('en', 'step.send'), exact: true }).click();
    expect(await mainText(page)).toContain('Last day: January 31, 2027');
    await page.getByRole('link', { name: say('en', 'step.withdraw.name'), exact: true }).isVisible();
  });

  it('tell a representative how the person gets a receipt of their own', async () => {
    const { union } = await lodged();
    const page = await open(union, 'ar', 320);
    await page.goto(`${address}/my-case/receipts?lang=ar`);
    expect(await mainText(page)).not.toContain(say('ar', 'receipts.person.ask'));
    await expectToLookRight(page, 'receipts-held-ar-320');
    const { receipt } = await app
      .get(Lodge)
      .run({ narrative: 'It refused her.', identityMode: 'REPRESENTED' }, { role: 'REP' });
    const alone = await open(receipt, 'en');
    await alone.goto(`${address}/my-case/receipts?lang=en`);
    expect(await mainText(alone)).toContain(say('en', 'receipts.person.ask'));
    await expectToLookRight(alone, 'receipts-representative-en');
  });

  it('show the person who acts for her, and let her confirm it and end it with one button', async () => {
    const { union, person, walk } = await lodged();
    const page = await open(person, 'en');
    expect(await mainText(page)).toContain('Who acts for you');
    expect(await mainText(page)).toContain('They can give up nothing for you.');
    await expectToLookRight(page, 'mandate-person-en');
    await page.getByRole('link', { name: say('en', 'step.confirm-mandate.name') }).click();
    await page.getByLabel('1. Ines Roth – A union or an organisation').check();
    await page.getByLabel(say('en', 'code.mandateCovers.MC-REMEDY')).check();
    await expectToLookRight(page, 'mandate-confirm-en');
    await page.getByRole('button', { name: say('en', 'step.send'), exact: true }).click();
    expect(await mainText(page)).toContain('Confirmed on November 24, 2026. It covers:');
    // Whatever happened since the page was drawn, whom she sends away goes.
    await walk.by('RH', 'report-retaliation', { threat: 'They phoned me.' });
    await page.getByRole('button', { name: 'They no longer act for me' }).click();
    expect(await mainText(page)).toContain('Ended on November 24, 2026.');
    const away = await open(union, 'en');
    expect(await mainText(away)).toContain(say('en', 'error.receipt'));
  });

  it('read from right to left on a small phone', async () => {
    const { person } = await lodged();
    const page = await open(person, 'ar', 320);
    await expectToLookRight(page, 'mandate-person-ar-320');
    await page.getByRole('link', { name: say('ar', 'step.confirm-mandate.name') }).click();
    await expectToLookRight(page, 'mandate-confirm-ar-320');
  });

  it('take no step without the token of the form', async () => {
    const { person } = await lodged();
    const opened = await app.ask('POST', '/my-case/open', {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `receipt=${encodeURIComponent(person)}`,
    });
    const cookie = String(opened.headers['set-cookie']).split(';')[0]!;
    const { text } = await app.ask('GET', '/my-case', { headers: { cookie } });
    const hidden = hiddenIn(text, '/my-case/steps/end-mandate');
    const end = (_csrf: string) =>
      app.ask('POST', '/my-case/steps/end-mandate', {
        headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ ...hidden, _csrf }).toString(),
      });
    expect((await end('other')).status).toBe(403);
    expect((await end(hidden._csrf!)).status).toBe(303);
  });
});
