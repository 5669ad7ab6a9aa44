import { ApiDocument } from '../../src/api/api-document';
import { ApiSchema } from '../harness/api-schema';
import { TestApp, type Answer, type Asked, type TestOfficer } from '../harness/app';
import { ClosedCases } from '../casework/erasure/closed-cases';
import { engines } from '../harness/database';

describe.each(engines())('answers of the API on %s', (engine) => {
  let app: TestApp;
  let schema: ApiSchema;
  let staff: Record<'INT' | 'TRI' | 'DEC' | 'PRT' | 'AUD', TestOfficer>;
  let mine: { reference: string; receipt: string; token: string };

  beforeAll(async () => {
    app = await TestApp.start(engine);
    schema = new ApiSchema((await app.get(ApiDocument).read()) as never);
    staff = {
      INT: await app.officer('INT'),
      TRI: await app.officer('TRI'),
      DEC: await app.officer('DEC'),
      PRT: await app.officer('PRT'),
      AUD: await app.officer('AUD'),
    };
    mine = await app.lodge({
      narrative: 'The system refused me, and nobody could say why.',
      contact: { kind: 'email', value: 'me@example.org', safeContact: 'evenings' },
      systemKnown: 'ScoreIt',
    });
  });
  afterAll(() => app.close());

  /** Asks, and holds the answer against the document. `path` with its parameters in braces. */
  async function ask<T = Record<string, never>>(
    method: string,
    path: string,
    values: Record<string, string | number> = {},
    asked: Asked = {},
    query = '',
  ): Promise<Answer<T>> {
    const url = path.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name])) + query;
    const answer = await app.ask<T>(method, url, asked);
    expect(schema.faults(method, path, answer)).toEqual([]);
    return answer;
  }

  it('keep to the document from lodging to an audited history', async () => {
    const { token, reference } = mine;
    const lodged = await ask(
      'POST',
      '/api/v1/complaints',
      {},
      { body: { narrative: 'Another one.' }, headers: { 'idempotency-key': 'k-1' } },
    );
    expect(lodged.status).toBe(201);
    const withFiles = await ask<{ files: unknown[] }>(
      'POST',
      '/api/v1/complaints/with-files',
      {},
      {
        headers: { 'content-type': 'multipart/form-data; boundary=xx', 'idempotency-key': 'k-2' },
        body: '--xx\r\nContent-Disposition: form-data; name="narrative"\r\n\r\nIt refused me.\r\n--xx\r\nContent-Disposition: form-data; name="file"; filename="letter.txt"\r\n\r\nDear applicant\r\n--xx--\r\n',
      },
    );
    expect([withFiles.status, withFiles.body.files.length]).toEqual([201, 1]);
    const session = await ask<{ token: string }>(
      'POST',
      '/api/v1/complaint-sessions',
      {},
      { body: { receipt: mine.receipt.replaceAll(' ', '-') } },
    );
    expect(session.status).toBe(201);

    const answers = {
      safeChannelChosen: true,
      noConflict: true,
      jurisdiction: 'EU',
      isDataRightsRequest: true,
      reporterIsWorker: true,
      concernsListedLaw: false,
    };
    const read = await ask<{ revision: number }>(
      'GET',
      '/api/v1/cases/{reference}',
      { reference },
      { token: staff.INT.token },
    );
    expect(read.headers.etag).toBe(`"${read.body.revision}"`);
    const step = '/api/v1/cases/{reference}/steps/{step}';
    const taken = await ask<{ state: string; revision: number }>(
      'POST',
      step,
      { reference, step: 'acknowledge' },
      {
        token: staff.INT.token,
        headers: { 'if-match': String(read.headers.etag) },
        body: { answers },
      },
    );
    expect(taken.body).toMatchObject({ state: 'acknowledged', revision: 3, proposed: false });
    await ask(
      'POST',
      step,
      { reference, step: 'acknowledge' },
      { token: staff.INT.token, headers: { 'if-match': '3' }, body: { answers } },
    );
    const asked = await ask(
      'POST',
      step,
      { reference, step: 'ask-question' },
      {
        token: staff.INT.token,
        headers: { 'if-match': '3' },
        body: { answers: { questionText: 'When was it?', why: 'To find the log.', dueOn: '2026-12-10' } },
      },
    );
    expect(asked.status).toBe(201);

    expect(
      (await ask('POST', '/api/v1/my-case/messages', {}, { token, body: { text: 'Hello.' } })).status,
    ).toBe(201);
    expect(
      (
        await ask(
          'POST',
          '/api/v1/cases/{reference}/messages',
          { reference },
          { token: staff.INT.token, body: { text: 'Good morning.' } },
        )
      ).status,
    ).toBe(201);
    const file = {
      headers: { 'content-type': 'multipart/form-data; boundary=xx' },
      body: '--xx\r\nContent-Disposition: form-data; name="file"; filename="letter.txt"\r\nContent-Type: text/plain\r\n\r\nDear applicant\r\n--xx\r\nContent-Disposition: form-data; name="describes"\r\n\r\nThe refusal\r\n--xx--\r\n',
    };
    const added = await ask<{ n: number; describes: string }>(
      'POST',
      '/api/v1/my-case/evidence',
      {},
      { token, ...file },
    );
    expect(added.body).toMatchObject({ n: 1, describes: 'The refusal', fileName: 'letter.txt' });
    await ask(
      'POST',
      '/api/v1/cases/{reference}/evidence',
      { reference },
      { token: staff.INT.token, ...file },
    );
    const opened = await ask('GET', '/api/v1/my-case/evidence/{n}', { n: 1 }, { token });
    expect(opened.text).toBe('Dear applicant');
    expect(opened.headers['content-disposition']).toMatch(/^attachment/);
    await ask(
      'GET',
      '/api/v1/cases/{reference}/evidence/{n}',
      { reference, n: 1 },
      { token: staff.INT.token },
    );
    await ask(
      'POST',
      '/api/v1/cases/{reference}/evidence/{n}/original',
      { reference, n: 1 },
      { token: staff.INT.token, body: { reason: 'To compare it with the letter.' } },
    );
    for (const { token: reader } of [staff.INT, staff.AUD]) {
      const custody = await ask<{ lines: { act: string; reason: string | null }[] }>(
        'GET',
        '/api/v1/cases/{reference}/evidence/{n}/custody',
        { reference, n: 1 },
        { token: reader },
      );
      expect(custody.body.lines.map(({ act }) => act)).toEqual([
        'add-evidence',
        'open-evidence',
        'open-original',
      ]);
    }
    expect(
      (
        await ask(
          'POST',
          '/api/v1/my-case/steps/{step}',
          { step: 'answer-question' },
          { token, body: { answers: { reply: 'In May.' } } },
        )
      ).status,
    ).toBe(201);
    const identity = '/api/v1/cases/{reference}/identity';
    expect((await ask('GET', identity, { reference }, { token: staff.PRT.token })).status).toBe(409);
    const before = await ask<{ revision: number }>(
      'GET',
      '/api/v1/cases/{reference}',
      { reference },
      { token: staff.PRT.token },
    );
    await ask(
      'POST',
      step,
      { reference, step: 'reveal-identity' },
      {
        token: staff.PRT.token,
        headers: { 'if-match': String(before.body.revision) },
        body: { answers: { revealReason: 'To warn her at once.' } },
      },
    );
    const revealed = await ask<{ parties: unknown[] }>(
      'GET',
      identity,
      { reference },
      { token: staff.PRT.token },
    );
    expect(revealed.body.parties).toEqual([
      {
        holder: 'RH',
        name: null,
        contact: { kind: 'email', value: 'me@example.org', safeContact: 'evenings' },
      },
    ]);
    const mineIs = '/api/v1/my-case/identity';
    expect((await ask('GET', mineIs, {}, { token })).status).toBe(200);
    const moved = await ask<{ movesTo: string[] }>(
      'POST',
      mineIs,
      {},
      { token, body: { identityMode: 'CONFIDENTIAL', name: 'Noor' } },
    );
    expect(moved.body).toMatchObject({ identityMode: 'CONFIDENTIAL', name: 'Noor', movesTo: ['NAMED'] });
    await ask('POST', mineIs, {}, { token, body: { identityMode: 'ANONYMOUS' } });
    const consents = '/api/v1/my-case/consents';
    const decided = await ask(
      'POST',
      consents,
      {},
      { token, body: { code: 'CN-SHARE-AUTH', given: true, scope: 'Only the regulator.', language: 'ar' } },
    );
    expect(decided.body).toMatchObject({ holds: true, scope: 'Only the regulator.', language: 'ar' });
    expect((await ask<unknown[]>('GET', consents, {}, { token }, '?lang=fr')).body).toHaveLength(15);

    const my = await ask<Record<string, unknown>>('GET', '/api/v1/my-case', {}, { token });
    expect(my.body).toMatchObject({
      narrative: 'The system refused me, and nobody could say why.',
      systemKnown: 'ScoreIt',
      state: 'acknowledged',
    });
    const timeline = await ask<{ act: string }[]>('GET', '/api/v1/my-case/timeline', {}, { token });
    expect(timeline.body.map(({ act }) => act)).toContain('reveal-identity');
    expect(timeline.body).toContainEqual(
      expect.objectContaining({ act: 'reveal-identity', byRole: 'PRT', reason: 'To warn her at once.' }),
    );
    for (const path of ['messages', 'evidence', 'steps'])
      expect((await ask('GET', `/api/v1/my-case/${path}`, {}, { token })).status).toBe(200);
    for (const path of ['', '/history', '/steps', '/messages', '/evidence'])
      expect(
        (await ask('GET', `/api/v1/cases/{reference}${path}`, { reference }, { token: staff.TRI.token }))
          .status,
      ).toBe(200);
    const queue = await ask<{ cases: { reference: string }[] }>(
      'GET',
      '/api/v1/cases',
      {},
      { token: staff.TRI.token },
      '?state=acknowledged&sort=lodged&limit=1',
    );
    expect(queue.body.cases.map((row) => row.reference)).toEqual([reference]);

    const search = '/api/v1/cases/search';
    const triage = { token: staff.TRI.token };
    const found = await ask<{ cases: { reference: string }[] }>(
      'POST',
      search,
      {},
      { ...triage, body: { words: 'NOBODY could', limit: 1 } },
    );
    expect([found.status, found.body.cases.map((row) => row.reference)]).toEqual([200, [reference]]);
    for (const body of [{}, { words: 'x' }, { words: 'case', cursor: 'x' }, { words: 'case', limit: 0 }])
      expect((await ask('POST', search, {}, { ...triage, body })).status).toBe(400);
    expect((await ask('POST', search, {}, { token: staff.AUD.token, body: { words: 'case' } })).status).toBe(
      403,
    );

    await app.integrate();
    const auditor = { token: staff.AUD.token };
    const checkpoint = await ask('GET', '/api/v1/ledger/checkpoint');
    const size = Number(checkpoint.text.split('\n')[1]);
    expect(size).toBeGreaterThan(5);
    await ask('GET', '/api/v1/ledger/verifier-key');
    await ask('GET', '/api/v1/ledger/tile/{level}/{index}', { level: 0, index: 0 }, {}, `?width=${size}`);
    for (const [path, values, query] of [
      ['/api/v1/ledger/entries/{index}', { index: 0 }, ''],
      ['/api/v1/ledger/proofs/inclusion', {}, `?index=1&size=${size}`],
      ['/api/v1/ledger/proofs/consistency', {}, `?from=2&to=${size}`],
      ['/api/v1/statistics', {}, ''],
      ['/api/v1/statistics/public', {}, ''],
      ['/api/v1/reports/process', {}, ''],
      ['/api/v1/stories', {}, '?page=1'],
    ] as const)
      expect(
        (
          await ask(
            'GET',
            path,
            values as Record<string, number>,
            path.endsWith('public') || path.endsWith('stories') ? {} : auditor,
            query,
          )
        ).status,
      ).toBe(200);
    const { body: dashboards } = await ask<{ kinds: object[] }>(
      'GET',
      '/api/v1/statistics/own-work',
      {},
      triage,
    );
    expect(dashboards.kinds).toBeInstanceOf(Array);
    for (const name of ['team-load', 'ageing', 'clocks', 'dwell'])
      expect((await ask('GET', `/api/v1/statistics/${name}`, {}, triage)).status).toBe(200);
    const dwell = '/api/v1/statistics/dwell';
    expect((await ask('GET', dwell, {}, triage, '?from=2026-01-01&to=2026-12-31')).status).toBe(200);
    expect((await ask('GET', dwell, {}, triage, '?from=yesterday')).status).toBe(400);
    const house = await ask<{ entries: { act: string; by: string; facts: object }[]; differences: string[] }>(
      'GET',
      '/api/v1/audit/house',
      {},
      auditor,
    );
    expect(house.body).toMatchObject({
      entries: expect.arrayContaining([
        expect.objectContaining({
          act: 'search-cases',
          by: expect.stringMatching(/^person /),
          facts: expect.objectContaining({ words: 2, shown: 1 }),
        }),
      ]),
      differences: [],
      next: null,
    });
    expect(house.text).not.toMatch(/nobody/i);
    const earlier = await ask<{ entries: [] }>('GET', '/api/v1/audit/house', {}, auditor, '?before=1');
    expect(earlier.body.entries).toEqual([]);
    expect((await ask('GET', '/api/v1/audit/house', {}, auditor, '?before=x')).status).toBe(400);
    const list = await ask<{ cases: { ledgerId: string; reference: string }[] }>(
      'GET',
      '/api/v1/audit/cases',
      {},
      auditor,
    );
    const { ledgerId } = list.body.cases.find((row) => row.reference === reference)!;
    const audited = await ask<{ differences: string[]; entries: { by: string | null; body: string }[] }>(
      'GET',
      '/api/v1/audit/cases/{ledgerId}',
      { ledgerId },
      auditor,
    );
    expect(audited.body.differences).toEqual([]);
    expect(audited.body.entries.map(({ by }) => by).filter(Boolean)).toEqual(
      expect.arrayContaining(['person 1']),
    );
    await ask('GET', '/api/v1/audit/cases/{ledgerId}/history', { ledgerId }, auditor);
    const history = await ask<{ by: string | null }[]>(
      'GET',
      '/api/v1/cases/{reference}/history',
      { reference },
      auditor,
    );
    expect(JSON.stringify(history.body)).not.toContain(staff.INT.email.split('@')[0]);
    expect(
      (await ask('DELETE', '/api/v1/complaint-sessions/current', {}, { token: session.body.token })).status,
    ).toBe(204);
    expect((await ask('GET', '/api/v1/my-case', {}, { token: session.body.token })).status).toBe(401);
  });

  it('keep to the document where cases are kept and erased', async () => {
    const cases = new ClosedCases(app);
    const [closed, { reference, token }] = [await cases.one(), await app.lodge()];
    const dpo = await app.officer('DPO');
    const by = { token: dpo.token };
    await cases.take(token, 'request-erasure', { erasureScope: 'PERSON' });
    const placed = { holdGround: 'EVIDENCE', reasons: 'Another case needs it.' };
    await cases.staff(staff.TRI, reference, 'place-hold', placed);
    const read = await ask('GET', '/api/v1/cases/{reference}', { reference }, by);
    expect(read.body).toMatchObject({ holds: [{ n: 1 }], erasureRequests: [{ n: 1 }] });
    const match = { ...by, headers: { 'if-match': String(read.headers.etag) } };
    const erasure = '/api/v1/cases/{reference}/erasure';
    expect((await ask('POST', erasure, { reference }, match)).status).toBe(422);
    await cases.staff(dpo, reference, 'release-hold', { holdNumber: 1, reasons: 'Not needed any more.' });
    const now = await ask('GET', '/api/v1/cases/{reference}', { reference }, by);
    const newer = { ...by, headers: { 'if-match': String(now.headers.etag) } };
    expect((await ask('POST', erasure, { reference }, newer)).body).toMatchObject({
      reference,
      scope: 'PERSON',
    });

    const due = '/api/v1/disposals/due';
    expect((await ask('GET', due, {}, by, '?schedule=RS-SPECIAL')).status).toBe(200);
    expect((await ask('GET', due, {}, by, '?schedule=RS-NONE')).status).toBe(400);
    const body = { schedule: 'RS-SPECIAL', reason: 'Closed, nothing owed.', references: [closed.reference] };
    const batch = await ask<{ id: string }>('POST', '/api/v1/disposals', {}, { ...by, body });
    expect(batch.status).toBe(201);
    expect(
      (await ask('POST', '/api/v1/disposals', {}, { ...by, body: { ...body, references: [] } })).status,
    ).toBe(400);
    const { id } = batch.body;
    const decision = '/api/v1/disposals/{id}/decision';
    expect((await ask('POST', decision, { id }, { ...by, body: { agree: true } })).status).toBe(422);
    const other = await app.officer('EXE');
    const agreed = { token: other.token, body: { agree: true } };
    expect((await ask('POST', decision, { id }, agreed)).body).toMatchObject({ status: 'DONE' });
    for (const path of ['/api/v1/disposals', '/api/v1/disposals/{id}', '/api/v1/disposals/{id}/certificate'])
      expect((await ask('GET', path, { id }, by)).status).toBe(200);
    expect((await ask('GET', '/api/v1/disposals/{id}', { id: '%00' }, by)).status).toBeLessThan(500);
  });

  it('keep to the document where a version of the process is drafted, tried and published', async () => {
    const at = (who: TestOfficer, body?: object) => ({ token: who.token, ...(body ? { body } : {}) });
    const right = { kind: 'SHORTER_TARGET', of: 'TARGET-ACK', length: 1 };
    const wrong = [
      { kind: 'SECOND_PERSON', of: 'withdraw', code: 'DEC' },
      { kind: 'FURTHER_NEED', of: '__proto__', code: 'constructor' },
      { kind: 'SECOND_PERSON', of: 'accept', code: null },
    ];
    const tried = await ask<{ faults: unknown[]; changes: unknown[] }>(
      'POST',
      '/api/v1/policies/trials',
      {},
      at(staff.TRI, { amendments: [right, ...wrong] }),
    );
    expect([tried.status, tried.body.faults.length, tried.body.changes.length]).toEqual([200, 3, 1]);
    for (const amendments of [
      wrong,
      'x',
      [null],
      [{ kind: 'LOOSER', of: 'accept' }],
      [{ ...right, length: 'x' }],
    ]) {
      const refused = await ask(
        'PUT',
        '/api/v1/policies/draft',
        {},
        at(staff.TRI, { amendments, seen: '0' }),
      );
      expect(refused.status).toBe(400);
    }
    const drafted = await ask<{ seen: string }>(
      'PUT',
      '/api/v1/policies/draft',
      {},
      at(staff.TRI, { amendments: [right], seen: '0' }),
    );
    expect(drafted.status).toBe(200);
    const { seen } = drafted.body;
    const decided = (who: TestOfficer) =>
      ask('POST', '/api/v1/policies/decision', {}, at(who, { publish: true, seen }));
    expect([(await decided(staff.TRI)).status, (await decided(staff.DEC)).status]).toEqual([422, 200]);
    expect((await ask('GET', '/api/v1/policies', {}, at(staff.AUD))).status).toBe(200);
    expect((await ask('GET', '/api/v1/reports/process', {}, at(staff.AUD), '?policy=2026-11')).status).toBe(
      200,
    );
    expect((await ask('GET', '/api/v1/reports/process', {}, at(staff.AUD), '?policy=2026-11.9')).status).toBe(
      404,
    );
  });

  it('say what is wrong in the language of the person', async () => {
    const answer = await ask<{ needs: { sentence: string }[] }>(
      'POST',
      '/api/v1/complaints',
      {},
      { body: { narrative: '' }, headers: { 'accept-language': 'fr-FR,fr;q=0.9' } },
    );
    expect(answer.status).toBe(400);
    expect(answer.body.needs[0]!.sentence).toMatch(/\p{L}{2,} /u);
    expect(answer.body.needs[0]!.sentence).not.toMatch(/^error\./);
  });

  it('carry headers that keep a page from doing anything but show itself, and name no software', async () => {
    const { headers } = await app.ask('GET', '/api/v1/ledger/checkpoint');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).not.toContain('script-src');
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('server');
  });

  it('show the document as a page without script and as JSON', async () => {
    expect((await app.ask('GET', '/api/docs')).text).toContain('/api/v1/complaints');
    expect((await app.ask<{ openapi: string }>('GET', '/api/docs-json')).body.openapi).toMatch(/^3\./);
  });
});
