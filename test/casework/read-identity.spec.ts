import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REACH_OUT, STAFF_ROLES, type RoleCode } from '../../src/rules/roles';
import { TestApp, type Answer, type TestOfficer } from '../harness/app';
import { engines } from '../harness/database';

const NAME = 'Noor al-Amin of Nightingale Street';
const CONTACT = { kind: 'email', value: 'nightingale@example.org', safeContact: 'after the night shift' };
const REASON = 'To warn the person before the meeting of tomorrow.';

interface Line {
  act: string;
  byRole: string;
  on: string;
  reason: string | null;
}

describe.each(engines())('opening who the person is, on %s', (engine) => {
  let app: TestApp;
  const staff = new Map<RoleCode, TestOfficer>();
  const as = (role: RoleCode) => staff.get(role)!.token;

  beforeAll(async () => {
    app = await TestApp.start(engine);
    for (const role of ['ADM', ...STAFF_ROLES.filter((each) => each !== 'ADM')] as RoleCode[])
      staff.set(role, await app.officer(role));
  }, 120_000);
  afterAll(() => app?.close());

  const lodge = (form: Record<string, unknown> = {}) =>
    app.lodge({ narrative: 'It refused me.', name: NAME, contact: CONTACT, identityMode: 'NAMED', ...form });
  const change = (token: string, body: unknown) =>
    app.ask<{ identityMode: string; name: string | null; needs: { sentence: string; field?: string }[] }>(
      'POST',
      '/api/v1/my-case/identity',
      { token, body },
    );
  const timeline = async (token: string) =>
    (await app.ask<Line[]>('GET', '/api/v1/my-case/timeline', { token })).body;
  const identity = (reference: string, token: string) =>
    app.ask<{ until: string; parties: unknown[] }>('GET', `/api/v1/cases/${reference}/identity`, { token });

  async function take(
    reference: string,
    token: string,
    step: string,
    answers: Record<string, unknown>,
    agree?: boolean,
  ): Promise<Answer<{ proposed: boolean; needs: { name: string; field?: string }[] }>> {
    const { body } = await app.ask<{ revision: number }>('GET', `/api/v1/cases/${reference}`, {
      token: as('LEG'),
    });
    return app.ask('POST', `/api/v1/cases/${reference}/steps/${step}`, {
      token,
      headers: { 'if-match': String(body.revision) },
      body: { answers, agree },
    });
  }
  const reveal = (reference: string, token: string, revealReason: unknown = REASON) =>
    take(reference, token, 'reveal-identity', { revealReason });

  const outside = STAFF_ROLES.filter((role) => !(REACH_OUT as readonly RoleCode[]).includes(role));

  it.each(REACH_OUT)(
    'by %s shows it for a quarter of an hour to them alone, and to her why',
    async (role) => {
      const mine = await lodge();
      app.time.goTo('2026-11-24T09:00:00.000Z');
      for (const other of REACH_OUT) expect((await identity(mine.reference, as(other))).status).toBe(409);
      for (const bad of ['', 'too short', '   short    ', 'x'.repeat(2001), 7, null])
        expect([400, 422]).toContain((await reveal(mine.reference, as(role), bad)).status);
      expect((await timeline(mine.token)).map(({ act }) => act)).toEqual(['lodge']);
      expect((await reveal(mine.reference, as(role))).body).toMatchObject({ proposed: false });
      const opened = await identity(mine.reference, as(role));
      expect(opened.body).toEqual({
        until: '2026-11-24T09:15:00.000Z',
        parties: [{ holder: 'RH', name: NAME, contact: CONTACT }],
      });
      expect(opened.headers['cache-control']).toBe('no-store');
      for (const other of REACH_OUT.filter((each) => each !== role))
        expect((await identity(mine.reference, as(other))).status).toBe(409);
      expect(await timeline(mine.token)).toContainEqual(
        expect.objectContaining({ act: 'reveal-identity', byRole: role, on: '2026-11-24', reason: REASON }),
      );
      app.time.goTo('2026-11-24T09:14:59.999Z');
      expect((await identity(mine.reference, as(role))).status).toBe(200);
      app.time.goTo('2026-11-24T09:15:00.000Z');
      expect((await identity(mine.reference, as(role))).status).toBe(409);
      await reveal(mine.reference, as(role));
      expect((await identity(mine.reference, as(role))).body.until).toBe('2026-11-24T09:30:00.000Z');
      app.time.goTo('2026-11-24T09:00:00.000Z');
    },
  );

  it.each(outside)('is closed to %s', async (role) => {
    const mine = await lodge();
    expect((await reveal(mine.reference, as(role))).status).toBe(403);
    expect((await identity(mine.reference, as(role))).status).toBe(403);
    expect((await timeline(mine.token)).map(({ act }) => act)).toEqual(['lodge']);
  });

  it('shows what she left by now, and closes where the case goes on without her', async () => {
    const mine = await lodge();
    await reveal(mine.reference, as('TRI'));
    await change(mine.token, { name: 'Nour' });
    expect((await identity(mine.reference, as('TRI'))).body.parties).toEqual([
      expect.objectContaining({ name: 'Nour' }),
    ]);
    await app.ask('POST', '/api/v1/my-case/steps/withdraw', { token: mine.token, body: { answers: {} } });
    await take(mine.reference, as('TRI'), 'continue-own-initiative', {
      identityRemoved: true,
      othersAtRisk: true,
      reasons: 'Others are met by it.',
    });
    expect((await identity(mine.reference, as('TRI'))).status).toBe(409);
    expect((await reveal(mine.reference, as('TRI'))).status).toBe(409);
  });

  it.each([
    ['a confidential case', { identityMode: 'CONFIDENTIAL' }, null],
    ['a high risk of reprisal', {}, 'HIGH'],
    ['an extreme risk of reprisal', {}, 'EXTREME'],
  ] as const)(
    'in %s waits for a protection officer, who is another person',
    async (_what, form, reprisalLevel) => {
      const mine = await lodge(form);
      if (reprisalLevel)
        await take(mine.reference, as('PRT'), 'assess-reprisal', { reprisalLevel, isDefender: false });
      const both = await app.officer('INT', 'PRT');
      expect((await reveal(mine.reference, both.token)).body).toMatchObject({ proposed: true });
      expect((await identity(mine.reference, both.token)).status).toBe(409);
      const agree = (token: string) => take(mine.reference, token, 'reveal-identity', {}, true);
      expect((await agree(both.token)).body.needs[0]!.name).toBe('secondPerson');
      expect((await agree(as('DPO'))).status).toBe(403);
      expect((await timeline(mine.token)).map(({ act }) => act)).not.toContain('reveal-identity');
      expect((await agree(as('PRT'))).status).toBe(201);
      expect((await identity(mine.reference, as('PRT'))).status).toBe(409);
      const opened = await identity(mine.reference, both.token);
      expect(opened.body.until).toBe('2026-11-24T10:00:00.000Z');
      expect(await timeline(mine.token)).toContainEqual(
        expect.objectContaining({ act: 'reveal-identity', byRole: 'INT', reason: REASON }),
      );
    },
  );

  it('opens nothing when the protection officer refuses', async () => {
    const mine = await lodge({ identityMode: 'CONFIDENTIAL' });
    await reveal(mine.reference, as('INV'));
    await take(mine.reference, as('PRT'), 'reveal-identity', {}, false);
    expect((await identity(mine.reference, as('INV'))).status).toBe(409);
  });

  it('of an original file shows her the reason too', async () => {
    const mine = await lodge();
    await app.ask('POST', '/api/v1/my-case/evidence', {
      token: mine.token,
      headers: { 'content-type': 'multipart/form-data; boundary=xx' },
      body: '--xx\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nDear\r\n--xx--\r\n',
    });
    await app.ask('POST', `/api/v1/cases/${mine.reference}/evidence/1/original`, {
      token: as('INV'),
      body: { reason: 'To compare it with the letter of the bank.' },
    });
    expect((await timeline(mine.token)).at(-1)).toMatchObject({
      act: 'open-original',
      reason: 'To compare it with the letter of the bank.',
    });
  });

  it('stands in no entry, notice, row or file as it was written, nor do the reasons', async () => {
    await app.integrate();
    expect((await app.verify()).differences).toEqual([]);
    const stored: string[] = [];
    for (const { tableName } of app.source.entityMetadatas)
      stored.push(JSON.stringify(await app.source.query(`SELECT * FROM "${tableName}"`)));
    const folder = app.database.dataDir;
    if (existsSync(folder))
      for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
        if (/\.(sqlite|db)|wal$/.test(file)) stored.push(readFileSync(join(folder, file), 'latin1'));
    for (const phrase of [NAME, CONTACT.value, CONTACT.safeContact, REASON, 'compare it with the letter'])
      expect(stored.filter((each) => each.includes(phrase))).toEqual([]);
  });
});
