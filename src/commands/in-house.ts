import type { INestApplicationContext, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Accounts, type PersonView } from '../people/accounts';
import { readSettings, type Settings } from '../platform/settings';
import { hasDatabase } from '../records/dialect';

/**
 * Starts only these rooms of the house (no doors, no jobs), does the work and closes them again. Refuses where there is no database: under
 * a mistyped setting, an empty house would look as if nothing was wrong.
 */
export async function inHouse<T>(
  module: Type,
  work: (house: INestApplicationContext) => Promise<T>,
): Promise<T> {
  await needDatabase(readSettings(process.env));
  return inNewHouse(module, work);
}

/** Throws a sentence where there is no database of ours. */
export async function needDatabase(settings: Settings): Promise<void> {
  if (await hasDatabase(settings)) return;
  throw new Error(
    settings.databaseUrl
      ? 'The database of DATABASE_URL holds nothing of Redress. Correct the setting, or run "npm start" or "npm run redress -- migrate" to fill it.'
      : `There is no database in ${settings.dataDir}. Set DATA_DIR to the folder of the server, or run "npm start" or "npm run redress -- migrate" to make one.`,
  );
}

/** The same where the database may be made only now. */
export async function inNewHouse<T>(
  module: Type,
  work: (house: INestApplicationContext) => Promise<T>,
): Promise<T> {
  const house = await NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
  try {
    return await work(house);
  } finally {
    await house.close();
  }
}

/** The active account with this e-mail address; throws a sentence when there is none. */
export async function accountOf(house: INestApplicationContext, email: string): Promise<PersonView> {
  const wanted = email.trim().toLowerCase();
  const people = await house.get(Accounts, { strict: false }).list();
  const person = people.find((each) => each.active && each.email.toLowerCase() === wanted);
  if (!person) throw new Error('There is no active account with this e-mail address.');
  return person;
}

/** One line for people or programs. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}
