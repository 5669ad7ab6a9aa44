import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { readEntry } from '../ledger/entry';
import { HOUSE } from '../ledger/house';
import { appendToHouse, readHouse } from '../ledger/house-history';
import type { Visitor } from '../people/visitor';
import { Time } from '../platform/time';
import { Transactions } from '../records/transactions';
import { lineOf, named, refsOf } from './history';
import { isKeptOut, Sight } from '../people/sight';
import type { AuditedHouse } from './record-views';
import { tellsOfCases } from './tells-of-cases';

const ENTRIES_ON_A_PAGE = 50;

/** What the house did that concerns no single case, as auditors read it: accounts and roles, disposals, every search. */
@Injectable()
export class ReadHouse {
  constructor(
    private readonly transactions: Transactions,
    private readonly sight: Sight,
    private readonly time: Time,
  ) {}

  /** A page, newest first, each entry checked now against the one before it; that it is read is an entry, too. `before` is `next` of the page before. */
  async page(visitor: Visitor, before?: number): Promise<AuditedHouse> {
    const reader = this.sight.auditorOf(visitor);
    await this.transactions.change((db) =>
      appendToHouse(db, {
        act: 'read-house',
        by: { role: 'AUD', ref: reader.personId },
        at: this.time.instant(),
        facts: { goesOn: before !== undefined },
      }),
    );
    const { entries, faults, next, isOut } = await this.transactions.read(async (db) => ({
      ...(await readHouse(db, { before, most: ENTRIES_ON_A_PAGE })),
      isOut: await isKeptOut(db, reader),
    }));
    const differences = faults.map(({ n, what }) => `entry ${n}: ${what}`);
    const unreadable = new Set(faults.map(({ n }) => n));
    const sound = entries.filter(({ n }) => !unreadable.has(n));
    const lines = sound.map(lineOf);
    const hidden = new Set(
      sound.filter(({ body }) => isOut && tellsOfCases(readEntry(body)!)).map(({ n }) => n),
    );
    const bodies = new Map(sound.filter(({ n }) => !hidden.has(n)).map(({ n, body }) => [n, body]));
    const pseudonyms = new Map(refsOf(lines).map((ref) => [ref, pseudonymOf(ref)]));
    return {
      entries: named(lines, pseudonyms).map((line) => ({
        ...line,
        ...(hidden.has(line.n) ? { facts: {} } : {}),
        body: bodies.get(line.n) ?? null,
      })),
      differences,
      next,
    };
  }
}

/** The same on every page of this history, and no other history has it. */
function pseudonymOf(ref: string): string {
  return `person ${createHash('sha256').update(`${HOUSE} ${ref}`).digest('hex').slice(0, 8)}`;
}
