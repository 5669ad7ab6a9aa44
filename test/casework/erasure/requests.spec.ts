import { DataKey } from '../../../src/records/entities/data-key';
import { Case } from '../../../src/records/entities/case';
import { Party } from '../../../src/records/entities/party';
import { TestApp, type TestOfficer } from '../../harness/app';
import { engines } from '../../harness/database';
import { ClosedCases } from './closed-cases';

describe.each(engines())('asking for erasure on %s', (engine) => {
  let app: TestApp;
  let cases: ClosedCases;
  let dpo: TestOfficer;
  let decider: TestOfficer;

  beforeAll(async () => {
    app = await TestApp.start(engine);
    cases = new ClosedCases(app);
    [dpo, decider] = [await app.officer('DPO'), await app.officer('DEC')];
  });
  afterAll(() => app.close());

  const erase = async (by: TestOfficer, reference: string) => {
    const { headers } = await app.ask('GET', `/api/v1/cases/${reference}`, { token: by.token });
    return app.ask<{ needs: { name: string; sentence: string }[] }>(
      'POST',
      `/api/v1/cases/${reference}/erasure`,
      {
        token: by.token,
        headers: { 'if-match': String(headers.etag ?? '"1"') },
      },
    );
  };
  const view = async (reference: string) =>
    (
      await app.ask<{
        erasureRequests: { scope: string; status: string }[];
        clocks: { code: string; status: string }[];
      }>('GET', `/api/v1/cases/${reference}`, { token: dpo.token })
    ).body;
  const steps = async (token: string) =>
    (
      await app.ask<{ step: string; unmet: unknown[] }[]>('GET', '/api/v1/my-case/steps', { token })
    ).body.flatMap(({ step, unmet }) => (unmet.length === 0 ? [step] : []));

  it('starts the legal clock, is answered once, and can be taken back and asked again', async () => {
    const { reference, token } = await app.lodge();
    await cases.take(token, 'request-erasure', { erasureScope: 'PERSON' });
    expect(await view(reference)).toMatchObject({
      erasureRequests: [{ scope: 'PERSON', status: 'OPEN' }],
      clocks: expect.arrayContaining([
        expect.objectContaining({ code: 'GDPR-ERASURE', status: 'RUNNING' }),
      ]) as unknown,
    });
    const open = await steps(token);
    expect([open.includes('request-erasure'), open.includes('take-back-erasure')]).toEqual([false, true]);
    await cases.take(token, 'take-back-erasure', {});
    expect((await erase(dpo, reference)).status).toBe(409);
    await cases.take(token, 'request-erasure', { erasureScope: 'CASE' });
    const refused = {
      reasons: 'A court wants to see it first.',
      signposting: 'The data protection authority.',
    };
    expect((await cases.staff(dpo, reference, 'refuse-erasure', refused)).status).toBe(201);
    const { body } = await app.ask<{ letters: { letter: string; paragraphs: string[] }[] }>(
      'GET',
      '/api/v1/my-case',
      { token },
    );
    const letter = body.letters.find((each) => each.letter === 'erasure-refused')!;
    expect(letter.paragraphs.join()).toContain('A court wants to see it first.');
    expect((await view(reference)).erasureRequests.map(({ status }) => status)).toEqual([
      'TAKEN_BACK',
      'REFUSED',
    ]);
  });

  it('of the person alone erases names, contacts and receipts, and leaves what was told', async () => {
    const contact = { kind: 'email', value: 'her@example.org' };
    const { reference, receipt, token } = await app.lodge({ narrative: 'It refused me.', contact });
    await cases.take(token, 'request-erasure', { erasureScope: 'PERSON' });
    expect((await erase(decider, reference)).status).toBe(403);
    expect((await erase(dpo, reference)).status).toBe(200);
    const row = await app.source.getRepository(Case).findOneByOrFail({ reference });
    const [party] = await app.source.getRepository(Party).findBy({ caseId: row.id });
    expect(party).toMatchObject({ contactSealed: null, receiptHash: null });
    expect(await app.source.getRepository(DataKey).countBy({ ownerId: party!.id })).toBe(0);
    expect(await cases.open(receipt)).toBeNull();
    expect((await app.ask('GET', '/api/v1/my-case', { token })).status).toBe(401);
    const read = await app.ask<{ complaint: { narrative: string } }>('GET', `/api/v1/cases/${reference}`, {
      token: dpo.token,
    });
    expect(read.body.complaint.narrative).toBe('It refused me.');
    expect(await view(reference)).toMatchObject({
      erasureRequests: [{ status: 'CARRIED_OUT' }],
      clocks: expect.arrayContaining([
        expect.objectContaining({ code: 'GDPR-ERASURE', status: 'STOPPED' }),
      ]) as unknown,
    });
    expect((await app.verify()).differences).toEqual([]);
  });

  it('is blocked by a legal hold and, for a whole case, until it has ended: all of it said at once', async () => {
    const { reference, receipt, token } = await app.lodge({ narrative: 'No.', systemKnown: 'ScoreIt' });
    await cases.take(token, 'request-erasure', { erasureScope: 'CASE' });
    const refused = await erase(dpo, reference);
    expect([refused.status, refused.body.needs.map(({ name }) => name)]).toEqual([422, ['hold', 'ended']]);
    expect(refused.body.needs[0]!.sentence).toMatch(/^Legal hold 1 \(SYSTEM_NAMED\) stands/);
    await cases.take(token, 'withdraw', { withdrawalPressure: false });
    expect((await erase(dpo, reference)).body.needs.map(({ name }) => name)).toEqual(['hold']);
    await app.bring(reference, decider);
    await cases.staff(decider, reference, 'release-hold', { holdNumber: 1, reasons: 'The logs are copied.' });
    expect((await erase(dpo, reference)).status).toBe(200);
    expect((await app.ask('GET', `/api/v1/cases/${reference}`, { token: dpo.token })).text).toContain(
      'RS-REQUEST',
    );
    expect((await app.ask('GET', '/api/v1/my-case', { token: (await cases.open(receipt))! })).status).toBe(
      410,
    );
    expect(await app.verify()).toMatchObject({ differences: [], erased: 1 });
  });

  it('is not carried out by whoever lodged the complaint for somebody, but by another officer', async () => {
    const both = await app.officer('INT', 'DPO');
    const { body } = await app.ask<{ reference: string; receipt: string }>('POST', '/api/v1/complaints', {
      token: both.token,
      body: { narrative: 'On the phone.', channel: 'phone' },
    });
    const token = (await cases.open(body.receipt))!;
    await cases.take(token, 'request-erasure', { erasureScope: 'PERSON' });
    const refused = await erase(both, body.reference);
    expect([refused.status, refused.body.needs.map(({ name }) => name)]).toEqual([422, ['secondPerson']]);
    expect((await erase(dpo, body.reference)).status).toBe(200);
  });

  it('is not for a companion', async () => {
    const { token } = await app.lodge();
    const { body } = await app.ask<{ receipt: string }>('POST', '/api/v1/my-case/receipts', {
      token,
      body: { holder: 'SUPPORTER' },
    });
    const companion = (await cases.open(body.receipt))!;
    const asked = await app.ask('POST', '/api/v1/my-case/steps/request-erasure', {
      token: companion,
      body: { answers: { erasureScope: 'CASE' } },
    });
    expect(asked.status).toBe(403);
  });
});
