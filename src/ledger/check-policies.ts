import type { EntityManager } from 'typeorm';
import { Case } from '../records/entities/case';
import { PolicyVersion } from '../records/entities/policy-version';
import { VERSIONS_OF_THE_CODE } from '../rules/policy';
import type { Difference } from './difference';
import { nameOfHistory } from './house';

/**
 * Cases that are held to a version of the process which nobody published and no table in code ever had: nobody can work on them. Their own
 * histories may agree with them, where another program opened them. Stops collecting after `most`.
 */
export async function strangePolicies(db: EntityManager, most: number): Promise<Difference[]> {
  const published = await db.find(PolicyVersion, { select: { id: true, version: true } });
  const known = [...VERSIONS_OF_THE_CODE, ...published.map(({ version }) => version)];
  const cases = await db
    .createQueryBuilder(Case, 'c')
    .select(['c.id', 'c.ledgerId', 'c.policyVersion'])
    .where('c.policyVersion NOT IN (:...known)', { known })
    .orderBy('c.id')
    .limit(most)
    .getMany();
  return cases.map(({ ledgerId, policyVersion }) => ({
    ledgerId,
    n: null,
    table: 'cases',
    column: 'policyVersion',
    sentence: `${nameOfHistory(ledgerId)}: cases.policyVersion: there is no version ${policyVersion} of the process; the program knows ${known.join(', ')}.`,
  }));
}
