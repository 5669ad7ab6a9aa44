import { GuessPace } from '../../src/people/guess-pace';
import { OpenCase } from '../../src/casework/intake/open-case';
import type { Visitor } from '../../src/people/visitor';
import { say } from '../../src/words/words';
import { TestApp } from '../harness/app';
import { engines } from '../harness/database';
import { hireStaff, houseOf, Walk } from '../harness/walk';

interface Receipt {
  id: string;
  holder: string;
  own: boolean;
  mayEnd: boolean;
}

describe.each(engines())('the receipts of a case on %s', (engine) => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start(engine);
  });
  afterAll(() => app.close());

  const open = async (receipt: string) => {
    const { status, body } = await app.ask<{ token: string }>('POST', '/api/v1/complaint-sessions', {
      body: { receipt },
    });
    return status === 201 ? body.token : null;
  };
  const add = async (token: string, holder: string) =>
    app.ask<{ receipt: string }>('POST', '/api/v1/my-case/receipts', { token, body: { holder } });
  const replace = async (token: string) =>
    app.ask<{ receipt: string }>('POST', '/api/v1/my-case/receipts/replacement', { token });
  /** What two of staff give to the person for whom somebody else lodged. */
  const numberOf = async (reference: string) => {
    const house = houseOf(app);
    const nobody = {} as Visitor & { kind: 'rightsholder' };
    return new Walk(house, await hireStaff(house), reference, '', nobody).numberForPerson();
  };
  const end = async (token: string, id: string) =>
    (await app.ask('DELETE', `/api/v1/my-case/receipts/${id}`, { token })).status;
  const list = async (token: string) =>
    (await app.ask<Receipt[]>('GET', '/api/v1/my-case/receipts', { token })).body;
  const looks = async (token: string) => (await app.ask('GET', '/api/v1/my-case', { token })).status;
  const history = async (token: string) =>
    (await app.ask<{ act: string; byRole: string }[]>('GET', '/api/v1/my-case/timeline', { token })).body.map(
      ({ act, byRole }) => `${act} ${byRole}`,
    );

  it('opens nothing with the old one once it was replaced, and closes the case everywhere else', async () => {
    const { token, receipt } = await app.lodge();
    const elsewhere = (await open(receipt))!;
    const replaced = await replace(token);
    expect(replaced.status).toBe(201);
    expect(replaced.body.receipt).not.toBe(receipt);
    expect(await open(receipt)).toBeNull();
    expect([await looks(token), await looks(elsewhere)]).toEqual([200, 401]);
    const again = (await open(replaced.body.receipt))!;
    expect(await history(again)).toEqual(['lodge RH', 'replace-receipt RH']);
    expect(await list(again)).toEqual([expect.objectContaining({ holder: 'RH', own: true, mayEnd: false })]);
  });

  it('is replaced once by one form however often it is sent, and not by a page of an earlier one', async () => {
    const { receipt } = await app.lodge();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const send = (url: string, body: Record<string, string>, cookie = '') =>
      app.ask('POST', url, { headers: { ...headers, cookie }, body: new URLSearchParams(body).toString() });
    const opened = await send('/my-case/open', { receipt });
    const cookie = String(opened.headers['set-cookie']).split(';')[0]!;
    const drawn = async () => {
      const { text } = await app.ask('GET', '/my-case/receipts', { headers: { cookie } });
      const valueOf = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(text)![1]!;
      return { _csrf: valueOf('_csrf'), form: valueOf('form') };
    };
    const press = async (form: Record<string, string>) => {
      const { status, text } = await send('/my-case/receipts/replacement', form, cookie);
      return [status, /\b\d{5}(?: \d{5}){4}\b/.exec(text)?.[0]];
    };
    const [first, old] = [await drawn(), await drawn()];
    const pressed = await Promise.all([1, 2, 3].map(() => press(first)));
    const [[, shown]] = pressed as [[number, string]];
    expect([...pressed, await press(first)]).toEqual(Array(4).fill([200, shown]));
    expect(await press(old)).toEqual([400, undefined]);
    const token = (await open(shown))!;
    expect(await history(token)).toEqual(['lodge RH', 'replace-receipt RH']);
    // What was replaced does not come back with the page that once made it.
    const [, newest] = (await press(await drawn())) as [number, string];
    expect(await press(first)).toEqual([400, undefined]);
    expect([await open(shown), (await open(newest)) !== null]).toEqual([null, true]);
  });

  it('lets a companion read and write, and decide nothing', async () => {
    const { token } = await app.lodge();
    const companion = (await open((await add(token, 'SUPPORTER')).body.receipt))!;
    expect(await looks(companion)).toBe(200);
    const message = { token: companion, body: { text: 'I come along.' } };
    expect((await app.ask('POST', '/api/v1/my-case/messages', message)).status).toBe(201);
    expect((await app.ask<unknown[]>('GET', '/api/v1/my-case/steps', { token: companion })).body).toEqual([]);
    const withdraw = { token: companion, body: { answers: {} } };
    expect((await app.ask('POST', '/api/v1/my-case/steps/withdraw', withdraw)).status).toBe(403);
    expect((await add(companion, 'SUPPORTER')).status).toBe(403);
    expect((await replace(companion)).status).toBe(201);
    expect(await history(token)).toEqual([
      'lodge RH',
      'add-receipt RH',
      'write-message SUP',
      'replace-receipt SUP',
    ]);
  });

  it('never shows a companion the contact that the person left', async () => {
    const contact = { kind: 'email', value: 'her@example.org' };
    const { token } = await app.lodge({ narrative: 'It refused me.', contact });
    const companion = (await open((await add(token, 'SUPPORTER')).body.receipt))!;
    const { text } = await app.ask('GET', '/api/v1/my-case', { token: companion });
    expect(text).not.toContain('her@example.org');
    const own = await app.ask('GET', '/api/v1/my-case', { token });
    expect(own.body).toMatchObject({ contact });
  });

  it('lets a representative take steps, and the person end that', async () => {
    const { token } = await app.lodge();
    const representative = (await open((await add(token, 'REPRESENTATIVE')).body.receipt))!;
    const steps = await app.ask<{ step: string }[]>('GET', '/api/v1/my-case/steps', {
      token: representative,
    });
    expect(steps.body.map(({ step }) => step)).toContain('withdraw');
    const [own, other] = [
      (await list(token)).find((each) => each.own)!,
      (await list(token)).find((each) => !each.own)!,
    ];
    expect(await end(representative, own.id)).toBe(403);
    expect(await end(token, own.id)).toBe(400);
    expect(await end(token, other.id)).toBe(204);
    expect(await end(token, other.id)).toBe(404);
    expect(await looks(representative)).toBe(401);
    expect(await list(token)).toHaveLength(1);
  });

  it('lets whoever lodged for somebody govern no more from the day on which they hold a receipt', async () => {
    const { token, reference } = await app.lodge({
      narrative: 'It refused her.',
      identityMode: 'REPRESENTED',
    });
    const holders = async (of: string) =>
      (await list(of)).map(({ holder, own, mayEnd }) => `${holder}${own ? ' own' : ''} ${mayEnd}`).sort();
    expect((await add(token, 'SUPPORTER')).status).toBe(201);
    expect(await holders(token)).toEqual(['REP own false', 'SUP true']);
    const person = (await open(await numberOf(reference)))!;
    expect(await holders(token)).toEqual(['REP own false', 'RH false', 'SUP false']);
    expect((await add(token, 'SUPPORTER')).status).toBe(403);
    const companion = (await list(token)).find(({ holder }) => holder === 'SUP')!;
    expect(await end(token, companion.id)).toBe(403);
    expect(await holders(person)).toEqual(['REP true', 'RH own false', 'SUP true']);
    const lodger = (await list(person)).find(({ holder }) => holder === 'REP')!;
    expect([await end(person, companion.id), await end(person, lodger.id)]).toEqual([204, 204]);
    expect(await looks(token)).toBe(401);
    const steps = await app.ask<{ step: string }[]>('GET', '/api/v1/my-case/steps', { token: person });
    expect(steps.body.map(({ step }) => step)).toContain('withdraw');
  });

  it('lets whoever lodged for somebody end the receipts of others who act, and those never theirs', async () => {
    const { token } = await app.lodge({ narrative: 'It refused her.', identityMode: 'REPRESENTED' });
    const [second, third] = [await add(token, 'REPRESENTATIVE'), await add(token, 'REPRESENTATIVE')];
    const other = (await open(second.body.receipt))!;
    expect((await list(other)).map(({ mayEnd }) => mayEnd)).toEqual([false, false, false]);
    for (const { id, own } of await list(other)) expect(await end(other, id)).toBe(own ? 400 : 404);
    const given = (await list(token)).filter(({ own }) => !own);
    expect(given.map(({ holder, mayEnd }) => `${holder} ${mayEnd}`)).toEqual(['REP true', 'REP true']);
    for (const { id } of given) expect(await end(token, id)).toBe(204);
    expect([await looks(other), await open(third.body.receipt)]).toEqual([401, null]);
  });

  it('offers the receipt of the person to nobody, and tells whoever lodged for them where it comes from', async () => {
    for (const [identityMode, isTold] of [
      ['REPRESENTED', true],
      ['IDENTIFIED', false],
    ] as const) {
      const { receipt } = await app.lodge({ narrative: 'It refused her.', identityMode });
      const opened = await app.ask('POST', '/my-case/open', {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: `receipt=${encodeURIComponent(receipt)}`,
      });
      const cookie = String(opened.headers['set-cookie']).split(';')[0]!;
      const { text } = await app.ask('GET', '/my-case/receipts', { headers: { cookie } });
      expect([identityMode, text.includes(say('en', 'receipts.person.ask'))]).toEqual([identityMode, isTold]);
      expect(text).not.toContain('value="AFFECTED"');
    }
  });

  it('ends what was let in already: nothing is opened or changed with a receipt after its end', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { token, receipt } = await app.lodge();
      const lent = (await add(token, 'REPRESENTATIVE')).body.receipt;
      const representative = (await open(lent))!;
      const { id } = (await list(token)).find(({ own }) => !own)!;
      const deed =
        round % 2 === 0
          ? () => replace(representative)
          : () =>
              app.ask('POST', '/api/v1/my-case/steps/withdraw', {
                token: representative,
                body: { answers: {} },
              });
      const [ended, done, late] = await Promise.all([end(token, id), deed(), open(lent)]);
      expect(ended).toBe(204);
      expect([200, 201, 401]).toContain(done.status);
      const newOne = (done.body as { receipt?: string }).receipt;
      if (newOne) expect(await open(newOne)).toBeNull();
      if (late) expect(await looks(late)).toBe(401);
      const acts = (await history(token)).map((line) => line.split(' ')[0]);
      expect(acts.at(-1)).toBe('end-receipt');
      const [replaced, old] = await Promise.all([replace(token), open(receipt)]);
      expect(replaced.status).toBe(201);
      if (old) expect(await looks(old)).toBe(401);
    }
  });

  it('opens nothing for whoever writes into the database: a hash copied, a session pointed elsewhere', async () => {
    const [mine, hers] = [await app.lodge(), await app.lodge()];
    const partyOf = async (reference: string) => {
      const [found] = await app.source.query<{ caseId: string; id: string; receiptHash: string }[]>(
        `SELECT p."caseId", p."id", p."receiptHash" FROM "parties" p JOIN "cases" c ON c."id" = p."caseId" WHERE c."reference" = '${reference}'`,
      );
      return found!;
    };
    const [own, other] = [await partyOf(mine.reference), await partyOf(hers.reference)];
    const put = (id: string, hash: string | null) =>
      app.source.query(
        `UPDATE "parties" SET "receiptHash" = ${hash === null ? 'NULL' : `'${hash}'`} WHERE "id" = '${id}'`,
      );
    await put(own.id, null);
    await put(other.id, own.receiptHash);
    expect(await open(mine.receipt)).toBeNull();
    await put(other.id, other.receiptHash);
    await put(own.id, own.receiptHash);
    expect(await looks(mine.token)).toBe(200);
    await app.source.query(
      `UPDATE "sessions" SET "caseId" = '${other.caseId}', "partyId" = '${other.id}' WHERE "partyId" = '${own.id}'`,
    );
    expect(await looks(mine.token)).toBe(401);
    expect(await looks(hers.token)).toBe(200);
  });

  it('takes ten more receipts and refuses the next in words', async () => {
    const { token } = await app.lodge();
    for (let made = 0; made < 10; made += 1) expect((await add(token, 'SUPPORTER')).status).toBe(201);
    const refused = await add(token, 'SUPPORTER');
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('End one first.');
  });

  it('refuses a holder that is none, and leaves the receipts of other cases alone', async () => {
    const [mine, others] = [await app.lodge(), await app.lodge()];
    expect((await add(mine.token, 'KING')).status).toBe(400);
    await add(others.token, 'SUPPORTER');
    const foreign = (await list(others.token)).find(({ own }) => !own)!;
    expect(await end(mine.token, foreign.id)).toBe(404);
    expect(await list(others.token)).toHaveLength(2);
  });

  it('never stops the right one, whatever was guessed before, and lets only guessers wait', async () => {
    const { receipt } = await app.lodge();
    const waits: number[] = [];
    const pace = new GuessPace([], async (ms) => void waits.push(ms));
    const from = (typed: string, ip = '192.0.2.1') =>
      pace.slowingMisses({ ip, headers: {} }, () => app.get(OpenCase).byReceipt(typed, 'program'));
    for (let guess = 0; guess < 10_000; guess += 1)
      await expect(from(String(guess).padStart(25, '0'))).rejects.toMatchObject({ kind: 'not-found' });
    expect(waits).toHaveLength(10_000);
    expect(waits.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
    expect(waits.at(-1)).toBe(2000);
    expect((await from(receipt)).token).toHaveLength(43);
    expect(waits).toHaveLength(10_000);
    await expect(from('1'.repeat(25), '192.0.2.2')).rejects.toMatchObject({ kind: 'not-found' });
    expect(waits.at(-1)).toBe(0);
  });

  it('leaves a history that can be verified', async () => {
    await app.integrate();
    expect((await app.verify()).differences).toEqual([]);
  });
});
