import { In, type EntityManager } from 'typeorm';
import { onlySeen, type Reader } from '../../people/sight';
import { Case } from '../../records/entities/case';
import { Lesson } from '../../records/entities/lesson';
import { MOST_LISTED, type SystemLessonView } from './register-views';

/**
 * What cases taught about a system, newest first, of those cases alone that the reader may see. Its words are read in the case, where that
 * is an entry.
 */
export async function lessonsOf(
  db: EntityManager,
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
  const cases = await db.find(Case, {
    select: { id: true, reference: true },
    where: { id: In(lessons.map(({ caseId }) => caseId)) },
  });
  const references = new Map(cases.map(({ id, reference }) => [id, reference]));
  return lessons.map(({ caseId, n, rootCauses, recordNumber, recordedOn }) => ({
    reference: references.get(caseId)!,
    n,
    rootCauses,
    recordNumber,
    recordedOn,
  }));
}
