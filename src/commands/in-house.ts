import type { INestApplicationContext, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

/** Starts only these rooms of the house (no doors, no jobs), does the work and closes them again. */
export async function inHouse<T>(
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

/** One line for people or programs. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}
