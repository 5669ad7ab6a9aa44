import type { PolicyAmendment } from '../../src/rules/policy';
import { TestApp, type Answer, type TestOfficer } from '../harness/app';
import { engines } from '../harness/database';
import { DeskBrowser, wordsOf } from '../web/desk/desk-browser';

const STRICTER: PolicyAmendment[] = [
  { kind: 'SECOND_PERSON', of: 'accept', code: 'DEC', length: null },
  { kind: 'FURTHER_NEED', of: 'accept', code: 'severitySet', length: null },
  { kind: 'FURTHER_ASK', of: 'accept', code: 'reasons', length: null },
  { kind: 'FEWER_ROLES', of: 'add-allegation', code: 'TRI', length: null },
  { kind: 'SHORTER_TARGET', of: 'TARGET-ACK', code: null, length: 1 },
  { kind: 'SHORTER_TARGET', of: 'TARGET-TRIAGE', code: null, length: 2 },
];
const ACKNOWLEDGE = {
  noConflict: true,
  safeChannelChosen: true,
  jurisdiction: 'OTHER',
  isDataRightsRequest: false,
  reporterIsWorker: false,
  concernsListedLaw: false,
};
const ACCEPT = { affectsPeople: true, plausibleLink: true };
const SEVERITY = {
  nature: 'ACTUAL',
  scale: 3,
  scope: 1,
  irremediability: 2,
  vulnerable: false,
  delayMakesIrremediable: false,
  reasons: 'Three months without money.',
};

interface CaseSeen {
  state: string;
  policyVersion: string;
  clocks: { code: string; status: string; dueInternal: string }[];
}
interface Refused {
  needs: { name: string; field?: string; metBy?: { step: string; by: string[] }[] }[];
}
interface StepSeen {
  step: string;
  asks: string[];
  mayAsk: string[];
  agreedBy: string | null;
  unmet: { name: string }[];
}

