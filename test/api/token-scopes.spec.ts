import { ApiTokens } from '../../src/people/api-tokens';
import { Accounts } from '../../src/people/accounts';
import { Transactions } from '../../src/records/transactions';
import { Entry } from '../../src/records/entities/entry';
import { HOUSE } from '../../src/ledger/house';
import { STAFF_ROLES } from '../../src/rules/roles';
import { SCOPE_CODES, scopeOf, type ScopeCode } from '../../src/rules/scopes';
import { TestApp, type TestOfficer } from '../harness/app';
import { engines } from '../harness/database';
import { addressOf, routesOf, type Route } from '../harness/routes';

const isOfStaff = ({ who }: Route): boolean => Array.isArray(who);

describe.each(engines())('a token of a program on %s', (engine) => {
  let app: TestApp;
  let everybody: TestOfficer;
  let routes: Route[];
  let known: Record<string, string>;

  beforeAll(async () => {
    app = await TestApp.start(engine);
    everybody = await app.officer(...STAFF_ROLES);
    routes = routesOf(app).filter(({ path }) => path.startsWith('/api/v1/'));
    known = { reference: (await app.lodge()).reference, step: 'acknowledge' };
  });
  afterAll(() => app.close());

  async function tokenFor(
    { personId }: TestOfficer,
    scopes: readonly ScopeCode[],
    label = 'test',
  ): Promise<{ id: string; token: string }> {
    const expiresAt = new Date(app.time.now().getTime() + 30 * 86_400_000).toISOString();
    return app.get(ApiTokens).create({ personId, label, scopes, expiresAt });
  }

  const ask = (route: Route, token: string) =>
    app.ask<{ detail: string }>(route.method, addressOf(route, known), {
      token,
      headers: { 'if-match': '"1"' },
      ...(route.method === 'GET' || route.method === 'DELETE' ? {} : { body: {} }),
    });

  it('finds for every route of staff one scope, and for every act of a scope a route', () => {
    const without = routes.filter((route) => isOfStaff(route) && scopeOf(route.act) === null);
    expect(without.map(({ path }) => path)).toEqual([]);
    const reached = new Set(routes.map(({ act }) => scopeOf(act)));
    for (const scope of SCOPE_CODES) expect(reached).toContain(scope);
  });

  it('opens what its scopes name and nothing else', async () => {
    for (const scope of SCOPE_CODES) {
      const [alone, others] = [
        await tokenFor(everybody, [scope]),
        await tokenFor(
          everybody,
          SCOPE_CODES.filter((each) => each !== scope),
        ),
      ];
      for (const route of routes) {
        const needed = scopeOf(route.act);
        if (needed === null) continue;
        const [opened, closed] = needed === scope ? [alone, others] : [others, alone];
        const at = `${route.method} ${route.path}`;
        expect([at, (await ask(route, opened.token)).status]).not.toEqual([at, 403]);
        const refused = await ask(route, closed.token);
        expect([at, refused.status]).toEqual([at, 403]);
        expect(refused.body.detail).toContain(`scope ${needed}.`);
      }
    }
  });

  it('never opens more than its person may do, and less at once when they may do less', async () => {
    const auditor = await app.officer('AUD');
    const { token } = await tokenFor(auditor, SCOPE_CODES);
    for (const route of routes.filter(isOfStaff)) {
      const may = (route.who as readonly string[]).includes('AUD');
      expect([route.path, (await ask(route, token)).status === 403]).toEqual([route.path, !may]);
    }
    const leader = await app.officer('TRI');
    const { token: leaders } = await tokenFor(leader, ['cases:read']);
    expect((await app.ask('GET', '/api/v1/cases', { token: leaders })).status).toBe(200);
    const admin = (await app.get(Accounts).list()).find(({ roles }) => roles.join() === 'ADM')!;
    await app.get(Accounts).changeRoles(leader.personId, ['AUD'], admin.id);
    expect((await app.ask('GET', '/api/v1/cases', { token: leaders })).status).toBe(403);
  });

  it('keeps the day of its last use, and writes it once a day', async () => {
    const { id, token } = await tokenFor(everybody, ['statistics:read']);
    const usedOn = async () =>
      (await app.get(ApiTokens).list(everybody.personId)).find((each) => each.id === id)!.lastUsedOn;
    const change = jest.spyOn(app.get(Transactions), 'change');
    const use = async () => {
      await app.ask('GET', '/api/v1/reports/process', { token });
      const writes = change.mock.calls.length;
      change.mockClear();
      return { writes, usedOn: await usedOn() };
    };
    expect(await usedOn()).toBeNull();
    const first = app.time.today();
    expect(await use()).toEqual({ writes: 1, usedOn: first });
    expect(await use()).toEqual({ writes: 0, usedOn: first });
    app.time.goTo(new Date(app.time.now().getTime() + 86_400_000).toISOString());
    expect(await use()).toEqual({ writes: 1, usedOn: app.time.today() });
    expect(app.time.today()).not.toBe(first);
    change.mockRestore();
  });

  it('stands in the history of the house, with what it opens and without its label', async () => {
    const { id } = await tokenFor(everybody, ['audit:read', 'cases:read'], 'A label of mine');
    await app.get(ApiTokens).revoke(everybody.personId, id);
    const told = (
      await app
        .get(Transactions)
        .read((db) => db.find(Entry, { where: { ledgerId: HOUSE }, order: { n: 'ASC' } }))
    )
      .map(({ body }) => body)
      .filter((body) => body.includes(id));
    expect(told).toEqual([
      expect.stringMatching(/"act":"create-token".*"scopes":\["cases:read","audit:read"\]/),
      expect.stringContaining('"act":"revoke-token"'),
    ]);
    expect(told.join()).not.toContain('A label of mine');
    expect((await app.verify()).differences).toEqual([]);
  });
});
