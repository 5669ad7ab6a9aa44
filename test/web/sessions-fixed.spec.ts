import { Secret, TOTP } from 'otpauth';
import { Accounts } from '../../src/people/accounts';
import { Invitations } from '../../src/people/invitations';
import { TEST_PASSWORD, TestApp, type Answer, type TestOfficer } from '../harness/app';
import { engines } from '../harness/database';
import { FORM, Visitors } from '../harness/visitors';

const NAME = { staff: '__Host-redress_officer', holder: '__Host-redress_case' };

/** Session fixation (OWASP Session Management Cheat Sheet): whoever knew a token before somebody came in knows nothing after. */
describe.each(engines())('a session on %s', (engine) => {
  let app: TestApp;
  let visitors: Visitors;
  let officer: TestOfficer;

  beforeAll(async () => {
    app = await TestApp.start(engine, { publicUrl: 'https://redress.example.org', asksSecondFactor: true });
    visitors = await Visitors.of(app);
    officer = await app.officer('INT');
  });
  afterAll(() => app.close());

  const post = (url: string, fields: Record<string, string>, cookie?: string) =>
    app.ask('POST', url, {
      headers: { ...FORM, ...(cookie ? { cookie } : {}) },
      body: new URLSearchParams(fields).toString(),
    });
  const get = (url: string, cookie: string) => app.ask('GET', url, { headers: { cookie } });
  const given = (answer: Answer) => String(answer.headers['set-cookie']).split(';')[0]!;
  const isTurnedAway = async (cookie: string) =>
    /^\/sign-in/.test(String((await get('/desk/account', cookie)).headers.location));

  async function csrfOn(url: string, cookie: string): Promise<string> {
    return /name="_csrf" value="([^"]+)"/.exec((await get(url, cookie)).text)![1]!;
  }

  async function codeAt(url: string, cookie: string): Promise<string> {
    const secret = /desk-secret"><code>([A-Z2-7 ]+)</.exec((await get(url, cookie)).text)![1]!;
    const totp = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) });
    return totp.generate({ timestamp: app.time.now().getTime() });
  }

  const invite = async () => {
    const [admin] = (await app.get(Accounts).list()).filter(({ roles }) => roles.includes('ADM'));
    return app.get(Invitations).invite({ roles: ['INT'], unit: null, invitedBy: admin!.id });
  };

  let joined = 0;
  const WAYS_IN: [string, (planted: string) => Promise<Answer>][] = [
    ['signing in', (cookie) => post('/sign-in', { email: officer.email, password: TEST_PASSWORD }, cookie)],
    [
      'joining',
      async (cookie) => {
        joined += 1;
        const account = { name: 'New One', email: `new-${joined}@example.org`, password: TEST_PASSWORD };
        return post(`/join/${await invite()}`, { ...account, passwordAgain: TEST_PASSWORD }, cookie);
      },
    ],
    ['opening a case', (cookie) => post('/my-case/open', { receipt: visitors.mine.receipt }, cookie)],
  ];

  describe.each(WAYS_IN)('begun by %s', (way, enter) => {
    const name = way === 'opening a case' ? NAME.holder : NAME.staff;

    it('never takes a token that was there before, known or not', async () => {
      const others = (await visitors.enter(way === 'opening a case' ? 'rightsholder' : ['INT'])).cookie;
      for (const planted of [`${name}=planted-by-somebody-else-before-0123456789`, others]) {
        const mine = given(await enter(planted));
        expect(mine).toMatch(new RegExp(`^${name}=[\\w-]{43}$`));
        expect(mine).not.toBe(planted);
      }
      if (name === NAME.staff)
        expect(await isTurnedAway(`${name}=planted-by-somebody-else-before-0123456789`)).toBe(true);
    });

    it('is another each time', async () => {
      expect(given(await enter(''))).not.toBe(given(await enter('')));
    });
  });

  it('goes on under another token once the second factor is given, and the half one is over', async () => {
    const half = given(await post('/sign-in', { email: officer.email, password: TEST_PASSWORD }));
    expect(await isTurnedAway(half)).toBe(true);
    const fields = {
      _csrf: await csrfOn('/sign-in/authenticator', half),
      code: await codeAt('/sign-in/authenticator', half),
    };
    const whole = given(await post('/sign-in/authenticator', fields, half));
    expect(whole).not.toBe(half);
    expect(await isTurnedAway(whole)).toBe(false);
    expect(await isTurnedAway(half)).toBe(true);
    expect((await get('/sign-in/authenticator', half)).headers.location).toMatch(/^\/sign-in/);
  });

  it('is not another’s: two cookies of one name are one session, and never both', async () => {
    const [one, two] = [await visitors.enter(['INT']), await visitors.enter(['INT'], officer)];
    const page = await get('/desk/account', `${one.cookie}; ${two.cookie}`);
    expect(page.text.includes(one.csrf) !== page.text.includes(two.csrf)).toBe(true);
    for (const [mine, others] of [
      [one, two],
      [two, one],
    ] as const) {
      const answer = await post('/desk/account/sign-out-everywhere', { _csrf: others.csrf }, mine.cookie);
      expect(answer.status).toBe(403);
      expect(await isTurnedAway(mine.cookie)).toBe(false);
    }
  });

  it('is over on the server when somebody leaves, not only in the browser', async () => {
    const [staff, other] = [await visitors.enter(['INT']), await visitors.enter(['INT'])];
    const left = await post('/sign-out', { _csrf: staff.csrf }, staff.cookie);
    expect(String(left.headers['set-cookie'])).toMatch(
      /^__Host-redress_officer=; .*Expires=Thu, 01 Jan 1970/,
    );
    expect([await isTurnedAway(staff.cookie), await isTurnedAway(other.cookie)]).toEqual([true, false]);
    await post('/desk/account/sign-out-everywhere', { _csrf: other.csrf }, other.cookie);
    expect(await isTurnedAway(other.cookie)).toBe(true);

    const holder = await visitors.enter('rightsholder');
    expect((await get('/my-case', holder.cookie)).status).toBe(200);
    await post('/my-case/leave', { _csrf: holder.csrf }, holder.cookie);
    expect((await get('/my-case', holder.cookie)).headers.location).toBe('/my-case/open');
  });

  it('is nobody’s in a cookie that a neighbour of this host could have set', async () => {
    const { cookie } = await visitors.enter(['INT']);
    expect(await isTurnedAway(cookie.replace('__Host-', ''))).toBe(true);
    expect(await isTurnedAway(cookie.replace('__Host-', '__Secure-'))).toBe(true);
    expect(await isTurnedAway(`${cookie}; ${cookie.replace('__Host-', '').replace(/=.*/, '=planted')}`)).toBe(
      false,
    );
  });
});