/** Acceptance: a case opened under policy v1 keeps v1’s workflow and clocks after v2 is published. */
describe.each(engines())(
  'two complaints, one before and one after a version is published, on %s',
  (engine) => {
    let app: TestApp;
    let intake: TestOfficer;
    let lead: TestOfficer;
    let decider: TestOfficer;
    let one: { reference: string; token: string };
    let two: { reference: string; token: string };
    let oneAck: string;

    beforeAll(async () => {
      app = await TestApp.start(engine);
      [intake, lead, decider] = [
        await app.officer('INT'),
        await app.officer('TRI'),
        await app.officer('DEC'),
      ];
    });
    afterAll(() => app.close());

    const seen = async (reference: string) =>
      (await app.ask<CaseSeen>('GET', `/api/v1/cases/${reference}`, { token: lead.token })).body;
    const due = async (reference: string, code: string) =>
      (await seen(reference)).clocks.findLast((clock) => clock.code === code)!.dueInternal;
    const take = async <T = Refused>(
      who: TestOfficer,
      reference: string,
      step: string,
      body: object,
    ): Promise<Answer<T>> => {
      const { headers } = await app.ask('GET', `/api/v1/cases/${reference}`, { token: who.token });
      return app.ask<T>('POST', `/api/v1/cases/${reference}/steps/${step}`, {
        token: who.token,
        headers: { 'if-match': String(headers.etag) },
        body,
      });
    };
    const acceptIn = async (reference: string) => {
      const { body } = await app.ask<StepSeen[]>('GET', `/api/v1/cases/${reference}/steps`, {
        token: lead.token,
      });
      return body.find(({ step }) => step === 'accept')!;
    };

    it('begins with one under the table of the program', async () => {
      one = await app.lodge();
      oneAck = await due(one.reference, 'TARGET-ACK');
      expect([(await seen(one.reference)).policyVersion, oneAck]).toEqual(['2026-11', '2026-11-26']);
    });

    it('goes on with a version that one person drafts and another one publishes', async () => {
      const drafted = await app.ask<{ draft: { changes: { of: string }[]; faults: [] }; seen: string }>(
        'PUT',
        '/api/v1/policies/draft',
        { token: lead.token, body: { amendments: STRICTER, seen: '0' } },
      );
      expect(drafted.status).toBe(200);
      expect(drafted.body.draft.faults).toEqual([]);
      expect(drafted.body.draft.changes.map(({ of }) => of)).toEqual([
        'accept',
        'add-allegation',
        'TARGET-ACK',
        'TARGET-TRIAGE',
      ]);
      const decide = (token: string) =>
        app.ask<{ versions: { version: string }[] }>('POST', '/api/v1/policies/decision', {
          token,
          body: { publish: true, seen: drafted.body.seen },
        });
      expect((await decide(lead.token)).status).toBe(422);
      expect((await app.lodge()).reference).toBeDefined();
      expect((await decide(decider.token)).body).toMatchObject({
        needs: [{ name: 'leftToNobody', sentence: expect.stringContaining('“add-allegation”') as string }],
      });
      await app.officer('INV');
      const published = await decide(decider.token);
      expect(published.body.versions.map(({ version }) => version)).toEqual(['2026-11.2', '2026-11']);
    });

    it('holds the next complaint to it, and leaves the first one as it was', async () => {
      two = await app.lodge();
      expect((await seen(two.reference)).policyVersion).toBe('2026-11.2');
      expect(await due(two.reference, 'TARGET-ACK')).toBe('2026-11-25');
      expect((await seen(one.reference)).policyVersion).toBe('2026-11');
      expect(await due(one.reference, 'TARGET-ACK')).toBe(oneAck);
      const { body } = await app.ask<{ cases: { reference: string; due: { day: string } }[] }>(
        'GET',
        '/api/v1/cases?sort=due',
        {
          token: lead.token,
        },
      );
      const days = JSON.stringify(body);
      expect(days.indexOf(two.reference)).toBeLessThan(days.indexOf(one.reference));
      for (const { reference } of [one, two]) {
        expect((await take(intake, reference, 'acknowledge', { answers: ACKNOWLEDGE })).status).toBe(201);
        expect(
          (await take(lead, reference, 'begin-eligibility', { answers: { noConflict: true } })).status,
        ).toBe(201);
      }
    });

    it('offers and shows of each what its own version says', async () => {
      expect(await acceptIn(one.reference)).toMatchObject({
        asks: ['affectsPeople', 'plausibleLink'],
        mayAsk: ['reasons'],
        agreedBy: null,
        unmet: [],
      });
      expect(await acceptIn(two.reference)).toMatchObject({
        asks: ['affectsPeople', 'plausibleLink', 'reasons'],
        mayAsk: [],
        agreedBy: 'DEC',
        unmet: [{ name: 'severitySet' }],
      });
      const desk = await DeskBrowser.of(app, lead);
      const pages = [];
      for (const { reference } of [one, two]) {
        const page = wordsOf((await desk.get(`/desk/cases/${reference}`)).text);
        const form = wordsOf((await desk.get(`/desk/cases/${reference}/steps/accept`)).text);
        pages.push([
          /Process Version (\S+)/.exec(page)![1],
          form.includes('Before this can be done'),
          form.includes('Reasons, in plain words (optional)'),
        ]);
      }
      expect(pages).toEqual([
        ['2026-11', false, true],
        ['2026-11.2', true, false],
      ]);
    });

    it('takes the step in the first as ever, with the time that it had', async () => {
      const taken = await take<{ state: string; proposed: boolean }>(lead, one.reference, 'accept', {
        answers: ACCEPT,
      });
      expect([taken.status, taken.body.state, taken.body.proposed]).toEqual([201, 'triage', false]);
      expect(await due(one.reference, 'TARGET-TRIAGE')).toBe('2026-12-01');
      const allegation = { allegationText: 'It was stopped without a human looking.' };
      expect((await take(lead, one.reference, 'add-allegation', { answers: allegation })).status).toBe(201);
    });

    it('takes it in the second once it is answered and met, and a second person agreed', async () => {
      const refused = await take(lead, two.reference, 'accept', { answers: ACCEPT });
      expect([refused.status, refused.body.needs.map(({ name, field }) => field ?? name)]).toEqual([
        422,
        ['severitySet', 'reasons'],
      ]);
      expect((await take(lead, two.reference, 'set-severity', { answers: SEVERITY })).status).toBe(201);
      const answers = { ...ACCEPT, reasons: 'The model decides on benefits.' };
      const foreign = await take(lead, two.reference, 'accept', {
        answers: { ...answers, lessons: 'None yet.' },
      });
      expect([foreign.status, foreign.body.needs]).toMatchObject([
        400,
        [{ name: 'unknown-field', field: 'lessons' }],
      ]);
      const proposed = await take<{ proposed: boolean }>(lead, two.reference, 'accept', { answers });
      expect([proposed.status, proposed.body.proposed]).toEqual([201, true]);
      expect((await seen(two.reference)).state).toBe('eligibility');
      await app.bring(two.reference, decider);
      const agreed = await take<{ state: string }>(decider, two.reference, 'accept', {
        answers: {},
        agree: true,
      });
      expect([agreed.status, agreed.body.state]).toEqual([201, 'triage']);
      expect(await due(two.reference, 'TARGET-TRIAGE')).toBe('2026-11-26');
      const allegation = { answers: { allegationText: 'It was stopped without a human looking.' } };
      expect((await take(lead, two.reference, 'add-allegation', allegation)).status).toBe(403);
    });

    it('keeps to it when the first is withdrawn and comes back', async () => {
      for (const step of ['withdraw', 'come-back'])
        expect(
          (await app.ask('POST', `/api/v1/my-case/steps/${step}`, { token: one.token, body: {} })).status,
        ).toBe(201);
      expect(await seen(one.reference)).toMatchObject({ state: 'triage', policyVersion: '2026-11' });
      expect(await due(one.reference, 'TARGET-TRIAGE')).toBe('2026-12-01');
    });

    it('shows everybody both versions, and nobody one that was never published', async () => {
      const page = async (query: string) => wordsOf((await app.ask('GET', `/how-it-works${query}`)).text);
      expect(await page('')).toContain('This is version 2026-11.2 of our process.');
      expect(await page('')).not.toContain('See the newest version');
      expect(await page('?policy=2026-11')).toContain('See the newest version');
      for (const version of ['2026-12', '2026-11.3', '2026-11.1', '../x', ''])
        expect((await app.ask('GET', `/how-it-works?policy=${encodeURIComponent(version)}`)).status).toBe(
          404,
        );
      expect((await app.ask('GET', '/how-it-works?policy=a&policy=b')).status).toBe(404);
      const text = async (query: string) =>
        (await app.ask<{ text: string }>('GET', `/api/v1/reports/process${query}`, { token: lead.token }))
          .body.text;
      expect(await text('?policy=2026-11')).toContain('TARGET-ACK: Acknowledge the complaint; 2 workingDays');
      expect(await text('')).toContain('TARGET-ACK: Acknowledge the complaint; 1 workingDays');
    });

    it('leads each person to the version of their own case', async () => {
      const versions = [];
      for (const { token } of [one, two])
        versions.push(
          (await app.ask<{ policyVersion: string }>('GET', '/api/v1/my-case', { token })).body.policyVersion,
        );
      expect(versions).toEqual(['2026-11', '2026-11.2']);
    });

    it('is told whole by the histories', async () => {
      expect((await app.verify()).differences).toEqual([]);
    });
  },
);
