import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import type { ModuleMetadata } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import cookies from '@fastify/cookie';
import { type PersonView, Accounts } from '../../src/people/accounts';
import { Invitations } from '../../src/people/invitations';
import { CodePace } from '../../src/people/code-pace';
import { PeopleModule } from '../../src/people/people.module';
import { Settings } from '../../src/platform/settings';
import { Time } from '../../src/platform/time';
import { RecordsModule } from '../../src/records/records.module';
import type { RoleCode } from '../../src/rules/roles';
import { VaultModule } from '../../src/vault/vault.module';
import type { TestDatabase } from '../harness/database';

/** A clock that stands until it is moved. */
export class SetTime extends Time {
  private ms = Date.parse('2026-11-24T10:20:30.456Z');

  now(): Date {
    return new Date(this.ms);
  }

  forward(minutes: number): void {
    this.ms += minutes * 60_000;
  }
}

export const PASSWORD = 'seven quiet herons';

export function peopleModule(
  database: TestDatabase,
  time: Time,
  controllers: ModuleMetadata['controllers'] = [],
): TestingModuleBuilder {
  return Test.createTestingModule({ imports: [RecordsModule, VaultModule, PeopleModule], controllers })
    .overrideProvider(Settings)
    .useValue(new Settings(0, database.dataDir, database.url, 'https://redress.example.org', 'Example', 'DE'))
    .overrideProvider(Time)
    .useValue(time);
}

/** People, vault and records of the house on a database of their own, with routes of the test's choice. */
export async function startPeople(
  database: TestDatabase,
  time: Time,
  controllers: ModuleMetadata['controllers'] = [],
  pace = new CodePace(),
): Promise<NestFastifyApplication> {
  const module = await peopleModule(database, time, controllers)
    .overrideProvider(CodePace)
    .useValue(pace)
    .compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  await app.register(cookies);
  await app.init();
  return app;
}

/** The administrator that the first start invites. */
export async function joinFirst(app: NestFastifyApplication): Promise<PersonView> {
  const path = await app.get(Invitations).createFirst();
  return app.get(Accounts).acceptInvitation(path!.replace('/join/', ''), {
    name: 'Ada Erste',
    email: 'ada@example.org',
    password: PASSWORD,
  });
}

let joined = 0;

/** One more person, invited by another. */
export async function join(
  app: NestFastifyApplication,
  invitedBy: string,
  roles: RoleCode[],
): Promise<PersonView> {
  joined += 1;
  const secret = await app.get(Invitations).invite({ roles, unit: null, invitedBy });
  return app.get(Accounts).acceptInvitation(secret, {
    name: `Colleague ${joined}`,
    email: `colleague${joined}@example.org`,
    password: PASSWORD,
  });
}
