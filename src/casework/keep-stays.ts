import type { EntityManager } from 'typeorm';
import type { Day } from '../platform/time';
import type { Case } from '../records/entities/case';
import { CaseStay } from '../records/entities/case-stay';
import { insert } from '../records/insert';
import { stayOf } from '../rules/stays';

/** Keeps how long a case was in the state that it leaves, in the change that moves it. It was in its first one since it was lodged. */
export async function keepStay(
  db: EntityManager,
  { id: caseId, state, lodgedOn }: Pick<Case, 'id' | 'state' | 'lodgedOn'>,
  on: Day,
): Promise<void> {
  const last = await db.findOne(CaseStay, { where: { caseId }, order: { n: 'DESC' } });
  const stay = stayOf((last?.n ?? 0) + 1, { state, on: last?.until ?? lodgedOn }, on);
  await insert(db, CaseStay, { caseId, ...stay });
}
