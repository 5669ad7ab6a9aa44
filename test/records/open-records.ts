import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { newId, newReference } from '../../src/platform/ids';
import { Settings } from '../../src/platform/settings';
import { openReader, openWriter, writeOptions } from '../../src/records/data-sources';
import type { Case } from '../../src/records/entities/case';
import type { NewRow } from '../../src/records/insert';
import { Transactions } from '../../src/records/transactions';
import { POLICY_VERSION } from '../../src/rules/policy';

export interface OpenRecords {
  write: DataSource;
  read: DataSource;
  transactions: Transactions;
  close(): Promise<void>;
}

export function settingsFor(place: { url: string; dataDir: string }): Settings {
  return new Settings(0, place.dataDir, place.url, 'http://localhost', 'Test organisation', 'DE');
}

/** The database at this place, migrated, behind a gate; `watch` as the gate takes it. */
export async function openRecords(
  place: { url: string; dataDir: string },
  watch?: (sql: string) => void,
): Promise<OpenRecords> {
  const settings = settingsFor(place);
  const write = await openWriter(writeOptions(settings));
  const read = await openReader(settings, write);
  const transactions = new Transactions(write, read, watch);
  return {
    write,
    read,
    transactions,
    close: async () => {
      await transactions.onApplicationShutdown();
      if (read !== write) await read.destroy();
      await write.destroy();
    },
  };
}

export function caseRow(change: Partial<NewRow<Case>> = {}): NewRow<Case> {
  return {
    id: newId(),
    ledgerId: newId(),
    reference: newReference(),
    state: 'received',
    revision: 1,
    policyVersion: POLICY_VERSION,
    lodgedOn: '2026-11-24',
    language: 'en',
    channel: 'WEB',
    identityMode: 'ANONYMOUS',
    complainantRole: 'AFFECTED',
    narrativeSealed: randomBytes(300).toString('base64'),
    legalHold: false,
    contactAttempts: 0,
    ...change,
  };
}

export interface Signal {
  given: Promise<void>;
  give(): void;
}

export function signal(): Signal {
  let give: () => void = () => undefined;
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give: () => give() };
}
