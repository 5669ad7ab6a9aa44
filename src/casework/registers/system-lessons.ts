import type { EntityManager } from 'typeorm';
import { onlySeen, type Reader } from '../../people/sight';
import { Case } from '../../records/entities/case';
import { Lesson } from '../../records/entities/lesson';
import { In } from 'typeorm';
import type { Vault } from '../../vault/vault';
import { MOST_LISTED, type SystemLessonView } from './register-views';

/** What cases taught about a system, newest first, of those cases alone that the reader may see. */
export async function lessonsOf(
  db: EntityManager,
  vault: Vault,
  reader: Reader,
  systemNumber: number,
): Promise<SystemLessonView[]> {
  const query = db.createQueryBuilder(Lesson, 'l').where('l.systemNumber = :systemNumber', { systemNumber });
  const lessons = await onlySeen(query, 'l.caseId', reader)
    .orderBy('l.recordedOn', 'DESC')
    .addOrderBy('l.id', 'DESC')
    .limit(MOST_LISTED)
    .getMany();
  if (lessons.length === 0) return [];
  const ids = [...new Set(lessons.map(({ caseId }) => caseId))];
  const cases = new Map((await db.findBy(Case, { id: In(ids) })).map((row) => [row.id, row]));
  const keys = await vault.openKeys(db, ids);
  return lessons.map(({ id, caseId, n, rootCauses, textSealed, recordNumber, recordedOn }) => {
    const key = keys.get(caseId);
    const isThere = key !== undefined && cases.get(caseId)!.erasedOn === null;
    const place = { table: 'lessons', column: 'textSealed', id };
    return {
      reference: cases.get(caseId)!.reference,
      n,
      rootCauses,
      text: isThere ? vault.unseal(key, place, textSealed) : null,
      recordNumber,
      recordedOn,
    };
  });
}
