import { ApiDocument } from '../../src/api/api-document';
import { STAFF_ROLES } from '../../src/rules/roles';
import { TestApp } from '../harness/app';
import { engines } from '../harness/database';
import { routesOf, type Route } from '../harness/routes';
import { DeskBrowser } from '../web/desk/desk-browser';

const HOSTILE = [
  ...['-1', '0', '1.5', '1e300', '1e-7', 'NaN', '-Infinity', '0x10', '+1', '%201', '1%00', '%D9%A1'],
  ...['2147483648', '99999999999', '9007199254740993', '9'.repeat(150)],
];
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

describe.each(engines())('a number from outside on %s', (engine) => {
  let app: TestApp;
  let routes: Route[];
  let tokens: { staff: string; holder: string };
  let cookies: { staff: string; holder: string };
  let csrf: { staff: string; holder: string };
  let known: Record<string, string>;

  beforeAll(async () => {
    app = await TestApp.start(engine);
    routes = routesOf(app);
    const officer = await app.officer(...STAFF_ROLES);
    const { reference, receipt, token } = await app.lodge();
    await app.integrate();
    tokens = { staff: officer.token, holder: token };
    const desk = await DeskBrowser.of(app, officer);
    const opened = await app.ask('POST', '/my-case/open', {
      headers: FORM,
      body: `receipt=${encodeURIComponent(receipt)}`,
    });
    cookies = {
      staff: [...desk.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      holder: String(opened.headers['set-cookie']).split(';')[0]!,
    };
    const csrfOn = async (url: string, cookie: string) =>
      /name="_csrf" value="([^"]+)"/.exec((await app.ask('GET', url, { headers: { cookie } })).text)![1]!;
    csrf = {
      staff: await csrfOn(`/desk/cases/${reference}`, cookies.staff),
      holder: await csrfOn('/my-case', cookies.holder),
    };
    known = { reference, step: 'withdraw', level: '0', index: '0', n: '1' };
  });
  afterAll(() => app.close());

  async function ask({ method, path, who }: Route, url: string): Promise<number> {
    const as = who === 'rightsholder' ? 'holder' : 'staff';
    const isApi = path.startsWith('/api/');
    const reason = 'Long enough for a reason.';
    const { status } = await app.ask(method, url, {
      ...(isApi ? (who === 'anyone' ? {} : { token: tokens[as] }) : {}),
      headers: {
        ...(isApi ? {} : { cookie: cookies[as] }),
        ...(isApi || method === 'GET' ? {} : FORM),
        'if-match': '"1"',
      },
      ...(method === 'GET' || method === 'DELETE'
        ? {}
        : { body: isApi ? { reason } : new URLSearchParams({ _csrf: csrf[as], reason }).toString() }),
    });
    return status;
  }

  it('is answered at every place of every address, and never with an error of ours', async () => {
    const failures: string[] = [];
    let asked = 0;
    for (const route of routes) {
      const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name!);
      for (const name of names)
        for (const number of HOSTILE) {
          const url = route.path.replaceAll(/:(\w+)/g, (_, each: string) =>
            each === name ? number : (known[each] ?? '1'),
          );
          const status = await ask(route, url);
          asked += 1;
          expect(status).not.toBe(401);
          if (status >= 500) failures.push(`${route.method} ${url}: ${status}`);
        }
    }
    expect(asked).toBeGreaterThan(20 * HOSTILE.length);
    expect(failures).toEqual([]);
  });

  it('is answered in every parameter of a query, and never with an error of ours', async () => {
    const { paths } = (await app.get(ApiDocument).read()) as unknown as {
      paths: Record<string, Record<string, { parameters?: { in: string; name: string }[] }>>;
    };
    const documented = Object.values(paths).flatMap((methods) =>
      Object.values(methods).flatMap(({ parameters = [] }) =>
        parameters.filter((each) => each.in === 'query').map(({ name }) => name),
      ),
    );
    const names = [...new Set([...documented, 'page', 'n', 'revision', 'done'])];
    expect(names).toEqual(
      expect.arrayContaining(['limit', 'width', 'index', 'size', 'from', 'to', 'cursor']),
    );
    const failures: string[] = [];
    const listing = ({ method, path }: Route) =>
      method === 'GET' && (!path.includes(':') || /tile/.test(path));
    for (const route of routes.filter(listing))
      for (const number of HOSTILE) {
        const path = route.path.replaceAll(/:(\w+)/g, (_, each: string) => known[each] ?? '1');
        for (const query of [
          names.map((name) => `${name}=${number}`).join('&'),
          `cursor=${number}&sort=due`,
        ]) {
          const status = await ask(route, `${path}?${query}`);
          if (status >= 500) failures.push(`GET ${path}?${query}: ${status}`);
        }
      }
    expect(failures).toEqual([]);
  });
});
