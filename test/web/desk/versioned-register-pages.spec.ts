import { engines } from '../../harness/database';
import { Desk } from './desk';

const MEASURE = {
  measureTitle: 'Audit <b>asked</b> for',
  vendorNumber: '1',
  leverageMeasure: 'LV-AUDIT',
  takenOn: '2026-11-20',
  measureOwner: 'Purchasing',
  leverageResult: 'LR-OPEN',
  nextReviewOn: '2026-12-20',
};

describe.each(engines())('the pages and routes of the registers that keep versions on %s', (engine) => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await Desk.open(engine);
    await desk.as('TRI').get('/desk/vendors/new');
    await desk.as('TRI').post('/desk/vendors', { companyName: 'Acme' });
    await desk.as('TRI').post('/desk/systems', {
      systemName: 'Scorer',
      purpose: 'It rates.',
      useDomain: 'DOM-SVC-BEN',
      lifecycleStage: 'LC-OPER',
    });
  });
  afterAll(() => desk?.app.close());

  const page = async (path: string, role: 'TRI' | 'LEG' | 'INV' | 'DPO' | 'EXE' = 'TRI') =>
    (await desk.as(role).get(path)).text;
  const sent = async (
    path: string,
    fields: Record<string, string | string[]>,
    role: 'TRI' | 'LEG' | 'DPO' = 'TRI',
  ) => {
    const { status, headers } = await desk.as(role).post(path, fields);
    return [status, headers.location];
  };

  it('take a measure, show it with ways to vendor and system, and from there back', async () => {
    expect(await page('/desk/leverage/new')).toContain('1: Acme');
    expect(await sent('/desk/leverage', { ...MEASURE, systemNumbers: ['1'] })).toEqual([
      303,
      '/desk/leverage/1',
    ]);
    const shown = await page('/desk/leverage/1', 'INV');
    for (const text of [
      'Audit &lt;b&gt;asked&lt;/b&gt; for',
      'href="/desk/vendors/1"',
      'href="/desk/systems/1"',
      'Audit asked for',
      'Version 1. Written on 2026-11-24',
    ])
      expect(shown).toContain(text);
    expect(shown).not.toContain('Correct the measure');
    expect(await page('/desk/vendors/1')).toContain('href="/desk/leverage/1"');
    expect(await page('/desk/systems/1')).toContain('href="/desk/leverage/1"');
    expect(await page('/desk/leverage?leverageMeasure=LV-EXIT')).toContain('None that fits.');
    expect(await page('/desk/leverage?words=asked&vendorNumber=1')).toContain('href="/desk/leverage/1"');
    // An old bookmark still shows the list.
    expect(await page('/desk/leverage?surprise=1')).toContain('href="/desk/leverage/1"');
    expect((await desk.as('TRI').get('/desk/leverage/77')).status).toBe(404);
  });

  it('lose nothing that was typed, and show both texts where somebody was faster', async () => {
    await page('/desk/leverage/new');
    const wrong = await desk
      .as('TRI')
      .post('/desk/leverage', { ...MEASURE, measureAim: 'Half typed.', leverageMeasure: 'LV-EXIT' });
    expect(wrong.status).toBe(400);
    for (const text of ['Half typed.', 'UN Guiding Principle 19']) expect(wrong.text).toContain(text);
    await page('/desk/leverage/1/change');
    expect(await sent('/desk/leverage/1', { ...MEASURE, measureAim: 'What stands.', revision: '1' })).toEqual(
      [303, '/desk/leverage/1'],
    );
    await desk.as('EXE').get('/desk/leverage/1/change');
    const stale = await desk
      .as('EXE')
      .post('/desk/leverage/1', { ...MEASURE, measureAim: 'What I typed.', revision: '1' });
    expect(stale.status).toBe(412);
    for (const text of ['What I typed.', 'What stands.', 'name="revision" value="2"'])
      expect(stale.text).toContain(text);
    expect(await page('/desk/leverage/1')).toContain('Earlier versions');
    expect(await sent('/desk/leverage/1/retirement', { retired: 'yes', revision: '2' })).toEqual([
      303,
      '/desk/leverage/1',
    ]);
    expect(await page('/desk/leverage?standing=retired')).toContain('Set aside');
    expect(await page('/desk/leverage?standing=in-use')).toContain('None that fits.');
  });

  it('mark what nobody verified, and let an adviser stand for it', async () => {
    for (const path of ['/desk/frameworks', '/desk/frameworks/11'])
      expect(await page(path)).toContain('Unverified</strong>');
    // What was compared with a source stands for nobody of the organisation.
    for (const path of ['/desk/case-law', '/desk/frameworks', '/desk/case-law/2', '/desk/frameworks/22'])
      expect(await page(path)).toContain('Compared</strong>');
    expect(await page('/desk/case-law/2')).toMatch(
      /compared it on 2026-11-30 with[^]*C-634\/21[^]*Do not rely on it/,
    );
    expect(await page('/desk/case-law/2')).not.toContain('It says what its source says');
    await page('/desk/case-law/2', 'LEG');
    const empty = await desk
      .as('LEG')
      .post('/desk/case-law/2/verification', { revision: '1', verifiedSource: '' });
    expect([empty.status, empty.text.includes('Answer this: Where you read it')]).toEqual([400, true]);
    const source = { verifiedSource: 'https://curia.europa.eu', revision: '1' };
    expect(await sent('/desk/case-law/2/verification', source, 'LEG')).toEqual([303, '/desk/case-law/2']);
    const shown = await page('/desk/case-law/2');
    expect(shown).toContain('https://curia.europa.eu');
    expect(shown).not.toContain('Unverified');
    const stale = await desk.as('LEG').post('/desk/case-law/2/verification', source);
    expect([stale.status, stale.text.includes('https://curia.europa.eu')]).toEqual([412, true]);
  });

  it('lead from a case to what was used in it and to case law that fits, and back', async () => {
    const { reference } = await desk.app.lodge();
    await desk.bring(reference, 'TRI');
    expect(await page(`/desk/cases/${reference}`)).not.toContain('Registers and case law');
    await page('/desk/frameworks/1');
    expect(await sent('/desk/frameworks/1/cases', { reference })).toEqual([303, '/desk/frameworks/1#cases']);
    const twice = await desk.as('TRI').post('/desk/frameworks/1/cases', { reference });
    expect([twice.status, twice.text.includes('linked already')]).toEqual([409, true]);
    const unknown = await desk.as('TRI').post('/desk/frameworks/1/cases', { reference: 'RD-0000-0000' });
    expect([unknown.status, unknown.text.includes('RD-0000-0000')]).toEqual([400, true]);
    expect(await page('/desk/frameworks/1')).toContain(`/desk/cases/${reference}`);
    expect(await page(`/desk/cases/${reference}`)).toContain('href="/desk/frameworks/1"');
    expect(await page('/desk/frameworks/1', 'INV')).not.toContain(reference);
    expect(await sent('/desk/frameworks/1/cases/end', { reference })).toEqual([
      303,
      '/desk/frameworks/1#cases',
    ]);
    expect(await page('/desk/frameworks/1')).not.toContain(reference);
  });

  it('empty a text for good with a reason', async () => {
    expect((await desk.as('TRI').get('/desk/leverage/1/emptying')).status).toBe(403);
    const form = await page('/desk/leverage/1/emptying', 'DPO');
    expect(form).toContain('What it is to prevent or reduce');
    const emptying = { part: 'measureAim', emptyingReason: 'It names a person.', revision: '3' };
    const short = await desk
      .as('DPO')
      .post('/desk/leverage/1/emptying', { ...emptying, emptyingReason: 'No' });
    expect(short.status).toBe(400);
    const stale = await desk.as('DPO').post('/desk/leverage/1/emptying', { ...emptying, revision: '1' });
    expect([stale.status, stale.text.includes('It names a person.')]).toEqual([412, true]);
    expect(await sent('/desk/leverage/1/emptying', emptying, 'DPO')).toEqual([
      303,
      '/desk/leverage/1#emptied',
    ]);
    await page('/desk/tenders/new', 'DPO');
    const own = { tenderTitle: 'Lot 8', tenderSide: 'TS-BID', buyerKind: 'BK-STATE', country: 'FR' };
    const [, tender] = await sent('/desk/tenders', { ...own, tenderDecision: 'TD-OPEN' }, 'DPO');
    const refused = await desk
      .as('DPO')
      .post(`${tender}/emptying`, { ...emptying, part: 'tenderTitle', revision: '1' });
    expect([refused.status, refused.text.includes('somebody else who may empty texts')]).toEqual([422, true]);
    const shown = await page('/desk/leverage/1');
    expect(shown).not.toContain('What stands.');
    expect(shown).toContain('It names a person.');
    await page('/desk/vendors/1/emptying', 'DPO');
    await desk
      .as('TRI')
      .post('/desk/vendors/1', { companyName: 'Acme', remarks: 'To be emptied.', revision: '1' });
    const remarks = { part: 'remarks', emptyingReason: 'It names a person.', revision: '2' };
    expect(await sent('/desk/vendors/1/emptying', remarks, 'DPO')).toEqual([303, '/desk/vendors/1#emptied']);
    const vendor = await page('/desk/vendors/1');
    expect([vendor.includes('To be emptied.'), vendor.includes('Emptied texts')]).toEqual([false, true]);
  });

  it('are saved as files by those who keep them', async () => {
    const list = await page('/desk/case-law?useDomains=DOM-CHAT');
    expect(list).toContain('/desk/case-law/export/csv?useDomains=DOM-CHAT');
    expect(await page('/desk/case-law', 'INV')).not.toContain('/export/');
    const csv = await desk.as('TRI').get('/desk/case-law/export/csv?useDomains=DOM-CHAT');
    expect(csv.headers['content-disposition']).toContain('case-law-2026-11-24.csv');
    expect(csv.text.split('\r\n')).toHaveLength(3);
    expect(csv.text).toContain('Moffatt v Air Canada');
    const json = await desk.as('EXE').get('/desk/vendors/export/json');
    expect(JSON.parse(json.text)).toMatchObject([{ number: 1, companyName: 'Acme' }]);
    expect((await desk.as('TRI').get('/desk/vendors/export/pdf')).status).toBe(404);
    expect((await desk.as('INV').get('/desk/vendors/export/csv')).status).toBe(403);
  });

  it('are open to programs, which say which revision they saw', async () => {
    const { token } = await desk.app.officer('LEG');
    const ask = (method: string, path: string, body?: object, headers: Record<string, string> = {}) =>
      desk.app.ask<{ number: number; revision: number; version: number; answers: Record<string, unknown> }>(
        method,
        `/api/v1${path}`,
        { token, headers, ...(body ? { body } : {}) },
      );
    const tender = {
      tenderTitle: 'Lot 7',
      tenderSide: 'TS-BID',
      buyerKind: 'BK-STATE',
      country: 'FR',
      tenderDecision: 'TD-OPEN',
    };
    const added = await ask('POST', '/tenders', { ...tender, systemNumbers: [1], clauses: ['TC-AUDIT'] });
    expect([added.status, added.body.revision, added.body.answers.systemNumbers]).toEqual([201, 1, [1]]);
    const at = `/tenders/${added.body.number}`;
    expect((await ask('GET', at)).headers.etag).toBe('"1"');
    expect((await ask('PUT', at, tender)).status).toBe(428);
    expect((await ask('PUT', at, tender, { 'if-match': '"9"' })).status).toBe(412);
    expect((await ask('PUT', at, tender, { 'if-match': '"1"' })).body).toMatchObject({
      revision: 2,
      version: 2,
    });
    expect((await ask('POST', `${at}/retirement`, { retired: true }, { 'if-match': '"2"' })).status).toBe(
      200,
    );
    const emptying = { part: 'tenderTitle', emptyingReason: 'It names a person.' };
    expect((await ask('POST', `${at}/emptying`, emptying, { 'if-match': '"3"' })).status).toBe(422);
    const another = await desk.app.officer('DPO');
    const byAnother = { token: another.token, headers: { 'if-match': '"3"' }, body: emptying };
    expect((await desk.app.ask('POST', `/api/v1${at}/emptying`, byAnother)).status).toBe(200);
    expect((await ask('POST', `${at}/cases`, { reference: 'RD-0000-0000' })).status).toBe(400);
    const source = { verifiedSource: 'https://example.org' };
    expect((await ask('POST', '/frameworks/3/verification', source, { 'if-match': '"1"' })).status).toBe(200);
    expect((await ask('POST', `${at}/verification`, source, { 'if-match': '"4"' })).status).toBe(404);
    const found = await desk.app.ask<{ number: number }[]>(
      'GET',
      '/api/v1/case-law?harms=AIH-21&verified=no',
      { token },
    );
    expect(found.body.map(({ number }) => number)).toEqual([15]);
    expect((await ask('GET', '/case-law?surprise=1')).status).toBe(400);
    expect((await ask('GET', '/tenders?verified=no')).status).toBe(400);
    const { reference } = await desk.app.lodge();
    await desk.app.bring(reference, await desk.app.officer('LEG'));
    const denied = await ask('GET', `/cases/${reference}/registers`);
    expect(denied.status).toBe(404);
  });
});
