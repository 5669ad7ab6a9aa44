import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Refusal } from '../../platform/refusal';
import { Time } from '../../platform/time';
import { PolicyVersion } from '../../records/entities/policy-version';
import { Transactions } from '../../records/transactions';
import { tableFaults } from '../../rules/policy-amendments';
import { amendsTheCode, BUILT_IN, type Policy, VERSIONS_OF_THE_CODE } from '../../rules/policy';
import { findPolicy, policyIn, policyOf } from './policy-of';

/** For so long a server may open cases under the version before, where another server published the next one. */
const FRESH_IN_MS = 10_000;

/** The versions of the process: which is the newest, and each by its name. */
@Injectable()
export class Policies implements OnModuleInit {
  private known: { policy: Policy; readAt: number } | null = null;
  private published = 0;

  constructor(
    private readonly transactions: Transactions,
    private readonly time: Time,
  ) {}

  /** Refuses to start where a stored version cannot be worked with: it amends a table that this program never had, or a new one came beneath it. */
  async onModuleInit(): Promise<void> {
    const rows = await this.transactions.read((db) => db.find(PolicyVersion, { order: { n: 'ASC' } }));
    for (const row of rows) {
      if (!amendsTheCode(row.version))
        throw new Error(
          `Version ${row.version} of the process, which cases are held to, amends a table that this program never had: it knows ${VERSIONS_OF_THE_CODE.join(', ')}. Start the program that ran before.`,
        );
      const faults = tableFaults(policyIn(row));
      if (faults.length > 0)
        throw new Error(
          `Version ${row.version} of the process, which cases are held to, no longer fits the steps of this program:\n- ${faults.join('\n- ')}\nStart the program that ran before, and have these steps changed in the new one so that they can be taken with what was amended.`,
        );
    }
  }

  /** The version that a case opened now is held to. Asks the database at most every ten seconds, and after a publication of this server. */
  async newest(): Promise<Policy> {
    const now = this.time.now().getTime();
    if (this.known && Math.abs(now - this.known.readAt) < FRESH_IN_MS) return this.known.policy;
    const before = this.published;
    const policy = await this.transactions.read(readNewest);
    if (before === this.published) this.known = { policy, readAt: now };
    return policy;
  }

  /** The version of this name; refuses one that nobody published. */
  async named(version: string): Promise<Policy> {
    const policy = await this.transactions.read((db) => findPolicy(db, version));
    if (!policy || policy.version !== version)
      throw new Refusal('not-found', 'There is no such version of the process. Choose one from the list.');
    return policy;
  }

  /** The version that a case is held to, by the name that the case bears. */
  of(version: string): Promise<Policy> {
    return this.transactions.read((db) => policyOf(db, version));
  }

  /** The version that an address names; the newest where it names none. */
  chosen(version: unknown): Promise<Policy> {
    return version === undefined ? this.newest() : this.named(typeof version === 'string' ? version : '');
  }

  /** A version was published here: the next case is opened under it. */
  forget(): void {
    this.published += 1;
    this.known = null;
  }
}

async function readNewest(db: EntityManager): Promise<Policy> {
  const row = await db.findOne(PolicyVersion, { order: { n: 'DESC' }, where: {} });
  return row ? policyIn(row) : BUILT_IN;
}
