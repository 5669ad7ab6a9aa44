import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { In } from 'typeorm';
import { verifyLedger } from '../../src/ledger/verify';
import { SystemTime } from '../../src/platform/time';
import { Accounts, type PersonView } from '../../src/people/accounts';
import { Invitations } from '../../src/people/invitations';
import { OwnAccount } from '../../src/people/own-account';
import { ApiTokens } from '../../src/people/api-tokens';
import { hashPassword } from '../../src/people/password';
import { Recoveries } from '../../src/people/recoveries';
import { SecondFactor } from '../../src/people/second-factor';
import { Sessions } from '../../src/people/sessions';
import { ApiToken } from '../../src/records/entities/api-token';
import { Invitation } from '../../src/records/entities/invitation';
import { Person } from '../../src/records/entities/person';
import { Recovery } from '../../src/records/entities/recovery';
import { Transactions } from '../../src/records/transactions';
import { SCOPE_CODES } from '../../src/rules/scopes';
import { createMigratedDatabase, engines, type TestDatabase } from '../harness/database';
import { join, joinFirst, PASSWORD, SetTime, startPeople } from './people-app';

/** What somebody may do who writes to the database, but has no keys. */
describe.each(engines())('accounts changed behind our back on %s', (engine) => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let accounts: Accounts;
  let own: OwnAccount;
  let invitations: Invitations;
  let transactions: Transactions;
  let ada: PersonView;
  let ines: PersonView;
  const time = new SetTime();

  beforeEach(async () => {
    database = await createMigratedDatabase(engine);
    app = await startPeople(database, time);
    app.get(SecondFactor).askNobody();
    accounts = app.get(Accounts);
    own = app.get(OwnAccount);
    invitations = app.get(Invitations);
    transactions = app.get(Transactions);
    ada = await joinFirst(app);
    ines = await join(app, ada.id, ['INT']);
  });

  afterEach(async () => {
    await app.close();
    await database.drop();
  });

  const differences = async () =>
    (await transactions.read((db) => verifyLedger(db, new SystemTime().today()))).differences.map(
      ({ sentence }) => sentence,
    );

  it('is content with every lawful change of an account', async () => {
    await accounts.changeRoles(ines.id, ['TRI', 'DEC'], ada.id);
    const { token } = await accounts.signIn(ines.email, PASSWORD);
    const officer = (await app.get(Sessions).resolve(token))!.visitor as {
      personId: string;
      sessionHash: string;
    };
    await own.changePassword(officer, PASSWORD, 'nine slow hedgehogs');
    await accounts.deactivate(ines.id, ada.id);
    expect(await differences()).toEqual([]);
  });

  it.each([
    ['roles', async () => ['PRT', 'DPO']],
    ['passwordHash', () => hashPassword('a word that I know')],
    ['unit', async () => 'Elsewhere'],
    ['createdBy', async () => null],
    ['totpSealed', async () => 'x'],
    ['subjectHash', async () => 'f'.repeat(64)],
    ['passkeys', async () => ['a'.repeat(64)]],
    ['emailHash', async () => 'f'.repeat(64)],
    ['binding', async () => null],
  ] as [keyof Person, () => Promise<unknown>][])(
    'opens nothing any more once %s was written by hand, and verify names it',
    async (column, value) => {
      const { token } = await accounts.signIn(ines.email, PASSWORD);
      const made = await app.get(ApiTokens).create({
        personId: ines.id,
        label: 'x',
        scopes: SCOPE_CODES,
        expiresAt: '2027-11-24T00:00:00.000Z',
      });
      const written = await value();
      await transactions.change((db) => db.update(Person, { id: ines.id }, { [column]: written }));
      expect(await app.get(Sessions).resolve(token)).toBeNull();
      expect(await app.get(ApiTokens).resolve(made.token)).toBeNull();
      for (const password of [PASSWORD, 'a word that I know'])
        await expect(accounts.signIn(ines.email, password)).rejects.toThrow(/not signed in/);
      expect((await differences()).filter((each) => !each.includes('a passkey of the account'))).toEqual([
        expect.stringMatching(new RegExp(`^the house: people ${ines.id}: column ${column} `)),
      ]);
    },
  );

  it('wakes nobody whose account was deactivated', async () => {
    await accounts.deactivate(ines.id, ada.id);
    await transactions.change((db) => db.update(Person, { id: ines.id }, { active: true }));
    await expect(accounts.signIn(ines.email, PASSWORD)).rejects.toThrow(/not signed in/);
    expect(await differences()).toHaveLength(1);
  });

  it('names an account that nobody made, and one that is gone', async () => {
    await transactions.change(async (db) => {
      const row = (await db.findOneBy(Person, { id: ines.id }))!;
      await db.delete(Person, { id: ines.id });
      await db.insert(Person, { ...row, id: '00000000-0000-4000-8000-000000000000' });
    });
    expect(await differences()).toEqual([
      'the house: people 00000000-0000-4000-8000-000000000000 stands in the database, but the history does not know it.',
      `the house: people ${ines.id} is missing from the database; the history knows it.`,
    ]);
  });

  it('a token, a link and a recovery open nothing once their row says something else', async () => {
    const { token } = await app
      .get(ApiTokens)
      .create({ personId: ines.id, label: 'x', scopes: SCOPE_CODES, expiresAt: '2027-11-24T00:00:00.000Z' });
    expect((await app.get(ApiTokens).resolve(token))!.visitor).toMatchObject({ personId: ines.id });
    await transactions.change((db) => db.update(ApiToken, { personId: ines.id }, { personId: ada.id }));
    expect(await app.get(ApiTokens).resolve(token)).toBeNull();

    const narrow = await app.get(ApiTokens).create({
      personId: ines.id,
      label: 'x',
      scopes: ['statistics:read'],
      expiresAt: '2027-11-24T00:00:00.000Z',
    });
    expect((await app.get(ApiTokens).resolve(narrow.token))!.scopes).toEqual(['statistics:read']);
    for (const scopes of [SCOPE_CODES, ['cases:read'], [], null]) {
      await transactions.change((db) => db.update(ApiToken, { id: narrow.id }, { scopes }));
      expect(await app.get(ApiTokens).resolve(narrow.token)).toBeNull();
    }

    const secret = await invitations.invite({ roles: ['INT'], unit: null, invitedBy: ada.id });
    expect((await invitations.read(secret)).roles).toEqual(['INT']);
    await transactions.change((db) => db.update(Invitation, { invitedBy: ada.id }, { roles: ['PRT'] }));
    await expect(invitations.read(secret)).rejects.toThrow(/not valid/);

    const recoveries = app.get(Recoveries);
    await recoveries.proposeByOperator(ines.id);
    const link = await recoveries.agree((await recoveries.waiting())[0]!.id, ada.id);
    expect((await recoveries.read(link)).id).toBe(ines.id);
    await transactions.change((db) => db.update(Recovery, { personId: ines.id }, { personId: ada.id }));
    await expect(recoveries.read(link)).rejects.toThrow(/not valid/);
  });

  it('a link of somebody who may invite no more opens nothing', async () => {
    const bea = await join(app, ada.id, ['ADM']);
    const secrets = [
      await invitations.invite({ roles: ['PRT'], unit: null, invitedBy: bea.id }),
      await invitations.invite({ roles: ['DPO'], unit: null, invitedBy: ada.id }),
    ];
    await accounts.changeRoles(bea.id, ['AUD'], ada.id);
    await expect(invitations.read(secrets[0]!)).rejects.toThrow(/not valid/);
    expect((await invitations.read(secrets[1]!)).roles).toEqual(['DPO']);
  });

  it('names a link that is made to open again, whatever had ended it', async () => {
    const recoveries = app.get(Recoveries);
    const ended: [object, object, string][] = [];
    const [invitation] = await transactions.read((db) => db.findBy(Invitation, { invitedBy: ada.id }));
    ended.push([Invitation, { id: invitation!.id }, 'usedAt']);
    for (const end of ['replace', 'refuse', 'use']) {
      const { code } = await recoveries.proposeByOperator(ines.id);
      const { id } = (await recoveries.waiting())[0]!;
      if (end === 'replace') await recoveries.proposeByOperator(ines.id);
      if (end === 'refuse') await recoveries.refuse(id, ada.id);
      if (end === 'use')
        await recoveries.use(await recoveries.agree(id, ada.id), code, 'nine slow hedgehogs');
      ended.push([Recovery, { id }, 'endedAt']);
    }
    expect(await differences()).toEqual([]);
    for (const [table, where, column] of ended) {
      const [row] = await transactions.read((db) => db.find(table as typeof Recovery, { where }));
      const put = (value: unknown) =>
        transactions.change((db) => db.update(table as typeof Recovery, where, { [column]: value }));
      await put(null);
      expect(await differences()).toEqual([expect.stringContaining(row!.id)]);
      await put(row![column as 'endedAt']);
      expect(await differences()).toEqual([]);
      await transactions.change((db) => db.delete(table as typeof Recovery, where));
      expect(await differences()).toEqual([
        expect.stringContaining(`${row!.id} is missing from the database`),
      ]);
      await transactions.change((db) => db.insert(table as typeof Recovery, row!));
    }
  });

  it('makes one account of an invitation, also where its row says again that it is unused, and verify names that', async () => {
    const secret = await invitations.invite({ roles: ['INT'], unit: null, invitedBy: ada.id });
    const take = (name: string) =>
      accounts.acceptInvitation(secret, { name, email: `${name}@example.org`, password: PASSWORD });
    const { id } = await take('once');
    expect(await differences()).toEqual([]);
    await transactions.change((db) => db.update(Invitation, { invitedBy: ada.id }, { usedAt: null }));
    await expect(take('twice')).rejects.toThrow(/not valid/);
    const named = await differences();
    expect(named).toHaveLength(2);
    for (const person of [ines.id, id])
      expect(named).toContainEqual(
        expect.stringMatching(
          new RegExp(
            `^the house: invitations [\\w-]+: it made the account ${person}, but is said to be unused\\.$`,
          ),
        ),
      );
  });

  it('names a token that was ended and put back, one that nobody made, and one that says something else', async () => {
    const asked = {
      personId: ines.id,
      label: 'x',
      scopes: SCOPE_CODES,
      expiresAt: '2027-11-24T00:00:00.000Z',
    };
    const tokens = app.get(ApiTokens);
    const revoked = await tokens.create(asked);
    const ofOldPassword = await tokens.create(asked);
    const rows = await transactions.read((db) => db.find(ApiToken));
    await tokens.revoke(ines.id, revoked.id);
    const { token } = await accounts.signIn(ines.email, PASSWORD);
    const officer = (await app.get(Sessions).resolve(token))!.visitor as {
      personId: string;
      sessionHash: string;
    };
    await own.changePassword(officer, PASSWORD, 'nine slow hedgehogs');
    const { id } = await tokens.create(asked);
    expect(await differences()).toEqual([]);
    await transactions.change((db) => db.insert(ApiToken, rows));
    expect((await tokens.resolve(revoked.token))!.visitor).toMatchObject({ personId: ines.id });
    expect((await differences()).sort()).toEqual(
      [revoked.id, ofOldPassword.id]
        .map((each) => `the house: api_tokens ${each} was ended, but stands in the database again.`)
        .sort(),
    );
    await transactions.change((db) => db.delete(ApiToken, { id: In([revoked.id, ofOldPassword.id]) }));
    for (const [column, value] of [
      ['personId', ada.id],
      ['scopes', ['cases:read']],
      ['expiresAt', '2037-11-24T00:00:00.000Z'],
    ] as [string, unknown][]) {
      await transactions.change((db) => db.update(ApiToken, { id }, { [column]: value }));
      expect(await differences()).toEqual([
        `the house: api_tokens ${id}: column ${column} is not what the history says.`,
      ]);
      await transactions.change((db) => db.update(ApiToken, { id }, asked));
    }
    await transactions.change((db) =>
      db.insert(ApiToken, { ...rows[0]!, id: ada.id, tokenHash: 'f'.repeat(64) }),
    );
    expect(await differences()).toEqual([
      `the house: api_tokens ${ada.id} stands in the database, but the history does not know it.`,
    ]);
  });

  it('a changed password ends the tokens of the account', async () => {
    const { token } = await accounts.signIn(ines.email, PASSWORD);
    const officer = (await app.get(Sessions).resolve(token))!.visitor as {
      personId: string;
      sessionHash: string;
    };
    const made = await app
      .get(ApiTokens)
      .create({ personId: ines.id, label: 'x', scopes: SCOPE_CODES, expiresAt: '2027-11-24T00:00:00.000Z' });
    await own.changePassword(officer, PASSWORD, 'nine slow hedgehogs');
    expect(await app.get(ApiTokens).resolve(made.token)).toBeNull();
  });
});
