import { randomUUID } from 'node:crypto';
import type { EntityMetadata, QueryRunner } from 'typeorm';
import { CASE_TABLES } from '../../../src/ledger/case-tables';
import { AiSystem } from '../../../src/records/entities/ai-system';
import { Assignment } from '../../../src/records/entities/assignment';
import { Case } from '../../../src/records/entities/case';
import { CaseStay } from '../../../src/records/entities/case-stay';
import { CaseSystem } from '../../../src/records/entities/case-system';
import { Clock } from '../../../src/records/entities/clock';
import { DataKey } from '../../../src/records/entities/data-key';
import { Entry } from '../../../src/records/entities/entry';
import { Exclusion } from '../../../src/records/entities/exclusion';
import { Proposal } from '../../../src/records/entities/proposal';
import { QueuePlace } from '../../../src/records/entities/queue-place';
import { SearchWord } from '../../../src/records/entities/search-word';
import { SearchedCase } from '../../../src/records/entities/searched-case';
import { SearchedGroup } from '../../../src/records/entities/searched-group';
import { addDays } from '../../../src/rules/days';
import { LANES } from '../../../src/rules/queue';
import { REPRISAL_LEVEL_CODES } from '../../../src/rules/protection';
import { TIERS } from '../../../src/rules/severity';
import { USE_DOMAIN_CODES } from '../../../src/rules/use-domains';
import type { House } from '../../harness/house';

/** Half of them open: several times the 5,000 that are looked at for one page. */
export const CASES = 40_000;
const DAYS = 900;
/** Of so many, everything else is there, too. */
const WHOLE_CASES = 2000;
/** Whoever reads is on the team of so many, and as many are hidden from one of them. */
const OF_THE_READERS = 40;
const PERSONS = 200;
const SYSTEMS = 200;
/** Each word of the case that is copied stands in every so many others, too, in turn. */
const WORDS_IN_EVERY = [1, 2, 5, 20, 100, 400, 1000, 3000, 8000];
const COPIES_IN_ONE_STATEMENT = 1000;

type Table = new () => object;

/** Tables that have rows of every copy: what lists are narrowed by. */
const OF_EVERY_CASE = new Set<unknown>([
  Case,
  QueuePlace,
  Assignment,
  Clock,
  CaseStay,
  CaseSystem,
  Proposal,
  SearchedCase,
]);

/** What is said of one copy; written as it stands in SQL. */
interface Copy {
  g: number;
  id: string;
  ledger: string;
  closed: 0 | 1;
  state: string;
  lodgedOn: string;
  dueOn: string;
  lane: number;
  urgency: number;
  tier: string;
  reprisal: string;
  domain: string;
  language: string;
  person: string;
  system: number;
  place: string;
}

const OPEN_STATES = ['received', 'acknowledged', 'eligibility', 'triage', 'investigation', 'implementation'];
const LANGUAGES = ['en', 'en', 'en', 'en', 'sw', 'ar', 'fr'];

function copyOf(g: number, today: string): Copy {
  const of = <T>(list: readonly T[], n: number): T => list[n % list.length]!;
  const spread = Math.imul(g, 2_654_435_761) >>> 0;
  const closed = g % 2 === 0 ? 1 : 0;
  // As they come, one lies behind the other.
  const lodgedOn = addDays(today, -Math.floor(((CASES - g) * DAYS) / CASES));
  return {
    g,
    id: randomUUID(),
    ledger: randomUUID(),
    closed,
    state: closed ? 'closed' : of(OPEN_STATES, spread),
    lodgedOn,
    dueOn: closed ? '9999-12-31' : addDays(today, (g % 90) - 20),
    lane: closed ? LANES.SETTLED : spread % 50 === 0 ? LANES.LEGALLY_LATE : LANES.DUE,
    urgency: spread % 10,
    tier: of(TIERS, spread >>> 3),
    reprisal: spread % 997 === 0 ? 'CRITICAL' : of(REPRISAL_LEVEL_CODES, 0),
    domain: of(USE_DOMAIN_CODES, spread >>> 5),
    language: of(LANGUAGES, spread >>> 7),
    person: `person ${spread % PERSONS}`,
    system: 1000 + (spread % SYSTEMS),
    place: `${lodgedOn.replaceAll('-', '')}${g.toString(36).padStart(8, '0')}`,
  };
}

