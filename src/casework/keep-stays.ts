import { IsNull, type EntityManager } from 'typeorm';
import type { Day } from '../platform/time';
import { CaseStay } from '../records/entities/case-stay';
import { insert } from '../records/insert';
import { update } from '../records/update';
import { begun, ended } from '../rules/stays';

/** A new case is in its first state since the day on which it came. */
export function beginStays(db: EntityManager, caseId: string, state: string, lodgedOn: Day): Promise<void> {
  return insert(db, CaseStay, { caseId, ...begun(1, { state, on: lodgedOn }) });
}

/** Ends the stay of a case in its state and begins one in the next, in the change that moves it. */
export async function moveStay(db: EntityManager, caseId: string, state: string, on: Day): Promise<void> {
  const { n, since } = await db.findOneByOrFail(CaseStay, { caseId, until: IsNull() });
  await update(db, CaseStay, { caseId, n }, ended({ since }, on));
  await insert(db, CaseStay, { caseId, ...begun(n + 1, { state, on }) });
}
