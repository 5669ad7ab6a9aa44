import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Secret, TOTP } from 'otpauth';
import { Accounts, type PersonView } from '../../src/people/accounts';
import { OwnAccount } from '../../src/people/own-account';
import { ApiTokens } from '../../src/people/api-tokens';
import { Recoveries, RECOVERY_HOURS } from '../../src/people/recoveries';
import { SecondFactor } from '../../src/people/second-factor';
import { Sessions } from '../../src/people/sessions';
import type { Visitor } from '../../src/people/visitor';
import { Refusal } from '../../src/platform/refusal';
import { Entry } from '../../src/records/entities/entry';
import { Transactions } from '../../src/records/transactions';
import { SCOPE_CODES } from '../../src/rules/scopes';
import { createMigratedDatabase, engines, type TestDatabase } from '../harness/database';
import { join, joinFirst, PASSWORD, SetTime, startPeople } from './people-app';

type Half = Visitor & { kind: 'half-signed-in' };

describe.each(engines())('the second factor on %s', (engine) => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let accounts: Accounts;
  let own: OwnAccount;
  let sessions: Sessions;
  let factor: SecondFactor;
  let recoveries: Recoveries;
  let ada: PersonView;
  const time = new SetTime();

  beforeEach(async () => {
    database = await createMigratedDatabase(engine);
    app = await startPeople(database, time);
    accounts = app.get(Accounts);
    own = app.get(OwnAccount);
    sessions = app.get(Sessions);
    factor = app.get(SecondFactor);
    recoveries = app.get(Recoveries);
    ada = await joinFirst(app);
  });

  afterEach(async () => {
    await app.close();
    await database.drop();
  });

  async function half(email = ada.email, password = PASSWORD): Promise<{ token: string; visitor: Half }> {
    const { token } = await accounts.signIn(email, password);
    return { token, visitor: (await sessions.resolve(token))!.visitor as Half };
  }

  function codeOf(secret: string, stepsFromNow = 0): string {
    return new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) }).generate({
      timestamp: time.now().getTime() + stepsFromNow * 30_000,
    });
  }

  /** Sets up an authenticator; what it shows is computed from the key that the page showed. */
  async function enrolled(email = ada.email): Promise<string> {
    const { visitor } = await half(email);
    const { secret } = factor.propose(visitor);
    await factor.enrol(visitor, codeOf(secret));
    time.forward(2);
    return secret;
  }

  async function refusal(work: Promise<unknown>): Promise<Refusal> {
    const caught: unknown = await work.then(
      () => null,
      (error: unknown) => error,
    );
    expect(caught).toBeInstanceOf(Refusal);
    return caught as Refusal;
  }

  it('is set up before anybody works, with a key that a code proves', async () => {
    const { token, visitor } = await half();
    expect(visitor).toMatchObject({ kind: 'half-signed-in', stage: 'ENROL', personId: ada.id });
    const { secret, uri } = factor.propose(visitor);
    expect(factor.propose(visitor).secret).toBe(secret);
    expect(uri).toContain(`secret=${secret.replaceAll(' ', '')}`);
    expect((await refusal(factor.enrol(visitor, '000000'))).needs[0]!.field).toBe('code');
    expect((await refusal(factor.confirm(visitor, codeOf(secret)))).kind).toBe('not-signed-in');
    const whole = await factor.enrol(visitor, ` ${codeOf(secret).replace(/^(...)/, '$1 ')} `);
    expect((await sessions.resolve(whole.token))!.visitor).toMatchObject({ kind: 'officer', roles: ['ADM'] });
    expect(whole.token).not.toBe(token);
    expect(await sessions.resolve(token)).toBeNull();
  });

  it('asks for a code each time, and takes each once', async () => {
    const secret = await enrolled();
    const { visitor } = await half();
    expect(visitor.stage).toBe('CODE');
    const code = codeOf(secret);
    await factor.confirm(visitor, code);
    const again = await half();
    expect((await refusal(factor.confirm(again.visitor, code))).needs[0]!.sentence).toMatch(/used already/);
    time.forward(1);
    await factor.confirm(again.visitor, codeOf(secret));
  });

  it('lets one in of two who bring the same code at once', async () => {
    const secret = await enrolled();
    const halves = [await half(), await half()];
    const tries = await Promise.allSettled(
      halves.map(({ visitor }) => factor.confirm(visitor, codeOf(secret))),
    );
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it.each([
    [-2, false],
    [-1, true],
    [0, true],
    [1, true],
    [2, false],
  ])('a code of %i half minutes from now opens: %s', async (steps, opens) => {
    const secret = await enrolled();
    const { visitor } = await half();
    const result = await factor.confirm(visitor, codeOf(secret, steps)).then(
      () => true,
      () => false,
    );
    expect(result).toBe(opens);
  });

  it.each(['', 'abcdef', '12345', '1234567', '１２３', '0x1234', '-12345'])(
    'refuses “%s” as a code',
    async (code) => {
      await enrolled();
      const { visitor } = await half();
      expect((await refusal(factor.confirm(visitor, code))).kind).toBe('invalid');
    },
  );

  it('forgets a half session after ten minutes', async () => {
    const secret = await enrolled();
    const { token, visitor } = await half();
    time.forward(10);
    expect(await sessions.resolve(token)).toBeNull();
    await accounts.signIn(ada.email, PASSWORD);
    expect((await refusal(factor.confirm(visitor, codeOf(secret)))).kind).toBe('not-signed-in');
  });

  it('lets one in of two who set up an authenticator at once, and ends every other session', async () => {
    const [hers, thiefs] = [await half(), await half()];
    const mine = await factor.enrol(hers.visitor, codeOf(factor.propose(hers.visitor).secret));
    const code = codeOf(factor.propose(thiefs.visitor).secret);
    expect((await refusal(factor.enrol(thiefs.visitor, code))).kind).toBe('not-signed-in');
    expect(await sessions.resolve(thiefs.token)).toBeNull();
    expect((await sessions.resolve(mine.token))!.visitor.kind).toBe('officer');
    const two = [await half(), await half()];
    expect(two.map(({ visitor }) => visitor.stage)).toEqual(['CODE', 'CODE']);
  });

  it('ends a session after an hour without use, and one in use after twelve hours', async () => {
    const secret = await enrolled();
    const signIn = async () => {
      const { visitor } = await half();
      time.forward(1);
      return (await factor.confirm(visitor, codeOf(secret))).token;
    };
    const [idle, used] = [await signIn(), await signIn()];
    for (let minutes = 0; minutes < 11 * 60 + 50; minutes += 50) {
      expect([minutes, (await sessions.resolve(used))?.visitor.kind]).toEqual([minutes, 'officer']);
      time.forward(50);
    }
    expect(await sessions.resolve(idle)).toBeNull();
    time.forward(30);
    expect(await sessions.resolve(used)).toBeNull();
  });

  it('lists one\u2019s own sessions, and ends each alone', async () => {
    const secret = await enrolled();
    const start = async () => {
      const { visitor } = await half();
      time.forward(1);
      return (await factor.confirm(visitor, codeOf(secret))).token;
    };
    const [one, two] = [await start(), await start()];
    await half();
    const { sessionHash } = (await sessions.resolve(two))!.visitor as { sessionHash: string };
    const listed = await sessions.list(ada.id, sessionHash);
    expect(listed.map(({ isThisOne }) => isThisOne)).toEqual([true, false, false]);
    const bea = await join(app, ada.id, ['INT']);
    expect((await refusal(sessions.endOne(bea.id, listed[1]!.id))).kind).toBe('not-found');
    await sessions.endOne(ada.id, listed[1]!.id);
    expect(await sessions.resolve(one)).toBeNull();
    expect(await sessions.resolve(two)).not.toBeNull();
  });

  it('changes a password with the old one, and ends the other sessions', async () => {
    const { token, visitor } = await half();
    const { secret } = factor.propose(visitor);
    const whole = await factor.enrol(visitor, codeOf(secret));
    const { token: other } = await half();
    const officer = (await sessions.resolve(whole.token))!.visitor as Visitor & { kind: 'officer' };
    expect(
      (await refusal(own.changePassword(officer, 'not it at all', 'nine slow hedgehogs'))).needs[0]!.field,
    ).toBe('current');
    expect((await refusal(own.changePassword(officer, PASSWORD, 'short'))).needs[0]!.name).toBe(
      'password.short',
    );
    await own.changePassword(officer, PASSWORD, 'nine slow hedgehogs');
    expect(await sessions.resolve(token)).toBeNull();
    expect(await sessions.resolve(other)).toBeNull();
    expect(await sessions.resolve(whole.token)).not.toBeNull();
    await expect(accounts.signIn(ada.email, PASSWORD)).rejects.toThrow();
    await accounts.signIn(ada.email, 'nine slow hedgehogs');
  });

  it('is given up with the password and a last code, and set up anew', async () => {
    const secret = await enrolled();
    const officer = { personId: ada.id, sessionHash: '' };
    const give = (password: string, code: string) => own.replaceSecondFactor(officer, password, code);
    expect((await refusal(give('not it at all', codeOf(secret)))).needs[0]!.field).toBe('current');
    expect((await refusal(give(PASSWORD, '000000'))).needs[0]!.field).toBe('code');
    const { token } = await give(PASSWORD, codeOf(secret));
    const visitor = (await sessions.resolve(token))!.visitor as Half;
    expect(visitor.stage).toBe('ENROL');
    const next = factor.propose(visitor).secret;
    expect(next).not.toBe(secret);
    expect((await refusal(factor.enrol(visitor, codeOf(secret)))).kind).toBe('invalid');
    await factor.enrol(visitor, codeOf(next));
  });

  describe('is lost', () => {
    let bea: PersonView;
    let cleo: PersonView;
    let dora: PersonView;

    beforeEach(async () => {
      bea = await join(app, ada.id, ['ADM']);
      cleo = await join(app, ada.id, ['PRT']);
      dora = await join(app, ada.id, ['INT']);
    });

    async function proposed(): Promise<{ id: string; code: string }> {
      const code = await recoveries.propose(dora.id, bea.id);
      return { id: (await recoveries.waiting())[0]!.id, code };
    }

    it('two people open the account again, once, and everything that was open before ends', async () => {
      await enrolled(dora.email);
      const { token: before } = await half(dora.email);
      const { token: program } = await app.get(ApiTokens).create({
        personId: dora.id,
        label: 'x',
        scopes: SCOPE_CODES,
        expiresAt: '2027-11-24T00:00:00.000Z',
      });
      const { id, code } = await proposed();
      expect(await recoveries.waiting()).toMatchObject([{ id, person: dora.name, proposedBy: bea.name }]);
      const secret = await recoveries.agree(id, cleo.id);
      expect(await recoveries.waiting()).toEqual([]);
      expect((await recoveries.read(secret)).email).toBe(dora.email);
      expect((await refusal(recoveries.use(secret, code, 'short'))).needs[0]!.name).toBe('password.short');
      for (const wrong of ['', 'AAAA-AAAA', secret])
        expect((await refusal(recoveries.use(secret, wrong, 'nine slow hedgehogs'))).needs[0]!.field).toBe(
          'code',
        );
      const tries = await Promise.allSettled(
        [1, 2, 3].map(() => recoveries.use(secret, code.toLowerCase(), 'nine slow hedgehogs')),
      );
      const [opened, ...none] = tries.filter(({ status }) => status === 'fulfilled');
      expect(none).toEqual([]);
      const { token } = (opened as PromiseFulfilledResult<{ token: string }>).value;
      const visitor = (await sessions.resolve(token))!.visitor as Half;
      expect(visitor).toMatchObject({ kind: 'half-signed-in', stage: 'ENROL', personId: dora.id });
      expect(await sessions.resolve(before)).toBeNull();
      expect(await app.get(ApiTokens).resolve(program)).toBeNull();
      await expect(accounts.signIn(dora.email, PASSWORD)).rejects.toThrow();
      await factor.enrol(visitor, codeOf(factor.propose(visitor).secret));
    });

    it('nobody opens it alone, for oneself, or with an account that one made', async () => {
      expect((await refusal(recoveries.propose(dora.id, dora.id))).kind).toBe('unmet');
      const { id } = await proposed();
      for (const by of [bea, dora, ada])
        expect([by.name, (await refusal(recoveries.agree(id, by.id))).kind]).toEqual([by.name, 'unmet']);
      expect(await recoveries.waiting()).toHaveLength(1);
    });

    it('a newer proposal, a refusal and the time end an older one', async () => {
      const first = await proposed();
      const second = await proposed();
      expect((await refusal(recoveries.agree(first.id, cleo.id))).kind).toBe('not-found');
      await recoveries.refuse(second.id, cleo.id);
      expect((await refusal(recoveries.agree(second.id, cleo.id))).kind).toBe('not-found');
      const third = await proposed();
      const secret = await recoveries.agree(third.id, cleo.id);
      time.forward(RECOVERY_HOURS * 60);
      expect((await refusal(recoveries.use(secret, third.code, 'nine slow hedgehogs'))).kind).toBe(
        'not-found',
      );
      const fourth = await proposed();
      time.forward(RECOVERY_HOURS * 60);
      expect((await refusal(recoveries.agree(fourth.id, cleo.id))).kind).toBe('not-found');
    });

    it('the operator needs a second person too, but where there is none or none answers for a day', async () => {
      expect(await recoveries.proposeByOperator(dora.id)).toMatchObject({ secret: null });
      const { id, proposedBy } = (await recoveries.waiting())[0]!;
      expect(proposedBy).toBeNull();
      expect((await refusal(recoveries.agree(id, dora.id))).kind).toBe('unmet');
      await recoveries.agree(id, ada.id);
      expect(await recoveries.proposeByOperator(ada.id)).toMatchObject({ secret: null });
      expect(await recoveries.proposeByOperator(ada.id)).toMatchObject({ secret: null });
      time.forward(RECOVERY_HOURS * 60);
      const unanswered = await recoveries.proposeByOperator(ada.id);
      expect((await recoveries.read(unanswered.secret!)).email).toBe(ada.email);
      await accounts.deactivate(bea.id, ada.id);
      await accounts.deactivate(cleo.id, ada.id);
      expect(await recoveries.proposeByOperator(dora.id)).toMatchObject({ secret: null });
      const alone = await recoveries.proposeByOperator(ada.id);
      await recoveries.use(alone.secret!, alone.code, 'nine slow hedgehogs');
    });

    it('each deed stands in the history of the house', async () => {
      const { id } = await proposed();
      await recoveries.agree(id, cleo.id);
      const told = await app
        .get(Transactions)
        .read((db) => db.find(Entry, { where: { ledgerId: 'house' }, order: { n: 'ASC' } }));
      const bodies = told.map(({ body }) => JSON.parse(body) as { act: string; by: object; facts: object });
      const facts = { recovery: id, person: dora.id };
      expect(bodies.slice(-2)).toMatchObject([
        { act: 'propose-recovery', by: { role: 'ADM', ref: bea.id }, facts },
        { act: 'agree-to-recovery', by: { role: 'PRT', ref: cleo.id }, facts },
      ]);
    });
  });
});
