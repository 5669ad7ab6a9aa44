import { Accounts } from '../../../src/people/accounts';
import { ASKS } from '../../../src/rules/asks';
import { DISPOSERS } from '../../../src/rules/retention';
import { CASE_ROLES, STAFF_ROLES, type RoleCode } from '../../../src/rules/roles';
import { STEPS, type StepRow } from '../../../src/rules/steps';
import { TEST_PASSWORD, TestApp } from '../../harness/app';
import { engines } from '../../harness/database';
import { DeskBrowser, wordsOf } from './desk-browser';

const ACKNOWLEDGED = {
  safeChannelChosen: 'yes',
  jurisdiction: 'EU',
  isDataRightsRequest: 'no',
  reporterIsWorker: 'no',
  concernsListedLaw: 'no',
};
const SEVERITY = {
  nature: 'ACTUAL',
  scale: '4',
  scope: '1',
  irremediability: '2',
  vulnerable: 'no',
  delayMakesIrremediable: 'no',
  reasons: 'Work lost.',
};

describe.each(engines())('the desk on %s', (engine) => {
  let app: TestApp;
  const browsers = new Map<RoleCode, DeskBrowser>();
  const as = (role: RoleCode) => browsers.get(role)!;

  beforeAll(async () => {
    app = await TestApp.start(engine);
    for (const role of ['ADM', ...STAFF_ROLES.filter((each) => each !== 'ADM')] as RoleCode[])
      browsers.set(role, await DeskBrowser.of(app, await app.officer(role)));
  }, 120_000);
  afterAll(() => app?.close());

  const stepAt = (reference: string, step: string) => `/desk/cases/${reference}/steps/${step}`;

  async function take(
    role: RoleCode,
    reference: string,
    step: string,
    answers: Record<string, string | string[]>,
  ) {
    const form = await as(role).get(stepAt(reference, step));
    expect([form.status, step]).toEqual([200, step]);
    return as(role).post(stepAt(reference, step), answers);
  }

  async function toEligibility(reference: string) {
    await take('INT', reference, 'acknowledge', ACKNOWLEDGED);
    await take('TRI', reference, 'begin-eligibility', { noConflict: 'yes' });
  }

  describe('coming in', () => {
    it('makes an account from a one-time link, once, and leads to the page of the role', async () => {
      const made = await as('ADM')
        .get('/desk/people')
        .then(() => as('ADM').post('/desk/people/invitations', { roles: ['INT', 'TRI'], unit: 'South' }));
      const path = /\/join\/[\w-]{43}/.exec(made.text)![0];
      const browser = new DeskBrowser(app);
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
      expect((await new DeskBrowser(app).get(path)).status).toBe(404);
      expect((await as('ADM').get('/desk/people')).text).toContain('Ines &lt;i&gt;Intake&lt;/i&gt;');
    });

    it('says the same whatever is wrong, and keeps the address but not the password', async () => {
      const browser = new DeskBrowser(app);
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

    it('leads whoever is not signed in to the sign-in page, and ends a session on signing out', async () => {
      expect((await new DeskBrowser(app).get('/desk')).headers.location).toBe('/sign-in');
      const browser = await DeskBrowser.of(app, await app.officer('INT'));
      const cookies = new Map(browser.cookies);
      await browser.get('/desk');
      expect((await browser.post('/sign-out')).headers.location).toBe('/sign-in');
      for (const [name, value] of cookies) browser.cookies.set(name, value);
      expect((await browser.get('/desk')).headers.location).toBe('/sign-in');
    });

    it('takes no form without its hidden token', async () => {
      const { reference } = await app.lodge();
      await as('INT').get(stepAt(reference, 'acknowledge'));
      const forged = await as('INT').post(stepAt(reference, 'acknowledge'), { ...ACKNOWLEDGED, _csrf: 'x' });
      expect(forged.status).toBe(403);
      expect((await as('INT').get(`/desk/cases/${reference}`)).text).toContain('Received');
    });
  });

  describe('the way through a case', () => {
    it('leads from the queue to the case, a step and its history', async () => {
      const { reference } = await app.lodge({ narrative: 'Ils ont coupé mon aide.', language: 'fr' });
      expect((await as('INT').get('/desk?sort=lodged')).text).toContain(`/desk/cases/${reference}`);
      const page = await as('INT').get(`/desk/cases/${reference}`);
      expect(page.text).toContain('<div class="written" dir="auto" lang="fr">Ils ont coupé mon aide.</div>');
      expect(page.text).toContain(`/desk/cases/${reference}/steps/acknowledge`);

      const taken = await take('INT', reference, 'acknowledge', { ...ACKNOWLEDGED, note: 'By letter.' });
      expect(taken.headers.location).toBe(`/desk/cases/${reference}?done=taken:acknowledge`);
      const after = wordsOf((await as('INT').follow(taken)).text);
      expect(after).toContain('“Acknowledge” is done.');
      expect(after).toContain('Law that applies European Union');
      expect(after).toContain('By letter.');

      const history = wordsOf((await as('INT').get(`/desk/cases/${reference}/history`)).text);
      expect(history).toContain('1. Lodge');
      expect(history).toContain('Received → Acknowledged');
      expect(history).toContain('INT 2');
      expect(history).not.toContain('By letter.');
    });

    it('names everything that is missing at once and keeps what was typed', async () => {
      const { reference } = await app.lodge();
      const answer = await take('INT', reference, 'acknowledge', {
        jurisdiction: 'UK',
        note: 'Typed <b>before</b>',
      });
      expect(answer.status).toBe(422);
      for (const ask of ['isDataRightsRequest', 'reporterIsWorker', 'concernsListedLaw', 'safeChannelChosen'])
        expect(answer.text).toContain(`<a href="#${ask}">`);
      expect(answer.text).toMatch(/value="UK" checked/);
      expect(answer.text).toContain('Typed &lt;b&gt;before&lt;/b&gt;</textarea>');
      expect(answer.text).toMatch(/<title>Error: Acknowledge/);
    });

    it('says that somebody changed the case, keeps what was typed, and takes it when it is sent again', async () => {
      const { reference } = await app.lodge();
      await as('INT').get(stepAt(reference, 'record-contact-attempt'));
      await take('TRI', reference, 'record-contact-attempt', { contactAttempt: 'By phone.' });
      const stale = await as('INT').post(stepAt(reference, 'record-contact-attempt'), {
        contactAttempt: 'By letter.',
      });
      expect(stale.status).toBe(412);
      expect(wordsOf(stale.text)).toContain('Someone changed this case; reload');
      expect(stale.text).toContain('By letter.</textarea>');
      const again = await as('INT').post(stepAt(reference, 'record-contact-attempt'), {
        contactAttempt: 'By letter.',
      });
      expect(again.status).toBe(303);
    });

    it('lets a second person agree to a proposed step, or refuse it', async () => {
      const { reference } = await app.lodge();
      await toEligibility(reference);
      await take('TRI', reference, 'set-severity', SEVERITY);
      const lower = { ...SEVERITY, scale: '3' };
      const proposed = await take('TRI', reference, 'lower-severity', lower);
      expect(wordsOf((await as('TRI').follow(proposed)).text)).toContain(
        'It happens when a second person agrees.',
      );
      expect(wordsOf((await as('DEC').get(`/desk/cases/${reference}`)).text)).toContain(
        'Waiting for your word',
      );
      const asked = await as('DEC').get(stepAt(reference, 'lower-severity'));
      expect(wordsOf(asked.text)).toContain('Work lost.');
      const refused = await as('DEC').post(stepAt(reference, 'lower-severity'), { agree: 'no' });
      expect(refused.headers.location).toContain('refused:lower-severity');

      await take('TRI', reference, 'lower-severity', lower);
      await as('DEC').get(stepAt(reference, 'lower-severity'));
      const agreed = await as('DEC').post(stepAt(reference, 'lower-severity'), { agree: 'yes' });
      expect(wordsOf((await as('DEC').follow(agreed)).text)).toContain('Tier Moderate');
    });

    it('offers the people who hold a fitting role, by name', async () => {
      const { reference } = await app.lodge();
      const form = await as('TRI').get(stepAt(reference, 'assign'));
      expect(wordsOf(form.text)).toMatch(/INV \d+ \(Investigator\)/);
      expect(wordsOf(form.text)).not.toMatch(/AUD \d+ \(Auditor\)/);
      const person = (await app.get(Accounts).list()).find(({ roles }) => roles.join() === 'INV')!;
      const taken = await take('TRI', reference, 'assign', {
        role: 'INV',
        person: person.id,
        conflictDeclared: 'yes',
      });
      expect(wordsOf((await as('TRI').follow(taken)).text)).toContain(`Investigator: ${person.name}`);
    });

    it('has a form that asks everything, for every step of the table', async () => {
      const { reference } = await app.lodge();
      const everybody = await DeskBrowser.of(app, await app.officer(...CASE_ROLES));
      const staffSteps = (STEPS as readonly StepRow[]).filter(({ by }) =>
        by.some((role) => CASE_ROLES.includes(role)),
      );
      for (const row of staffSteps.filter(({ step }) => step !== 'lodge')) {
        await everybody.get(`/desk/cases/${reference}`);
        const answer = await everybody.post(stepAt(reference, row.step), { resumeOnly: 'not asked' });
        expect([answer.status, row.step]).toEqual([400, row.step]);
        const words = wordsOf(answer.text);
        for (const ask of [...row.asks, ...(row.mayAsk ?? [])])
          expect(words).toContain(wordsOf(ASKS[ask].label));
      }
    }, 60_000);

    it('says what to do about a step that is not open, not there, or for somebody else', async () => {
      const { reference } = await app.lodge();
      expect((await as('DEC').get(stepAt(reference, 'close'))).status).toBe(409);
      expect((await as('DEC').get(stepAt(reference, 'no-such-step'))).status).toBe(404);
      expect((await as('DEC').get(stepAt('RD-0000-0000', 'close'))).status).toBe(404);
      const forged = { ...ACKNOWLEDGED, revision: '1' };
      expect((await as('DEC').post(stepAt(reference, 'acknowledge'), forged)).status).toBe(403);
    });

    it('writes messages, adds and opens files, and shows both', async () => {
      const { reference } = await app.lodge();
      const path = `/desk/cases/${reference}`;
      await as('INV').get(path);
      const empty = await as('INV').post(`${path}/messages`, { text: ' ' });
      expect([empty.status, wordsOf(empty.text).includes('Write at least one word.')]).toEqual([400, true]);
      const written = await as('INV').post(`${path}/messages`, { text: 'We read it.\nThank you.' });
      expect((await as('INV').follow(written)).text).toContain('We read it.\nThank you.');

      const noFile = await as('INV').upload(`${path}/evidence`, '', '');
      expect(noFile.status).toBe(400);
      const page = await as('INV').upload(`${path}/evidence`, 'log.html', '<script>1</script>', 'A log');
      expect([page.status, wordsOf(page.text).includes('We cannot take this kind of file.')]).toEqual([
        400,
        true,
      ]);
      const added = await as('INV').upload(`${path}/evidence`, 'log "1".html', 'score 0.4', 'A log');
      expect(wordsOf((await as('INV').follow(added)).text)).toContain('A log');
      const opened = await as('INV').get(`${path}/evidence/1`);
      expect(opened.text).toBe('score 0.4');
      expect(opened.headers['content-type']).toBe('application/octet-stream');
      expect(opened.headers['content-disposition']).toBe("attachment; filename*=UTF-8''evidence-1.txt");
      expect((await as('INV').get(`${path}/evidence/2`)).status).toBe(404);
      await as('INV').get(`${path}/evidence/1/original`);
      const reason = { reason: 'To compare the hash with the vendor.' };
      expect((await as('INV').post(`${path}/evidence/1/original`, { reason: '' })).status).toBe(400);
      expect((await as('INV').post(`${path}/evidence/1/original`, reason)).text).toBe('score 0.4');
      expect(wordsOf((await as('INV').get(`${path}/history`)).text)).toContain('Open evidence');
    });

    it('opens who the person is only with a reason that she reads, for a quarter of an hour, and the history says so', async () => {
      const contact = { kind: 'email', value: 'person@example.org', safeContact: 'Never before noon' };
      const { reference } = await app.lodge({
        narrative: 'It hurt me.',
        contact,
        name: 'Noor al-Amin',
        identityMode: 'NAMED',
      });
      const path = `/desk/cases/${reference}`;
      const secrets = /person@example|Noor/;
      expect((await as('INT').get(path)).text).not.toMatch(secrets);
      const closed = await as('INT').get(`${path}/identity`);
      expect([closed.text.includes(`${path}/steps/reveal-identity`), secrets.test(closed.text)]).toEqual([
        true,
        false,
      ]);
      const form = await as('INT').get(stepAt(reference, 'reveal-identity'));
      expect(wordsOf(form.text)).toContain('The person reads this reason');
      const short = await as('INT').post(stepAt(reference, 'reveal-identity'), { revealReason: 'Because.' });
      expect([short.status, short.text.includes('Because.')]).toEqual([400, true]);
      await as('INT').post(stepAt(reference, 'reveal-identity'), {
        revealReason: 'To call about the hearing.',
      });
      const opened = wordsOf((await as('INT').get(`${path}/identity`)).text);
      for (const shown of ['Never before noon', 'Noor al-Amin', 'until 09:15 UTC'])
        expect(opened).toContain(shown);
      expect((await as('TRI').get(`${path}/identity`)).text).not.toMatch(secrets);
      const history = (await as('INT').get(`${path}/history`)).text;
      expect(wordsOf(history)).toContain('Reveal identity');
      expect(history).not.toMatch(secrets);
    });
  });

  describe('the queue', () => {
    it('narrows, sorts and goes on page by page, and keeps the choice', async () => {
      for (let i = 0; i < 26; i++) await app.lodge();
      const first = await as('TRI').get('/desk?sort=lodged&state=received');
      const next = /href="([^"]*cursor=[^"]*)"/.exec(first.text)![1]!.replaceAll('&amp;', '&');
      expect(next).toContain('state=received');
      const second = await as('TRI').get(next);
      const references = (html: string) =>
        [...html.matchAll(/cases\/(RD-[0-9A-Z-]{9})"/g)].map(([, each]) => each!);
      expect(references(first.text)).toHaveLength(25);
      expect(references(second.text).filter((each) => references(first.text).includes(each))).toEqual([]);
      expect(second.text).toContain('First page');
      expect((await as('TRI').get('/desk?state=closed&overdue=yes')).text).toContain('No case fits');
      expect((await as('TRI').get('/desk?cursor=nonsense')).status).toBe(400);
      expect((await as('TRI').get('/desk?state=nonsense&tier=&sort=x')).status).toBe(200);
    });

    it('shows only my cases when asked', async () => {
      const { reference } = await app.lodge();
      const officer = await app.officer('DIA');
      const mine = await DeskBrowser.of(app, officer);
      expect((await mine.get('/desk?mine=yes')).text).toContain('No case fits');
      await take('TRI', reference, 'assign', {
        role: 'DIA',
        person: officer.personId,
        conflictDeclared: 'yes',
      });
      expect((await mine.get('/desk?mine=yes')).text).toContain(reference);
    });
  });

  describe('people and accounts', () => {
    it('changes roles, deactivates, and never loses the last administrator', async () => {
      const officer = await app.officer('INT');
      const browser = await DeskBrowser.of(app, officer);
      const path = `/desk/people/${officer.personId}`;
      await as('ADM').get(path);
      expect((await as('ADM').post(`${path}/roles`, {})).status).toBe(400);
      expect((await as('ADM').post(`${path}/roles`, { roles: ['AUD'] })).status).toBe(303);
      expect((await browser.get('/desk')).status).toBe(403);
      expect((await browser.get('/audit')).status).toBe(200);
      await as('ADM').get(path);
      await as('ADM').post(`${path}/deactivation`);
      expect((await browser.get('/audit')).headers.location).toBe('/sign-in');

      const erasure = /action="(\/desk\/people\/[\w-]+\/erasure)"/.exec((await as('ADM').get(path)).text)![1]!;
      expect((await as('ADM').post(erasure)).headers.location).toBe('/desk/people');
      expect((await as('ADM').get(path)).status).toBe(404);
      await as('ADM').get('/desk/people');
      expect((await as('ADM').post(erasure)).status).toBe(404);

      const administrator = (await app.get(Accounts).list()).find(({ roles }) => roles.join() === 'ADM')!;
      await as('ADM').get(`/desk/people/${administrator.id}`);
      const kept = await as('ADM').post(`/desk/people/${administrator.id}/deactivation`);
      expect([kept.status, wordsOf(kept.text).includes('last active administrator')]).toEqual([409, true]);
      expect((await as('ADM').get('/desk/people/nobody')).status).toBe(404);
    });

    it('shows a token once, lists and revokes it', async () => {
      const browser = await DeskBrowser.of(app, await app.officer('INT'));
      await browser.get('/desk/account');
      const refused = await browser.post('/desk/account/tokens', { label: '', until: 'tomorrow' });
      expect([
        refused.status,
        refused.text.includes('href="#until"'),
        refused.text.includes('href="#label"'),
      ]).toEqual([400, true, true]);
      const made = await browser.post('/desk/account/tokens', { label: 'Night <job>', until: '2027-01-01' });
      const token = /redress_[\w-]{43}/.exec(made.text)![0];
      expect((await app.ask('GET', '/api/v1/cases', { token })).status).toBe(200);
      const listed = await browser.get('/desk/account');
      expect(listed.text).not.toContain(token);
      expect(listed.text).toContain('Night &lt;job&gt;');
      await browser.post(/action="(\/desk\/account\/tokens\/[^"]+\/revocation)"/.exec(listed.text)![1]!);
      expect((await app.ask('GET', '/api/v1/cases', { token })).status).toBe(401);
    });

    it('signs out everywhere', async () => {
      const officer = await app.officer('INT');
      const [one, other] = [await DeskBrowser.of(app, officer), await DeskBrowser.of(app, officer)];
      await one.get('/desk/account');
      await one.post('/desk/account/sign-out-everywhere');
      expect((await other.get('/desk')).headers.location).toBe('/sign-in');
    });
  });

  describe('who may see what', () => {
    const DESK = CASE_ROLES;
    const REACH: readonly RoleCode[] = ['INT', 'TRI', 'INV', 'DIA', 'PRT', 'DPO'];
    const PAGES: [string, readonly RoleCode[]][] = [
      ['/desk', DESK],
      ['/desk/search', DESK],
      ['/desk/cases/REFERENCE', DESK],
      ['/desk/cases/REFERENCE/history', DESK],
      ['/desk/cases/REFERENCE/steps/link-case', DESK],
      ['/desk/cases/REFERENCE/evidence/1', DESK],
      ['/desk/cases/REFERENCE/evidence/1/original', DESK],
      ['/desk/cases/REFERENCE/evidence/1/custody', DESK],
      ['/desk/cases/REFERENCE/identity', REACH],
      ['/desk/cases/REFERENCE/erasure', ['DPO']],
      ['/desk/disposals', DISPOSERS],
      ['/desk/disposals/none', DISPOSERS],
      ['/desk/disposals/none/certificate', [...DISPOSERS, 'AUD']],
      ['/desk/people', ['ADM']],
      ['/desk/people/PERSON', ['ADM']],
      ['/desk/account', STAFF_ROLES],
      ['/audit', ['AUD']],
      ['/audit/cases/LEDGER', ['AUD']],
      ['/audit/house', ['AUD']],
      ['/audit/cases/LEDGER/evidence/1', ['AUD']],
    ];
    const FORMS: [string, readonly RoleCode[]][] = [
      ['/desk/search', DESK],
      ['/desk/cases/REFERENCE/messages', DESK],
      ['/desk/cases/REFERENCE/steps/link-case', DESK],
      ['/desk/cases/REFERENCE/evidence', DESK],
      ['/desk/cases/REFERENCE/erasure', ['DPO']],
      ['/desk/disposals', DISPOSERS],
      ['/desk/disposals/none/decision', DISPOSERS],
      ['/desk/people/invitations', ['ADM']],
      ['/desk/people/PERSON/roles', ['ADM']],
      ['/desk/people/none/deactivation', ['ADM']],
      ['/desk/people/none/erasure', ['ADM']],
      ['/desk/account/tokens', STAFF_ROLES],
      ['/desk/account/tokens/none/revocation', STAFF_ROLES],
    ];
    let addresses: (path: string) => string;

    beforeAll(async () => {
      const { reference } = await app.lodge({ narrative: 'Words that nobody else may read.' });
      const ledger = /\/audit\/cases\/([\w-]+)/.exec((await as('AUD').get('/audit')).text)![1]!;
      const person = (await app.get(Accounts).list())[0]!.id;
      addresses = (path) =>
        path.replace('REFERENCE', reference).replace('LEDGER', ledger).replace('PERSON', person);
    });

    it.each(PAGES)('shows %s to its roles only', async (path, allowed) => {
      for (const role of STAFF_ROLES) {
        const { status, text } = await as(role).get(addresses(path));
        if (allowed.includes(role)) expect([role, [200, 404, 409].includes(status)]).toEqual([role, true]);
        else expect([role, status]).toEqual([role, 403]);
        if (!DESK.includes(role)) expect(text).not.toContain('Words that nobody else may read.');
      }
      expect((await new DeskBrowser(app).get(addresses(path))).headers.location).toBe('/sign-in');
    });

    it.each(FORMS)('takes a form at %s from its roles only', async (path, allowed) => {
      for (const role of STAFF_ROLES) {
        await as(role).get('/desk/account');
        const { status } = await as(role).post(addresses(path), {});
        expect([role, status === 403]).toEqual([role, !allowed.includes(role)]);
        expect(status).toBeLessThan(500);
      }
      expect((await new DeskBrowser(app).post(addresses(path), {})).status).toBe(401);
    });

    it('shows a case without the steps of others, and auditors no names', async () => {
      const { reference } = await app.lodge();
      await take('INT', reference, 'acknowledge', ACKNOWLEDGED);
      expect((await as('LEG').get(`/desk/cases/${reference}`)).text).not.toContain('/steps/acknowledge');
      let page = await as('AUD').get('/audit');
      const name = new RegExp(`/audit/cases/([\\w-]+)"[^]*?${reference}`);
      while (!page.text.includes(reference))
        page = await as('AUD').get(/href="(\/audit\?cursor=[^"]+)"/.exec(page.text)![1]!);
      const rows = page.text.split('<tr');
      const ledgerId = name.exec(rows.find((row) => row.includes(reference))!)![1]!;
      const audited = wordsOf((await as('AUD').get(`/audit/cases/${ledgerId}`)).text);
      expect(audited).toContain('Checked now: every entry follows the one before');
      expect(audited).toContain('"act":"acknowledge"');
      expect(audited).not.toContain('INT 2');
      await app.source.query(`UPDATE cases SET language = 'xx' WHERE reference = '${reference}'`);
      expect(wordsOf((await as('AUD').get(`/audit/cases/${ledgerId}`)).text)).toContain(
        'column language is "xx"',
      );
      expect((await as('AUD').get('/audit/cases/none')).status).toBe(404);
    });
  });

  describe('searching', () => {
    const cases = (text: string) =>
      [...text.matchAll(/href="\/desk\/cases\/([\w-]+)"/g)].map(([, name]) => name);

    it('finds cases by words that stand in no address, title or address of a next page', async () => {
      const { reference } = await app.lodge({ narrative: 'Le théorbe du voisin.' });
      const form = await as('INT').get('/desk/search');
      expect(form.text).toMatch(/<form[^>]+method="post" action="\/desk\/search"/);
      const found = await as('INT').post('/desk/search', { words: 'THEORBE voisin' });
      expect([found.status, cases(found.text)]).toEqual([200, [reference]]);
      expect(found.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
      expect(found.headers.location).toBeUndefined();
      expect(/<title>[^<]*/.exec(found.text)![0]).not.toMatch(/theorbe/i);
      expect(found.text.split(/theorbe/i)).toHaveLength(2);
      expect((await as('INT').get('/desk/search?words=THEORBE')).text).not.toMatch(/theorbe/i);
    });

    it('is shown to auditors: who, when and for how many words, and not for which', async () => {
      await as('INT').get('/desk/search');
      await as('INT').post('/desk/search', { words: 'theorbe' });
      const { text } = await as('AUD').get('/audit/house');
      expect(wordsOf(text)).toMatch(
        /Search cases .*Intake officer: person [0-9a-f]{8}.*Words searched for 1/,
      );
      expect(wordsOf(text)).toContain('Checked now: every entry on this page');
      expect(text).not.toMatch(/theorbe|INT 2/i);
    });

    it('goes on by a form that sends the same words again', async () => {
      const lodged: string[] = [];
      for (let n = 0; n < 27; n++)
        lodged.push((await app.lodge({ narrative: `A harmonium "${n}".` })).reference);
      const first = await as('INT').post('/desk/search', { words: '"harmonium"', cursor: '' });
      expect(cases(first.text)).toHaveLength(25);
      expect(first.text).toContain('<input type="hidden" name="words" value="&quot;harmonium&quot;">');
      const second = await as('INT').post('/desk/search', { words: '"harmonium"' });
      expect([...cases(first.text), ...cases(second.text)].sort()).toEqual(lodged.sort());
      expect(second.text).not.toContain('name="cursor"');
      expect(wordsOf((await as('INT').post('/desk/search', { words: 'no-such-word' })).text)).toContain(
        'No case has all these words.',
      );
    });

    it.each([
      ['', 'Write at least one word'],
      ['x', 'Write at least one word'],
      ['a'.repeat(100_000), 'Shorten this to 200 characters.'],
    ])('says what is wrong with what was typed', async (words, sentence) => {
      await as('INT').get('/desk/search');
      const answer = await as('INT').post('/desk/search', { words });
      expect(wordsOf(answer.text)).toContain(sentence);
      expect(answer.status).toBe(400);
      expect(answer.text.length).toBeLessThan(20_000);
    });
  });

  it('shows hostile text as it was written, and nothing of it runs', async () => {
    const hostile = `<script>alert(1)</script><img src=x onerror=alert(2)>"'); DROP TABLE cases;-- {{ 7 * 7 }} =HYPERLINK("x")`;
    const { reference } = await app.lodge({
      narrative: hostile,
      desiredOutcome: hostile,
      systemKnown: hostile,
    });
    await as('INT').get(`/desk/cases/${reference}`);
    await as('INT').post(`/desk/cases/${reference}/messages`, { text: hostile });
    await take('INT', reference, 'record-contact-attempt', { contactAttempt: hostile });
    const page = await as('INT').get(`/desk/cases/${reference}`);
    expect(page.text).not.toMatch(/<script|<img/);
    expect(wordsOf(page.text).split(hostile).length - 1).toBe(5);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    const answer = await take('INT', reference, 'acknowledge', { note: hostile, jurisdiction: hostile });
    expect([answer.status, /<script|<img/.test(answer.text)]).toEqual([400, false]);
    expect((await as('INT').get(`/desk/cases/${encodeURIComponent(hostile)}`)).status).toBe(404);
    expect(
      (await as('INT').get(`/desk/cases/${reference}?done=${encodeURIComponent(hostile)}`)).text,
    ).not.toMatch(/<script/);
  });
});
