import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { DataSource } from 'typeorm';
import { getDataSourceToken } from '@nestjs/typeorm';
import { CaseworkModule } from '../../src/casework/casework.module';
import { GlobalLog } from '../../src/ledger/log';
import { verifyLedger, type Verified } from '../../src/ledger/verify';
import { MailSettings } from '../../src/mail/mail-settings';
import { Accounts } from '../../src/people/accounts';
import { Invitations } from '../../src/people/invitations';
import type { Visitor } from '../../src/people/visitor';
import { Settings } from '../../src/platform/settings';
import { Time } from '../../src/platform/time';
import { openReader } from '../../src/records/data-sources';
import { Transactions } from '../../src/records/transactions';
import type { RoleCode } from '../../src/rules/roles';
import { createMigratedDatabase, type Engine, type TestDatabase } from './database';
import { reverseRows } from './row-order';

/** A clock that tests set. */
export class TestTime extends Time {
  constructor(private current = '2026-11-24T09:00:00.000Z') {
    super();
  }

  now(): Date {
    return new Date(this.current);
  }

  goTo(instant: string): void {
    this.current = instant;
  }

  addDays(days: number): void {
    this.current = new Date(Date.parse(this.current) + days * 86_400_000).toISOString();
  }
}

/** The house without its doors, on a database of its own. */
export class House {
  private constructor(
    private readonly context: INestApplicationContext,
    readonly database: TestDatabase,
    readonly time: TestTime,
  ) {}

  /**
   * `watch` sees every statement of a change before it runs; what it throws makes that statement fail. `mailOf` says which mail servers it
   * goes to.
   */
  static async open(
    engine: Engine,
    watch: (sql: string) => void = () => undefined,
    mailOf: (dataDir: string) => MailSettings = () => new MailSettings(null, null),
  ): Promise<House> {
    const database = await createMigratedDatabase(engine);
    const time = new TestTime();
    const settings = new Settings(
      0,
      database.dataDir,
      database.url,
      'http://localhost:3000',
      'Test organisation',
      'DE',
    );
    const module = await Test.createTestingModule({ imports: [CaseworkModule] })
      .overrideProvider(Settings)
      .useValue(settings)
      .overrideProvider(MailSettings)
      .useValue(mailOf(database.dataDir))
      .overrideProvider(Time)
      .useValue(time)
      .overrideProvider(Transactions)
      .useFactory({
        factory: async (write: DataSource) =>
          new Transactions(write, await openReader(settings, write), watch),
        inject: [getDataSourceToken()],
      })
      .compile();
    await module.init();
    const house = new House(module, database, time);
    await reverseRows(house);
    return house;
  }

  get<T>(type: abstract new (...args: never[]) => T): T {
    return this.context.get(type as unknown as new () => T, { strict: false });
  }

  /** The writing connection, for tests that tamper behind the gate. */
  get source(): DataSource {
    return this.context.get<DataSource>(getDataSourceToken(), { strict: false });
  }

  /** A member of staff with these roles. */
  async officer(...roles: RoleCode[]): Promise<Visitor & { kind: 'officer' }> {
    const accounts = this.get(Accounts);
    const invitations = this.get(Invitations);
    const secret = await invitations.invite({
      roles,
      unit: null,
      invitedBy: (await this.administrator()).personId,
    });
    const name = `${roles.join('-')} ${Math.random().toString(36).slice(2, 8)}`;
    const person = await accounts.acceptInvitation(secret, {
      name,
      email: `${name.replace(' ', '.')}@example.org`.toLowerCase(),
      password: 'a long enough phrase for a test',
    });
    return { kind: 'officer', personId: person.id, roles, unitHash: null, sessionHash: '' };
  }

  private admin?: Visitor & { kind: 'officer' };

  /** The first account, made through the first link; invites everybody else. */
  async administrator(): Promise<Visitor & { kind: 'officer' }> {
    if (this.admin) return this.admin;
    const accounts = this.get(Accounts);
    const invitations = this.get(Invitations);
    const link = await invitations.createFirst();
    const person = await accounts.acceptInvitation(link!.split('/').at(-1)!, {
      name: 'Ada Administrator',
      email: 'ada@example.org',
      password: 'a long enough phrase for a test',
    });
    return (this.admin = {
      kind: 'officer',
      personId: person.id,
      roles: ['ADM'],
      unitHash: null,
      sessionHash: '',
    });
  }

  verify(): Promise<Verified> {
    return this.get(Transactions).read((db) => verifyLedger(db, this.time.today()));
  }

  integrate(): Promise<number> {
    return this.get(GlobalLog).integrate();
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.database.drop();
  }
}
