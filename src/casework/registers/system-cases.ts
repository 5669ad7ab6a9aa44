import type { EntityManager } from 'typeorm';
import { onlySeen, type Reader } from '../../people/sight';
import type { Day } from '../../platform/time';
import { Case } from '../../records/entities/case';
import { CaseSystem } from '../../records/entities/case-system';
import { RemedyAction } from '../../records/entities/remedy-action';
import { OPEN_ACTION } from '../../rules/needs/readings';
import type { RemedyFormCode } from '../../rules/remedies';
import type { State } from '../../rules/states';
import type { OpenActionView, RecurrenceView, SystemView } from './register-views';

const MOST_CASES = 100;
/** What is to keep a harm from happening again. */
const NON_REPETITION: RemedyFormCode = 'RF-GNR';

type NamedCase = Pick<Case, 'id' | 'reference' | 'state' | 'tier' | 'lodgedOn' | 'harms'>;
type FromCases = Pick<SystemView, 'cases' | 'newestCases' | 'harms' | 'openActions' | 'recurrences'>;

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
  const cases = await casesNaming(db, reader, number);
  const actions = await actionsOf(db, reader, number);
  const references = new Map(cases.map(({ id, reference }) => [id, reference]));
  const harms = new Map<string, number>();
  for (const each of cases) for (const code of each.harms ?? []) harms.set(code, (harms.get(code) ?? 0) + 1);
  return {
    cases: cases.length,
    newestCases: cases.slice(0, MOST_CASES).map(({ reference, state, tier, lodgedOn }) => ({
      reference,
      state: state as State,
      tier,
      lodgedOn,
    })),
    harms: [...harms]
      .map(([code, count]) => ({ code, count }))
      .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)),
    openActions: actions
      .filter(({ status }) => OPEN_ACTION.includes(status))
      .map((row) => openAction(row, references.get(row.caseId)!, today)),
    recurrences: recurrencesIn(cases, actions),
  };
}

/** Newest first. */
function casesNaming(db: EntityManager, reader: Reader, number: number): Promise<NamedCase[]> {
  const query = db
    .createQueryBuilder(Case, 'c')
    .select(['c.id', 'c.reference', 'c.state', 'c.tier', 'c.lodgedOn', 'c.harms']);
  const naming = query
    .subQuery()
    .select('cs.caseId')
    .from(CaseSystem, 'cs')
    .where('cs.systemNumber = :number')
    .andWhere('cs.unnamedOn IS NULL');
  query.where(`c.id IN ${naming.getQuery()}`, { number });
  return onlySeen(query, 'c.id', reader).orderBy('c.lodgedOn', 'DESC').addOrderBy('c.id', 'DESC').getMany();
}

/** Earliest due first. */
function actionsOf(db: EntityManager, reader: Reader, number: number): Promise<RemedyAction[]> {
  const query = db.createQueryBuilder(RemedyAction, 'a');
  const naming = query
    .subQuery()
    .select('cs.caseId')
    .from(CaseSystem, 'cs')
    .where('cs.systemNumber = :number')
    .andWhere('cs.unnamedOn IS NULL');
  query.where(`a.caseId IN ${naming.getQuery()}`, { number });
  return onlySeen(query, 'a.caseId', reader).orderBy('a.dueOn').addOrderBy('a.id').getMany();
}

function openAction(
  { n, action, status, dueOn }: RemedyAction,
  reference: string,
  today: Day,
): OpenActionView {
  return { reference, n, action, status, dueOn, overdue: dueOn < today };
}

/** Each case and harm once, after the last action that was to prevent it. Newest first. */
function recurrencesIn(cases: readonly NamedCase[], actions: readonly RemedyAction[]): RecurrenceView[] {
  const byId = new Map(cases.map((each) => [each.id, each]));
  const prevented = actions
    .filter(({ form, doneOn }) => form === NON_REPETITION && doneOn !== null)
    .sort((a, b) => (a.doneOn! < b.doneOn! ? -1 : 1));
  return cases.flatMap(({ id, reference, lodgedOn, harms }) =>
    (harms ?? []).flatMap((harm) => {
      const before = prevented.findLast(
        ({ caseId, doneOn }) =>
          caseId !== id && doneOn! < lodgedOn && byId.get(caseId)?.harms?.includes(harm),
      );
      if (!before) return [];
      const { n, action, doneOn, caseId } = before;
      return [
        {
          reference,
          harm,
          lodgedOn,
          after: { reference: byId.get(caseId)!.reference, n, action, doneOn: doneOn! },
        },
      ];
    }),
  );
}