/**
 * Copies a case and everything in it under other ids, in all states, severities and hands, with a word of its complaint here and there. A copy can be listed, not opened; such a database does not verify. Says which tables
 * have more rows than `most` then.
 */
export async function copyCase(house: House, reference: string, most: number): Promise<Set<string>> {
  const { source } = house;
  const own = await source.getRepository(Case).findOneByOrFail({ reference });
  const copies = Array.from({ length: CASES }, (_, n) => copyOf(n + 1, house.time.today()));
  const runner = source.createQueryRunner();
  const isSqlite = house.database.engine === 'sqlite';
  // Neither triggers nor foreign keys look at a copy.
  await runner.query(isSqlite ? 'PRAGMA foreign_keys = OFF' : 'SET session_replication_role = replica');
  await runner.query('BEGIN');
  await writeDown(runner, copies);
  const words = await source.query<{ wordHash: string }[]>(
    `SELECT w."wordHash" FROM "search_words" w JOIN "searched_cases" s ON s."place" = w."place" WHERE s."caseId" = '${own.id}' ORDER BY 1`,
    [],
    runner,
  );
  const tables = [...CASE_TABLES, CaseStay, QueuePlace, SearchedCase, Entry, DataKey] as Table[];
  for (const entity of tables) {
    const metadata = source.getMetadata(entity);
    const key =
      entity === Entry ? 'ledgerId' : entity === Case ? 'id' : entity === DataKey ? 'ownerId' : 'caseId';
    const from = `t."${key}" = '${entity === Entry ? own.ledgerId : own.id}'`;
    await runner.query(insertOf(metadata, `${from} AND ${copiesOf(entity)}`));
  }
  for (const [n, { wordHash }] of words.entries())
    await runner.query(
      `INSERT INTO "search_words" ("wordHash", "place") SELECT '${wordHash}', place FROM copies WHERE g % ${WORDS_IN_EVERY[n % WORDS_IN_EVERY.length]!} = 0`,
    );
  await runner.query(
    `INSERT INTO "searched_groups" ("groupHash", "lane", "urgency", "dueOn", "caseId") SELECT t."groupHash", q."lane", q."urgency", q."dueOn", copies.id FROM "searched_groups" t CROSS JOIN copies JOIN "queue_places" q ON q."caseId" = copies.id AND q."facet" = 'all' WHERE copies.g % 20 = 0`,
  );
  await runner.query(
    insertOf(
      source.getMetadata(AiSystem),
      `copies.g <= ${SYSTEMS} AND t."number" = (SELECT MAX("number") FROM "ai_systems")`,
      {
        number: `999 + copies.g`,
      },
    ),
  );
  await runner.query('COMMIT');
  await runner.query(isSqlite ? 'PRAGMA foreign_keys = ON' : 'SET session_replication_role = origin');
  const large = new Set<string>();
  for (const { tableName } of [...tables, SearchWord, SearchedGroup].map((each) =>
    source.getMetadata(each),
  )) {
    const [row] = await source.query<{ rows: number | string }[]>(
      `SELECT COUNT(*) AS "rows" FROM "${tableName}"`,
      [],
      runner,
    );
    if (Number(row!.rows) > most) large.add(tableName);
  }
  await runner.release();
  return large;
}

/** Which copies have rows of this table. */
function copiesOf(entity: Table): string {
  // Somebody is kept out of few cases.
  if (entity === Exclusion) return `(copies.g <= ${OF_THE_READERS} OR copies.g % 20 = 0)`;
  return `copies.g <= ${OF_EVERY_CASE.has(entity) ? CASES : WHOLE_CASES}`;
}

