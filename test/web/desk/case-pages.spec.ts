import { Case } from '../../../src/records/entities/case';
import { Evidence } from '../../../src/records/entities/evidence';
import { Accounts } from '../../../src/people/accounts';
import { ASKS } from '../../../src/rules/asks';
import { CASE_ROLES } from '../../../src/rules/roles';
import { STEPS, type StepRow } from '../../../src/rules/steps';
import { ATTEMPT } from '../../harness/attempts';
import { engines } from '../../harness/database';
import { ACKNOWLEDGED, Desk, stepAt } from './desk';
import { DeskBrowser, wordsOf } from './desk-browser';

const SEVERITY = {
  nature: 'ACTUAL',
  scale: '4',
  scope: '1',
  irremediability: '2',
  vulnerable: 'no',
  delayMakesIrremediable: 'no',
  reasons: 'Work lost.',
};

/** An attempt of today, as a form sends it. */
const tried = () => ({
  ...ATTEMPT,
  attemptWasSafe: 'yes',
  attemptOn: '2026-11-24',
});

describe.each(engines())('the way through a case at the desk on %s', (engine) => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await Desk.open(engine);
  });
  afterAll(() => desk?.app.close());

  it('leads from the queue to the case, a step and its history', async () => {
    const { reference } = await desk.app.lodge({ narrative: 'Ils ont coupé mon aide.', language: 'fr' });
    expect((await desk.as('INT').get('/desk?sort=lodged')).text).toContain(`/desk/cases/${reference}`);
    const page = await desk.as('INT').get(`/desk/cases/${reference}`);
    expect(page.text).toContain('<div class="written" dir="auto" lang="fr">Ils ont coupé mon aide.</div>');
    expect(page.text).toContain(`/desk/cases/${reference}/steps/acknowledge`);

    const taken = await desk.take('INT', reference, 'acknowledge', { ...ACKNOWLEDGED, note: 'By letter.' });
    expect(taken.headers.location).toBe(`/desk/cases/${reference}?done=taken:acknowledge`);
    const after = wordsOf((await desk.as('INT').follow(taken)).text);
    expect(after).toContain('“Acknowledge” is done.');
    expect(after).toContain('Law that applies European Union');
    expect(after).toContain('By letter.');

    const history = wordsOf((await desk.as('INT').get(`/desk/cases/${reference}/history`)).text);
    expect(history).toContain('1. Lodge');
    expect(history).toContain('Received → Acknowledged');
    expect(history).toContain('INT 2');
    expect(history).not.toContain('By letter.');
  });

  it('names everything that is missing at once and keeps what was typed', async () => {
    const { reference } = await desk.app.lodge();
    const answer = await desk.take('INT', reference, 'acknowledge', {
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
    const { reference } = await desk.app.lodge();
    await desk.as('INT').get(stepAt(reference, 'record-contact-attempt'));
    await desk.take('TRI', reference, 'record-contact-attempt', { ...tried(), contactAttempt: 'By phone.' });
    const stale = await desk.as('INT').post(stepAt(reference, 'record-contact-attempt'), {
      ...tried(),
      contactAttempt: 'By letter.',
    });
    expect(stale.status).toBe(412);
    const text = wordsOf(stale.text);
    expect(text).toContain('Someone changed this case while you wrote. Nothing of yours was saved or lost');
    // Both texts stand side by side, with who stored the other one.
    expect(text).toMatch(
      /What happened meanwhile Record contact attempt Triage lead: TRI \d+ , 2026-\S+ Entry \d+ of the history Stored meanwhile [^·]*By phone\.[^·]* What you typed [^·]*By letter\./,
    );
    expect(stale.text).toContain('By letter.</textarea>');
    const again = await desk.as('INT').post(stepAt(reference, 'record-contact-attempt'), {
      ...tried(),
      contactAttempt: 'By letter.',
    });
    expect(again.status).toBe(303);
  });

  it('leads from each of the people of the case to the part of the page that says more', async () => {
    const { reference } = await desk.app.lodge();
    await desk.toEligibility(reference);
    const { text } = await desk.as('TRI').get(`/desk/cases/${reference}`);
    const people = /id="people"[\s\S]*?<\/dl>/.exec(text)![0];
    expect(wordsOf(people)).toMatch(/The person .*speaks as affected person.*Intake officer INT \d/);
    for (const [, section] of people.matchAll(/href="#([a-z-]+)"/g))
      expect(text).toContain(`id="${section}"`);
  });

  it('does not call a form stale because others read the case', async () => {
    const { reference } = await desk.app.lodge();
    await desk.as('INT').get(stepAt(reference, 'record-contact-attempt'));
    for (const role of ['TRI', 'PRT'] as const) await desk.as(role).get(`/desk/cases/${reference}`);
    const taken = await desk.as('INT').post(stepAt(reference, 'record-contact-attempt'), {
      ...tried(),
      contactAttempt: 'By letter.',
    });
    expect(taken.status).toBe(303);
  });

  it('says why a step became impossible meanwhile, keeps what was typed, and leads to what is open now', async () => {
    const { reference, token } = await desk.app.lodge();
    await desk.toEligibility(reference);
    await desk.as('TRI').get(stepAt(reference, 'accept'));
    await desk.app.ask('POST', '/api/v1/my-case/steps/withdraw', { token, body: { answers: {} } });
    const late = await desk.as('TRI').post(stepAt(reference, 'accept'), {
      affectsPeople: 'yes',
      reasons: 'A long decision,\nwritten for an hour.',
    });
    expect(late.status).toBe(412);
    const text = wordsOf(late.text);
    expect(text).toContain('“Accept” can no longer be taken');
    expect(text).toContain('The case is in state “Withdrawn” now. Nothing was saved.');
    expect(text).toMatch(
      /What happened meanwhile Withdraw Rightsholder, 2026-11-24\. The case went from “Eligibility” to “Withdrawn”\./,
    );
    expect(late.text).toContain('A long decision,\nwritten for an hour.</textarea>');
    expect(late.text).not.toMatch(/type="submit">(Accept|Propose)/);
    expect(late.text).toContain(`${stepAt(reference, 'continue-own-initiative')}">`);
    const strange = await desk.as('TRI').post(stepAt(reference, 'add-translation'), {
      revision: '1',
      translationLanguage: '!!',
      translationText: 'typed',
    });
    expect([strange.status, strange.text.includes('typed</textarea>')]).toEqual([400, true]);
  });

  it('lets a second person agree to a proposed step, or refuse it', async () => {
    const { reference } = await desk.app.lodge();
    await desk.toEligibility(reference);
    await desk.take('TRI', reference, 'set-severity', SEVERITY);
    const lower = { ...SEVERITY, scale: '3' };
    const proposed = await desk.take('TRI', reference, 'lower-severity', lower);
    const { text } = await desk.as('TRI').follow(proposed);
    expect(wordsOf(text)).toContain('It happens when a second person agrees.');
    expect(wordsOf(text)).toMatch(/Agree to a proposal, or refuse it: “Lower severity” Decision-maker/);
    expect(wordsOf(text)).toMatch(/Nobody who may agree works on this case: assign one ?\./);
    expect(text).toContain(`<a class="govuk-link" href="${stepAt(reference, 'assign')}">assign one</a>`);
    await desk.bring(reference, 'DEC');
    const team = wordsOf((await desk.as('TRI').get(`/desk/cases/${reference}`)).text);
    expect(team).not.toContain('Nobody who may agree');
    expect(team).toMatch(/Decision-maker: DEC \d/);
    expect(wordsOf((await desk.as('DEC').get(`/desk/cases/${reference}`)).text)).toContain(
      'Waiting for your word',
    );
    const asked = await desk.as('DEC').get(stepAt(reference, 'lower-severity'));
    expect(wordsOf(asked.text)).toContain('Work lost.');
    const refused = await desk.as('DEC').post(stepAt(reference, 'lower-severity'), { agree: 'no' });
    expect(refused.headers.location).toContain('refused:lower-severity');

    await desk.take('TRI', reference, 'lower-severity', lower);
    await desk.as('DEC').get(stepAt(reference, 'lower-severity'));
    const agreed = await desk.as('DEC').post(stepAt(reference, 'lower-severity'), { agree: 'yes' });
    expect(wordsOf((await desk.as('DEC').follow(agreed)).text)).toContain('Tier Moderate');
  });

  it('offers the people who hold a fitting role, by name', async () => {
    const { reference } = await desk.app.lodge();
    const form = await desk.as('TRI').get(stepAt(reference, 'assign'));
    expect(wordsOf(form.text)).toMatch(/INV \d+ \(Investigator\)/);
    expect(wordsOf(form.text)).not.toMatch(/AUD \d+ \(Auditor\)/);
    const person = (await desk.app.get(Accounts).list()).find(({ roles }) => roles.join() === 'INV')!;
    const taken = await desk.take('TRI', reference, 'assign', {
      role: 'INV',
      person: person.id,
    });
    expect(wordsOf((await desk.as('TRI').follow(taken)).text)).toContain(`Investigator: ${person.name}`);
  });

  it('says where nobody is to choose from why, and leads there from the summary of errors', async () => {
    const { reference } = await desk.app.lodge();
    const { text } = await desk.take('TRI', reference, 'add-task', {
      taskText: 'Ask for the logs.',
      dueOn: '2026-12-01',
    });
    const words = wordsOf(text);
    for (const said of ['assign them first', 'nobody, or nothing, to choose from', 'Ask for the logs.'])
      expect(words).toContain(said);
    for (const [, field] of text.matchAll(/<li><a href="#(\w+)">/g)) expect(text).toContain(` id="${field}"`);
  });

  it('has a form that asks everything, for every step of the table', async () => {
    const { reference } = await desk.app.lodge();
    const everybody = await DeskBrowser.of(desk.app, await desk.app.officer(...CASE_ROLES));
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
  });

  it('says what to do about a step that is not open, not there, or for somebody else', async () => {
    const { reference } = await desk.app.lodge();
    await desk.bring(reference, 'DEC');
    expect((await desk.as('DEC').get(stepAt(reference, 'close'))).status).toBe(409);
    expect((await desk.as('DEC').get(stepAt(reference, 'no-such-step'))).status).toBe(404);
    expect((await desk.as('DEC').get(stepAt('RD-0000-0000', 'close'))).status).toBe(404);
    const forged = { ...ACKNOWLEDGED, revision: '1' };
    expect((await desk.as('DEC').post(stepAt(reference, 'acknowledge'), forged)).status).toBe(403);
  });

  it('puts what the person wants beside the forms that propose remedy, and beside no other', async () => {
    const wish = 'I want my <b>benefit</b> back.';
    const { reference } = await desk.app.lodge({ narrative: 'It stopped.', desiredOutcome: wish });
    await desk.toEligibility(reference);
    await desk.take('TRI', reference, 'accept', { affectsPeople: 'yes', plausibleLink: 'yes' });
    await desk.bring(reference, 'DEC');
    const plan = await desk.as('DEC').get(stepAt(reference, 'plan-action'));
    expect(wordsOf(plan.text)).toContain('What the person wants');
    expect(plan.text).toContain('I want my &lt;b&gt;benefit&lt;/b&gt; back.');
    const note = await desk.as('DEC').get(stepAt(reference, 'write-internal-note'));
    expect(note.status).toBe(200);
    expect(note.text).not.toContain('benefit');
  });

  it('takes what a vendor answered with in one form: 200 files, and names the ones that it does not take', async () => {
    const { reference } = await desk.app.lodge();
    const path = `/desk/cases/${reference}`;
    await desk.bring(reference, 'INV');
    await desk.as('INV').get(path);
    const files = Array.from({ length: 200 }, (_, n): [string, string] => [`log-${n}.txt`, `score ${n}`]);
    files.splice(100, 0, ['page.html', '<script>1</script>'], ['nothing.txt', '']);
    const answer = await desk.as('INV').uploadAll(`${path}/evidence`, files, 'Logs of June');
    expect(answer.status).toBe(400);
    const said = wordsOf(answer.text);
    for (const sentence of [
      '200 of 202 files were added; the others were not.',
      '“page.html”: We cannot take this kind of file.',
      '“nothing.txt”: This file is empty.',
    ])
      expect(said).toContain(sentence);
    const { id: caseId } = await desk.app.source.getRepository(Case).findOneByOrFail({ reference });
    const rows = await desk.app.source
      .getRepository(Evidence)
      .find({ where: { caseId }, order: { n: 'ASC' } });
    expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: 200 }, (_, n) => n + 1));
    expect(new Set(rows.map(({ sha256 }) => sha256)).size).toBe(200);
    expect((await desk.app.verify()).differences).toEqual([]);
  });

  it('writes messages, adds and opens files, and shows both', async () => {
    const { reference } = await desk.app.lodge();
    const path = `/desk/cases/${reference}`;
    await desk.bring(reference, 'INV');
    await desk.as('INV').get(path);
    const empty = await desk.as('INV').post(`${path}/messages`, { text: ' ' });
    expect([empty.status, wordsOf(empty.text).includes('Write at least one word.')]).toEqual([400, true]);
    const form = /name="form" value="([^"]+)"/.exec(empty.text)![1]!;
    const send = () => desk.as('INV').post(`${path}/messages`, { text: 'We read it.\nThank you.', form });
    const written = await send();
    // Pressed twice, the person gets it once.
    await send();
    const shown = (await desk.as('INV').follow(written)).text;
    expect(shown.split('We read it.\nThank you.')).toHaveLength(2);

    const noFile = await desk.as('INV').upload(`${path}/evidence`, '', '');
    expect(noFile.status).toBe(400);
    const page = await desk.as('INV').upload(`${path}/evidence`, 'log.html', '<script>1</script>', 'A log');
    expect([page.status, wordsOf(page.text).includes('We cannot take this kind of file.')]).toEqual([
      400,
      true,
    ]);
    const added = await desk.as('INV').upload(`${path}/evidence`, 'log "1".html', 'score 0.4', 'A log');
    expect(wordsOf((await desk.as('INV').follow(added)).text)).toContain('A log');
    const opened = await desk.as('INV').get(`${path}/evidence/1`);
    expect(opened.text).toBe('score 0.4');
    expect(opened.headers['content-type']).toBe('application/octet-stream');
    expect(opened.headers['content-disposition']).toBe("attachment; filename*=UTF-8''evidence-1.txt");
    expect((await desk.as('INV').get(`${path}/evidence/2`)).status).toBe(404);
    await desk.as('INV').get(`${path}/evidence/1/original`);
    const reason = { reason: 'To compare the hash with the vendor.' };
    expect((await desk.as('INV').post(`${path}/evidence/1/original`, { reason: '' })).status).toBe(400);
    expect((await desk.as('INV').post(`${path}/evidence/1/original`, reason)).text).toBe('score 0.4');
    expect(wordsOf((await desk.as('INV').get(`${path}/history`)).text)).toContain('Open evidence');
  });

  it('opens who the person is only with a reason that she reads, for a quarter of an hour, and the history says so', async () => {
    const contact = { kind: 'email', value: 'person@example.org', safeContact: 'Never before noon' };
    const { reference } = await desk.app.lodge({
      narrative: 'It hurt me.',
      contact,
      name: 'Noor al-Amin',
      identityMode: 'NAMED',
    });
    const path = `/desk/cases/${reference}`;
    const secrets = /person@example|Noor/;
    expect((await desk.as('INT').get(path)).text).not.toMatch(secrets);
    const closed = await desk.as('INT').get(`${path}/identity`);
    expect([closed.text.includes(`${path}/steps/reveal-identity`), secrets.test(closed.text)]).toEqual([
      true,
      false,
    ]);
    const form = await desk.as('INT').get(stepAt(reference, 'reveal-identity'));
    expect(wordsOf(form.text)).toContain('The person reads this reason');
    const short = await desk
      .as('INT')
      .post(stepAt(reference, 'reveal-identity'), { revealReason: 'Because.' });
    expect([short.status, short.text.includes('Because.')]).toEqual([400, true]);
    await desk.as('INT').post(stepAt(reference, 'reveal-identity'), {
      revealReason: 'To call about the hearing.',
    });
    const opened = wordsOf((await desk.as('INT').get(`${path}/identity`)).text);
    for (const shown of ['Never before noon', 'Noor al-Amin', 'until 09:15 UTC'])
      expect(opened).toContain(shown);
    expect((await desk.as('TRI').get(`${path}/identity`)).text).not.toMatch(secrets);
    const history = (await desk.as('INT').get(`${path}/history`)).text;
    expect(wordsOf(history)).toContain('Reveal identity');
    expect(history).not.toMatch(secrets);
  });

  it('shows hostile text as it was written, and nothing of it runs', async () => {
    const hostile = `<script>alert(1)</script><img src=x onerror=alert(2)>"'); DROP TABLE cases;-- {{ 7 * 7 }} =HYPERLINK("x")`;
    const { reference } = await desk.app.lodge({
      narrative: hostile,
      desiredOutcome: hostile,
      systemKnown: hostile,
    });
    await desk.as('INT').get(`/desk/cases/${reference}`);
    await desk.as('INT').post(`/desk/cases/${reference}/messages`, { text: hostile });
    await desk.take('INT', reference, 'record-contact-attempt', {
      ...tried(),
      contactAttempt: hostile,
    });
    const page = await desk.as('INT').get(`/desk/cases/${reference}`);
    expect(page.text).not.toMatch(/<script|<img/);
    expect(wordsOf(page.text).split(hostile).length - 1).toBe(6);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    const answer = await desk.take('INT', reference, 'acknowledge', { note: hostile, jurisdiction: hostile });
    expect([answer.status, /<script|<img/.test(answer.text)]).toEqual([400, false]);
    expect((await desk.as('INT').get(`/desk/cases/${encodeURIComponent(hostile)}`)).status).toBe(404);
    expect(
      (await desk.as('INT').get(`/desk/cases/${reference}?done=${encodeURIComponent(hostile)}`)).text,
    ).not.toMatch(/<script/);
  });
});
