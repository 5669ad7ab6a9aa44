import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { inNewHouse } from '../../src/commands/in-house';

export function benchFolder(name: string): { dataDir: string; remove(): void } {
  const dataDir = mkdtempSync(join(tmpdir(), `redress-bench-${name}-`));
  return { dataDir, remove: () => rmSync(dataDir, { recursive: true, force: true }) };
}

export interface BenchPlace {
  dataDir: string;
  /** Left out: SQLite in `dataDir`. */
  databaseUrl?: string;
}

/** The house without its doors, in this process, at this place, or on SQLite in a folder of its own that is removed again. */
export async function inBenchHouse<T>(
  module: Type,
  work: (house: INestApplicationContext) => Promise<T>,
  place?: BenchPlace,
): Promise<T> {
  const own = place ? null : benchFolder('house');
  const { dataDir, databaseUrl = '' }: BenchPlace = place ?? own!;
  process.env.DATA_DIR = dataDir;
  process.env.DATABASE_URL = databaseUrl;
  // Its lines would stand among the figures.
  process.env.LOG_LEVEL = 'warn';
  try {
    return await inNewHouse(module, work);
  } finally {
    own?.remove();
  }
}
