import { SCOPE_CODES } from '../../src/rules/scopes';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import fc from 'fast-check';
import { Secret, TOTP } from 'otpauth';
import { verifyLedger } from '../../src/ledger/verify';
import { Accounts, type PersonView } from '../../src/people/accounts';
import { OwnAccount } from '../../src/people/own-account';
import { ApiTokens } from '../../src/people/api-tokens';
import { CodePace } from '../../src/people/code-pace';
import type { HalfSignedIn } from '../../src/people/half-sessions';
import { OwnPasskeys } from '../../src/people/own-passkeys';
import { PasskeyChallenges } from '../../src/people/passkey-challenges';
import { PasskeySignIn } from '../../src/people/passkey-sign-in';
import { MOST_PASSKEYS } from '../../src/people/passkey-rows';
import { Recoveries } from '../../src/people/recoveries';
import { SecondFactor } from '../../src/people/second-factor';
import { Sessions } from '../../src/people/sessions';
import { Refusal } from '../../src/platform/refusal';
import { Entry } from '../../src/records/entities/entry';
import { Passkey } from '../../src/records/entities/passkey';
import { Person } from '../../src/records/entities/person';
import { Session } from '../../src/records/entities/session';
import { Transactions } from '../../src/records/transactions';
import { createMigratedDatabase, engines, type TestDatabase } from '../harness/database';
import { Authenticator, type Options, type Otherwise } from './authenticator';
import { join, joinFirst, PASSWORD, SetTime, startPeople } from './people-app';

const ORIGIN = 'https://redress.example.org';

