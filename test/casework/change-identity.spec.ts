import { ApiDocument } from '../../src/api/api-document';
import { complaintOf, openCase } from '../../src/commands/demo/complaints';
import { ENDINGS } from '../../src/commands/demo/endings';
import { foundOrganisation } from '../../src/commands/demo/organisation';
import { Walk as DemoWalk } from '../../src/commands/demo/walk';
import { Lodge } from '../../src/casework/intake/lodge';
import { CASE_ROLES, STAFF_ROLES, type RoleCode } from '../../src/rules/roles';
import {
  IDENTITY_MODE_CODES,
  LEAST_TO_MOST_KNOWN,
  needsName,
  type IdentityMode,
} from '../../src/rules/identity-modes';
import { STEPS, type StepRow } from '../../src/rules/steps';
import { TestApp } from '../harness/app';
import { addDays } from '../../src/rules/counting';
import { engines } from '../harness/database';
import { IdentityHouse, CONTACT, NAME } from './identity-house';

const byStaff = (by: readonly RoleCode[]) => by.some((role) => CASE_ROLES.includes(role));

/** Lodging begins a case of its own; looking for patterns reads nothing of what is sent. */
const OPEN_TO_ANYTHING = ['/api/v1/complaints', '/api/v1/pattern-reviews'];

