import { engines } from '../../harness/database';
import { Desk } from './desk';

const SCORER = {
  systemName: 'Benefit scorer',
  purpose: 'It rates applications.',
  useDomain: 'DOM-SVC-BEN',
  lifecycleStage: 'LC-OPER',
};

describe.each(engines())('the pages and routes of the registers on %s', (engine) => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await Desk.open(engine);
  });
  afterAll(() => desk?.app.close());

  /** Where a form leads. */
  const sent = async (path: string, fields: Record<string, string | string[]>, role = 'TRI' as const) => {
    const { status, headers } = await desk.as(role).post(path, fields);
    return [status, headers.location];
  };
  const page = async (path: string) => (await desk.as('TRI').get(path)).text;

  it('take a vendor and a system with what happened to it, and show them', async () => {
    await page('/desk/vendors/new');
    expect(await sent('/desk/vendors', { companyName: 'Acme <b>Scoring</b>', leverage: 'HIGH' })).toEqual([
      303,
      '/desk/vendors/1',
    ]);
    expect(await page('/desk/systems/new')).toContain('1: Acme &lt;b&gt;Scoring&lt;/b&gt;');
    const system = {
      ...SCORER,
      vendorNumber: '1',
      providerNumber: '',
      stateOrderConflict: '',
      usedAtWork: 'yes',
    };
    expect(await sent('/desk/systems', system)).toEqual([303, '/desk/systems/1']);
    await page('/desk/systems/1/record');
    const tender = {
      recordKind: 'TENDER',
      happenedOn: '2026-11-20',
      recordTitle: 'Lot 3',
      clauses: ['TC-HRDD', 'TC-GRIEVANCE'],
    };
    expect(await sent('/desk/systems/1/records', tender)).toEqual([303, '/desk/systems/1#records']);
    const shown = await page('/desk/systems/1');
    for (const text of [
      'Acme &lt;b&gt;Scoring&lt;/b&gt;',
      'Point 5(a): high',
      'Grievance mechanism',
      'No version is recorded.',
      '(AI Act Art. 26(7), from 2 December 2027)',
      'Record what happened to it',
    ])
      expect(shown).toContain(text);
    expect(await page('/desk/vendors/1')).toContain('as vendor');
    expect((await desk.as('INV').get('/desk/systems/1')).text).not.toContain('Record what happened to it');
    await page('/desk/systems/1/records/1');
    expect(await sent('/desk/systems/1/records/1/strike', { strikeReason: 'Not ours.' })).toEqual([
      303,
      '/desk/systems/1#records',
    ]);
    expect(await page('/desk/systems/1')).toContain('Struck on');
    expect((await desk.as('TRI').get('/desk/systems/77')).status).toBe(404);
  });

  it('lose nothing that was typed, and name every error at once', async () => {
    await page('/desk/systems/new');
    const wrong = await desk.as('TRI').post('/desk/systems', { purpose: 'Half typed.', logMonths: 'many' });
    expect(wrong.status).toBe(400);
    for (const text of [
      'Half typed.',
      'value="many"',
      'Answer this: Name of the AI system.',
      'from 0 to 1200',
    ])
      expect(wrong.text).toContain(text);
    const record = await desk.as('TRI').post('/desk/systems/1/records', {
      recordTitle: 'Kept title',
      happenedOn: '2030-01-01',
      recordKind: 'HRIA',
    });
    expect([record.status, record.text.includes('Kept title')]).toEqual([400, true]);
    const strike = await desk
      .as('TRI')
      .post('/desk/systems/1/records/1/strike', { strikeReason: 'Once more.' });
    expect([strike.status, strike.text.includes('Once more.')]).toEqual([409, true]);
  });

  it('show both texts where somebody was faster', async () => {
    await page('/desk/systems/1/change');
    const mine = { ...SCORER, purpose: 'What I typed.', revision: '1' };
    expect(await sent('/desk/systems/1', { ...SCORER, purpose: 'What stands.', revision: '1' })).toEqual([
      303,
      '/desk/systems/1',
    ]);
    await desk.as('DEC').get('/desk/systems/1/change');
    const stale = await desk.as('DEC').post('/desk/systems/1', mine);
    expect(stale.status).toBe(412);
    for (const text of ['What I typed.', 'What stands.', 'name="revision" value="2"'])
      expect(stale.text).toContain(text);
    expect(
      (await desk.as('TRI').post('/desk/systems/1/retirement', { retired: 'yes', revision: '1' })).status,
    ).toBe(412);
    expect(await sent('/desk/systems/1/retirement', { retired: 'yes', revision: '2' })).toEqual([
      303,
      '/desk/systems/1',
    ]);
    expect(await page('/desk/systems')).toContain('Retired');
    expect(await sent('/desk/systems/1/retirement', { retired: 'no', revision: '3' })).toEqual([
      303,
      '/desk/systems/1',
    ]);
    const vendor = { companyName: 'Acme', revision: '7' };
    const staleVendor = await desk.as('TRI').post('/desk/vendors/1', vendor);
    expect([staleVendor.status, staleVendor.text.includes('name="revision" value="1"')]).toEqual([412, true]);
    expect(await sent('/desk/vendors/1', { ...vendor, revision: '1' })).toEqual([303, '/desk/vendors/1']);
    expect(await sent('/desk/vendors/1/retirement', { retired: 'yes', revision: '2' })).toEqual([
      303,
      '/desk/vendors/1',
    ]);
  });

  it('lead from a case to its systems and back', async () => {
    const { reference } = await desk.app.lodge();
    const form = await desk.as('TRI').get(`/desk/cases/${reference}/steps/name-system`);
    expect(form.text).toContain('1: Benefit scorer');
    await desk.take('TRI', reference, 'name-system', { systemNumber: '1' });
    const due = { logHolder: 'LH-VENDOR', logsToKeep: 'Scores of June.', dueOn: '2026-12-20' };
    await desk.take('TRI', reference, 'request-log-preservation', { systemNumber: '1', ...due });
    const chain = { article26Ground: 'SERIOUS_INCIDENT', incidentKind: 'OTHER', knownSince: '2026-11-24' };
    await desk.take('TRI', reference, 'plan-article-26-notices', { systemNumber: '1', ...chain });
    const words = { noticeOutcome: 'UNREACHABLE', noticeWords: 'The line is dead.' };
    await desk.take('TRI', reference, 'record-article-26-notice', { noticeNumber: '1', ...words });
    const shown = await page(`/desk/cases/${reference}`);
    for (const text of [
      'Scores of June.',
      'no answer yet, due on 2026-12-20',
      'The line is dead.',
      '2026-12-09',
      // What is not in force yet, or disputed, is not told as law.
      'Art. 26 applies from 2 December 2027',
      'whether it holds for high-risk systems before 2 December 2027 is disputed',
    ])
      expect(shown).toContain(text);
    expect(shown).not.toMatch(/the law has us|binds us/);
    expect(await page('/desk/systems/1')).toContain(`/desk/cases/${reference}`);
  });

  it('are open to programs, which say which revision they saw', async () => {
    const { token } = await desk.app.officer('DEC');
    const ask = (method: string, path: string, body?: object, headers: Record<string, string> = {}) =>
      desk.app.ask<{ number: number; revision: number; records: { struckOn: string | null }[] }>(
        method,
        `/api/v1${path}`,
        { token, headers, ...(body ? { body } : {}) },
      );
    const vendor = (await ask('POST', '/vendors', { companyName: 'Beta' })).body;
    const added = await ask('POST', '/systems', {
      ...SCORER,
      vendorNumber: vendor.number,
      decidesOnPeople: true,
    });
    expect([added.status, added.body.revision]).toEqual([201, 1]);
    const at = `/systems/${added.body.number}`;
    expect((await ask('GET', at)).headers.etag).toBe('"1"');
    expect((await ask('PUT', at, SCORER)).status).toBe(428);
    expect((await ask('PUT', at, SCORER, { 'if-match': '"9"' })).status).toBe(412);
    expect((await ask('PUT', at, SCORER, { 'if-match': '"1"' })).body.revision).toBe(2);
    const version = { recordKind: 'VERSION', happenedOn: '2026-11-20', recordTitle: '1.0' };
    expect((await ask('POST', `${at}/records`, version)).status).toBe(201);
    const struck = await ask('POST', `${at}/records/1/strike`, { strikeReason: 'Wrong.' });
    expect([struck.status, struck.body.records[0]!.struckOn]).toEqual([200, '2026-11-24']);
    expect((await ask('POST', `${at}/retirement`, { retired: true }, { 'if-match': '"2"' })).status).toBe(
      200,
    );
    expect((await ask('GET', '/systems')).status).toBe(200);
    expect((await ask('GET', '/systems/none')).status).toBe(404);
    const seller = `/vendors/${vendor.number}`;
    expect((await ask('PUT', seller, { companyName: 'Gamma' }, { 'if-match': '1' })).body.revision).toBe(2);
    expect((await ask('POST', `${seller}/retirement`, { retired: true }, { 'if-match': '2' })).status).toBe(
      200,
    );
    expect((await ask('GET', seller)).body).toMatchObject({ companyName: 'Gamma', systems: [] });
    expect((await ask('GET', '/vendors')).status).toBe(200);
    const investigator = await desk.app.officer('INV');
    const denied = await desk.app.ask('POST', '/api/v1/systems', { token: investigator.token, body: SCORER });
    expect(denied.status).toBe(403);
  });
});
