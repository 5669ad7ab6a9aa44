import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { inNewHouse } from '../../src/commands/in-house';

export function benchFolder(name: string): { dataDir: string; remove(): void } {
  const dataDir = mkdtempSync(join(tmpdir(), `redress-bench-${name}-`));
  return { dataDir, remove: () => rmSync(dataDir, { recursive: true, force: true }) };
}

/** The house without its doors, in this process, on SQLite in this folder, or in one of its own that is removed again. */
export async function inBenchHouse<T>(
  module: Type,
  work: (house: INestApplicationContext) => Promise<T>,
  dataDir?: string,
): Promise<T> {
  const own = dataDir === undefined ? benchFolder('house') : null;
  process.env.DATA_DIR = dataDir ?? own!.dataDir;
  process.env.DATABASE_URL = '';
  // Its lines would stand among the figures.
  process.env.LOG_LEVEL = 'warn';
  try {
    return await inNewHouse(module, work);
  } finally {
    own?.remove();
  }
}
