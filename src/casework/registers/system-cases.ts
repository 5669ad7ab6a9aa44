import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { onlySeen, type Reader } from '../../people/sight';
import type { Day } from '../../platform/time';
import { Case } from '../../records/entities/case';
import { CaseSystem } from '../../records/entities/case-system';
import { RemedyAction } from '../../records/entities/remedy-action';
import { OPEN_ACTION } from '../../rules/needs/readings';
import type { RemedyFormCode } from '../../rules/remedies';
import type { State } from '../../rules/states';
import { MOST_LISTED, type OpenActionView, type RecurrenceView, type SystemView } from './register-views';

/** What is to keep a harm from happening again. */
const NON_REPETITION: RemedyFormCode = 'RF-GNR';

type NamedCase = Pick<Case, 'id' | 'reference' | 'state' | 'tier' | 'lodgedOn' | 'harms'>;
type FromCases = Pick<
  SystemView,
  'cases' | 'newestCases' | 'harms' | 'openActionCount' | 'openActions' | 'recurrences'
>;

/** An action that was to keep a harm from happening again, with the harms of its case. */
interface PreventingAction {
  caseId: string;
  reference: string;
  harms: string[];
  n: number;
  action: string;
  doneOn: Day;
}

/** How many cases name each system, of those that the reader may see. */
export async function countCases(db: EntityManager, reader: Reader): Promise<Map<number, number>> {
  const query = db
    .createQueryBuilder(CaseSystem, 'cs')
    .select('cs.systemNumber', 'number')
    .addSelect('COUNT(DISTINCT cs.caseId)', 'cases')
    .where('cs.unnamedOn IS NULL')
    .groupBy('cs.systemNumber');
  const rows = await onlySeen(query, 'cs.caseId', reader).getRawMany<{
    number: number;
    cases: number | string;
  }>();
  return new Map(rows.map(({ number, cases }) => [number, Number(cases)]));
}

/** What the cases that the reader may see tell of a system: what is counted of others would tell that there are others. */
export async function readCasesOf(
  db: EntityManager,
  reader: Reader,
  number: number,
  today: Day,
): Promise<FromCases> {
  const cases = await newestCasesNaming(db, reader, number);
  return {
    ...(await countsOf(db, reader, number)),
    newestCases: cases.map(({ reference, state, tier, lodgedOn }) => ({
      reference,
      state: state as State,
      tier,
      lodgedOn,
    })),
    ...(await openActionsOf(db, reader, number, today)),
    recurrences: recurrencesIn(cases, await preventingActionsOf(db, reader, number)),
  };
}

/** Of a query that knows cases as `c`: those that name the system now, of those that the reader may see. */
function naming<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  reader: Reader,
  number: number,
): SelectQueryBuilder<T> {
  const named = query
    .subQuery()
    .select('cs.caseId')
    .from(CaseSystem, 'cs')
    .where('cs.systemNumber = :number')
    .andWhere('cs.unnamedOn IS NULL');
  return onlySeen(query.andWhere(`c.id IN ${named.getQuery()}`, { number }), 'c.id', reader);
}

/** Cases, and of how many of them each harm is, the most frequent first. */
async function countsOf(
  db: EntityManager,
  reader: Reader,
  number: number,
): Promise<Pick<FromCases, 'cases' | 'harms'>> {
  const query = db
    .createQueryBuilder(Case, 'c')
    .select('c.harms', 'harms')
    .addSelect('COUNT(*)', 'count')
    .groupBy('c.harms');
  // One row for all cases with the same harms.
  const rows = await naming(query, reader, number).getRawMany<{
    harms: string | null;
    count: number | string;
  }>();
  const harms = new Map<string, number>();
  let cases = 0;
  for (const row of rows) {
    cases += Number(row.count);
    for (const code of harmsIn(row.harms)) harms.set(code, (harms.get(code) ?? 0) + Number(row.count));
  }
  return {
    cases,
    harms: [...harms]
      .map(([code, count]) => ({ code, count }))
      .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)),
  };
}

function harmsIn(json: string | null): string[] {
  return json === null ? [] : (JSON.parse(json) as string[]);
}

/** Newest first. */
function newestCasesNaming(db: EntityManager, reader: Reader, number: number): Promise<NamedCase[]> {
  const query = db
    .createQueryBuilder(Case, 'c')
    .select(['c.id', 'c.reference', 'c.state', 'c.tier', 'c.lodgedOn', 'c.harms']);
  return naming(query, reader, number)
    .orderBy('c.lodgedOn', 'DESC')
    .addOrderBy('c.id', 'DESC')
    .limit(MOST_LISTED)
    .getMany();
}

/** Earliest due first, so that what is overdue is never left out. */
async function openActionsOf(
  db: EntityManager,
  reader: Reader,
  number: number,
  today: Day,
): Promise<Pick<FromCases, 'openActionCount' | 'openActions'>> {
  const query = naming(actionsOfCases(db), reader, number).andWhere('a.status IN (:...open)', {
    open: OPEN_ACTION,
  });
  const openActionCount = await query.clone().getCount();
  const rows = await query
    .select('c.reference', 'reference')
    .addSelect('a.n', 'n')
    .addSelect('a.action', 'action')
    .addSelect('a.status', 'status')
    .addSelect('a.dueOn', 'dueOn')
    .orderBy('a.dueOn')
    .addOrderBy('a.id')
    .limit(MOST_LISTED)
    .getRawMany<Omit<OpenActionView, 'overdue'>>();
  return { openActionCount, openActions: rows.map((row) => ({ ...row, overdue: row.dueOn < today })) };
}

/** The last that were done, latest first. */
async function preventingActionsOf(
  db: EntityManager,
  reader: Reader,
  number: number,
): Promise<PreventingAction[]> {
  const rows = await naming(actionsOfCases(db), reader, number)
    .andWhere('a.form = :form', { form: NON_REPETITION })
    .andWhere('a.doneOn IS NOT NULL')
    .select('a.caseId', 'caseId')
    .addSelect('c.reference', 'reference')
    .addSelect('c.harms', 'harms')
    .addSelect('a.n', 'n')
    .addSelect('a.action', 'action')
    .addSelect('a.doneOn', 'doneOn')
    .orderBy('a.doneOn', 'DESC')
    .addOrderBy('a.id', 'DESC')
    .limit(MOST_LISTED)
    .getRawMany<Omit<PreventingAction, 'harms'> & { harms: string | null }>();
  return rows.map((row) => ({ ...row, harms: harmsIn(row.harms) }));
}

function actionsOfCases(db: EntityManager): SelectQueryBuilder<RemedyAction> {
  return db.createQueryBuilder(RemedyAction, 'a').innerJoin(Case, 'c', 'c.id = a.caseId');
}

/** Each case and harm once, after the last action that was to prevent it. Newest first. */
function recurrencesIn(
  cases: readonly NamedCase[],
  prevented: readonly PreventingAction[],
): RecurrenceView[] {
  return cases.flatMap(({ id, reference, lodgedOn, harms }) =>
    (harms ?? []).flatMap((harm) => {
      const before = prevented.find(
        (each) => each.caseId !== id && each.doneOn < lodgedOn && each.harms.includes(harm),
      );
      if (!before) return [];
      const { n, action, doneOn } = before;
      return [{ reference, harm, lodgedOn, after: { reference: before.reference, n, action, doneOn } }];
    }),
  );
}
