import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { CASE_TABLES } from '../../ledger/case-tables';
import type { Day } from '../../platform/time';
import { Case } from '../../records/entities/case';
import { Clock } from '../../records/entities/clock';
import { LegalHold } from '../../records/entities/legal-hold';
import { Person } from '../../records/entities/person';
import { OPEN_STATES } from '../../rules/states';

/** In how many cases that are not over a member of staff is named; a case may count in several. */
export interface CasesOfPerson {
  open: number;
  /** A legal hold stands. */
  held: number;
  /** It ended, and a review can still be asked for. */
  reviewable: number;
}

/** Counts them: named is whoever any row of the case names, for whatever it is that they did. */
export async function countCasesOf(db: EntityManager, personId: string, today: Day): Promise<CasesOfPerson> {
  const count = (condition: (query: SelectQueryBuilder<Case>) => string) => {
    const query = db.createQueryBuilder(Case, 'c');
    return query
      .where('c.erasedOn IS NULL')
      .andWhere(`(${namedIn(db, query)})`)
      .andWhere(`(${condition(query)})`)
      .setParameters({ personId, today, open: OPEN_STATES, yes: true })
      .getCount();
  };
  return {
    open: await count(() => 'c.state IN (:...open)'),
    held: await count(
      (query) =>
        `c.legalHold = :yes OR ${exists(query, LegalHold, 'h', 'h.caseId = c.id AND h.releasedOn IS NULL')}`,
    ),
    reviewable: await count((query) =>
      exists(
        query,
        Clock,
        'w',
        "w.caseId = c.id AND w.code = 'APPEAL-WINDOW' AND w.status <> 'STOPPED' AND w.dueLegalLatest >= :today",
      ),
    ),
  };
}

/** One condition for each column of a table of a case that says who of the staff. */
function namedIn(db: EntityManager, query: SelectQueryBuilder<Case>): string {
  return CASE_TABLES.flatMap((entity) => {
    const { target, tableName, foreignKeys } = db.dataSource.getMetadata(entity);
    return foreignKeys
      .filter(({ referencedEntityMetadata }) => referencedEntityMetadata.target === Person)
      .flatMap(({ columns }) => columns)
      .map(({ propertyName }) => {
        const alias = `${tableName}_${propertyName}`;
        const named = query.subQuery().select(`${alias}.caseId`).from(target, alias);
        return `c.id IN ${named.where(`${alias}.${propertyName} = :personId`).getQuery()}`;
      });
  }).join(' OR ');
}

function exists(
  query: SelectQueryBuilder<Case>,
  entity: new () => object,
  alias: string,
  condition: string,
): string {
  return `EXISTS ${query.subQuery().select('1').from(entity, alias).where(condition).getQuery()}`;
}
