import type { EntityManager } from 'typeorm';
import { Case } from '../records/entities/case';
import { CASE_TABLES } from './case-tables';
import type { Difference } from './difference';

/** Rows of case tables that belong to no case at all. */
export async function strayRows(db: EntityManager): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const entity of CASE_TABLES.slice(1)) {
    const { tableName: table } = db.dataSource.getMetadata(entity);
    const rows: { id: string }[] = await db
      .createQueryBuilder(entity, 'r')
      .select('r.id', 'id')
      .leftJoin(Case, 'c', 'c.id = r.caseId')
      .where('c.id IS NULL')
      .limit(20)
      .getRawMany();
    for (const { id } of rows)
      differences.push({
        ledgerId: '',
        n: null,
        table,
        column: 'caseId',
        sentence: `${table} ${id} belongs to no case.`,
      });
  }
  return differences;
}
