import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataKey } from '../../src/records/entities/data-key';
import { Transactions } from '../../src/records/transactions';
import { Vault } from '../../src/vault/vault';
import type { TestApp } from './app';

/** Stands in every text that somebody writes in a test, and nowhere else. */
export const PLANT = 'xPflanzeQz';

/** The plant as it would look at rest if something forgot to seal it: as text, wide text, hex, or base64 in any of its three alignments. */
const LOOKS: [string, Buffer][] = [
  ['text', Buffer.from(PLANT)],
  ['lower-case text', Buffer.from(PLANT.toLowerCase())],
  ['wide text', Buffer.from(PLANT, 'utf16le')],
  ['hex', Buffer.from(Buffer.from(PLANT).toString('hex'))],
  ...[0, 1, 2].map((before): [string, Buffer] => {
    const text = Buffer.from(`${'-'.repeat(before)}${PLANT}`).toString('base64');
    return [`base64, ${before} on`, Buffer.from(text.slice(before === 0 ? 0 : before + 1, -4))];
  }),
];

/** How a plant looks in these bytes, if it is there. */
export function looksOf(bytes: Buffer): string[] {
  return LOOKS.filter(([, look]) => bytes.includes(look)).map(([name]) => name);
}

/** Every file below a folder. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Where a plant stands in the files of this folder, and how it looks there. */
export function plantsIn(folder: string): string[] {
  return filesIn(folder).flatMap((path) => looksOf(readFileSync(path)).map((look) => `${path}: ${look}`));
}

let planted = 0;

/** A text in which a plant stands, each another. */
export const plant = (text = 'In plain words.'): string => `${text} ${PLANT}${(planted += 1)} ÄÜ`;

/** Every column of every table whose name says that it is sealed, and whether a plant stands in it once it is opened. */
export async function sealedColumns(app: TestApp): Promise<Map<string, boolean>> {
  const vault = app.get(Vault);
  const owners = await app.source.getRepository(DataKey).find({ select: { ownerId: true } });
  return app.get(Transactions).read(async (db) => {
    const keys = await vault.openKeys(
      db,
      owners.map(({ ownerId }) => ownerId),
    );
    const isPlanted = (row: Record<string, string>, table: string, column: string): boolean =>
      Object.values(row).some((id) => {
        const key = keys.get(id);
        if (!key || !row[column]) return false;
        try {
          return vault.unseal(key, { table, column, id: row.id! }, row[column]).includes(PLANT);
        } catch {
          // A key of somebody else whom the row names.
          return false;
        }
      });
    const columns = new Map<string, boolean>();
    for (const { tableName, target, columns: all } of app.source.entityMetadatas) {
      const sealed = all.map(({ propertyName }) => propertyName).filter((name) => name.endsWith('Sealed'));
      const rows = sealed.length > 0 ? await db.find<Record<string, string>>(target) : [];
      for (const column of sealed)
        columns.set(
          `${tableName}.${column}`,
          rows.some((row) => isPlanted(row, tableName, column)),
        );
    }
    return columns;
  });
}
