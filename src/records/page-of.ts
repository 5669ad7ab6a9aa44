import { LessThan, type EntityManager, type EntityTarget, type FindOptionsWhere } from 'typeorm';
import { ROWS_ON_A_PAGE, type Page } from '../platform/pages';

/** The rows of a page, oldest first; no other row is read. */
export async function pageOf<T extends { n: number }>(
  db: EntityManager,
  entity: EntityTarget<T>,
  where: Partial<T>,
  { before, limit = ROWS_ON_A_PAGE }: Page,
): Promise<T[]> {
  const which = { ...where, ...(before === undefined ? {} : { n: LessThan(before) }) };
  const rows = await db.find<{ n: number }>(entity, {
    where: which as FindOptionsWhere<{ n: number }>,
    order: { n: 'DESC' },
    take: limit,
  });
  return rows.reverse() as T[];
}
