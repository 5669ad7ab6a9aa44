import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import { Accounts } from '../../../src/people/accounts';
import { Invitations } from '../../../src/people/invitations';
import { OFFICER_COOKIE } from '../../../src/people/cookies';
import { Recoveries } from '../../../src/people/recoveries';
import { areTwoPersons } from '../../../src/people/second-person';
import { Sessions } from '../../../src/people/sessions';
import {
  type ProviderSettings,
  SingleSignOnSettings,
} from '../../../src/people/single-sign-on/provider-settings';
import { Entry } from '../../../src/records/entities/entry';
import { Person } from '../../../src/records/entities/person';
import { SingleSignOnUse } from '../../../src/records/entities/single-sign-on-use';
import { Transactions } from '../../../src/records/transactions';
import type { RoleCode } from '../../../src/rules/roles';
import { Time } from '../../../src/platform/time';
import { TEST_PASSWORD, TestApp, type Answer, type TestOfficer } from '../../harness/app';
import { engines } from '../../harness/database';
import { CLIENT_ID, CLIENT_SECRET, OpenIdProvider, RunningTime } from '../../harness/openid-provider';
import { DeskBrowser, wordsOf } from './desk-browser';
import { onwardFrom, signInAs, throughProvider } from './provider-walk';

const CALLBACK = 'http://localhost:3000/sign-in/sso/callback';
const LABEL = 'the house card';