async function writeDown(runner: QueryRunner, copies: readonly Copy[]): Promise<void> {
  const columns = Object.entries(copies[0]!).map(
    ([name, value]) => `"${name}" ${typeof value === 'number' ? 'integer' : 'text'}`,
  );
  await runner.query(`CREATE TEMP TABLE copies (${columns.join(', ')})`);
  for (let n = 0; n < copies.length; n += COPIES_IN_ONE_STATEMENT) {
    const rows = copies.slice(n, n + COPIES_IN_ONE_STATEMENT).map(
      (each) =>
        `(${Object.values(each)
          .map((value) => (typeof value === 'number' ? value : `'${value}'`))
          .join(', ')})`,
    );
    await runner.query(`INSERT INTO copies VALUES ${rows.join(', ')}`);
  }
}

function insertOf(table: EntityMetadata, where: string, values: Record<string, string> = {}): string {
  const names = table.columns.map(({ propertyName }) => propertyName);
  const copied = names.map((name) => values[name] ?? copiedColumn(table, name));
  return `INSERT INTO "${table.tableName}" (${names.map((name) => `"${name}"`).join(', ')})
    SELECT ${copied.join(', ')} FROM "${table.tableName}" t CROSS JOIN copies WHERE ${where}`;
}

/** Facets of which each copy has its own code; it has the others of the case that is copied. */
const FACETS = ['state', 'tier', 'reprisal', 'domain', 'language'] as const satisfies readonly (keyof Copy)[];

const OF_CASES: Record<string, string> = {
  id: 'copies.id',
  reference: `'RD-' || copies.g`,
  state: 'copies.state',
  lodgedOn: 'copies."lodgedOn"',
  closedOn: 'CASE WHEN copies.closed = 1 THEN copies."lodgedOn" END',
  nextDueOn: 'CASE WHEN copies.closed = 0 THEN copies."dueOn" END',
  tier: 'copies.tier',
  useDomain: 'copies.domain',
  reprisalLevel: 'copies.reprisal',
  language: 'copies.language',
};
const OF_PLACES: Record<string, string> = {
  facet: `CASE ${FACETS.map((kind) => `WHEN t."facet" LIKE '${kind}:%' THEN '${kind}:' || copies.${kind}`).join(' ')} ELSE t."facet" END`,
  lane: 'copies.lane',
  urgency: 'copies.urgency',
  dueOn: 'copies."dueOn"',
};
const SPREAD: Record<string, Record<string, string>> = {
  cases: OF_CASES,
  queue_places: OF_PLACES,
  clocks: { status: `CASE WHEN copies.closed = 1 THEN 'STOPPED' ELSE t."status" END` },
  proposals: { status: `CASE WHEN copies.g % 500 = 0 THEN 'OPEN' ELSE 'TAKEN' END` },
  case_systems: { systemNumber: 'copies.system' },
  case_stays: { until: 'copies."lodgedOn"' },
  searched_cases: { place: 'copies.place' },
};

/** What stands in a column of a copy. */
function copiedColumn({ tableName, uniques, columns }: EntityMetadata, column: string): string {
  const own = SPREAD[tableName]?.[column];
  if (own) return own;
  if (column === 'caseId' || column === 'ownerId') return 'copies.id';
  if (column === 'ledgerId') return 'copies.ledger';
  if (column === 'id') return `substr(copies.id, 1, 26) || substr(t."id", 27)`;
  // Whoever reads has few of all these.
  if (column === 'personId' && (tableName === 'assignments' || tableName === 'exclusions'))
    return `CASE WHEN copies.g <= ${OF_THE_READERS} THEN t."personId" ELSE copies.person END`;
  const isUnique = uniques.some(
    (each) => each.columns.length === 1 && each.columns[0]!.propertyName === column,
  );
  if (isUnique && columns.find(({ propertyName }) => propertyName === column)!.type !== 'integer')
    return `CASE WHEN t."${column}" IS NOT NULL THEN copies.id || substr(t."${column}", 37) END`;
  return `t."${column}"`;
}
