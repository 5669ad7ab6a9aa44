import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MARKER = 'made-by-demo.txt';

/**
 * An empty folder that belongs to the demo: made new, or, where `mayEmpty`, emptied if the demo made it before. Throws, and touches nothing, where
 * it holds anything else.
 */
export function freshDemoFolder(folder: string, { mayEmpty }: { mayEmpty: boolean }): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    if (!existsSync(join(folder, MARKER)))
      throw new Error(
        `${folder} holds data that the demo did not make, and is left alone. Set DATA_DIR to an empty or new folder.`,
      );
    if (!mayEmpty)
      throw new Error(
        `${folder} holds the keys of a database elsewhere, and is left alone. Set DATA_DIR to a new folder, or empty DATABASE_URL.`,
      );
    rmSync(folder, { recursive: true });
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(
    join(folder, MARKER),
    'The demo of Redress made this folder and deletes everything in it each time it starts.\n',
  );
}
