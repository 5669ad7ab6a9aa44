import { Secret, TOTP } from 'otpauth';
import { TEST_PASSWORD, TestApp, type TestOfficer } from '../../harness/app';
import { engines } from '../../harness/database';
import { Authenticator } from '../../people/authenticator';
import { DeskBrowser, wordsOf } from './desk-browser';

/** Pages do not depend on the database: one engine is enough here. */
describe('signing in with a second factor', () => {
  let app: TestApp;
  let admin: TestOfficer;
  let intake: TestOfficer;

  beforeAll(async () => {
    app = await TestApp.start(engines()[0]!, { asksSecondFactor: true });
    admin = await app.officer('ADM');
    intake = await app.officer('INT');
  });
  afterAll(() => app.close());

  async function half(officer: TestOfficer, password = TEST_PASSWORD) {
    const browser = new DeskBrowser(app);
    await browser.get('/sign-in');
    return { browser, answer: await browser.post('/sign-in', { email: officer.email, password }) };
  }

  function codeOf(page: string): string {
    const secret = /desk-secret"><code>([A-Z2-7 ]+)</.exec(page)![1]!.replaceAll(' ', '');
    return codeFor(secret);
  }

  function codeFor(secret: string): string {
    return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: app.time.now().getTime() });
  }

  /** Until the next code holds. */
  function inAMinute(): void {
    app.time.goTo(new Date(app.time.now().getTime() + 60_000).toISOString());
  }

  it('leads from the password to the authenticator, and from there to work', async () => {
    const { browser, answer } = await half(intake);
    expect(answer.headers.location).toBe('/sign-in/authenticator');
    const page = await browser.follow(answer);
    expect(page.text).toMatch(/<svg class="desk-qr"[^>]*>/);
    const wandering = (await half(intake)).browser;
    for (const path of ['/desk', '/desk/search', '/desk/account', '/audit', '/desk/people'])
      expect([path, (await wandering.get(path)).headers.location]).toEqual([
        path,
        `/sign-in?next=${encodeURIComponent(path)}`,
      ]);
    expect((await browser.get('/sign-in/code')).headers.location).toBe('/sign-in/authenticator');

    await browser.get('/sign-in/authenticator');
    const wrong = await browser.post('/sign-in/authenticator', { code: '000000' });
    expect(wrong.status).toBe(400);
    expect(wordsOf(wrong.text)).toContain('The code does not fit the key.');
    const cookie = [...browser.cookies.values()][0];
    const right = await browser.post('/sign-in/authenticator', { code: codeOf(wrong.text) });
    expect(right.headers.location).toBe('/desk');
    // Another session: a token that was set before somebody signed in opens nothing.
    expect([...browser.cookies.values()][0]).not.toBe(cookie);
    expect((await browser.follow(right)).status).toBe(200);
    expect((await browser.get('/sign-in/code')).status).toBe(403);
    expect((await browser.get('/desk')).status).toBe(200);
  });

  it('asks for a code from then on, refuses one without the token of the form, and tells what is wrong', async () => {
    const first = await half(admin);
    const key = await first.browser.follow(first.answer);
    await first.browser.post('/sign-in/authenticator', { code: codeOf(key.text) });
    const secret = /secret=([A-Z2-7]+)/.exec(key.text)![1]!;

    inAMinute();
    const { browser, answer } = await half(admin);
    expect(answer.headers.location).toBe('/sign-in/code');
    await browser.follow(answer);
    const forged = await browser.post('/sign-in/code', { code: codeFor(secret), _csrf: 'x' });
    expect(forged.status).toBe(403);
    await browser.get('/sign-in/code');
    const wrong = await browser.post('/sign-in/code', { code: '12' });
    expect(wordsOf(wrong.text)).toContain('This code is not right, or not any more.');
    const right = await browser.post('/sign-in/code', { code: codeFor(secret) });
    expect(right.headers.location).toBe('/desk/people');
    const account = await browser.get('/desk/account');
    expect(wordsOf(account.text)).toContain('This one');
  });

  it('opens a lost account again when two people agree, and shows the link to the second alone', async () => {
    const [second, protection] = [await app.officer('ADM'), await app.officer('PRT')];
    const enter = async (officer: TestOfficer) => {
      const { browser, answer } = await half(officer);
      const page = await browser.follow(answer);
      await browser.post('/sign-in/authenticator', { code: codeOf(page.text) });
      return browser;
    };
    const proposer = await enter(second);
    await proposer.get(`/desk/people/${intake.personId}`);
    const proposed = await proposer.post(`/desk/people/${intake.personId}/recovery`);
    const handed = /desk-secret"><code>([0-9A-Z]{4}-[0-9A-Z]{4})</.exec(proposed.text)![1]!;
    const list = await proposer.get('/desk/recoveries');
    const id = /action="\/desk\/recoveries\/([\w-]+)"/.exec(list.text)![1]!;
    const alone = await proposer.post(`/desk/recoveries/${id}`, { agree: 'yes' });
    expect(alone.status).toBe(422);
    expect(wordsOf(alone.text)).toContain('Somebody else has to agree');

    const agreeing = await enter(protection);
    await agreeing.get('/desk/recoveries');
    const agreed = await agreeing.post(`/desk/recoveries/${id}`, { agree: 'yes' });
    const path = /http:\/\/localhost:3000(\/recover\/[\w-]+)/.exec(agreed.text)![1]!;

    const back = new DeskBrowser(app);
    await back.get(path);
    const unequal = await back.post(path, { password: 'nine slow hedgehogs', passwordAgain: 'x' });
    expect(wordsOf(unequal.text)).toContain('Type the same password a second time.');
    const noCode = await back.post(path, { password: 'short', passwordAgain: 'short' });
    expect(noCode.text).toContain('id="code-error"');
    const short = await back.post(path, { code: handed, password: 'short', passwordAgain: 'short' });
    expect(wordsOf(short.text)).toContain('Use at least 12 characters');
    const again = await back.post(path, {
      code: handed,
      password: 'nine slow hedgehogs',
      passwordAgain: 'nine slow hedgehogs',
    });
    const setUp = await back.follow(again);
    expect((await back.post('/sign-in/authenticator', { code: codeOf(setUp.text) })).headers.location).toBe(
      '/desk',
    );
    expect((await new DeskBrowser(app).get(path)).status).toBe(404);
  });

  it('changes password and authenticator on the page of the account, with the password', async () => {
    const officer = await app.officer('TRI');
    const { browser, answer } = await half(officer);
    const page = await browser.follow(answer);
    await browser.post('/sign-in/authenticator', { code: codeOf(page.text) });
    await browser.get('/desk/account');
    const wrong = await browser.post('/desk/account/password', {
      current: 'not it at all',
      password: 'nine slow hedgehogs',
      passwordAgain: 'nine slow hedgehogs',
    });
    expect(wrong.status).toBe(400);
    expect(wrong.text).toContain('id="current-error"');
    const changed = await browser.post('/desk/account/password', {
      current: TEST_PASSWORD,
      password: 'nine slow hedgehogs',
      passwordAgain: 'nine slow hedgehogs',
    });
    expect(changed.headers.location).toBe('/desk/account');
    await browser.follow(changed);
    const refused = await browser.post('/desk/account/authenticator', { currentForApp: TEST_PASSWORD });
    expect(refused.text).toContain('id="currentForApp-error"');
    const noCode = await browser.post('/desk/account/authenticator', {
      currentForApp: 'nine slow hedgehogs',
    });
    expect(noCode.text).toContain('id="code-error"');
    inAMinute();
    const given = await browser.post('/desk/account/authenticator', {
      currentForApp: 'nine slow hedgehogs',
      code: codeOf(page.text),
    });
    expect(given.headers.location).toBe('/sign-in/authenticator');
    const next = await browser.get('/sign-in/authenticator');
    const whole = await browser.post('/sign-in/authenticator', { code: codeOf(next.text) });
    expect(whole.headers.location).toBe('/desk');
  });

  it('ends another session from the list', async () => {
    const officer = await app.officer('INV');
    const { browser, answer } = await half(officer);
    const page = await browser.follow(answer);
    await browser.post('/sign-in/authenticator', { code: codeOf(page.text) });
    const secret = /secret=([A-Z2-7]+)/.exec(page.text)![1]!;
    inAMinute();
    const other = (await half(officer)).browser;
    await other.get('/sign-in/code');
    await other.post('/sign-in/code', { code: codeFor(secret) });
    const account = await browser.get('/desk/account');
    const path = /\/desk\/account\/sessions\/[\w-]+\/end/.exec(account.text)![0];
    expect((await browser.post(path)).headers.location).toBe('/desk/account');
    expect((await other.get('/desk')).headers.location).toBe('/sign-in?next=%2Fdesk');
    expect((await browser.get('/desk')).status).toBe(200);
  });

  /** What the page hands to its script. */
  function optionsOf(page: string) {
    const text = /data-options="([^"]+)"/.exec(page)![1]!.replaceAll('&quot;', '"');
    return JSON.parse(text) as { challenge: string; rp: { id: string }; rpId: string };
  }

  it('takes a passkey over the pages alone, says beside the button what is wrong, and keeps the name typed', async () => {
    const officer = await app.officer('LEG');
    const key = new Authenticator('http://localhost:3000', 1);
    const first = await half(officer);
    const page = await first.browser.follow(first.answer);
    const wrong = await first.browser.post('/sign-in/passkey/new', { label: 'Blue "key"', answer: '{}' });
    expect([wrong.status, wrong.text.includes('id="passkey-error"')]).toEqual([400, true]);
    expect(wrong.text).toContain('value="Blue &quot;key&quot;"');
    const stale = { label: 'x', answer: key.make(optionsOf(page.text)) };
    expect((await first.browser.post('/sign-in/passkey/new', stale)).status).toBe(400);
    expect((await first.browser.post('/sign-in/passkey/new', { ...stale, _csrf: 'x' })).status).toBe(403);
    const again = await first.browser.get('/sign-in/authenticator');
    const made = { label: 'Blue', answer: key.make(optionsOf(again.text)) };
    expect((await first.browser.post('/sign-in/passkey/new', made)).headers.location).toBe('/desk');

    const { browser, answer } = await half(officer);
    const asked = await browser.follow(answer);
    expect(asked.text).not.toContain('name="code"');
    const used = { answer: key.use(optionsOf(asked.text)) };
    expect((await browser.post('/sign-in/passkey', used)).headers.location).toBe('/desk');
    expect((await browser.post('/sign-in/passkey', used)).status).toBe(403);
  });

  it.each(['', 'x', '[]', '{"id":[]}', '\u0000', '%00', '{"id":"AA","response":{"clientDataJSON":"e30"}}'])(
    'refuses “%s” as the answer of a passkey on every form, and lets nobody in',
    async (answer) => {
      const { browser } = await half(await app.officer('EXE'));
      await browser.get('/sign-in/authenticator');
      const made = await browser.post('/sign-in/passkey/new', { label: 'x', answer });
      const used = await browser.post('/sign-in/passkey', { answer });
      expect([made.status, used.status]).toEqual([400, 401]);
      expect((await browser.get('/desk')).headers.location).toBe('/sign-in?next=%2Fdesk');
    },
  );
});