describe.each(engines())('single sign-on over a real provider on %s', (engine) => {
  const time = new RunningTime();
  let app: TestApp;
  let provider: OpenIdProvider;
  let its: ProviderSettings;
  let defaults: ProviderSettings;
  let administrator: TestOfficer;
  let people = 0;

  beforeAll(async () => {
    provider = await OpenIdProvider.start([CALLBACK]);
    const secretFile = join(mkdtempSync(join(tmpdir(), 'redress-secret-')), 'secret');
    writeFileSync(secretFile, `${CLIENT_SECRET}\n`);
    defaults = {
      issuer: new URL(provider.issuer),
      clientId: CLIENT_ID,
      secretFile,
      label: LABEL,
      scopes: 'openid profile email groups',
      groupsClaim: 'groups',
      rolesOfGroups: new Map(),
      createsAccounts: false,
      secondFactorAcr: [],
      secondFactorAmr: ['mfa'],
    };
    its = { ...defaults };
    app = await TestApp.start(engine, {
      asksSecondFactor: true,
      replace: () => [
        [SingleSignOnSettings, new SingleSignOnSettings(its)],
        [Time, time],
      ],
    });
    // The harness counts the days of a token from its own clock.
    app.time.goTo(time.now().toISOString());
    administrator = await app.officer('ADM');
  });

  afterAll(async () => {
    await app?.close();
    await provider?.stop();
  });

  beforeEach(() => {
    Object.assign(its, defaults);
    time.aheadInMs = 0;
    provider.methods = ['mfa'];
  });

  afterEach(async () => {
    expect((await app.verify()).differences).toEqual([]);
  });

  /** Somebody whom nobody here knows yet; answers the name at the provider. */
  function known(...groups: string[]): string {
    people += 1;
    const login = `subject-${people}`;
    const email = `person-${people}@example.org`;
    provider.accounts.set(login, { name: `Person ${people}`, email, email_verified: true, groups });
    return login;
  }

  const mapping = (pairs: Record<string, RoleCode[]>) => ({ rolesOfGroups: new Map(Object.entries(pairs)) });

  async function invited(roles: RoleCode[] = ['INT']): Promise<string> {
    return app.get(Invitations).invite({ roles, unit: 'South', invitedBy: administrator.personId });
  }

  /** A browser with a whole session of this account, as after password and code. */
  async function browserOf(officer: TestOfficer): Promise<DeskBrowser> {
    const browser = new DeskBrowser(app);
    const { token } = await app.get(Sessions).startOfficer(officer.personId, null);
    browser.cookies.set(OFFICER_COOKIE, token);
    await browser.get('/desk/account');
    return browser;
  }

  /** Links the account over its own page. */
  async function link(officer: TestOfficer, login: string): Promise<Answer> {
    const browser = await browserOf(officer);
    const page = await browser.post('/desk/account/sso', { currentForSso: TEST_PASSWORD });
    const leaving = { ...page, headers: { location: onwardFrom(page) } };
    return browser.get(await throughProvider(leaving, login));
  }

  async function personBy(email: string): Promise<Person> {
    const view = (await app.get(Accounts).list()).find((each) => each.email === email)!;
    return app.get(Transactions).read((db) => db.findOneByOrFail(Person, { id: view.id }));
  }

  const emailOf = (login: string) => provider.accounts.get(login)!.email!;

  async function told(): Promise<{ act: string; by: object; facts: object }[]> {
    const entries = await app.get(Transactions).read((db) => db.findBy(Entry, { ledgerId: 'house' }));
    return entries.sort((a, b) => a.n - b.n).map(({ body }) => JSON.parse(body));
  }

  function expectRefused(answer: Answer, status: number, sentence: string | RegExp): void {
    expect([answer.status, wordsOf(answer.text)]).toEqual([status, expect.stringMatching(sentence)]);
    expect(String(answer.headers['set-cookie'])).not.toContain(OFFICER_COOKIE);
  }

  it('shows the way beside e-mail and password, and leaves with code, PKCE, state and nonce', async () => {
    const browser = new DeskBrowser(app);
    expect((await browser.get('/sign-in')).text).toContain(
      '<a class="govuk-button govuk-button--secondary" href="/sign-in/sso" role="button">Sign in with the house card</a>',
    );
    const answer = await browser.get('/sign-in/sso');
    expect(answer.status).toBe(303);
    const { origin, searchParams } = new URL(String(answer.headers.location));
    expect(origin).toBe(provider.issuer);
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: CLIENT_ID,
      response_type: 'code',
      redirect_uri: CALLBACK,
      scope: 'openid profile email groups',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(/^redress_sso=.+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/);
    for (const value of [searchParams.get('state')!, searchParams.get('nonce')!])
      expect(cookie).not.toContain(value);
  });

  it('keeps nothing of ways that are only begun', async () => {
    const before = await app.rowCounts();
    for (let i = 0; i < 5; i++) await new DeskBrowser(app).get('/sign-in/sso');
    expect(await app.rowCounts()).toEqual(before);
  });

  it('takes an invitation up without a password, and knows the person from then on', async () => {
    const login = known();
    const secret = await invited();
    const browser = new DeskBrowser(app);
    expect((await browser.get(`/join/${secret}`)).text).toContain(`href="/join/${secret}/sso"`);
    const joined = await signInAs(browser, login, `/join/${secret}/sso`);
    expect(onwardFrom(joined)).toBe('/desk');
    expect((await browser.get('/desk')).status).toBe(200);
    expect(await personBy(emailOf(login))).toMatchObject({
      roles: ['INT'],
      unit: 'South',
      passwordHash: null,
      createdBy: administrator.personId,
    });
    expect((await new DeskBrowser(app).get(`/join/${secret}`)).status).toBe(404);

    const later = new DeskBrowser(app);
    expect(onwardFrom(await signInAs(later, login))).toBe('/desk');
    expect(later.cookies.has('redress_sso')).toBe(false);
    expect((await later.get('/desk')).status).toBe(200);
    await expect(app.get(Accounts).signIn(emailOf(login), '')).rejects.toThrow();
    const account = wordsOf((await later.get('/desk/account')).text);
    expect(account).toContain('You sign in with the house card; your account has no password.');
    expect(account).not.toContain('Change the password');
    await later.get('/desk/account');
    for (const [url, fields] of [
      [
        '/desk/account/password',
        { current: '', password: 'nine slow hedgehogs', passwordAgain: 'nine slow hedgehogs' },
      ],
      ['/desk/account/sso/end', { currentForSso: '' }],
    ] as const) {
      const refused = await later.post(url, fields);
      expect([refused.status, wordsOf(refused.text)]).toEqual([
        400,
        expect.stringContaining('has no password'),
      ]);
    }
  });

  it('spends an invitation once, and not while the person has no name, no address, or one of another', async () => {
    const secret = await invited();
    const login = known();
    const { name, email } = provider.accounts.get(login)!;
    const attempts = [
      [{ email, email_verified: true }, 400, /does not tell your name/],
      [{ name, email, email_verified: false }, 400, /a verified e-mail address/],
      [{ name, email: 'none' }, 400, /a verified e-mail address/],
      [{ name, email: administrator.email }, 409, /Somebody has an account here with your e-mail address/],
    ] as const;
    const before = await app.rowCounts();
    for (const [account, status, sentence] of attempts) {
      provider.accounts.set(login, account);
      expectRefused(await signInAs(new DeskBrowser(app), login, `/join/${secret}/sso`), status, sentence);
    }
    expect(await app.rowCounts()).toEqual(before);
    provider.accounts.set(login, { name, email });
    const leaving = new DeskBrowser(app);
    const back = await throughProvider(await leaving.get(`/join/${secret}/sso`), known());
    expect(onwardFrom(await signInAs(new DeskBrowser(app), login, `/join/${secret}/sso`))).toBe('/desk');
    expectRefused(await leaving.get(back), 404, /This link is not valid/);
    expectRefused(await new DeskBrowser(app).get(`/join/${secret}/sso`), 404, /This link is not valid/);
  });

  it('takes over no account that has the same verified address', async () => {
    const officer = await app.officer('INT');
    const login = known('intake');
    provider.accounts.get(login)!.email = officer.email;
    expectRefused(await signInAs(new DeskBrowser(app), login), 403, /No account here is linked to you/);
    Object.assign(its, mapping({ intake: ['INT'] }), { createsAccounts: true });
    expectRefused(
      await signInAs(new DeskBrowser(app), login),
      409,
      /If it is yours, sign in with your password and link it/,
    );
  });

  it('links an account for whoever knows its password, and unlinks it', async () => {
    const officer = await app.officer('TRI');
    const login = known();
    const browser = await browserOf(officer);
    const wrong = await browser.post('/desk/account/sso', { currentForSso: 'not my password' });
    expect([wrong.status, wrong.text.includes('href="#currentForSso"')]).toEqual([400, true]);
    expect(wrong.headers['set-cookie']).toBeUndefined();

    expect(onwardFrom(await link(officer, login))).toBe('/desk/account');
    const entered = new DeskBrowser(app);
    await signInAs(entered, login);
    const account = await entered.get('/desk/account');
    expect(wordsOf(account.text)).toContain('you sign in with the house card or with your password');
    await app.get(Accounts).signIn(officer.email, TEST_PASSWORD);

    expectRefused(await link(await app.officer('TRI'), login), 409, /linked to an account here already/);
    expectRefused(
      await signInAs(new DeskBrowser(app), login, `/join/${await invited()}/sso`),
      409,
      /linked to an account/,
    );

    await entered.get('/desk/account');
    expect((await entered.post('/desk/account/sso/end', { currentForSso: '' })).status).toBe(400);
    expect((await entered.post('/desk/account/sso/end', { currentForSso: TEST_PASSWORD })).status).toBe(303);
    expectRefused(await signInAs(new DeskBrowser(app), login), 403, /No account here is linked/);
    const self = { role: 'TRI', ref: officer.personId };
    expect((await told()).filter(({ act }) => /single-sign-on/.test(act)).slice(-2)).toMatchObject([
      { act: 'link-single-sign-on', by: self, facts: { person: officer.personId } },
      { act: 'unlink-single-sign-on', by: self, facts: { person: officer.personId } },
    ]);
  });

  it('links nothing when the session ended meanwhile, or when another browser comes back', async () => {
    const officer = await app.officer('TRI');
    const login = known();
    const browser = await browserOf(officer);
    const page = await browser.post('/desk/account/sso', { currentForSso: TEST_PASSWORD });
    const back = await throughProvider({ ...page, headers: { location: onwardFrom(page) } }, login);
    expectRefused(await new DeskBrowser(app).get(back), 400, /not begun in this browser/);
    await app.get(Sessions).endAllOf(officer.personId);
    expectRefused(await browser.get(back), 401, /Your session ended meanwhile/);
    expectRefused(await signInAs(new DeskBrowser(app), login), 403, /No account/);
  });

  it('carries nobody into a session that was there before', async () => {
    const victim = await app.officer('INT');
    const login = known();
    await link(victim, login);
    const attacker = await browserOf(await app.officer('INT'));
    const planted = attacker.cookies.get(OFFICER_COOKIE)!;
    const browser = new DeskBrowser(app);
    browser.cookies.set(OFFICER_COOKIE, planted);
    await signInAs(browser, login);
    expect(browser.cookies.get(OFFICER_COOKIE)).not.toBe(planted);
    const holder = await app.get(Sessions).resolve(planted);
    expect(holder!.visitor).not.toMatchObject({ personId: victim.personId });
  });

  it('takes the way back once, from the browser that went it, with its state, within ten minutes', async () => {
    const login = known();
    await link(await app.officer('INT'), login);
    const browser = new DeskBrowser(app);
    const back = await throughProvider(await browser.get('/sign-in/sso'), login);
    const flow = browser.cookies.get('redress_sso')!;
    const other = new DeskBrowser(app);
    await other.get('/sign-in/sso');
    expectRefused(await other.get(back), 400, /not begun in this browser/);
    expectRefused(await new DeskBrowser(app).get(back), 400, /not begun in this browser/);
    for (const strange of ['x', 'a.b', `${flow.slice(0, -4)}AAAA`, flow.replace('.', 'A.'), '']) {
      browser.cookies.set('redress_sso', strange);
      expectRefused(await browser.get(back), 400, /not begun in this browser/);
    }
    browser.cookies.set('redress_sso', flow);
    expectRefused(await browser.get(back.replace(/state=[^&]+/, 'state=x')), 400, /not begun/);
    browser.cookies.set('redress_sso', flow);
    expect(onwardFrom(await browser.get(back))).toBe('/desk');
    const used = app.get(Transactions).read((db) => db.count(SingleSignOnUse));
    browser.cookies.set('redress_sso', flow);
    expectRefused(await browser.get(back), 403, /could not be verified/);
    expect(await app.get(Transactions).read((db) => db.count(SingleSignOnUse))).toBe(await used);

    const slow = new DeskBrowser(app);
    const late = await throughProvider(await slow.get('/sign-in/sso'), login);
    time.aheadInMs = 10 * 60_000;
    expectRefused(await slow.get(late), 400, /too old/);
  });

  it('gives a code that somebody caught to nobody without the verifier', async () => {
    const login = known();
    const back = await throughProvider(await new DeskBrowser(app).get('/sign-in/sso'), login);
    const code = new URLSearchParams(back.split('?')[1]).get('code')!;
    for (const verifier of [[], [['code_verifier', 'a'.repeat(43)]]]) {
      const answer = await fetch(`${provider.issuer}/token`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`${CLIENT_ID}:${encodeURIComponent(CLIENT_SECRET).replaceAll('%20', '+')}`).toString('base64')}`,
        },
        body: new URLSearchParams([
          ['grant_type', 'authorization_code'],
          ['code', code],
          ['redirect_uri', CALLBACK],
          ...verifier,
        ] as [string, string][]),
      });
      expect([answer.status, await answer.json()]).toEqual([
        400,
        expect.objectContaining({ error: 'invalid_grant' }),
      ]);
    }
  });

  it('says so in plain words when the provider lets nobody in', async () => {
    const answer = await signInAs(new DeskBrowser(app), 'nobody there knows');
    expectRefused(answer, 403, /The house card did not sign you in/);
    expect(answer.text).not.toContain('somebody did not want to');
  });

  describe('where groups give roles', () => {
    beforeEach(() => {
      Object.assign(its, mapping({ intake: ['INT'], leads: ['TRI', 'INV'], chiefs: ['ADM'] }));
    });

    it('follows them at every sign-in, with an entry for each change', async () => {
      const officer = await app.officer('DEC');
      const login = known('leads', 'football');
      await link(officer, login);
      const roles = async () => (await personBy(officer.email)).roles;
      expect(await roles()).toEqual(['DEC']);
      const entries = (await told()).length;
      await signInAs(new DeskBrowser(app), login);
      expect(await roles()).toEqual(['TRI', 'INV']);
      await signInAs(new DeskBrowser(app), login);
      expect((await told()).slice(entries)).toMatchObject([
        {
          act: 'follow-groups',
          by: { role: 'SYS', ref: null },
          facts: { person: officer.personId, roles: ['TRI', 'INV'] },
        },
      ]);
    });

    it('lets nobody in, by no door, whose groups give no role, until they do again', async () => {
      const officer = await app.officer('INT');
      const login = known('intake');
      await link(officer, login);
      const inside = new DeskBrowser(app);
      await signInAs(inside, login);
      expect((await inside.get('/desk')).status).toBe(200);
      for (const groups of [['football'], [], undefined]) {
        provider.accounts.get(login)!.groups = groups;
        expectRefused(
          await signInAs(new DeskBrowser(app), login),
          403,
          /None of your groups at the house card/,
        );
      }
      expect((await inside.get('/desk')).headers.location).toBe('/sign-in?next=%2Fdesk');
      expect((await app.ask('GET', '/api/v1/cases', { token: officer.token })).status).toBe(401);
      const listed = wordsOf((await (await browserOf(administrator)).get('/desk/people')).text);
      expect(listed).toContain(`${officer.email} None`);
      await expect(app.get(Accounts).signIn(officer.email, TEST_PASSWORD)).rejects.toThrow();
      provider.accounts.get(login)!.groups = ['leads'];
      expect(onwardFrom(await signInAs(new DeskBrowser(app), login))).toBe('/desk');
      await app.get(Accounts).signIn(officer.email, TEST_PASSWORD);
    });

    it('never takes the last administrator from the house', async () => {
      const login = known('intake');
      await link(administrator, login);
      await signInAs(new DeskBrowser(app), login);
      expect((await personBy(administrator.email)).roles).toEqual(['INT', 'ADM']);
      provider.accounts.get(login)!.groups = [];
      expectRefused(await signInAs(new DeskBrowser(app), login), 403, /None of your groups/);
      expect((await personBy(administrator.email)).roles).toEqual(['ADM']);
      const second = known('chiefs');
      await signInAs(new DeskBrowser(app), second, `/join/${await invited()}/sso`);
      expectRefused(await signInAs(new DeskBrowser(app), login), 403, /None of your groups/);
      expect((await personBy(administrator.email)).roles).toEqual([]);
      provider.accounts.get(login)!.groups = ['chiefs'];
      await signInAs(new DeskBrowser(app), login);
      provider.accounts.get(second)!.groups = ['intake'];
      await signInAs(new DeskBrowser(app), second);
    });

    it('give them to whoever takes up an invitation too, or leave it', async () => {
      const secret = await invited(['PRT']);
      expectRefused(
        await signInAs(new DeskBrowser(app), known('football'), `/join/${secret}/sso`),
        403,
        /None of your groups/,
      );
      const login = known('leads');
      await signInAs(new DeskBrowser(app), login, `/join/${secret}/sso`);
      expect((await personBy(emailOf(login))).roles).toEqual(['TRI', 'INV']);
    });

    it('makes an account for a stranger only where the settings say so, and then as one that nobody made', async () => {
      const [one, other] = [known('intake'), known('leads')];
      const before = await app.rowCounts();
      expectRefused(await signInAs(new DeskBrowser(app), one), 403, /ask an administrator for an invitation/);
      its.createsAccounts = true;
      expectRefused(await signInAs(new DeskBrowser(app), known('football')), 403, /None of your groups/);
      expect(await app.rowCounts()).toEqual(before);
      for (const login of [one, other])
        expect(onwardFrom(await signInAs(new DeskBrowser(app), login))).toBe('/desk');
      const [first, second] = [await personBy(emailOf(one)), await personBy(emailOf(other))];
      expect(first).toMatchObject({ roles: ['INT'], createdBy: null, passwordHash: null });
      expect(await app.get(Transactions).read((db) => areTwoPersons(db, first.id, second.id))).toBe(true);
    });
  });

  it('refuses an account that was deactivated or erased', async () => {
    const officer = await app.officer('INT');
    const login = known();
    await link(officer, login);
    const adam = await browserOf(administrator);
    await app.get(Accounts).deactivate(officer.personId, administrator.personId);
    expectRefused(
      await signInAs(new DeskBrowser(app), login),
      403,
      /Your account here is not active any more/,
    );
    await adam.get(`/desk/people/${officer.personId}`);
    expect((await adam.post(`/desk/people/${officer.personId}/erasure`)).status).toBe(303);
    expectRefused(await signInAs(new DeskBrowser(app), login), 403, /No account here is linked/);
  });

  it('unlinks an account that two people open again, and gives it a password', async () => {
    const login = known();
    await signInAs(new DeskBrowser(app), login, `/join/${await invited()}/sso`);
    const { id } = await personBy(emailOf(login));
    const recoveries = app.get(Recoveries);
    const { code } = await recoveries.proposeByOperator(id);
    const secret = await recoveries.agree((await recoveries.waiting())[0]!.id, administrator.personId);
    await recoveries.use(secret, code, 'nine slow hedgehogs');
    expectRefused(await signInAs(new DeskBrowser(app), login), 403, /No account here is linked/);
    await app.get(Accounts).signIn(emailOf(login), 'nine slow hedgehogs');
  });

  describe('the second factor', () => {
    it('is asked here where the provider proves none, first to be set up, then as a code', async () => {
      provider.methods = ['pwd'];
      const login = known();
      await link(await app.officer('INT'), login);
      const browser = new DeskBrowser(app);
      expect(onwardFrom(await signInAs(browser, login))).toBe('/sign-in/authenticator');
      expect((await browser.get('/desk')).headers.location).toBe('/sign-in?next=%2Fdesk');
      const again = new DeskBrowser(app);
      await signInAs(again, login);
      const page = await again.get('/sign-in/authenticator');
      const key = /desk-secret[^>]*>\s*(?:<[^>]+>\s*)*([A-Z2-7 ]{32,})/
        .exec(page.text)![1]!
        .replaceAll(' ', '');
      const code = () =>
        new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp: time.now().getTime() });
      expect((await again.post('/sign-in/authenticator', { code: code() })).headers.location).toBe('/desk');
      const third = new DeskBrowser(app);
      expect(onwardFrom(await signInAs(third, login))).toBe('/sign-in/code');
      time.aheadInMs = 60_000;
      await third.get('/sign-in/code');
      expect((await third.post('/sign-in/code', { code: code() })).headers.location).toBe('/desk');
    });

    it.each([
      [{ secondFactorAmr: ['mfa'] }, ['pwd', 'mfa'], '/desk'],
      [{ secondFactorAmr: ['mfa', 'hwk'] }, ['hwk'], '/desk'],
      [{ secondFactorAmr: ['mfa'] }, ['pwd', 'otp'], '/sign-in/authenticator'],
      [{ secondFactorAmr: [] }, ['mfa'], '/sign-in/authenticator'],
      [{ secondFactorAmr: [], secondFactorAcr: ['silver'] }, ['pwd'], '/desk'],
      [{ secondFactorAmr: [], secondFactorAcr: ['gold'] }, ['pwd'], '/sign-in/authenticator'],
    ])('with %j and %j at the provider leads to %s', async (settings, methods, page) => {
      const login = known();
      await link(await app.officer('INT'), login);
      Object.assign(its, settings);
      provider.methods = methods;
      expect(onwardFrom(await signInAs(new DeskBrowser(app), login))).toBe(page);
    });
  });
});
