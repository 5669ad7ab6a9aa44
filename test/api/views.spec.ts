import { ApiDocument } from '../../src/api/api-document';
import { ApiSchema } from '../harness/api-schema';
import { TestApp, type TestOfficer } from '../harness/app';
import { engines } from '../harness/database';

interface View {
  id: string;
  name: string;
  count?: unknown;
}

interface Refused {
  needs: { field: string; sentence: string }[];
}

describe.each(engines())('views of the queue, and one step in many cases, for programs on %s', (engine) => {
  let app: TestApp;
  let schema: ApiSchema;
  let lead: TestOfficer;
  let other: TestOfficer;

  beforeAll(async () => {
    app = await TestApp.start(engine);
    schema = new ApiSchema((await app.get(ApiDocument).read()) as never);
    lead = await app.officer('TRI');
    other = await app.officer('PRT');
  });
  afterAll(() => app?.close());

  /** Asks, and holds the answer against the document. */
  async function ask<T>(method: string, path: string, { token }: TestOfficer, body?: unknown, id = '') {
    const answer = await app.ask<T>(method, `/api/v1${path.replace('{id}', id)}`, {
      token,
      ...(body === undefined ? {} : { body }),
    });
    expect(schema.faults(method, `/api/v1${path}`, answer as never)).toEqual([]);
    return answer;
  }
  const list = async (officer: TestOfficer) => (await ask<View[]>('GET', '/views', officer)).body;

  it('are saved, listed with a count, renamed, shared and removed', async () => {
    await app.lodge();
    const form = { name: 'Mine', isShared: false, filter: { assignee: 'nobody', system: 7 } };
    const saved = await ask<View>('POST', '/views', lead, form);
    expect([saved.status, saved.body]).toMatchObject([
      201,
      { name: 'Mine', filter: { assignee: 'nobody', system: '7' }, isShared: false, isOwn: true },
    ]);
    const { id } = (await ask<View>('POST', '/views', lead, { name: 'All', isShared: true })).body;
    expect(await list(lead)).toEqual([
      { id, name: 'All', filter: {}, isShared: true, isOwn: true, count: { cases: 1, isMore: false } },
      { ...saved.body, count: { cases: 0, isMore: false } },
    ]);
    expect((await list(other)).map(({ name }) => name)).toEqual(['All']);
    const changed = await ask<View>('PUT', '/views/{id}', lead, { name: 'Everything', isShared: false }, id);
    expect([changed.status, changed.body]).toMatchObject([200, { id, name: 'Everything', isShared: false }]);
    expect(await list(other)).toEqual([]);
    for (const { id: each } of await list(lead)) {
      const theirs = await ask('DELETE', '/views/{id}', other, undefined, each);
      expect(theirs.status).toBe(404);
      expect((await ask('PUT', '/views/{id}', other, { name: 'X', isShared: true }, each)).status).toBe(404);
      expect((await ask('DELETE', '/views/{id}', lead, undefined, each)).status).toBe(204);
    }
    expect(await list(lead)).toEqual([]);
  });

  it.each([
    [{ name: '', isShared: true }, ['name']],
    [{ name: 'Mine' }, ['isShared']],
    [{ name: 'Mine', isShared: true, filter: { colour: 'red', tier: 'HUGE' } }, ['colour', 'tier']],
    [{ name: 'Mine', isShared: true, filter: 'tier=SEVERE' }, ['filter']],
  ])('are refused as %j, naming what is wrong', async (form, fields) => {
    const { status, body } = await ask<Refused>('POST', '/views', lead, form);
    expect([status, body.needs.map(({ field }) => field)]).toEqual([400, fields]);
    expect(await list(lead)).toEqual([]);
  });

  it('show what a step would do in each case, and do it once', async () => {
    const chosen = [{ reference: (await app.lodge()).reference, revision: 1 }];
    const missing = { reference: 'RD-AAAA-AAAA', revision: 1 };
    const form = {
      step: 'write-internal-note',
      cases: [...chosen, missing],
      answers: { internalNote: 'One system in all of them.' },
    };
    const shown = await ask<{ problems: string[] }[]>('POST', '/many-cases/preview', lead, form);
    expect(shown.body).toEqual([
      { ...chosen[0], problems: [] },
      { ...missing, problems: ['There is no such case, or it is not yours to see.'] },
    ]);
    const done = await ask('POST', '/many-cases', lead, form);
    expect([done.status, done.body]).toEqual([200, shown.body]);
    const again = await ask<{ problems: string[] }[]>('POST', '/many-cases', lead, form);
    expect(again.body[0]!.problems).toEqual(['Someone changed this case; reload it and try again.']);
    const read = await app.ask<{ internalNotes: unknown[] }>(
      'GET',
      `/api/v1/cases/${chosen[0]!.reference}`,
      lead,
    );
    expect(read.body.internalNotes).toHaveLength(1);
  });

  it.each([
    [{ step: 'close', cases: [{ reference: 'RD-AAAA-AAAA', revision: 1 }], answers: {} }, 'step'],
    [{ step: 'assign', cases: [], answers: {} }, 'cases'],
    [{ step: 'assign', cases: 'RD-AAAA-AAAA', answers: {} }, 'cases'],
    [{ step: 'assign', cases: [{ reference: 'RD-AAAA-AAAA' }], answers: {} }, 'cases.0.revision'],
    [{ step: 'assign', cases: [null], answers: {} }, 'cases.0'],
    [{ step: 'assign', cases: [{ reference: 'RD-AAAA-AAAA', revision: 1 }], answers: [] }, 'answers'],
  ])('refuse %j', async (form, field) => {
    const { status, body } = await ask<Refused>('POST', '/many-cases', lead, form);
    expect([status, body.needs.map((each) => each.field)]).toEqual([400, expect.arrayContaining([field])]);
  });
});
