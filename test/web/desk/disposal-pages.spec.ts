import { TestApp } from '../../harness/app';
import { engines } from '../../harness/database';
import { ClosedCases } from '../../casework/erasure/closed-cases';
import { DeskBrowser, wordsOf } from './desk-browser';

describe.each(engines())('erasing at the desk on %s', (engine) => {
  let app: TestApp;

  beforeAll(async () => {
    process.env.RETENTION_CASE_YEARS_BY_OUTCOME = 'CR-DECLINED=3,CR-WITHDRAWN=1';
    app = await TestApp.start(engine).finally(() => delete process.env.RETENTION_CASE_YEARS_BY_OUTCOME);
  });
  afterAll(() => app.close());

  it('goes through two people, on pages that say what is kept back and what became of each case', async () => {
    const cases = new ClosedCases(app);
    const [plain, held] = [await cases.one(), await cases.one({ systemKnown: 'ScoreIt' })];
    app.time.addDays(366);
    const [dpo, decider] = [await app.officer('DPO'), await app.officer('DEC')];
    const [first, second] = [await DeskBrowser.of(app, dpo), await DeskBrowser.of(app, decider)];
    const page = await first.get('/desk/disposals');
    expect(wordsOf(page.text)).toContain('Case file: 7 years after closing');
    expect(wordsOf(page.text)).toMatch(/cases that ended so: [^.]+, 3 years; Withdrawn[^.;]*, 1 year\./);
    expect(wordsOf(page.text)).toContain(`${plain.reference}, Withdrawn: closed on`);
    expect(wordsOf(page.text)).toMatch(new RegExp(`${held.reference} [\\d-]+ [\\d-]+ A legal hold stands`));
    const empty = await first.post('/desk/disposals', { references: [], reason: '' });
    expect([empty.status, wordsOf(empty.text).includes('at least 10 characters')]).toEqual([400, true]);
    const none = await first.post('/desk/disposals', { references: [], reason: 'Seven years are over.' });
    expect([none.status, wordsOf(none.text).includes('Choose at least one case')]).toEqual([422, true]);
    const form = { references: [plain.reference], reason: 'Seven years are over.' };
    const batch = String((await first.post('/desk/disposals', form)).headers.location);
    await first.get(batch);
    const own = await first.post(`${batch}/decision`, { agree: 'yes' });
    expect([own.status, wordsOf(own.text).includes('somebody else has to agree')]).toEqual([422, true]);
    const shown = wordsOf((await second.get(batch)).text);
    expect(shown).toContain('Seven years are over.');
    expect(shown).toMatch(new RegExp(`${plain.reference} Withdrawn\\b.* 2026-11-24 2027-11-24 `));
    expect((await second.post(`${batch}/decision`, { agree: 'maybe' })).status).toBe(400);
    const done = await second.follow(await second.post(`${batch}/decision`, { agree: 'yes' }));
    expect(wordsOf(done.text)).toContain(`1 ${plain.reference}`);
    expect(wordsOf(done.text)).toContain('Erased');
    const certificate = await second.get(`${batch}/certificate`);
    expect(certificate.text).toMatch(/^redress disposal certificate v1\n/);
  });

  it('asked for by the complainant is carried out by the data protection officer', async () => {
    const { reference, token } = await app.lodge();
    await new ClosedCases(app).take(token, 'request-erasure', { erasureScope: 'PERSON' });
    const browser = await DeskBrowser.of(app, await app.officer('DPO'));
    const path = `/desk/cases/${reference}`;
    expect((await browser.get(path)).text).toContain(`${path}/erasure`);
    expect(wordsOf((await browser.get(`${path}/erasure`)).text)).toContain(
      'no receipt opens the case any more',
    );
    const erased = await browser.follow(await browser.post(`${path}/erasure`));
    expect(wordsOf(erased.text)).toContain('Names, contacts and receipts: Carried out');
    expect((await browser.get(`${path}/erasure`)).text).toContain('Nobody asks for erasure');
  });
});
