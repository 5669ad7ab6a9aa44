import {
  type ArgumentsHost,
  Body,
  Catch,
  Controller,
  type ExceptionFilter,
  Get,
  Post,
  UseFilters,
} from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Accounts } from '../../src/people/accounts';
import { ApiTokens } from '../../src/people/api-tokens';
import { CASE_COOKIE, cookieName, dropSession, keepSession, OFFICER_COOKIE } from '../../src/people/cookies';
import { CurrentVisitor } from '../../src/people/current-visitor';
import { everyRouteDeclares } from '../../src/people/declared-permits';
import { Permits } from '../../src/people/permits';
import { SecondFactor } from '../../src/people/second-factor';
import { Sessions, type StartedSession } from '../../src/people/sessions';
import type { Visitor } from '../../src/people/visitor';
import { Refusal } from '../../src/platform/refusal';
import { Session } from '../../src/records/entities/session';
import { Transactions } from '../../src/records/transactions';
import { SCOPE_CODES } from '../../src/rules/scopes';
import { Vault } from '../../src/vault/vault';
import { createMigratedDatabase, engines, type TestDatabase } from '../harness/database';
import { lodgedCase } from './lodged-case';
import { join, joinFirst, PASSWORD, peopleModule, SetTime, startPeople } from './people-app';

@Catch(Refusal)
class PlainAnswers implements ExceptionFilter<Refusal> {
  catch({ kind, status, message }: Refusal, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<{ status(code: number): { send(body: unknown): void } }>();
    reply.status(status).send({ kind, message });
  }
}

@Controller()
@UseFilters(PlainAnswers)
class Rooms {
  @Get('open')
  @Permits('read-start')
  open(@CurrentVisitor() visitor: Visitor): Visitor {
    return visitor;
  }

  @Post('open')
  @Permits('lodge')
  lodge(@CurrentVisitor() visitor: Visitor): Visitor {
    return visitor;
  }

  @Get('desk')
  @Permits('read-queue')
  desk(@CurrentVisitor() visitor: Visitor): Visitor {
    return visitor;
  }

  @Post('desk')
  @Permits('write-message')
  write(@CurrentVisitor() visitor: Visitor, @Body() _body: unknown): Visitor {
    return visitor;
  }

  @Get('mine')
  @Permits('read-my-case')
  mine(@CurrentVisitor() visitor: Visitor): Visitor {
    return visitor;
  }

  @Get('api/v1/desk')
  @Permits('read-queue')
  apiDesk(@CurrentVisitor() visitor: Visitor): Visitor {
    return visitor;
  }

  @Post('api/v1/desk')
  @Permits('write-message')
  apiWrite(@CurrentVisitor() visitor: Visitor): Visitor {
    return visitor;
  }

  @Get('api/v1/mine')
  @Permits('read-my-case')
  apiMine(@CurrentVisitor() visitor: Visitor): Visitor {
    return visitor;
  }

  @Get('half')
  @Permits('read-code-form')
  half(@CurrentVisitor() visitor: Visitor): Visitor {
    return visitor;
  }

  @Get('api/v1/open')
  @Permits('read-start')
  apiOpen(@CurrentVisitor() visitor: Visitor): Visitor {
    return visitor;
  }
}

@Controller('forgotten')
class Forgotten {
  @Get()
  door(): string {
    return 'open';
  }
}

const nameOf = (cookie: typeof OFFICER_COOKIE | typeof CASE_COOKIE) =>
  cookieName(cookie, { publicUrl: 'https://redress.example.org' });

