import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { LightMyRequestResponse } from 'fastify';
import type { DataSource } from 'typeorm';
import { newAdapter, prepareApp } from '../../src/app';
import { AppModule } from '../../src/app.module';
import { TakeStep } from '../../src/casework/take-step';
import { GlobalLog } from '../../src/ledger/log';
import { verifyLedger, type Verified } from '../../src/ledger/verify';
import { Accounts } from '../../src/people/accounts';
import { Invitations } from '../../src/people/invitations';
import { ApiTokens } from '../../src/people/api-tokens';
import { GuessPace } from '../../src/people/guess-pace';
import { SecondFactor } from '../../src/people/second-factor';
import { Settings } from '../../src/platform/settings';
import { Time } from '../../src/platform/time';
import { Transactions } from '../../src/records/transactions';
import type { RoleCode } from '../../src/rules/roles';
import { SCOPE_CODES } from '../../src/rules/scopes';
import { createMigratedDatabase, type Engine, type TestDatabase } from './database';
import { TestTime } from './house';
import { reverseRows } from './row-order';

export const TEST_PASSWORD = 'a long enough phrase for a test';

export interface TestOfficer {
  personId: string;
  email: string;
  roles: RoleCode[];
  /** For the API. */
  token: string;
}

export interface Answer<T = Record<string, never>> {
  status: number;
  headers: LightMyRequestResponse['headers'];
  text: string;
  bytes: Buffer;
  /** The JSON of the answer; null when it is something else. */
  body: T;
}

export interface Asked {
  token?: string;
  headers?: Record<string, string>;
  /** An object is sent as JSON; text and bytes as they are, under the content type given. */
  body?: unknown;
}

/** What a test sets otherwise: limits, and what stands for something outside, such as the disk. */
export interface TestSetting {
  publicUrl?: string;
  evidenceMaxBytes?: number;
  postalAddress?: string;
  exitUrl?: string;
  onionUrl?: string;
  /** Whether signing in asks for a code too; most tests are about something else. */
  asksSecondFactor?: boolean;
  replace?: (database: TestDatabase) => [token: abstract new (...args: never[]) => unknown, value: unknown][];
}

/**
 * The whole application, doors included, in this process: its own database, a clock that the test sets, no port. Whoever guesses receipts is
 * answered without the pause that grows to seconds; receipts.spec.ts shows that pause.
 */
export class TestApp {
  private administratorId?: string;
  private staff = 0;
  private lead?: TestOfficer;

  private constructor(
    readonly nest: NestFastifyApplication,
    readonly database: TestDatabase,
    readonly time: TestTime,
  ) {}

  static async start(
    engine: Engine,
    {
      publicUrl = 'http://localhost:3000',
      evidenceMaxBytes,
      postalAddress,
      exitUrl,
      onionUrl,
      asksSecondFactor = false,
      replace = () => [],
    }: TestSetting = {},
  ): Promise<TestApp> {
    const database = await createMigratedDatabase(engine);
    const time = new TestTime();
    const settings = new Settings(
      0,
      database.dataDir,
      database.url,
      publicUrl,
      'Test organisation',
      'DE',
      evidenceMaxBytes,
      undefined,
      undefined,
      postalAddress,
      exitUrl,
      onionUrl,
    );
    const building = Test.createTestingModule({ imports: [AppModule] });
    const replaced = [
      [Settings, settings],
      [Time, time],
      [GuessPace, new GuessPace([], async () => undefined)],
      ...replace(database),
    ] as const;
    for (const [token, value] of replaced) building.overrideProvider(token).useValue(value);
    const module = await building.compile();
    const nest = module.createNestApplication<NestFastifyApplication>(newAdapter(), {
      bodyParser: false,
      logger: false,
    });
    await prepareApp(nest);
    await nest.init();
    await nest.getHttpAdapter().getInstance().ready();
    if (!asksSecondFactor) nest.get(SecondFactor, { strict: false }).askNobody();
    const app = new TestApp(nest, database, time);
    await reverseRows(app);
    return app;
  }

  get<T>(type: abstract new (...args: never[]) => T): T {
    return this.nest.get(type as unknown as new () => T, { strict: false });
  }

  /** The writing connection, for tests that look behind the gate. */
  get source(): DataSource {
    return this.nest.get<DataSource>(getDataSourceToken(), { strict: false });
  }

