import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Accounts } from '../../src/people/accounts';
import { INVITATION_DAYS, Invitations } from '../../src/people/invitations';
import { ApiTokens } from '../../src/people/api-tokens';
import { SecondFactor } from '../../src/people/second-factor';
import { Sessions } from '../../src/people/sessions';
import { Refusal } from '../../src/platform/refusal';
import { DataKey } from '../../src/records/entities/data-key';
import { Person } from '../../src/records/entities/person';
import { Session } from '../../src/records/entities/session';
import { Transactions } from '../../src/records/transactions';
import { SCOPE_CODES } from '../../src/rules/scopes';
import { createMigratedDatabase, engines, type TestDatabase } from '../harness/database';
import { join, joinFirst, PASSWORD, SetTime, startPeople } from './people-app';

async function needsOf(work: Promise<unknown>): Promise<string[]> {
  const refusal = await work.then(
    () => null,
    (error: unknown) => error,
  );
  expect(refusal).toBeInstanceOf(Refusal);
  return (refusal as Refusal).needs.map((need) => need.name);
}

describe.each(engines())('accounts on %s', (engine) => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let accounts: Accounts;
  let invitations: Invitations;
  let sessions: Sessions;
  let apiTokens: ApiTokens;
  let transactions: Transactions;
  const time = new SetTime();

  beforeEach(async () => {
    database = await createMigratedDatabase(engine);
    app = await startPeople(database, time);
    app.get(SecondFactor).askNobody();
    accounts = app.get(Accounts);
    invitations = app.get(Invitations);
    sessions = app.get(Sessions);
    apiTokens = app.get(ApiTokens);
    transactions = app.get(Transactions);
  });

  afterEach(async () => {
    await app.close();
    await database.drop();
  });

  const rightAnswers = { name: 'Zoë Ngũgĩ', email: 'Zoe@Example.org', password: PASSWORD };

  it('invites the first administrator anew at each start, until there is one', async () => {
    const earlier = (await invitations.createFirst())!.replace('/join/', '');
    expect(await invitations.read(earlier)).toMatchObject({ roles: ['ADM'], unit: null });
    const later = (await invitations.createFirst())!.replace('/join/', '');
    await expect(invitations.read(earlier)).rejects.toThrow(/not valid/);
    const person = await accounts.acceptInvitation(later, rightAnswers);
    expect(person).toMatchObject({
      name: 'Zoë Ngũgĩ',
      email: 'Zoe@Example.org',
      roles: ['ADM'],
      active: true,
    });
    expect(await invitations.createFirst()).toBeNull();
    await expect(accounts.acceptInvitation(later, rightAnswers)).rejects.toThrow(/it was used/);
  });

  it('gives one account to five people who use one link at the same time', async () => {
    const secret = (await invitations.createFirst())!.replace('/join/', '');
    const tries = await Promise.allSettled(
      [1, 2, 3, 4, 5].map((n) =>
        accounts.acceptInvitation(secret, { ...rightAnswers, email: `p${n}@example.org` }),
      ),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const lost of tries.filter(({ status }) => status === 'rejected'))
      expect(lost).toMatchObject({ reason: { kind: 'not-found' } });
    expect(await accounts.list()).toHaveLength(1);
    expect(await transactions.read((db) => db.count(DataKey))).toBe(1);
  });

  it('ends an invitation after its days', async () => {
    const { id } = await joinFirst(app);
    const secret = await invitations.invite({ roles: ['INT', 'TRI'], unit: 'North', invitedBy: id });
    expect(await invitations.read(secret)).toMatchObject({ roles: ['INT', 'TRI'], unit: 'North' });
    time.forward(INVITATION_DAYS * 24 * 60);
    await expect(accounts.acceptInvitation(secret, rightAnswers)).rejects.toThrow(/too old/);
  });

  it('names everything that is wrong with a new account at once, and keeps the link open', async () => {
    const secret = (await invitations.createFirst())!.replace('/join/', '');
    const wrong = { name: ' ', email: 'nobody', password: 'short' };
    expect(await needsOf(accounts.acceptInvitation(secret, wrong))).toEqual([
      'name',
      'email',
      'password.short',
    ]);
    expect(
      await needsOf(accounts.acceptInvitation(secret, { ...rightAnswers, password: 'Password-1234' })),
    ).toEqual(['password.common']);
    expect(
      await needsOf(accounts.acceptInvitation(secret, { ...rightAnswers, password: 'ababababababab' })),
    ).toEqual(['password.common']);
    expect(
      await needsOf(accounts.acceptInvitation(secret, { ...rightAnswers, password: 'zoe@example.org' })),
    ).toEqual(['password.own']);
    await accounts.acceptInvitation(secret, rightAnswers);
  });

  it('makes no second account for one address, however it is written, and keeps the link open', async () => {
    const { id } = await joinFirst(app);
    const secret = await invitations.invite({ roles: ['INT'], unit: null, invitedBy: id });
    expect(
      await needsOf(accounts.acceptInvitation(secret, { ...rightAnswers, email: ' ADA@example.ORG' })),
    ).toEqual(['email.taken']);
    await accounts.acceptInvitation(secret, rightAnswers);
  });

  it('invites to roles of staff only', async () => {
    const { id } = await joinFirst(app);
    expect(await needsOf(invitations.invite({ roles: [], unit: null, invitedBy: id }))).toEqual(['roles']);
    for (const role of ['RH', 'SYS', 'toString'] as never[])
      expect(await needsOf(invitations.invite({ roles: [role], unit: null, invitedBy: id }))).toEqual([
        'roles',
      ]);
  });

  it('signs in with the right password, in either Unicode form, and gives a session of twelve hours', async () => {
    const secret = (await invitations.createFirst())!.replace('/join/', '');
    const { id } = await accounts.acceptInvitation(secret, { ...rightAnswers, password: 'été en Bretagne' });
    const session = await accounts.signIn(' zoe@example.org ', 'été en Bretagne'.normalize('NFD'));
    expect(session.personId).toBe(id);
    expect(await sessions.resolve(session.token)).toMatchObject({
      csrfToken: session.csrfToken,
      visitor: { kind: 'officer', personId: id, roles: ['ADM'] },
    });
    time.forward(12 * 60);
    expect(await sessions.resolve(session.token)).toBeNull();
  });

  it('refuses a wrong password and an unknown address in the same words', async () => {
    await joinFirst(app);
    const refusals = await Promise.all(
      [
        ['ada@example.org', 'another password'],
        ['eve@example.org', PASSWORD],
        ['', ''],
        ['ada@example.org', 'x'.repeat(1_000_000)],
      ].map(([email, password]) =>
        accounts.signIn(email!, password!).then(
          () => null,
          (error: Refusal) => ({ kind: error.kind, message: error.message, needs: error.needs }),
        ),
      ),
    );
    expect(refusals[0]).toMatchObject({ kind: 'invalid', needs: [{ name: 'sign-in.wrong' }] });
    for (const refusal of refusals) expect(refusal).toEqual(refusals[0]);
  });

  it('never locks the right person out, however many wrong passwords others tried', async () => {
    await joinFirst(app);
    for (let n = 0; n < 6; n += 1)
      await expect(accounts.signIn('ada@example.org', `wrong ${n} wrong`)).rejects.toThrow();
    await accounts.signIn('ada@example.org', PASSWORD);
  });

  it('ends sessions and tokens of an account that is deactivated, and lets it in no more', async () => {
    const admin = await joinFirst(app);
    const officer = await join(app, admin.id, ['INT']);
    const session = await accounts.signIn(officer.email, PASSWORD);
    const { token } = await apiTokens.create({
      personId: officer.id,
      label: 'nightly export',
      scopes: SCOPE_CODES,
      expiresAt: '2027-11-24T00:00:00.000Z',
    });
    expect((await apiTokens.resolve(token))!.visitor).toMatchObject({
      kind: 'officer',
      personId: officer.id,
      roles: ['INT'],
    });
    await accounts.deactivate(officer.id, admin.id);
    expect(await sessions.resolve(session.token)).toBeNull();
    expect(await apiTokens.resolve(token)).toBeNull();
    await expect(accounts.signIn(officer.email, PASSWORD)).rejects.toThrow(/not signed in/);
    await expect(sessions.startOfficer(officer.id, null)).rejects.toThrow(/not active/);
    expect((await accounts.list()).map(({ active }) => active)).toEqual([true, false]);
  });

  it('keeps the last active administrator, even when two remove each other at the same time', async () => {
    const ada = await joinFirst(app);
    await expect(accounts.deactivate(ada.id, ada.id)).rejects.toThrow(/last active administrator/);
    await expect(accounts.changeRoles(ada.id, ['INT'], ada.id)).rejects.toThrow(/last active administrator/);
    const bea = await join(app, ada.id, ['ADM']);
    const results = await Promise.allSettled([
      accounts.deactivate(ada.id, bea.id),
      accounts.deactivate(bea.id, ada.id),
      accounts.changeRoles(ada.id, ['INT'], bea.id),
    ]);
    expect(results.some(({ status }) => status === 'rejected')).toBe(true);
    const left = (await accounts.list()).filter(({ active, roles }) => active && roles.includes('ADM'));
    expect(left).toHaveLength(1);
    await expect(accounts.deactivate(randomUUID(), ada.id)).rejects.toThrow(/no such account/);
  });

  it('changes roles in open sessions too', async () => {
    const admin = await joinFirst(app);
    const officer = await join(app, admin.id, ['INT']);
    const { token } = await accounts.signIn(officer.email, PASSWORD);
    await accounts.changeRoles(officer.id, ['TRI', 'DEC', 'TRI'], admin.id);
    expect(await sessions.resolve(token)).toMatchObject({ visitor: { roles: ['TRI', 'DEC'] } });
  });

  it('tells names by id and leaves out whoever was erased', async () => {
    const admin = await joinFirst(app);
    const officer = await join(app, admin.id, ['INT']);
    const ids = [admin.id, officer.id, officer.id, randomUUID()];
    const names = () => transactions.read((db) => accounts.names(db, ids));
    expect(await names()).toEqual(
      new Map([
        [admin.id, admin.name],
        [officer.id, officer.name],
      ]),
    );
    await transactions.change((db) => db.delete(DataKey, { ownerId: officer.id }));
    expect(await names()).toEqual(new Map([[admin.id, admin.name]]));
    expect(await accounts.list()).toHaveLength(1);
  });

  it('keeps names, addresses, passwords and secrets nowhere as written', async () => {
    const secret = (await invitations.createFirst())!.replace('/join/', '');
    const { id } = await accounts.acceptInvitation(secret, {
      name: 'Quillfeather',
      email: 'quillfeather@example.org',
      password: PASSWORD,
    });
    const { token } = await accounts.signIn('quillfeather@example.org', PASSWORD);
    const made = await apiTokens.create({
      personId: id,
      label: 'x',
      scopes: SCOPE_CODES,
      expiresAt: '2027-11-24T00:00:00.000Z',
    });
    const stored = await everythingStored(transactions, database.dataDir);
    expect(stored).toContain(id);
    for (const text of ['uillfeather', 'example.org', PASSWORD, secret, token, made.token])
      expect(stored.toLowerCase()).not.toContain(text.toLowerCase());
  });

  it('revokes a token of its owner alone, and ends it in time', async () => {
    const admin = await joinFirst(app);
    const officer = await join(app, admin.id, ['INT']);
    const end = new Date(time.now().getTime() + 86_400_000).toISOString();
    const create = () =>
      apiTokens.create({ personId: officer.id, label: ' export ', scopes: SCOPE_CODES, expiresAt: end });
    const [one, two] = [await create(), await create()];
    await expect(apiTokens.revoke(admin.id, one.id)).rejects.toThrow(/no such token/);
    await apiTokens.revoke(officer.id, one.id);
    expect(await apiTokens.resolve(one.token)).toBeNull();
    expect(await apiTokens.list(officer.id)).toEqual([
      { id: two.id, label: 'export', scopes: SCOPE_CODES, expiresAt: end, lastUsedOn: null },
    ]);
    time.forward(24 * 60);
    expect(await apiTokens.resolve(two.token)).toBeNull();
    expect(
      await needsOf(
        apiTokens.create({
          personId: officer.id,
          label: '',
          scopes: SCOPE_CODES,
          expiresAt: '2020-01-01T00:00:00.000Z',
        }),
      ),
    ).toEqual(['label', 'expiresAt']);
  });

  it('clears sessions that are over when another starts', async () => {
    const { id } = await joinFirst(app);
    await sessions.startOfficer(id, null);
    time.forward(13 * 60);
    const { token } = await sessions.startOfficer(id, null);
    expect(await transactions.read((db) => db.count(Session))).toBe(1);
    await sessions.end(token);
    expect(await sessions.resolve(token)).toBeNull();
    await sessions.startOfficer(id, null);
    await sessions.endAllOf(id);
    expect(await transactions.read((db) => db.count(Session))).toBe(0);
    expect(await transactions.read((db) => db.count(Person))).toBe(1);
  });
});

/** Every row of every table, and on SQLite the bytes of every file outside the keys folder. */
async function everythingStored(transactions: Transactions, dataDir: string): Promise<string> {
  const rows = await transactions.read(async (db) => {
    const found = [];
    for (const { target } of db.dataSource.entityMetadatas) found.push(await db.find(target));
    return JSON.stringify(found);
  });
  const files = readdirSync(dataDir, { withFileTypes: true }).filter((entry) => entry.isFile());
  return [rows, ...files.map(({ name }) => readFileSync(path.join(dataDir, name), 'latin1'))].join('\n');
}