describe.each(engines())('passkeys on %s', (engine) => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let accounts: Accounts;
  let sessions: Sessions;
  let passkeys: PasskeySignIn;
  let own: OwnPasskeys;
  let transactions: Transactions;
  let ada: PersonView;
  const time = new SetTime();

  beforeEach(async () => {
    database = await createMigratedDatabase(engine);
    app = await startPeople(database, time, [], new CodePace(async () => undefined));
    accounts = app.get(Accounts);
    sessions = app.get(Sessions);
    passkeys = app.get(PasskeySignIn);
    own = app.get(OwnPasskeys);
    transactions = app.get(Transactions);
    ada = await joinFirst(app);
  });

  afterEach(async () => {
    await app.close();
    await database.drop();
  });

  async function half(email = ada.email): Promise<HalfSignedIn> {
    const { token } = await accounts.signIn(email, PASSWORD);
    return (await sessions.resolve(token))!.visitor as HalfSignedIn;
  }

  /** Sets up a first passkey; `officer` is the session that this opens. */
  async function enrolled(key = new Authenticator(ORIGIN, 1), email = ada.email) {
    const visitor = await half(email);
    const { token } = await passkeys.setUp(visitor, 'blue key', key.make(await offered(visitor)));
    return { key, officer: (await sessions.resolve(token))!.visitor as typeof visitor };
  }

  async function offered(visitor: HalfSignedIn): Promise<Options> {
    return (await passkeys.offer(visitor))!;
  }

  async function asked(visitor: HalfSignedIn): Promise<Options> {
    return (await passkeys.ask(visitor))!;
  }

  async function signIn(key: Authenticator, otherwise: Otherwise = {}, email = ada.email) {
    const visitor = await half(email);
    return passkeys.signIn(visitor, key.use(await asked(visitor), otherwise));
  }

  async function refusal(work: Promise<unknown>): Promise<Refusal> {
    const caught: unknown = await work.then(
      () => null,
      (error: unknown) => error,
    );
    expect(caught).toBeInstanceOf(Refusal);
    return caught as Refusal;
  }

  const codeOf = (secret: string) =>
    new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) }).generate({
      timestamp: time.now().getTime(),
    });

  const wholeSessions = () =>
    transactions.read(
      async (db) =>
        (await db.findBy(Session, { personId: ada.id })).filter(({ stage }) => stage === null).length,
    );

  const differences = async () =>
    (await transactions.read((db) => verifyLedger(db, time.today()))).differences.map(
      ({ sentence }) => sentence,
    );

  it.each(['ES256', 'EdDSA', 'RS256'] as const)(
    'is all that somebody needs beside the password, with %s',
    async (algorithm) => {
      const { key } = await enrolled(new Authenticator(ORIGIN, 0, algorithm));
      const visitor = await half();
      expect(visitor.stage).toBe('CODE');
      const { token } = await passkeys.signIn(visitor, key.use(await asked(visitor)));
      expect((await sessions.resolve(token))!.visitor).toMatchObject({ kind: 'officer', personId: ada.id });
      expect(await app.get(SecondFactor).hasApp(ada.id)).toBe(false);
      expect(await differences()).toEqual([]);
    },
  );

  it('asks for a verified holder, names only keys of the account, tells the key nothing of the person', async () => {
    const { key, officer } = await enrolled();
    const visitor = await half();
    expect(await asked(visitor)).toMatchObject({
      rpId: 'redress.example.org',
      userVerification: 'required',
      allowCredentials: [{ id: key.id, type: 'public-key', transports: ['usb'] }],
    });
    const { options } = await own.begin(officer, { label: 'phone', password: PASSWORD, code: '' });
    expect(options).toMatchObject({
      rp: { id: 'redress.example.org' },
      attestation: 'none',
      authenticatorSelection: { userVerification: 'required', residentKey: 'discouraged' },
      excludeCredentials: [{ id: key.id }],
      user: { name: 'staff' },
    });
    expect(JSON.stringify(options)).not.toMatch(/ada|Erste/i);
    expect(Buffer.from(options.user.id, 'base64url')).toHaveLength(32);
  });

  it('keeps neither the id of the passkey nor its name as they are', async () => {
    const { key } = await enrolled();
    const rows = await transactions.read((db) => db.find(Passkey));
    const text = JSON.stringify(rows);
    expect(rows).toHaveLength(1);
    expect(text).not.toContain(key.id);
    expect(text).not.toContain('blue key');
    expect(await own.list(ada.id)).toEqual([
      { id: rows[0]!.id, label: 'blue key', addedOn: '2026-11-24', lastUsedOn: null, isDisabled: false },
    ]);
    await signIn(key);
    expect((await own.list(ada.id))[0]!.lastUsedOn).toBe(time.today());
  });

  const WRONG: [string, Otherwise][] = [
    ['another origin', { origin: 'https://redress.example.org.evil.example' }],
    ['the same host on another port', { origin: `${ORIGIN}:8443` }],
    ['plain http', { origin: 'http://redress.example.org' }],
    ['a page within another', { crossOrigin: true }],
    ['another relying party', { rpId: 'evil.example' }],
    ['the parent domain', { rpId: 'example.org' }],
    ['another challenge', { challenge: 'A'.repeat(43) }],
    ['an empty challenge', { challenge: '' }],
    ['a holder who was not verified', { flags: 1 }],
    ['a holder who was not there', { flags: 4 }],
    ['nobody at all', { flags: 0 }],
    ['the other ceremony', { type: 'payment.get' }],
  ];
  it('lets nobody in who signs for something else', async () => {
    const { key } = await enrolled();
    for (const [what, otherwise] of WRONG) {
      const { kind, needs } = await refusal(signIn(key, otherwise));
      expect([what, kind, needs.map(({ field }) => field)]).toEqual([what, 'invalid', ['passkey']]);
      expect([what, await wholeSessions()]).toEqual([what, 1]);
    }
    await signIn(key);
  });

  const WRONGLY_MADE: [string, Otherwise][] = [
    ...WRONG,
    ['an attestation of a maker', { format: 'fido-u2f' }],
    ['certificates', { format: 'packed', statement: new Map([['x5c', [Buffer.from('x')]]]) }],
    ['a statement where there is none', { statement: new Map([['x', 1]]) }],
    ['an attestation of a phone', { format: 'android-safetynet' }],
  ];
  it('takes no new passkey made for something else, or with an attestation that was not asked for', async () => {
    const visitor = await half();
    const key = new Authenticator(ORIGIN, 1);
    for (const [what, otherwise] of WRONGLY_MADE) {
      const made = key.make(await offered(visitor), otherwise);
      expect([what, (await refusal(passkeys.setUp(visitor, 'key', made))).kind]).toEqual([what, 'invalid']);
      expect([what, await wholeSessions(), await own.list(ada.id)]).toEqual([what, 0, []]);
    }
    await passkeys.setUp(visitor, 'key', key.make(await offered(visitor)));
  });

  it('takes no key that is too short to be safe', async () => {
    const visitor = await half();
    const made = new Authenticator(ORIGIN, 1, 'RS256', 1024).make(await offered(visitor));
    expect((await refusal(passkeys.setUp(visitor, 'key', made))).kind).toBe('invalid');
    expect((await half()).stage).toBe('ENROL');
  });

  it('lets nobody in with a signature that was tampered with, or what was signed', async () => {
    const { key } = await enrolled();
    for (const field of ['signature', 'authenticatorData', 'clientDataJSON'] as const) {
      const visitor = await half();
      const answer = JSON.parse(key.use(await asked(visitor))) as { response: Record<string, string> };
      const bytes = Buffer.from(answer.response[field]!, 'base64url');
      bytes[bytes.length - 1]! ^= 1;
      answer.response[field] = bytes.toString('base64url');
      const { kind } = await refusal(passkeys.signIn(visitor, JSON.stringify(answer)));
      expect([field, kind]).toEqual([field, 'invalid']);
    }
    expect((await refusal(signIn(new Authenticator(ORIGIN, 1), { id: key.id }))).kind).toBe('invalid');
    await signIn(key);
  });

  it('takes an answer once, and only in the session that was asked, for what was asked, within five minutes', async () => {
    const { key, officer } = await enrolled();
    const [hers, other] = [await half(), await half()];
    const answer = key.use(await asked(hers));
    await asked(other);
    expect((await refusal(passkeys.signIn(other, answer))).needs[0]!.field).toBe('passkey');
    await passkeys.signIn(hers, answer);
    expect((await refusal(passkeys.signIn(hers, answer))).kind).toBe('invalid');

    const late = await half();
    const options = await asked(late);
    time.forward(5);
    expect((await refusal(passkeys.signIn(late, key.use(options)))).kind).toBe('invalid');
    const older = await asked(late);
    await asked(late);
    expect((await refusal(passkeys.signIn(late, key.use(older)))).kind).toBe('invalid');
    const failed = await asked(late);
    expect((await refusal(passkeys.signIn(late, key.use(failed, { flags: 0 })))).kind).toBe('invalid');
    expect((await refusal(passkeys.signIn(late, key.use(failed)))).kind).toBe('invalid');

    // A challenge of the account page is none of the first sign-in, nor the other way round.
    const another = new Authenticator(ORIGIN, 1);
    const { options: adding } = await own.begin(officer, { label: 'x', password: PASSWORD, code: '' });
    expect(
      (await refusal(passkeys.setUp({ ...officer, stage: 'ENROL' }, 'x', another.make(adding)))).kind,
    ).toBe('invalid');
  });

  it('a challenge that was written into the database by hand is no challenge', async () => {
    const { key } = await enrolled();
    const [hers, other] = [await half(), await half()];
    const options = await asked(hers);
    const row = (await transactions.read((db) => db.findOneBy(Session, { tokenHash: hers.sessionHash })))!;
    const { challengeHash, challengeEndsAt } = row;
    await transactions.change((db) =>
      db.update(Session, { tokenHash: other.sessionHash }, { challengeHash, challengeEndsAt }),
    );
    expect((await refusal(passkeys.signIn(other, key.use(options)))).kind).toBe('invalid');
    await transactions.change((db) =>
      db.update(Session, { tokenHash: hers.sessionHash }, { challengeEndsAt: '2030-01-01T00:00:00.000Z' }),
    );
    expect((await refusal(passkeys.signIn(hers, key.use(options)))).kind).toBe('invalid');
  });

  it('opens no other account, and no two accounts have one passkey', async () => {
    const bea = await join(app, ada.id, ['ADM']);
    const { key } = await enrolled();
    const beas = await half(bea.email);
    const again = key.make(await offered(beas));
    expect((await refusal(passkeys.setUp(beas, 'mine', again))).needs[0]!.sentence).toMatch(/already/);
    await enrolled(new Authenticator(ORIGIN, 1), bea.email);
    expect((await refusal(signIn(key, {}, bea.email))).kind).toBe('invalid');
    expect((await refusal(signIn(key, { userHandle: 'A'.repeat(43) }))).kind).toBe('invalid');
    await signIn(key);
  });

  it.each([
    ['the same', 2, 2],
    ['lower', 9, 8],
    ['none any more', 5, 0],
  ])('disables a passkey whose counter is %s, and ends what it may have opened', async (_, first, second) => {
    const { key } = await enrolled();
    const { token } = await signIn(key, { counter: first });
    const program = await app
      .get(ApiTokens)
      .create({ personId: ada.id, scopes: SCOPE_CODES, label: 'x', expiresAt: '2027-11-24T00:00:00.000Z' });
    const { needs } = await refusal(signIn(key, { counter: second }));
    expect(needs[0]!.sentence).toMatch(/copy of this passkey.*opens nothing any more/);
    expect(await sessions.resolve(token)).toBeNull();
    expect(await app.get(ApiTokens).resolve(program.token)).toBeNull();
    expect((await own.list(ada.id)).map(({ isDisabled }) => isDisabled)).toEqual([true]);

    // The password alone sets up no other second factor: two people open the account again.
    const visitor = await half();
    expect([visitor.stage, await passkeys.ask(visitor)]).toEqual(['CODE', null]);
    expect(await lastEntry()).toMatchObject({
      act: 'disable-passkey',
      by: { role: 'SYS', ref: null },
      facts: { person: ada.id, passkey: (await own.list(ada.id))[0]!.id },
    });
    expect(await differences()).toEqual([]);
  });

  it('believes no counter before the signature is right', async () => {
    const { key } = await enrolled();
    await signIn(key, { counter: 7 });
    await refusal(signIn(new Authenticator(ORIGIN, 1), { id: key.id, counter: 1 }));
    expect((await own.list(ada.id)).map(({ isDisabled }) => isDisabled)).toEqual([false]);
    await signIn(key, { counter: 4_294_967_295 });
  });

  const lastEntry = async () => {
    const told = await transactions.read((db) => db.find(Entry, { where: { ledgerId: 'house' } }));
    return JSON.parse(told.sort((a, b) => a.n - b.n).at(-1)!.body) as Record<string, unknown>;
  };

  const BY_HAND: [string, (row: Passkey, other: Passkey) => Partial<Passkey>][] = [
    ['publicKey', (_, other) => ({ publicKey: other.publicKey })],
    ['personId', (_, other) => ({ personId: other.personId })],
    ['credentialHash', () => ({ credentialHash: 'f'.repeat(64) })],
    ['credentialSealed', (_, other) => ({ credentialSealed: other.credentialSealed })],
    ['labelSealed', (_, other) => ({ labelSealed: other.labelSealed })],
    ['addedOn', () => ({ addedOn: '2026-01-01' })],
    ['disabledOn', () => ({ disabledOn: '2026-01-01' })],
    ['counter', () => ({ counter: '0' })],
    ['lastUsedOn', () => ({ lastUsedOn: '2026-01-01' })],
    ['binding', (_, other) => ({ binding: other.binding })],
  ];
  it.each(BY_HAND)('opens nothing once %s was written by hand', async (column, patch) => {
    const bea = await join(app, ada.id, ['ADM']);
    const { key } = await enrolled();
    await enrolled(new Authenticator(ORIGIN, 1), bea.email);
    await transactions.change(async (db) => {
      const [row, other] = [
        (await db.findOneBy(Passkey, { personId: ada.id }))!,
        (await db.findOneBy(Passkey, { personId: bea.id }))!,
      ];
      await db.update(Passkey, { id: row.id }, patch(row, other));
    });
    const visitor = await half();
    expect([visitor.stage, await passkeys.ask(visitor)]).toEqual(['CODE', null]);
    const challenge = await app.get(PasskeyChallenges).start(visitor.sessionHash, 'sign-in');
    const answer = key.use({ challenge, rpId: 'redress.example.org' });
    expect((await refusal(passkeys.signIn(visitor, answer))).needs[0]!.sentence).toMatch(/not belong/);
    const named = await differences();
    if (!['counter', 'lastUsedOn', 'binding'].includes(column))
      expect(named).toEqual([
        expect.stringMatching(/^the house: passkeys .* is not as the account .* knows it\.$/),
        expect.stringMatching(/^the house: a passkey of the account .* is missing from the database/),
      ]);
  });

  it('a row that somebody added opens nothing, nor does one put back, nor is the account free to anyone once its row is gone', async () => {
    const { key, officer } = await enrolled();
    const rows = () => transactions.read((db) => db.findBy(Passkey, { personId: ada.id }));
    const [row] = await rows();
    const second = new Authenticator(ORIGIN, 1);
    await transactions.change((db) =>
      db.insert(Passkey, { ...row!, id: 'f'.repeat(36), credentialHash: 'e'.repeat(64) }),
    );
    expect(await own.list(ada.id)).toHaveLength(1);
    await transactions.change((db) => db.delete(Passkey, { id: 'f'.repeat(36) }));
    const { options } = await own.begin(officer, { label: 'second', password: PASSWORD, code: '' });
    await own.add(officer, 'second', second.make(options));
    await own.remove(officer, row!.id, PASSWORD);
    await transactions.change((db) => db.insert(Passkey, row!));
    expect((await refusal(signIn(key))).kind).toBe('invalid');
    expect(await differences()).toHaveLength(1);

    await transactions.change((db) => db.delete(Passkey, { personId: ada.id }));
    const visitor = await half();
    expect([visitor.stage, await passkeys.ask(visitor)]).toEqual(['CODE', null]);
    expect(await differences()).toHaveLength(1);
    await transactions.change((db) => db.update(Person, { id: ada.id }, { passkeys: null }));
    await expect(accounts.signIn(ada.email, PASSWORD)).rejects.toThrow(/not signed in/);
  });

  it('lets one in of two who set up a second factor at once', async () => {
    const [hers, thiefs] = [await half(), await half()];
    const key = new Authenticator(ORIGIN, 1);
    const factor = app.get(SecondFactor);
    const thiefsCode = codeOf(factor.propose(thiefs).secret);
    const thiefsKey = new Authenticator(ORIGIN, 1).make(await offered(thiefs));
    await passkeys.setUp(hers, 'mine', key.make(await offered(hers)));
    expect((await refusal(factor.enrol(thiefs, thiefsCode))).kind).toBe('not-signed-in');
    expect((await refusal(passkeys.setUp(thiefs, 'x', thiefsKey))).kind).toBe('invalid');
    expect((await half()).stage).toBe('CODE');
  });

  describe('on the page of the account', () => {
    it('adds one with the password and a fresh sign-in, ends other sessions, and removes one', async () => {
      const { key, officer } = await enrolled();
      const { token: other } = await signIn(key);
      const begin = (password: string, code = '') => own.begin(officer, { label: 'phone', password, code });
      expect((await refusal(begin('not it at all'))).needs[0]!.field).toBe('current');
      const second = new Authenticator(ORIGIN, 1);
      const { options } = await begin(PASSWORD);
      const made = second.make(options);
      expect((await refusal(own.add(officer, ' ', made))).needs[0]!.field).toBe('label');
      await own.add(officer, 'phone', made);
      expect((await refusal(own.add(officer, 'phone', made))).kind).toBe('invalid');
      expect(await sessions.resolve(other)).toBeNull();
      expect(await sessions.list(ada.id, officer.sessionHash)).toHaveLength(1);

      const [first] = await own.list(ada.id);
      expect((await refusal(own.remove(officer, first!.id, 'not it at all'))).kind).toBe('invalid');
      await own.remove(officer, first!.id, PASSWORD);
      expect((await refusal(own.remove(officer, first!.id, PASSWORD))).kind).toBe('not-found');
      expect((await refusal(signIn(key))).kind).toBe('invalid');
      await signIn(second);
      expect(await differences()).toEqual([]);

      time.forward(16);
      const { token } = await signIn(second);
      const now = (await sessions.resolve(token))!.visitor as typeof officer;
      time.forward(16);
      const stale = { label: 'x', password: PASSWORD, code: '' };
      expect((await refusal(own.begin(now, stale))).needs[0]!.name).toBe('signIn.old');
    });

    it('asks whoever has an app for a code, and never removes the last second factor', async () => {
      const factor = app.get(SecondFactor);
      const { officer } = await enrolled();
      const [only] = await own.list(ada.id);
      expect((await refusal(own.remove(officer, only!.id, PASSWORD))).needs[0]!.name).toBe('passkey.last');
      const { token } = await app.get(OwnAccount).replaceSecondFactor(officer, PASSWORD, '');
      const visitor = (await sessions.resolve(token))!.visitor as HalfSignedIn;
      const { secret } = factor.propose(visitor);
      const whole = await factor.enrol(visitor, codeOf(secret));
      const now = (await sessions.resolve(whole.token))!.visitor as HalfSignedIn;
      expect(await own.list(ada.id)).toHaveLength(1);
      const begin = (code: string) => own.begin(now, { label: 'x', password: PASSWORD, code });
      expect((await refusal(begin(''))).needs[0]!.field).toBe('code');
      time.forward(1);
      await begin(codeOf(secret));
      await own.remove(now, only!.id, PASSWORD);
      expect([await own.list(ada.id), (await half()).stage]).toEqual([[], 'CODE']);
      expect(await differences()).toEqual([]);
    });

    it('a disabled passkey is no second factor that would be left', async () => {
      const { key, officer } = await enrolled();
      const second = new Authenticator(ORIGIN, 1);
      const { options } = await own.begin(officer, { label: 'second', password: PASSWORD, code: '' });
      await own.add(officer, 'second', second.make(options));
      await refusal(signIn(key, { counter: 1 }));
      const { token } = await signIn(second);
      const now = (await sessions.resolve(token))!.visitor as typeof officer;
      const [disabled, good] = await own.list(ada.id);
      expect((await refusal(own.remove(now, good!.id, PASSWORD))).needs[0]!.name).toBe('passkey.last');
      await own.remove(now, disabled!.id, PASSWORD);
      expect(await own.list(ada.id)).toHaveLength(1);
    });

    it('removes nobody else\u2019s, and takes ten at most', async () => {
      const bea = await join(app, ada.id, ['INT']);
      const { officer } = await enrolled();
      const { officer: beas } = await enrolled(new Authenticator(ORIGIN, 1), bea.email);
      const [adas] = await own.list(ada.id);
      expect((await refusal(own.remove(beas, adas!.id, PASSWORD))).kind).toBe('not-found');
      expect((await refusal(own.one(bea.id, adas!.id))).kind).toBe('not-found');
      const add = async (n: number) => {
        const { options } = await own.begin(officer, { label: `key ${n}`, password: PASSWORD, code: '' });
        await own.add(officer, `key ${n}`, new Authenticator(ORIGIN, 1).make(options));
      };
      for (let n = 2; n <= MOST_PASSKEYS; n++) await add(n);
      expect((await refusal(add(0))).needs[0]!.sentence).toMatch(/Remove one first/);
      const labels = (await own.list(ada.id)).map(({ label }) => label);
      expect(labels).toEqual(['blue key', ...Array.from({ length: 9 }, (_, n) => `key ${n + 2}`)]);
    });
  });

  it('goes with a recovery by two, and with the end of the account', async () => {
    const bea = await join(app, ada.id, ['INT']);
    const { key } = await enrolled(new Authenticator(ORIGIN, 1), bea.email);
    const recoveries = app.get(Recoveries);
    const { code } = await recoveries.proposeByOperator(bea.id);
    const secret = await recoveries.agree((await recoveries.waiting())[0]!.id, ada.id);
    const { token } = await recoveries.use(secret, code, PASSWORD);
    const visitor = (await sessions.resolve(token))!.visitor as HalfSignedIn;
    expect([visitor.stage, await own.list(bea.id)]).toEqual(['ENROL', []]);
    expect(await transactions.read((db) => db.countBy(Passkey, { personId: bea.id }))).toBe(0);
    await passkeys.setUp(visitor, 'the same key again', key.make(await offered(visitor)));
    await accounts.deactivate(bea.id, ada.id);
    expect(await transactions.read((db) => db.countBy(Passkey, { personId: bea.id }))).toBe(0);
    expect(await differences()).toEqual([]);
  });

  it('tells each change in the history of the house', async () => {
    const { officer } = await enrolled();
    const { options } = await own.begin(officer, { label: 'second', password: PASSWORD, code: '' });
    await own.add(officer, 'second', new Authenticator(ORIGIN, 1).make(options));
    const [first, second] = await own.list(ada.id);
    const by = { role: 'ADM', ref: ada.id };
    expect(await lastEntry()).toMatchObject({ act: 'add-passkey', by, facts: { passkey: second!.id } });
    await own.remove(officer, first!.id, PASSWORD);
    expect(await lastEntry()).toMatchObject({ act: 'remove-passkey', by, facts: { passkey: first!.id } });
    expect(JSON.stringify(await lastEntry())).not.toContain('blue key');
  });

  describe('whatever a browser sends instead of an answer', () => {
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom('', 'null', '[]', '{}', '[['.repeat(50_000), '{"id":"a"}', '{"id":1,"response":{}}'),
      fc
        .record(
          {
            id: fc.oneof(fc.base64String(), fc.constant('x'.repeat(2000)), fc.anything()),
            response: fc.record(
              {
                clientDataJSON: fc.oneof(fc.base64String(), fc.anything()),
                attestationObject: fc.oneof(fc.base64String(), fc.anything()),
                authenticatorData: fc.oneof(fc.base64String(), fc.anything()),
                signature: fc.oneof(fc.base64String(), fc.anything()),
                userHandle: fc.anything(),
                transports: fc.anything(),
              },
              { requiredKeys: [] },
            ),
          },
          { requiredKeys: [] },
        )
        .map((value) => JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? 1 : each))),
    );

    it('is refused, and nobody comes in', async () => {
      const { key } = await enrolled();
      const visitor = await half();
      await fc.assert(
        fc.asyncProperty(text, async (answer) => {
          expect((await refusal(passkeys.signIn(visitor, answer))).kind).toBe('invalid');
        }),
        { numRuns: 60 },
      );
      expect(await wholeSessions()).toBe(1);
      await signIn(key);
    });

    it('is refused too where the challenge is right and the new passkey arrives damaged', async () => {
      const visitor = await half();
      const key = new Authenticator(ORIGIN, 1);
      const change = fc.record({ at: fc.nat(300), to: fc.nat(255), end: fc.nat(300) });
      await fc.assert(
        fc.asyncProperty(change, async ({ at, to, end }) => {
          const answer = JSON.parse(key.make(await offered(visitor))) as { response: Record<string, string> };
          const bytes = Buffer.from(answer.response.attestationObject!, 'base64url').subarray(0, end + 1);
          bytes[at % bytes.length] = to;
          answer.response.attestationObject = bytes.subarray(0, bytes.length - 1).toString('base64url');
          const attempt = passkeys.setUp(visitor, 'x', JSON.stringify(answer));
          expect((await refusal(attempt)).kind).toBe('invalid');
        }),
        { numRuns: 60 },
      );
      expect(await own.list(ada.id)).toEqual([]);
    });
  });
});
