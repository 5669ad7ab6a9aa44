import type { EntityManager } from 'typeorm';
import { PolicyVersion } from '../../records/entities/policy-version';
import { BUILT_IN, isOfTheCode, Policy } from '../../rules/policy';

const kept = new WeakMap<EntityManager['dataSource'], Map<string, Policy>>();

/**
 * The version of the process that a case is held to. Looked up once in a process, as none ever changes; null where there is none of this
 * name. The one place that reads them for a case.
 */
export async function findPolicy(db: EntityManager, version: string): Promise<Policy | null> {
  if (isOfTheCode(version)) return BUILT_IN;
  const known = kept.get(db.dataSource) ?? new Map<string, Policy>();
  kept.set(db.dataSource, known);
  const found = known.get(version);
  if (found) return found;
  const row = await db.findOneBy(PolicyVersion, { version });
  if (!row) return null;
  const policy = policyIn(row);
  known.set(version, policy);
  return policy;
}

/** Like `findPolicy`, of a case: throws where it is gone, since nobody may work on a case under weaker rules than it was opened under. */
export async function policyOf(db: EntityManager, version: string): Promise<Policy> {
  const policy = await findPolicy(db, version);
  if (policy) return policy;
  throw new Error(
    `A case is held to version ${version} of the process, which is neither one of this program nor in the table "policies". Run verify, and start the program that has it, or restore that table from a backup.`,
  );
}

/** A stored version as what cases are held to. */
export function policyIn({ version, amendments }: Pick<PolicyVersion, 'version' | 'amendments'>): Policy {
  return new Policy(version, amendments);
}
