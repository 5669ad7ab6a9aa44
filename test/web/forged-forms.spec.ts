import { TestApp } from '../harness/app';
import { engines } from '../harness/database';
import { addressOf, routesOf, type Route } from '../harness/routes';
import { FORM, Visitors, type BrowserSession } from '../harness/visitors';

const OUT_OF_DATE = 'This form is out of date';
const MULTIPART = { 'content-type': 'multipart/form-data; boundary=xx' };

/** Cross-site request forgery: a form that another site sends in the name of somebody who is signed in here. */
describe.each(engines())('a forged form on %s', (engine) => {
  let app: TestApp;
  let visitors: Visitors;
  let forms: Route[];
  let known: Record<string, string>;

  beforeAll(async () => {
    app = await TestApp.start(engine);
    visitors = await Visitors.of(app);
    forms = routesOf(app).filter(({ method, path }) => method !== 'GET' && !path.startsWith('/api/'));
    known = { reference: visitors.mine.reference, step: 'withdraw', n: '1' };
  });
  afterAll(() => app.close());

  const send = (
    route: Route,
    cookie: string,
    fields: string,
    query = '',
    headers = FORM as Record<string, string>,
  ) =>
    app.ask(route.method, addressOf(route, known, 'none') + query, {
      headers: { ...headers, ...(cookie ? { cookie } : {}) },
      body: fields,
    });

  /** Ways to send a form without the token of this session. */
  function forgeries(
    mine: BrowserSession,
    others: BrowserSession,
  ): [string, string, Record<string, string>][] {
    const right = encodeURIComponent(mine.csrf);
    const wrong = encodeURIComponent(others.csrf);
    return [
      ['', '', FORM],
      ['_csrf=', '', FORM],
      [`_csrf=${wrong}`, '', FORM],
      [`_csrf=${right.slice(0, -1)}`, '', FORM],
      [`_csrf=${right}x`, '', FORM],
      [`_csrf=${right}&_csrf=${right}`, '', FORM],
      [`_csrf[]=${right}`, '', FORM],
      [`_CSRF=${right}`, '', FORM],
      [`x=_csrf=${right}`, '', FORM],
      [`_csrf=${encodeURIComponent(mine.cookie.split('=')[1]!)}`, '', FORM],
      ['', `?_csrf=${right}`, FORM],
      [`{"_csrf":"${mine.csrf.slice(1)}"}`, '', { 'content-type': 'application/json' }],
      ['--xx--\r\n', `?_csrf=${wrong}`, MULTIPART],
      ['--xx--\r\n', '', MULTIPART],
      [
        `--xx\r\ncontent-disposition: form-data; name="_csrf"\r\n\r\n${mine.csrf}\r\n--xx--\r\n`,
        '',
        MULTIPART,
      ],
    ];
  }

  it('is refused at every address that changes anything for somebody, and changes nothing', async () => {
    const own = forms.filter(({ who }) => who !== 'anyone');
    expect(own.length).toBeGreaterThan(30);
    const other = await app.officer('INT');
    const sessions = new Map<Route, [BrowserSession, BrowserSession]>();
    for (const route of own) {
      const others = await visitors.enter(route.who === 'rightsholder' ? ['INT'] : route.who, other);
      sessions.set(route, [await visitors.enter(route.who), others]);
    }
    const before = await app.rowCounts();
    for (const route of own) {
      const [mine, others] = sessions.get(route)!;
      for (const [fields, query, headers] of forgeries(mine, others)) {
        const answer = await send(route, mine.cookie, fields, query, headers);
        const at = `${route.path} ${fields}${query}`;
        expect([at, answer.status, answer.text.includes(OUT_OF_DATE)]).toEqual([at, 403, true]);
      }
      expect([route.path, (await send(route, '', `_csrf=${mine.csrf}`)).status]).toEqual([route.path, 401]);
    }
    expect(await app.rowCounts()).toEqual(before);
  });

  it('is told from the right one, which brings the token of its session', async () => {
    for (const route of forms.filter(({ who }) => who !== 'anyone')) {
      const mine = await (await visitors.withNewCase()).enter(route.who);
      const answer = await send(route, mine.cookie, `_csrf=${encodeURIComponent(mine.csrf)}`);
      expect([route.path, answer.text.includes(OUT_OF_DATE)]).toEqual([route.path, false]);
      expect(answer.status).toBeLessThan(500);
    }
  });

  it('does in nobody’s name what is open to anyone', async () => {
    const open = forms.filter(({ who }) => who === 'anyone').map(({ path }) => path);
    expect(open.sort()).toEqual([
      '/card',
      '/card/pdf',
      '/join-group',
      '/join-group/agree',
      '/join-group/drop',
      '/join/:secret',
      '/lodge',
      '/lodge/:question',
      '/lodge/continue',
      '/lodge/delete',
      '/lodge/files',
      '/lodge/files/remove',
      '/lodge/later',
      '/lodge/leave',
      '/lodge/saved',
      '/my-case/open',
      '/papers/:name',
      '/recover/:secret',
      '/sign-in',
    ]);
  });
});