describe.each(engines())('who the person is, on %s', (engine) => {
  let house: IdentityHouse;
  let app: TestApp;

  beforeAll(async () => {
    house = await IdentityHouse.open(engine);
    ({ app } = house);
  });
  afterAll(() => app?.close());

  const modeOf = async (reference: string) =>
    (
      await app.ask<{ complaint: { identityMode: string } }>('GET', `/api/v1/cases/${reference}`, {
        token: house.as('TRI'),
      })
    ).body.complaint.identityMode;

  describe('moving', () => {
    const pairs = IDENTITY_MODE_CODES.filter((mode) => mode !== 'REPRESENTED').flatMap((from) =>
      IDENTITY_MODE_CODES.map((to) => [from, to] as const),
    );
    const rank = (mode: IdentityMode) => LEAST_TO_MOST_KNOWN.indexOf(mode);

    it.each(pairs)('from %s to %s is hers, and only towards more', async (from, to) => {
      const mine = await app.lodge({ narrative: 'It refused me.', identityMode: from });
      const answer = await house.change(mine.token, {
        identityMode: to,
        name: ['NAMED', 'CONFIDENTIAL'].includes(to) ? NAME : undefined,
      });
      const isMore = rank(to) > rank(from);
      const isNew = isMore || (from === to && needsName(to));
      expect([answer.status, await modeOf(mine.reference)]).toEqual([isNew ? 201 : 400, isMore ? to : from]);
      const acts = (await house.timeline(mine.token)).map(({ act }) => act);
      expect(acts.includes('change-identity')).toBe(isNew);
    });

    it('to a mode in which handlers know her needs a name, and a name needs such a mode', async () => {
      const mine = await app.lodge();
      for (const identityMode of ['NAMED', 'CONFIDENTIAL']) {
        const refused = await house.change(mine.token, { identityMode });
        expect([refused.status, refused.body.needs[0]!.field]).toEqual([400, 'name']);
      }
      expect((await house.change(mine.token, { name: NAME })).body.needs[0]!.field).toBe('name');
      expect((await house.change(mine.token, { identityMode: 'CONFIDENTIAL', name: NAME })).status).toBe(201);
      expect((await house.change(mine.token, { identityMode: 'NAMED' })).body).toMatchObject({ name: NAME });
      expect((await house.change(mine.token, { identityMode: 'NAMED' })).status).toBe(400);
    });

    it('is refused to a companion, and to a representative, who can still leave a name of their own', async () => {
      const mine = await app.lodge({ narrative: 'It refused me.' });
      const opened = async (holder: string) => {
        const { body } = await app.ask<{ receipt: string }>('POST', '/api/v1/my-case/receipts', {
          token: mine.token,
          body: { holder },
        });
        const session = await app.ask<{ token: string }>('POST', '/api/v1/complaint-sessions', {
          body: { receipt: body.receipt },
        });
        return session.body.token;
      };
      const [companion, representative] = [await opened('SUPPORTER'), await opened('REPRESENTATIVE')];
      expect((await house.change(companion, { name: 'Sami' })).status).toBe(403);
      expect((await house.change(representative, { identityMode: 'NAMED', name: 'Rita' })).status).toBe(400);
      expect((await house.change(representative, { name: 'Rita' })).body).toMatchObject({
        name: 'Rita',
        identityMode: 'PSEUDONYMOUS',
      });
      expect((await app.ask('GET', '/api/v1/my-case', { token: mine.token })).body).toMatchObject({
        name: null,
      });
    });

    it('never happens by staff: no step of theirs asks for it or takes it', async () => {
      const { reference } = await app.lodge();
      const everybody = await app.officer(...CASE_ROLES);
      const answers = { identityMode: 'NAMED', name: NAME, contact: CONTACT };
      for (const { step } of (STEPS as readonly StepRow[]).filter(
        ({ step, by }) => step !== 'lodge' && byStaff(by),
      )) {
        const answer = await app.ask<{ needs: { name: string; field: string }[] }>(
          'POST',
          `/api/v1/cases/${reference}/steps/${step}`,
          { token: everybody.token, headers: { 'if-match': '1' }, body: { answers } },
        );
        const refused = answer.body.needs
          .filter(({ name }) => name === 'unknown-field')
          .map(({ field }) => field);
        expect([step, answer.status, refused]).toEqual([step, 400, Object.keys(answers)]);
      }
      expect(await modeOf(reference)).toBe('PSEUDONYMOUS');
    });

    it('never happens by staff: no route of the API takes it from them', async () => {
      const { reference } = await app.lodge();
      const everybody = await app.officer(...STAFF_ROLES);
      const { paths } = (await app.get(ApiDocument).read()) as unknown as {
        paths: Record<string, Record<string, unknown>>;
      };
      const routes = Object.entries(paths).flatMap(([path, methods]) =>
        Object.keys(methods)
          .filter((method) => method !== 'get' && !OPEN_TO_ANYTHING.includes(path))
          .map((method) => [method.toUpperCase(), path.replace(/\{reference\}/, reference)] as const),
      );
      expect(routes.length).toBeGreaterThan(8);
      for (const [method, path] of routes)
        for (const body of [{ identityMode: 'NAMED', name: NAME }, { answers: { identityMode: 'NAMED' } }]) {
          const url = path.replace(/\{\w+\}/g, '1');
          const { status } = await app.ask(method, url, {
            token: everybody.token,
            headers: { 'if-match': '1' },
            body,
          });
          expect([method, path, status >= 400 && status < 500]).toEqual([method, path, true]);
        }
      expect(await modeOf(reference)).toBe('PSEUDONYMOUS');
    });
  });

  describe('taking back', () => {
    it.each([
      ['name', { name: null }],
      ['contact', { contact: null }],
      ['both', { name: null, contact: null }],
    ] as const)(
      '%s leaves nothing that staff could open, and the history says so in codes',
      async (_what, body) => {
        const mine = await house.lodge();
        const stored = () =>
          app.source.query<Record<string, unknown>[]>(
            `SELECT p."nameSealed", p."contactSealed", k."wrappedKey" FROM "parties" p JOIN "cases" c ON c."id" = p."caseId"
           LEFT JOIN "data_keys" k ON k."ownerId" = p."id" WHERE c."reference" = '${mine.reference}'`,
          );
        const [before] = await stored();
        expect((await house.change(mine.token, body)).status).toBe(201);
        const [after] = await stored();
        expect(after!.wrappedKey).not.toBe(before!.wrappedKey);
        expect([after!.nameSealed === null, after!.contactSealed === null]).toEqual([
          'name' in body,
          'contact' in body,
        ]);
        const opened = await house.reveal(mine.reference, house.as('INT'));
        if ('name' in body && 'contact' in body) {
          expect(after!.wrappedKey).toBeNull();
          expect(opened.body.needs[0]!.name).toBe('identityLeft');
          return;
        }
        const { text } = await house.identity(mine.reference, house.as('INT'));
        expect([text.includes(NAME), text.includes(CONTACT.value)]).toEqual([
          !('name' in body),
          !('contact' in body),
        ]);
      },
    );

    it('and giving anew can be done again and again, and what she left is what she sees', async () => {
      const mine = await house.lodge();
      for (const name of ['Amal', null, 'Noor', 'Nour'])
        expect((await house.change(mine.token, { name })).body).toMatchObject({
          name,
          identityMode: 'NAMED',
        });
      expect((await house.change(mine.token, { name: 'Nour' })).status).toBe(400);
      const contact = { kind: 'phone', value: '+31 6 0000' };
      expect((await house.change(mine.token, { contact })).body).toMatchObject({ name: 'Nour', contact });
    });
  });

  describe('lodging with a name', () => {
    it.each([
      [undefined, 201, 'CONFIDENTIAL'],
      ['NAMED', 201, 'NAMED'],
      ['REPRESENTED', 201, 'REPRESENTED'],
      ['CONFIDENTIAL', 201, 'CONFIDENTIAL'],
      ['PSEUDONYMOUS', 400, null],
      ['ANONYMOUS', 400, null],
    ] as const)('in mode %s gets %s', async (identityMode, status, mode) => {
      const answer = await app.ask<{ reference: string; needs: { field: string; sentence: string }[] }>(
        'POST',
        '/api/v1/complaints',
        { body: { narrative: 'It refused me.', name: NAME, identityMode } },
      );
      expect(answer.status).toBe(status);
      if (mode) expect(await modeOf(answer.body.reference)).toBe(mode);
      else expect(answer.body.needs[0]).toMatchObject({ field: 'name' });
    });
  });

  it('refuses hostile changes with what is wrong, and stores nothing of them', async () => {
    const mine = await house.lodge();
    const before = await app.rowCounts();
    for (const body of [
      {},
      [],
      null,
      { name: 'x'.repeat(201) },
      { name: 'a\u0000b' },
      { name: 7 },
      { identityMode: 'KING' },
      { identityMode: ['NAMED'] },
      { contact: 'here' },
      { contact: { kind: 'email' } },
      { contact: { kind: 'carrier', value: 'x' } },
      { role: 'ADM' },
    ]) {
      const { status } = await house.change(mine.token, body);
      expect([JSON.stringify(body), status]).toEqual([JSON.stringify(body), 400]);
    }
    for (const body of [
      {},
      [null],
      { code: 'CN-NONE', given: true },
      { code: 'CN-STORY' },
      { code: 'CN-STORY', given: 'yes' },
      { code: 'CN-STORY', given: true, scope: 'x'.repeat(501) },
      { code: 'CN-STORY', given: true, language: 'xx' },
      { code: 'CN-STORY', given: true, personId: 'me' },
    ]) {
      const { status } = await app.ask('POST', '/api/v1/my-case/consents', { token: mine.token, body });
      expect([JSON.stringify(body), status]).toEqual([JSON.stringify(body), 400]);
    }
    for (const consents of [
      'all',
      [null],
      ['CN-STORY'],
      [
        { code: 'CN-STORY', given: true },
        { code: 'CN-STORY', given: false },
      ],
      [{ code: '__proto__', given: true }],
      Array.from({ length: 50 }, () => ({ code: 'CN-STORY', given: true })),
    ]) {
      const { status } = await app.ask('POST', '/api/v1/complaints', {
        body: { narrative: 'It refused me.', consents },
      });
      expect([JSON.stringify(consents).slice(0, 60), status]).toEqual([
        JSON.stringify(consents).slice(0, 60),
        400,
      ]);
    }
    expect(await app.rowCounts()).toEqual(before);
  });
});

describe.each(engines())('whole ways through the house on %s', (engine) => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start(engine);
  });
  afterAll(() => app?.close());

  it('leave each person in the mode in which they lodged, whatever staff did', async () => {
    const organisation = await foundOrganisation(app);
    for (const { caseId, walk, receivedDaysAgo = 0 } of ENDINGS) {
      const record = openCase(caseId);
      const receivedOn = addDays(app.time.today(), -receivedDaysAgo);
      const lodged = await app.get(Lodge).run(complaintOf(record), { role: 'RH', receivedOn });
      await walk(await DemoWalk.start(app, organisation, record, lodged));
      const [row] = await app.source.query<{ identityMode: string }[]>(
        `SELECT "identityMode" FROM "cases" WHERE "reference" = '${lodged.reference}'`,
      );
      expect([caseId, row!.identityMode]).toEqual([caseId, record.identityMode]);
    }
  });
});
