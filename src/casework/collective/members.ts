import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { Case } from '../../records/entities/case';
import { Membership } from '../../records/entities/membership';
import type { CaseFile } from '../case-file';

/** The membership of a case that stands. */
export function standingMembership({ memberships }: Pick<CaseFile, 'memberships'>): Membership | undefined {
  return memberships.find(({ endedOn }) => endedOn === null);
}

/** The cases (`c`) of everybody who is a member of this collective complaint now (`m`). */
export function standingMembers(db: EntityManager, groupCaseId: string): SelectQueryBuilder<Case> {
  return db
    .createQueryBuilder(Case, 'c')
    .innerJoin(Membership, 'm', 'm.caseId = c.id AND m.endedOn IS NULL')
    .where('m.groupCaseId = :groupCaseId', { groupCaseId });
}
