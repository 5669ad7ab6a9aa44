import { Accounts } from '../../../src/people/accounts';
import { GuessPace } from '../../../src/people/guess-pace';
import { TEST_PASSWORD } from '../../harness/app';
import { engines } from '../../harness/database';
import { ACKNOWLEDGED, Desk, stepAt } from './desk';
import { DeskBrowser, wordsOf } from './desk-browser';

describe.each(engines())('coming in and accounts at the desk on %s', (engine) => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await Desk.open(engine);
  });
  afterAll(() => desk?.app.close());

  it('makes an account from a one-time link, once, and leads to the page of the role', async () => {
    const made = await desk
      .as('ADM')
      .get('/desk/people')
      .then(() => desk.as('ADM').post('/desk/people/invitations', { roles: ['INT', 'TRI'], unit: 'South' }));
    const path = /\/join\/[\w-]{43}/.exec(made.text)![0];
    const browser = new DeskBrowser(desk.app);
    expect(wordsOf((await browser.get(path)).text)).toContain('Intake officer, Triage lead (South)');

    const refused = await browser.post(path, {
      name: '',
      email: 'no',
      password: 'short',
      passwordAgain: 'other',
    });
    expect(refused.status).toBe(400);
    const words = wordsOf(refused.text);
    expect(words).toContain('Give the name that colleagues see');
    expect(words).toContain('Give an e-mail address');
    expect(words).toContain('Use at least 12 characters');
    expect(words).toContain('Type the same password a second time.');
    expect(refused.text).toContain('value="no"');
    expect(refused.text).not.toContain('short"');

    const account = { name: 'Ines <i>Intake</i>', email: 'ines@example.org' };
    const differs = await browser.post(path, {
      ...account,
      password: TEST_PASSWORD,
      passwordAgain: 'another',
    });
    expect(differs.status).toBe(400);
    expect(wordsOf(differs.text)).not.toContain('Use at least 12');

    const joined = await browser.post(path, {
      ...account,
      password: TEST_PASSWORD,
      passwordAgain: TEST_PASSWORD,
    });
    expect(joined.headers.location).toBe('/desk');
    expect((await browser.follow(joined)).text).toContain('Queue');
    expect((await new DeskBrowser(desk.app).get(path)).status).toBe(404);
    expect((await desk.as('ADM').get('/desk/people')).text).toContain('Ines &lt;i&gt;Intake&lt;/i&gt;');
  });

  it('says the same whatever is wrong, and keeps the address but not the password', async () => {
    const browser = new DeskBrowser(desk.app);
    const answer = await browser.post('/sign-in', {
      email: 'nobody@example.org',
      password: 'guessed secret',
    });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('do not belong together');
    expect(answer.text).toContain('value="nobody@example.org"');
    expect(answer.text).not.toContain('guessed secret');
    expect(browser.cookies.size).toBe(0);
  });

  it('lets whoever guesses passwords wait, whichever accounts they try, and nobody with the right one', async () => {
    const waits: number[] = [];
    const pace = new GuessPace([], async (ms) => void waits.push(ms));
    const slowing = jest
      .spyOn(desk.app.get(GuessPace), 'slowingMisses')
      .mockImplementation((origin, lookUp) => pace.slowingMisses(origin, lookUp));
    const { email } = await desk.app.officer('INT');
    for (let n = 1; n <= 7; n += 1)
      await new DeskBrowser(desk.app).post('/sign-in', { email: `${n}@example.org`, password: 'guessed' });
    expect(waits).toEqual([0, 0, 0, 0, 0, 100, 200]);
    await new DeskBrowser(desk.app).post('/sign-in', { email, password: TEST_PASSWORD });
    expect(waits).toHaveLength(7);
    slowing.mockRestore();
  });

  it('leads whoever is not signed in to the sign-in page, and ends a session on signing out', async () => {
    expect((await new DeskBrowser(desk.app).get('/desk')).headers.location).toBe('/sign-in?next=%2Fdesk');
    const browser = await DeskBrowser.of(desk.app, await desk.app.officer('INT'));
    const cookies = new Map(browser.cookies);
    await browser.get('/desk');
    expect((await browser.post('/sign-out')).headers.location).toBe('/sign-in');
    for (const [name, value] of cookies) browser.cookies.set(name, value);
    expect((await browser.get('/desk')).headers.location).toBe('/sign-in?next=%2Fdesk');
  });

  it('takes no form without its hidden token', async () => {
    const { reference } = await desk.app.lodge();
    await desk.as('INT').get(stepAt(reference, 'acknowledge'));
    const forged = await desk
      .as('INT')
      .post(stepAt(reference, 'acknowledge'), { ...ACKNOWLEDGED, _csrf: 'x' });
    expect(forged.status).toBe(403);
    expect((await desk.as('INT').get(`/desk/cases/${reference}`)).text).toContain('Received');
  });

  describe('people and accounts', () => {
    it('changes roles, deactivates, and never loses the last administrator', async () => {
      const officer = await desk.app.officer('INT');
      const browser = await DeskBrowser.of(desk.app, officer);
      const path = `/desk/people/${officer.personId}`;
      await desk.as('ADM').get(path);
      expect((await desk.as('ADM').post(`${path}/roles`, {})).status).toBe(400);
      expect((await desk.as('ADM').post(`${path}/roles`, { roles: ['AUD'] })).status).toBe(303);
      expect((await browser.get('/desk')).status).toBe(403);
      expect((await browser.get('/audit')).status).toBe(200);
      await desk.as('ADM').get(path);
      await desk.as('ADM').post(`${path}/deactivation`);
      expect((await browser.get('/audit')).headers.location).toBe('/sign-in?next=%2Faudit');

      const erasure = /action="(\/desk\/people\/[\w-]+\/erasure)"/.exec(
        (await desk.as('ADM').get(path)).text,
      )![1]!;
      expect((await desk.as('ADM').post(erasure)).headers.location).toBe('/desk/people');
      expect((await desk.as('ADM').get(path)).status).toBe(404);
      await desk.as('ADM').get('/desk/people');
      expect((await desk.as('ADM').post(erasure)).status).toBe(404);

      const administrator = (await desk.app.get(Accounts).list()).find(
        ({ roles }) => roles.join() === 'ADM',
      )!;
      await desk.as('ADM').get(`/desk/people/${administrator.id}`);
      const kept = await desk.as('ADM').post(`/desk/people/${administrator.id}/deactivation`);
      expect([kept.status, wordsOf(kept.text).includes('last active administrator')]).toEqual([409, true]);
      expect((await desk.as('ADM').get('/desk/people/nobody')).status).toBe(404);
    });

    it('shows a token once, lists and revokes it', async () => {
      const browser = await DeskBrowser.of(desk.app, await desk.app.officer('INT'));
      await browser.get('/desk/account');
      const refused = await browser.post('/desk/account/tokens', { label: '', until: 'tomorrow' });
      expect([
        refused.status,
        refused.text.includes('href="#until"'),
        refused.text.includes('href="#label"'),
        refused.text.includes('href="#scopes"'),
      ]).toEqual([400, true, true, true]);
      const asked = { label: 'Night <job>', until: '2027-01-01' };
      for (const scopes of ['everything', ['cases:read', 'everything']])
        expect((await browser.post('/desk/account/tokens', { ...asked, scopes })).status).toBe(400);
      const made = await browser.post('/desk/account/tokens', { ...asked, scopes: 'cases:read' });
      const token = /redress_[\w-]{43}/.exec(made.text)![0];
      expect(wordsOf((await browser.get('/desk/account')).text)).toMatch(
        /Night <job> cases:read 2027-01-01 Never/,
      );
      expect((await desk.app.ask('GET', '/api/v1/cases', { token })).status).toBe(200);
      expect((await desk.app.ask('GET', '/api/v1/statistics', { token })).status).toBe(403);
      expect(wordsOf((await browser.get('/desk/account')).text)).toContain(
        `2027-01-01 ${desk.app.time.today()} Revoke`,
      );
      const listed = await browser.get('/desk/account');
      expect(listed.text).not.toContain(token);
      expect(listed.text).toContain('Night &lt;job&gt;');
      await browser.post(/action="(\/desk\/account\/tokens\/[^"]+\/revocation)"/.exec(listed.text)![1]!);
      expect((await desk.app.ask('GET', '/api/v1/cases', { token })).status).toBe(401);
    });

    it('signs out everywhere', async () => {
      const officer = await desk.app.officer('INT');
      const [one, other] = [await DeskBrowser.of(desk.app, officer), await DeskBrowser.of(desk.app, officer)];
      await one.get('/desk/account');
      await one.post('/desk/account/sign-out-everywhere');
      expect((await other.get('/desk')).headers.location).toBe('/sign-in?next=%2Fdesk');
    });
  });
});