describe.each(engines())('the guard on %s', (engine) => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  const time = new SetTime();
  let officer: StartedSession;
  let holder: StartedSession;
  let administrator: StartedSession;
  let auditor: StartedSession;
  let officerToken: string;
  let officerId: string;
  let caseId: string;
  let party: { caseId: string; id: string; receiptHash: string };

  beforeAll(async () => {
    database = await createMigratedDatabase(engine);
    app = await startPeople(database, time, [Rooms]);
    app.get(SecondFactor).askNobody();
    const accounts = app.get(Accounts);
    const first = await joinFirst(app);
    administrator = await accounts.signIn(first.email, PASSWORD);
    const intake = await join(app, first.id, ['INT']);
    officer = await accounts.signIn(intake.email, PASSWORD);
    officerId = intake.id;
    auditor = await accounts.signIn((await join(app, first.id, ['AUD'])).email, PASSWORD);
    const expiresAt = '2027-11-24T00:00:00.000Z';
    officerToken = (
      await app.get(ApiTokens).create({ personId: intake.id, label: 'test', scopes: SCOPE_CODES, expiresAt })
    ).token;
    ({ caseId, party } = await lodgedCase(app.get(Transactions), app.get(Vault)));
    holder = await app.get(Sessions).startRightsholder(party, 'RH');
  });

  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  interface Sent {
    cookies?: Record<string, string>;
    bearer?: string;
    form?: string;
    type?: string;
  }

  async function ask(method: 'GET' | 'POST', url: string, { cookies, bearer, form, type }: Sent = {}) {
    const answer = await app.inject({
      method,
      url,
      cookies,
      headers: {
        ...(bearer === undefined ? {} : { authorization: bearer }),
        ...(form === undefined ? {} : { 'content-type': type ?? 'application/x-www-form-urlencoded' }),
      },
      payload: form,
    });
    const body = answer.json<{ kind?: string; message?: string; personId?: string; caseId?: string }>();
    return { status: answer.statusCode, kind: body.kind, body };
  }

  const asOfficer = () => ({ cookies: { [nameOf(OFFICER_COOKIE)]: officer.token } });
  const asHolder = () => ({ cookies: { [nameOf(CASE_COOKIE)]: holder.token } });

  it('lets anyone into an open room, and knows who came', async () => {
    expect(await ask('GET', '/open')).toMatchObject({ status: 200, kind: 'anyone' });
    expect(await ask('GET', '/open', asOfficer())).toMatchObject({ status: 200, kind: 'officer' });
    expect(await ask('GET', '/open', asHolder())).toMatchObject({ status: 200, kind: 'rightsholder' });
    expect(await ask('GET', '/open', { cookies: { [nameOf(OFFICER_COOKIE)]: 'x' } })).toMatchObject({
      kind: 'anyone',
    });
  });

  it('takes no cookie without the prefix that only this host can set', async () => {
    expect(await ask('GET', '/desk', { cookies: { [OFFICER_COOKIE]: officer.token } })).toMatchObject({
      status: 401,
    });
    expect(await ask('GET', '/mine', { cookies: { [CASE_COOKIE]: holder.token } })).toMatchObject({
      status: 401,
    });
  });

  it('lets officers of the named roles to the desk and nobody else', async () => {
    expect(await ask('GET', '/desk')).toMatchObject({ status: 401, kind: 'not-signed-in' });
    expect(await ask('GET', '/desk', asHolder())).toMatchObject({ status: 401, kind: 'not-signed-in' });
    expect(await ask('GET', '/desk', asOfficer())).toMatchObject({ status: 200, body: { kind: 'officer' } });
    for (const { token } of [administrator, auditor])
      expect(await ask('GET', '/desk', { cookies: { [nameOf(OFFICER_COOKIE)]: token } })).toMatchObject({
        status: 403,
        kind: 'forbidden',
      });
  });

  it('lets the holder of a receipt to their case and nobody else', async () => {
    expect(await ask('GET', '/mine')).toMatchObject({ status: 401 });
    expect(await ask('GET', '/mine', asOfficer())).toMatchObject({ status: 401 });
    expect(await ask('GET', '/mine', asHolder())).toMatchObject({ status: 200, body: { caseId } });
  });

  it('takes no session in the cookie of the other kind', async () => {
    expect(await ask('GET', '/mine', { cookies: { [nameOf(CASE_COOKIE)]: officer.token } })).toMatchObject({
      status: 401,
    });
    expect(await ask('GET', '/desk', { cookies: { [nameOf(OFFICER_COOKIE)]: holder.token } })).toMatchObject({
      status: 401,
    });
  });

  it('takes a form only with the token of its session', async () => {
    for (const form of ['', 'text=a', '_csrf=', `_csrf=${holder.csrfToken}`, `_csrf=${officer.token}`])
      expect(await ask('POST', '/desk', { ...asOfficer(), form })).toMatchObject({
        status: 403,
        kind: 'forbidden',
      });
    expect(await ask('POST', `/desk?_csrf=${officer.csrfToken}`, { ...asOfficer(), form: '' })).toMatchObject(
      {
        status: 403,
      },
    );
    const form = `text=a&_csrf=${officer.csrfToken}`;
    expect(await ask('POST', '/desk', { ...asOfficer(), form })).toMatchObject({ kind: 'officer' });
  });

  it('does what is open to anyone as anyone when the form does not prove the session', async () => {
    expect(await ask('POST', '/open', { ...asOfficer(), form: 'a=b' })).toMatchObject({ kind: 'anyone' });
    const form = `_csrf=${officer.csrfToken}`;
    expect(await ask('POST', '/open', { ...asOfficer(), form })).toMatchObject({ kind: 'officer' });
  });

  it.each(['CODE', 'ENROL'] as const)(
    'lets whoever gave a password alone (%s) in where the second factor is asked, and nowhere else',
    async (stage) => {
      const { token, csrfToken } = await app.get(Sessions).startOfficer(officerId, stage);
      const cookies = { [nameOf(OFFICER_COOKIE)]: token };
      expect(await ask('GET', '/half', { cookies })).toMatchObject({
        status: 200,
        body: { kind: 'half-signed-in', personId: officerId, stage },
      });
      expect(await ask('GET', '/open', { cookies })).toMatchObject({ status: 200, kind: 'anyone' });
      expect(await ask('GET', '/desk', { cookies })).toMatchObject({ status: 401, kind: 'not-signed-in' });
      const form = `_csrf=${csrfToken}`;
      expect(await ask('POST', '/desk', { cookies, form })).toMatchObject({ status: 401 });
      expect(await ask('GET', '/half', asOfficer())).toMatchObject({ status: 403 });
      expect(await ask('GET', '/half', asHolder())).toMatchObject({ status: 401 });
      expect(await ask('GET', '/half')).toMatchObject({ status: 401 });
    },
  );

  it('knows programs by their token alone', async () => {
    const bearer = `Bearer ${officerToken}`;
    expect(await ask('GET', '/api/v1/desk')).toMatchObject({ status: 401 });
    expect(await ask('GET', '/api/v1/desk', asOfficer())).toMatchObject({ status: 401 });
    expect(await ask('GET', '/api/v1/desk', { bearer })).toMatchObject({ kind: 'officer' });
    expect(await ask('POST', '/api/v1/desk', { bearer })).toMatchObject({ kind: 'officer' });
    expect(await ask('GET', '/desk', { bearer })).toMatchObject({ status: 401 });
    expect(await ask('GET', '/api/v1/mine', { bearer })).toMatchObject({ status: 403 });
    const own = `bearer ${holder.token}`;
    expect(await ask('GET', '/api/v1/mine', { bearer: own })).toMatchObject({ kind: 'rightsholder' });
    expect(await ask('GET', '/api/v1/desk', { bearer: own })).toMatchObject({ status: 403 });
    expect(await ask('GET', '/api/v1/open')).toMatchObject({ kind: 'anyone' });
  });

  it('refuses a token that is wrong, even where none is needed, and a browser session used as one', async () => {
    for (const bearer of ['', 'Bearer', 'Basic YTpi', `Bearer ${officerToken}x`, `Bearer ${officer.token}`])
      for (const url of ['/api/v1/open', '/api/v1/desk'])
        expect(await ask('GET', url, { bearer })).toMatchObject({ status: 401, kind: 'not-signed-in' });
  });

  it('ends the session of a rightsholder at a full hour, and does not store when it began', async () => {
    const sessions = app.get(Sessions);
    const page = await sessions.startRightsholder(party, 'RH', 'page');
    const program = await sessions.startRightsholder(party, 'REP', 'program');
    expect(page.expiresAt).toBe('2026-11-24T12:00:00.000Z');
    expect(program.expiresAt).toBe('2026-11-24T11:00:00.000Z');
    expect(await sessions.resolve(program.token)).toMatchObject({
      visitor: { kind: 'rightsholder', caseId, role: 'REP' },
    });
    const stored = await app.get(Transactions).read((db) => db.findBy(Session, { caseId }));
    for (const { expiresAt } of stored) expect(expiresAt).toMatch(/T\d\d:00:00\.000Z$/);
    const other = await lodgedCase(app.get(Transactions), app.get(Vault));
    await expect(sessions.startRightsholder({ ...party, caseId: other.caseId }, 'RH')).rejects.toThrow(
      /not yours to see/,
    );
    time.forward(100);
    expect(await sessions.resolve(program.token)).toBeNull();
    expect(await sessions.resolve(page.token)).toBeNull();
  });

  it('does not start with a route that does not say who may enter', async () => {
    everyRouteDeclares(app);
    const module = await peopleModule(database, time, [Rooms, Forgotten]).compile();
    await expect(module.init()).rejects.toThrow(/do not say who may enter: Forgotten\.door\./);
    await module.close();
  });
});

describe('a session cookie', () => {
  const told = (publicUrl: string) => {
    const lines: unknown[] = [];
    const reply = {
      setCookie: (...line: unknown[]) => lines.push(line),
      clearCookie: (...line: unknown[]) => lines.push(line),
    };
    for (const cookie of [OFFICER_COOKIE, CASE_COOKIE] as const) {
      keepSession(reply, { publicUrl }, cookie, 'token');
      dropSession(reply, { publicUrl }, cookie);
    }
    return lines;
  };

  it('is for the server alone, for this site alone, and over https for this very host', () => {
    const options = { httpOnly: true, sameSite: 'strict', secure: true, path: '/' };
    expect(told('https://a.example')).toEqual([
      ['__Host-redress_officer', 'token', options],
      ['__Host-redress_officer', options],
      ['__Host-redress_case', 'token', options],
      ['__Host-redress_case', options],
    ]);
  });

  it('has no prefix that no browser would take where the site is not on https', () => {
    const options = { httpOnly: true, sameSite: 'strict', secure: false, path: '/' };
    expect(told('http://localhost:3000').slice(0, 2)).toEqual([
      ['redress_officer', 'token', options],
      ['redress_officer', options],
    ]);
  });
});
