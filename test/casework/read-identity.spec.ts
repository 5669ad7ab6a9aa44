import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REACH_OUT, STAFF_ROLES, type RoleCode } from '../../src/rules/roles';
import type { TestApp } from '../harness/app';
import { engines } from '../harness/database';
import { IdentityHouse, CONTACT, NAME, REASON } from './identity-house';
import { riskOf } from '../harness/walk';

/** More than ten signs, of which nobody sees one. */
const UNSEEN = '\u200b\u2060\u00ad\u3164\u2800\ufe0f\u{e0041}'.repeat(3);

describe.each(engines())('opening who the person is, on %s', (engine) => {
  let house: IdentityHouse;
  let app: TestApp;

  beforeAll(async () => {
    house = await IdentityHouse.open(engine);
    ({ app } = house);
  });
  afterAll(() => app?.close());

  const outside = STAFF_ROLES.filter((role) => !(REACH_OUT as readonly RoleCode[]).includes(role));

  it.each(REACH_OUT)(
    'by %s shows it for a quarter of an hour to them alone, and to her why',
    async (role) => {
      const mine = await house.lodge();
      await house.bring(mine.reference, REACH_OUT);
      app.time.goTo('2026-11-24T09:00:00.000Z');
      for (const other of REACH_OUT)
        expect((await house.identity(mine.reference, house.as(other))).status).toBe(409);
      for (const bad of [
        '',
        'too short',
        '   short    ',
        UNSEEN,
        `short${UNSEEN}`,
        'x'.repeat(2001),
        7,
        null,
      ])
        expect([400, 422]).toContain((await house.reveal(mine.reference, house.as(role), bad)).status);
      expect(await house.acts(mine.token)).toEqual(['lodge']);
      expect((await house.reveal(mine.reference, house.as(role))).body).toMatchObject({ proposed: false });
      const opened = await house.identity(mine.reference, house.as(role));
      expect(opened.body).toEqual({
        until: '2026-11-24T09:15:00.000Z',
        parties: [{ holder: 'RH', name: NAME, contact: CONTACT }],
      });
      expect(opened.headers['cache-control']).toBe('no-store');
      for (const other of REACH_OUT.filter((each) => each !== role))
        expect((await house.identity(mine.reference, house.as(other))).status).toBe(409);
      expect(await house.timeline(mine.token)).toContainEqual(
        expect.objectContaining({ act: 'reveal-identity', byRole: role, on: '2026-11-24', reason: REASON }),
      );
      app.time.goTo('2026-11-24T09:14:59.999Z');
      expect((await house.identity(mine.reference, house.as(role))).status).toBe(200);
      app.time.goTo('2026-11-24T09:15:00.000Z');
      expect((await house.identity(mine.reference, house.as(role))).status).toBe(409);
      await house.reveal(mine.reference, house.as(role));
      expect((await house.identity(mine.reference, house.as(role))).body.until).toBe(
        '2026-11-24T09:30:00.000Z',
      );
      app.time.goTo('2026-11-24T09:00:00.000Z');
    },
  );

  it.each(outside)('is closed to %s', async (role) => {
    const mine = await house.lodge();
    await house.bring(mine.reference, [role]);
    expect((await house.reveal(mine.reference, house.as(role))).status).toBe(403);
    expect((await house.identity(mine.reference, house.as(role))).status).toBe(403);
    expect(await house.acts(mine.token)).toEqual(['lodge']);
  });

  it('shows what she left by now, and closes where the case goes on without her', async () => {
    const mine = await house.lodge();
    await house.reveal(mine.reference, house.as('TRI'));
    await house.change(mine.token, { name: 'Nour' });
    expect((await house.identity(mine.reference, house.as('TRI'))).body.parties).toEqual([
      expect.objectContaining({ name: 'Nour' }),
    ]);
    await app.ask('POST', '/api/v1/my-case/steps/withdraw', { token: mine.token, body: { answers: {} } });
    await house.take(mine.reference, house.as('TRI'), 'continue-own-initiative', {
      identityRemoved: true,
      othersAtRisk: true,
      reasons: 'Others are met by it.',
    });
    expect((await house.identity(mine.reference, house.as('TRI'))).status).toBe(409);
    expect((await house.reveal(mine.reference, house.as('TRI'))).status).toBe(409);
  });

  it.each([
    ['a confidential case', { identityMode: 'CONFIDENTIAL' }, null],
    ['a high risk of reprisal', {}, 'HIGH'],
    ['an extreme risk of reprisal', {}, 'EXTREME'],
  ] as const)(
    'in %s waits for a protection officer, who is another person',
    async (_what, form, reprisalLevel) => {
      const mine = await house.lodge(form);
      if (reprisalLevel)
        await house.take(mine.reference, house.as('PRT'), 'assess-reprisal', riskOf(reprisalLevel));
      const both = await app.officer('INT', 'PRT');
      expect((await house.reveal(mine.reference, both.token)).body).toMatchObject({ proposed: true });
      expect((await house.identity(mine.reference, both.token)).status).toBe(409);
      const agree = (token: string) => house.take(mine.reference, token, 'reveal-identity', {}, true);
      expect((await agree(both.token)).body.needs[0]!.name).toBe('secondPerson');
      expect((await agree(house.as('DPO'))).status).toBe(403);
      expect(await house.acts(mine.token)).not.toContain('reveal-identity');
      expect((await agree(house.as('PRT'))).status).toBe(201);
      expect((await house.identity(mine.reference, house.as('PRT'))).status).toBe(409);
      const opened = await house.identity(mine.reference, both.token);
      expect(opened.body.until).toBe('2026-11-24T10:00:00.000Z');
      expect(await house.timeline(mine.token)).toContainEqual(
        expect.objectContaining({ act: 'reveal-identity', byRole: 'INT', reason: REASON }),
      );
    },
  );

  it('opens nothing when the protection officer refuses', async () => {
    const mine = await house.lodge({ identityMode: 'CONFIDENTIAL' });
    await house.bring(mine.reference, ['INV']);
    await house.reveal(mine.reference, house.as('INV'));
    await house.take(mine.reference, house.as('PRT'), 'reveal-identity', {}, false);
    expect((await house.identity(mine.reference, house.as('INV'))).status).toBe(409);
  });

  it('of an original file shows her the reason too', async () => {
    const mine = await house.lodge();
    await app.ask('POST', '/api/v1/my-case/evidence', {
      token: mine.token,
      headers: { 'content-type': 'multipart/form-data; boundary=xx' },
      body: '--xx\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nDear\r\n--xx--\r\n',
    });
    await house.bring(mine.reference, ['INV']);
    await app.ask('POST', `/api/v1/cases/${mine.reference}/evidence/1/original`, {
      token: house.as('INV'),
      body: { reason: 'To compare it with the letter of the bank.' },
    });
    expect((await house.timeline(mine.token)).at(-1)).toMatchObject({
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
