import { readEntry } from '../../../src/ledger/entry';
import { HOUSE } from '../../../src/ledger/house';
import { Entry } from '../../../src/records/entities/entry';
import { TestApp, type TestOfficer } from '../../harness/app';
import { engines } from '../../harness/database';
import { hireStaff, houseOf, Walk, type Staff } from '../../harness/walk';
import { DeskBrowser, wordsOf } from './desk-browser';

const RULE = { harms: 'AIH-04', track: 'INVESTIGATION', role: 'DPO', atLeast: 'SEVERE' };

describe.each(engines())('rules of routing on %s', (engine) => {
  let app: TestApp;
  let staff: Staff;
  let lead: TestOfficer;
  let drafter: DeskBrowser;
  let decider: DeskBrowser;

  beforeAll(async () => {
    app = await TestApp.start(engine);
    staff = await hireStaff(houseOf(app));
    lead = await app.officer('TRI');
    drafter = await DeskBrowser.of(app, lead);
    decider = await DeskBrowser.of(app, await app.officer('TRI', 'DEC'));
  });
  afterAll(() => app.close());

  const lodge = () => Walk.lodge(houseOf(app), staff);
  const routing = async (browser = drafter) => wordsOf((await browser.get('/desk/routing')).text);
  const toTriage = async (walk: Walk) => {
    await walk.toEligibility();
    await walk.by('TRI', 'accept', { affectsPeople: true, plausibleLink: true });
    await walk.by('TRI', 'classify', {
      rights: ['HR-SOCS'],
      harms: ['AIH-04'],
      useDomain: 'DOM-SVC-BEN',
      lifecycleStage: 'LC-OPER',
      stateNexus: 'SN-NONE',
      decisionMode: 'SOLELY_AUTOMATED',
      track: 'INVESTIGATION',
      systemSearch: 'NAMED',
    });
  };

  it('are tried on past cases, switched on by somebody else, and then shown where people decide', async () => {
    const walks = [];
    for (let n = 0; n < 5; n += 1) {
      walks.push(await lodge());
      await toTriage(walks[n]!);
    }
    expect(await routing()).toContain('No rules are on');
    // The queue calls it so too.
    expect(await routing()).toContain('Severity is one of these');
    expect(await routing()).not.toMatch(/\btier\b/i);
    const nothing = await drafter.post('/desk/routing/rules', { role: 'DPO' });
    expect(nothing.status).toBe(400);
    expect(wordsOf(nothing.text)).toContain('Say when the rule holds');
    expect(nothing.text).toContain('<option value="DPO" selected>');
    await drafter.follow(await drafter.post('/desk/routing/rules', RULE));
    expect(await routing()).toContain(
      'Would have held in 5 of them. In 5 of these people decided on the same',
    );
    // Whoever may not see one of them learns of no count that it is in.
    await walks[0]!.by('TRI', 'exclude', { exclusionGround: 'EX-CLOSE', person: lead.personId });
    expect(await routing()).toContain('Tried on fewer than five past cases that you may see');
    expect(await routing()).toContain('Would have held in fewer than five of them.');
    expect(await routing(decider)).toContain('Would have held in 5 of them.');

    const page = `/desk/cases/${walks[1]!.reference}`;
    expect(wordsOf((await drafter.get(page)).text)).not.toContain('What the rules propose');
    await drafter.get('/desk/routing');
    const own = await drafter.post('/desk/routing/decision', { switch: 'on' });
    expect([own.status, wordsOf(own.text).includes('somebody else has to switch them on')]).toEqual([
      422,
      true,
    ]);
    await decider.get('/desk/routing');
    expect((await decider.post('/desk/routing/decision', { switch: 'maybe' })).status).toBe(400);
    await decider.follow(await decider.post('/desk/routing/decision', { switch: 'on' }));
    expect(await routing()).toContain('Version 1 is on');
    const shown = wordsOf((await drafter.get(page)).text);
    expect(shown).toMatch(/Rule 1 of version 1 of the rules of routing ?\. You decide\./);
    expect(shown).toContain('Track: Investigation Bring in: Data protection officer');
    expect(shown).toContain('Look at the severity again: severe is to be expected');
  });

  it('keep their versions; a draft begins as what is on, and what somebody changed meanwhile is not overwritten', async () => {
    const stale = await decider.get('/desk/routing');
    expect(stale.status).toBe(200);
    await drafter.get('/desk/routing');
    await drafter.follow(await drafter.post('/desk/routing/rules', { tiers: ['CRITICAL'], role: 'PRT' }));
    const late = await decider.post('/desk/routing/rules', { tiers: ['LOW'], role: 'DIA' });
    expect([late.status, wordsOf(late.text).includes('Somebody changed the rules meanwhile')]).toEqual([
      412,
      true,
    ]);
    expect(late.text).toContain('<option value="DIA" selected>');
    expect(await routing()).toContain('Draft: version 2');
    expect(await routing()).toContain('Rule 2');
    await drafter.follow(await drafter.post('/desk/routing/rules/1/removal'));
    expect((await drafter.post('/desk/routing/rules/7/removal')).status).toBe(400);
    await decider.get('/desk/routing');
    await decider.follow(await decider.post('/desk/routing/decision', { switch: 'on' }));
    expect(await routing()).toContain('Version 2 is on');
    expect(await routing()).toContain('Version 1: was on until 2026-11-24');
    await drafter.follow(await drafter.post('/desk/routing/rules/1/removal'));
    await drafter.follow(await drafter.post('/desk/routing/decision', { switch: 'drop' }));
    expect(await routing()).toContain('Version 3: draft dropped on 2026-11-24');
  });

  it('leave a history of the house that tells who did what', async () => {
    const entries = await app.source
      .getRepository(Entry)
      .find({ where: { ledgerId: HOUSE }, order: { n: 'ASC' } });
    const told = entries
      .map(({ body }) => readEntry(body)!)
      .filter(({ act }) => act.includes('routing'))
      .map(({ act, by, facts }) => [act, by.role, facts.version, facts.rules]);
    expect(told).toEqual([
      ['draft-routing', 'TRI', 1, 1],
      ['switch-routing-on', 'TRI', 1, 1],
      ['draft-routing', 'TRI', 2, 2],
      ['draft-routing', 'TRI', 2, 1],
      ['switch-routing-on', 'TRI', 2, 1],
      ['draft-routing', 'TRI', 3, 0],
      ['drop-routing', 'TRI', 3, 0],
    ]);
    expect((await app.verify()).differences).toEqual([]);
  });

  it('are told by it with who drafted them: nobody strikes the second person out by hand', async () => {
    const forged = async (set: string) => {
      await app.source.query(`UPDATE "routing_versions" SET ${set} WHERE "n" = 3`);
      return (await app.verify()).differences.map(({ table, column }) => [table, column]);
    };
    expect(await forged(`"draftedBy" = '[]', "status" = 'ON'`)).toEqual([
      ['routing_versions', 'status'],
      ['routing_versions', 'draftedBy'],
    ]);
    expect(await forged(`"draftedBy" = '["${lead.personId}"]', "status" = 'DROPPED'`)).toEqual([]);
  });
});
