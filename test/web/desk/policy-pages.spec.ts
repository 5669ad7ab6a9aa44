import { TestApp } from '../../harness/app';
import { engines } from '../../harness/database';
import { DeskBrowser, wordsOf } from './desk-browser';

describe.each(engines())('the pages of versions of the process on %s', (engine) => {
  let app: TestApp;
  let drafter: DeskBrowser;
  let decider: DeskBrowser;

  beforeAll(async () => {
    app = await TestApp.start(engine);
    drafter = await DeskBrowser.of(app, await app.officer('TRI'));
    decider = await DeskBrowser.of(app, await app.officer('DEC'));
  });
  afterAll(() => app.close());

  const list = async (browser = drafter) => wordsOf((await browser.get('/desk/policies')).text);
  const form = (of: string, kind: string) => `/desk/policies/amendment?of=${of}&kind=${kind}`;
  const add = async (fields: Record<string, string>) => {
    await drafter.get(form(fields.of!, fields.kind!));
    return drafter.post('/desk/policies/amendment', { press: 'add', ...fields });
  };

  it('say at the question what cannot be amended, and keep what was chosen', async () => {
    const hers = await drafter.get(form('withdraw', 'SECOND_PERSON'));
    expect([hers.status, wordsOf(hers.text)]).toEqual([
      400,
      expect.stringContaining('“withdraw” stays as it is: it is a step of the person'),
    ]);
    expect(hers.text).toContain('<a href="#of">');
    const taken = await drafter.get(form('decline', 'SECOND_PERSON'));
    expect([taken.status, taken.text.includes('<a href="#kind">')]).toEqual([400, true]);
    expect(taken.text).toContain('<option value="decline" selected>');
    expect(taken.text).toMatch(/value="SECOND_PERSON" checked/);
    for (const strange of [
      form('', ''),
      form('accept', 'LOOSER'),
      form('TARGET-ACK', 'FEWER_ROLES'),
      '/desk/policies/amendment',
    ])
      expect((await drafter.get(strange)).status).toBe(400);
  });

  it('offer only what can be made stricter, and try it without saving', async () => {
    const page = await drafter.get(form('accept', 'SECOND_PERSON'));
    expect(
      [...page.text.matchAll(/name="code" type="radio" value="(\w+)"/g)].map(([, code]) => code),
    ).toEqual(['DEC', 'PRT', 'EXE']);
    const nothing = await drafter.post('/desk/policies/amendment', { press: 'try' });
    expect([nothing.status, nothing.text.includes('id="code-error"')]).toEqual([400, true]);
    const tried = await drafter.post('/desk/policies/amendment', { press: 'try', code: 'DEC' });
    expect([tried.status, wordsOf(tried.text)]).toEqual([
      200,
      expect.stringContaining('Nothing is saved yet.'),
    ]);
    expect(wordsOf(tried.text)).toContain('Step: Accept accept eligibility → triage by Triage');
    expect(tried.text).toContain('<ins class="desk-in">');
    expect(tried.text).toMatch(/value="DEC" checked/);
    expect(await list()).toContain('Nothing is drafted.');
  });

  it('ask a target how long from then on, and say what is no shorter', async () => {
    const fields = { of: 'TARGET-ACK', kind: 'SHORTER_TARGET', code: 'EVERY' };
    expect(wordsOf((await drafter.get(form(fields.of, fields.kind))).text)).toContain(
      'Every case: now 2 working days',
    );
    for (const length of ['', 'two', '2', '0']) {
      const refused = await add({ ...fields, length });
      expect([length, refused.status, refused.text.includes('id="length-error"')]).toEqual([
        length,
        400,
        true,
      ]);
      expect(refused.text).toMatch(/value="EVERY" checked/);
    }
    await drafter.follow(await add({ ...fields, length: ' 1 ' }));
    expect(await list()).toContain('Acknowledge the complaint: 1 working day instead of 2 working days.');
  });

  it('overwrite nothing that somebody changed meanwhile, and take out what was added', async () => {
    await decider.get(form('accept', 'FURTHER_ASK'));
    await drafter.follow(await add({ of: 'accept', kind: 'SECOND_PERSON', code: 'DEC' }));
    const late = await decider.post('/desk/policies/amendment', { press: 'add', code: 'note' });
    expect([late.status, wordsOf(late.text).includes('Somebody changed the draft meanwhile')]).toEqual([
      412,
      true,
    ]);
    expect(late.text).toMatch(/value="note" checked/);
    await drafter.get('/desk/policies');
    expect((await drafter.post('/desk/policies/amendments/9/removal')).status).toBe(400);
    await drafter.get('/desk/policies');
    await drafter.follow(await drafter.post('/desk/policies/amendments/1/removal'));
    const left = await list();
    expect(left).toContain('A second person agrees to “accept”: Decision-maker.');
    expect(left).not.toContain('instead of 2 working days');
  });

  it('are published by another person, and shown to whoever works here and to auditors', async () => {
    await drafter.get('/desk/policies');
    const own = await drafter.post('/desk/policies/decision', { decision: 'publish' });
    expect([own.status, wordsOf(own.text).includes('somebody else has to publish it')]).toEqual([422, true]);
    await decider.get('/desk/policies');
    expect((await decider.post('/desk/policies/decision', { decision: 'maybe' })).status).toBe(400);
    await decider.get('/desk/policies');
    await decider.follow(await decider.post('/desk/policies/decision', { decision: 'publish' }));
    const auditor = await DeskBrowser.of(app, await app.officer('AUD'));
    for (const browser of [drafter, auditor]) {
      const page = await list(browser);
      expect(page).toContain('Version 2026-11.2, for complaints lodged now Published on 2026-11-24 by DEC');
      expect(page).toContain('Version 2026-11 The table of the program as it is.');
    }
    expect((await auditor.get(form('accept', 'FURTHER_ASK'))).status).toBe(403);
    const { reference } = await app.lodge();
    const row = (await app.ask<{ ledgerId?: string }[]>('GET', '/api/v1/cases', { token: '' })).status;
    expect(row).toBe(401);
    const audited = await auditor.get('/audit');
    const path = /href="(\/audit\/cases\/[^"]+)"/.exec(audited.text)![1]!;
    expect(wordsOf((await auditor.get(path)).text)).toContain('Held to version 2026-11.2 of the process');
    expect(wordsOf((await drafter.get(`/desk/cases/${reference}`)).text)).toContain(
      'Process Version 2026-11.2',
    );
  });

  it('say on the page before where a step is left to nobody and what is looser, and publish that only with a tick', async () => {
    const words = { kind: 'SECOND_PERSON', of: 'begin-eligibility', code: 'EXE' };
    await drafter.get(form(words.of, words.kind));
    const tried = await drafter.post('/desk/policies/amendment', { press: 'try', code: words.code });
    expect(wordsOf(tried.text)).toContain('Nobody could agree to “begin-eligibility”');
    await drafter.follow(await add(words));
    await drafter.get('/desk/policies');
    await drafter.follow(await drafter.post('/desk/policies/amendments/1/removal'));
    await decider.get('/desk/policies');
    const page = await list(decider);
    expect(page).toContain('Looser Fewer people have to agree: no longer Decision-maker.');
    expect(page).toContain(
      'Warning Nobody could agree to “begin-eligibility”: no active account is Executive.',
    );
    const refused = await decider.post('/desk/policies/decision', { decision: 'publish' });
    expect([refused.status, refused.text.includes('<a href="#despite">')]).toEqual([422, true]);
    await decider.follow(
      await decider.post('/desk/policies/decision', { decision: 'publish', despite: 'yes' }),
    );
    expect(await list()).toContain('Version 2026-11.3, for complaints lodged now');
    const auditor = await DeskBrowser.of(app, await app.officer('AUD'));
    expect(wordsOf((await auditor.get('/audit/house')).text)).toContain(
      'Left to roles that no active account had begin-eligibility',
    );
  });

  it('drop a draft that nobody wants', async () => {
    await drafter.follow(await add({ of: 'accept', kind: 'FURTHER_ASK', code: 'note' }));
    await drafter.follow(await drafter.post('/desk/policies/decision', { decision: 'drop' }));
    expect(await list()).toMatch(/Dropped Draft 3, dropped on 2026-11-24/);
    expect((await app.verify()).differences).toEqual([]);
  });
});