  async ask<T = Record<string, never>>(
    method: string,
    url: string,
    { token, headers = {}, body }: Asked = {},
  ): Promise<Answer<T>> {
    const isRaw = typeof body === 'string' || body instanceof Buffer;
    const answer = await this.nest.inject({
      method: method as 'GET',
      url,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body !== undefined && !isRaw ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: isRaw ? body : JSON.stringify(body) }),
    });
    const isJson = /json/.test(String(answer.headers['content-type'] ?? ''));
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text: answer.body,
      bytes: answer.rawPayload,
      body: (isJson && answer.body !== '' ? JSON.parse(answer.body) : null) as T,
    };
  }

  /** A member of staff with these roles, an account and a token. */
  async officer(...roles: RoleCode[]): Promise<TestOfficer> {
    if (roles.length !== 1 || roles[0] !== 'ADM' || this.administratorId)
      return this.officerInvitedBy(await this.administrator(), ...roles);
    const path = (await this.get(Invitations).createFirst())!;
    const officer = await this.join(path.slice('/join/'.length), roles);
    this.administratorId = officer.personId;
    return officer;
  }

  /** The same, whose account this administrator made. */
  async officerInvitedBy(invitedBy: string, ...roles: RoleCode[]): Promise<TestOfficer> {
    return this.join(await this.get(Invitations).invite({ roles, unit: null, invitedBy }), roles);
  }

  private async join(secret: string, roles: RoleCode[]): Promise<TestOfficer> {
    const accounts = this.get(Accounts);
    this.staff += 1;
    const email = `${roles.join('-').toLowerCase()}-${this.staff}@example.org`;
    const { id } = await accounts.acceptInvitation(secret, {
      name: `${roles.join(' ')} ${this.staff}`,
      email,
      password: TEST_PASSWORD,
    });
    const expiresAt = new Date(this.time.now().getTime() + 365 * 86_400_000).toISOString();
    const { token } = await this.get(ApiTokens).create({
      personId: id,
      label: 'test',
      scopes: SCOPE_CODES,
      expiresAt,
    });
    return { personId: id, email, roles, token };
  }

  private async administrator(): Promise<string> {
    return this.administratorId ?? (await this.officer('ADM')).personId;
  }

  /** Lodges over the API; returns what the complainant takes away, and her bearer token. */
  async lodge(
    form: Record<string, unknown> = { narrative: 'The system stopped my benefit.' },
  ): Promise<{ reference: string; receipt: string; token: string }> {
    const lodged = await this.ask<{ reference: string; receipt: string }>('POST', '/api/v1/complaints', {
      body: form,
    });
    const { reference, receipt } = lodged.body;
    const session = await this.ask<{ token: string }>('POST', '/api/v1/complaint-sessions', {
      body: { receipt },
    });
    return { reference, receipt, token: session.body.token };
  }

  /** Brings these onto the team of a case: a triage lead asks each of them, and they say that they have no conflict of interest. */
  async bring(reference: string, ...officers: TestOfficer[]): Promise<void> {
    const lead = (this.lead ??= await this.officer('TRI'));
    for (const officer of officers) {
      await this.take(lead, reference, 'assign', { role: officer.roles[0], person: officer.personId });
      await this.take(officer, reference, 'declare-no-conflict', { noConflict: true });
    }
  }

  /** One step of the process, past the doors. */
  take({ personId, roles }: TestOfficer, reference: string, step: string, answers: object) {
    const visitor = { kind: 'officer' as const, personId, roles, unitHash: null, sessionHash: '' };
    return this.get(TakeStep).run({ reference, step, visitor, answers: { ...answers } });
  }

  /** How many rows each table holds. */
  async rowCounts(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { tableName } of this.source.entityMetadatas) {
      const rows = await this.source.query<{ n: number | string }[]>(
        `SELECT COUNT(*) AS n FROM "${tableName}"`,
      );
      counts[tableName] = Number(rows[0]!.n);
    }
    return counts;
  }

  verify(): Promise<Verified> {
    return this.get(Transactions).read((db) => verifyLedger(db, this.time.today()));
  }

  async integrate(): Promise<void> {
    while ((await this.get(GlobalLog).integrate()) > 0);
  }

  async close(): Promise<void> {
    await this.nest.close();
    await this.database.drop();
  }
}
