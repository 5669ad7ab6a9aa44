import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Compares with what was committed; `npm run golden` writes it anew instead. A missing file fails. */
export function expectGolden(fileName: string, content: string): void {
  const path = join(__dirname, fileName);
  if (process.env.UPDATE_GOLDEN) writeFileSync(path, content);
  expect(content).toBe(readFileSync(path, 'utf8'));
}
