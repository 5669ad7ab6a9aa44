import Database from 'better-sqlite3';
import { Client } from 'pg';
import type { House } from '../../harness/house';

/** More rows than these are read by no query of a page, however many cases there are: as many as are looked at for one page, twice. */
export const MOST_READ = 10_000;

/** A statement as it went to the database. */
export interface Sent {
  text: string;
  values: unknown[];
}

/** What reads more of a large table than a page may, in words; empty: nothing. */
export type Reads = (sent: Sent) => Promise<string[]>;

type Ask = (this: unknown, ...given: unknown[]) => unknown;

/** Keeps every SELECT that is sent from now on, with its values, until `jest.restoreAllMocks()`. */
export function watchStatements(): Sent[] {
  const sent: Sent[] = [];
  const keep = (text: unknown, values: unknown) => {
    if (typeof text === 'string' && /^\s*SELECT/i.test(text))
      sent.push({ text, values: Array.isArray(values) ? values : [] });
  };
  const client = Client.prototype as unknown as { query: Ask };
  const { query } = client;
  jest.spyOn(client, 'query').mockImplementation(function (this: Client, ...given: unknown[]) {
    keep(given[0], given[1]);
    return query.apply(this, given);
  });
  const probe = new Database(':memory:');
  const statements = Object.getPrototypeOf(probe.prepare('SELECT 1')) as { all: Ask };
  const { all } = statements;
  jest.spyOn(statements, 'all').mockImplementation(function (this: Database.Statement, ...given: unknown[]) {
    keep(this.source, given);
    return all.apply(this, given);
  });
  probe.close();
  return sent;
}

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: Node[];
}

/** PostgreSQL runs the statement and counts what it read. */
export function readsOfPostgres({ source }: House, large: ReadonlySet<string>): Reads {
  return async ({ text, values }) => {
    const [row] = await source.query<{ 'QUERY PLAN': { Plan: Node }[] }[]>(
      `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${text}`,
      values,
    );
    return readBy(row!['QUERY PLAN'][0]!.Plan, large);
  };
}

function readBy(node: Node, large: ReadonlySet<string>): string[] {
  const { 'Node Type': type, 'Relation Name': table } = node;
  const once = [node['Actual Rows'], node['Rows Removed by Filter'], node['Rows Removed by Index Recheck']];
  const rows = node['Actual Loops'] * once.reduce<number>((sum, each) => sum + (each ?? 0), 0);
  const found: string[] = [];
  if (table && large.has(table)) {
    if (rows > MOST_READ) found.push(`${rows} rows of ${table} are read: ${type}`);
  }
  return [...found, ...(node.Plans ?? []).flatMap((each) => readBy(each, large))];
}

interface Line {
  parent: number;
  detail: string;
}

/**
 * SQLite does not count. What its plan says is held against the rows there are: along an index, all that have one value of the columns that
 * are compared may be read, unless the statement ends after a few of them, in the order of that index.
 */
export function readsOfSqlite({ source }: House, large: ReadonlySet<string>): Reads {
  const groups = new Map<string, number>();
  const largestGroup = async (table: string, columns: readonly string[]): Promise<number> => {
    const key = [table, ...columns].join(' ');
    if (!groups.has(key)) {
      const by = columns.map((each) => `"${each}"`);
      const [row] = await source.query<{ n: number }[]>(
        columns.length === 0
          ? `SELECT COUNT(*) AS n FROM "${table}"`
          : `SELECT COALESCE(MAX(n), 0) AS n FROM (SELECT COUNT(*) AS n FROM "${table}"
              WHERE ${by.map((each) => `${each} IS NOT NULL`).join(' AND ')} GROUP BY ${by.join(', ')})`,
      );
      groups.set(key, row!.n);
    }
    return groups.get(key)!;
  };
  return async ({ text, values }) => {
    const lines = await source.query<Line[]>(`EXPLAIN QUERY PLAN ${text}`, values);
    const found: string[] = [];
    for (const { detail, parent } of lines) {
      const [, how, alias, , columns] =
        /^(SCAN|SEARCH) (\S+)(.*?)(?: \(([^()]*)\))?(?: LEFT-JOIN)?$/.exec(detail) ?? [];
      if (!alias) continue;
      for (const table of tablesOf(text, alias).filter((each) => large.has(each))) {
        if (how === 'SCAN' && !/USING (COVERING )?INDEX/.test(detail))
          found.push(`${table} is read from end to end`);
        const compared = [...(columns ?? '').matchAll(/(\w+)=\?/g)].map(([, name]) => name!);
        const sorts = lines.some(
          (each) => each.parent === parent && each.detail.startsWith('USE TEMP B-TREE'),
        );
        if (compared.includes('rowid') || (!sorts && endsAfterFew(text, alias))) continue;
        const rows = await largestGroup(table, compared);
        if (rows > MOST_READ) found.push(`up to ${rows} rows of ${table} are read: ${detail}`);
      }
    }
    return found;
  };
}

/** Whether the part of a statement in which a table goes by this name has a limit of its own. */
function endsAfterFew(text: string, alias: string): boolean {
  let depth = 0;
  const after = text.slice(text.search(new RegExp(`(?:FROM|JOIN) "\\w+" "${alias}"`)));
  for (const [word] of after.matchAll(/[()]|\bLIMIT\b/g)) {
    if (word === 'LIMIT' && depth === 0) return true;
    depth += word === '(' ? 1 : word === ')' ? -1 : 0;
    if (depth < 0) return false;
  }
  return false;
}

/** Which tables go by this name in a statement; without another name, a table goes by its own. */
function tablesOf(text: string, alias: string): string[] {
  const named = [...text.matchAll(/(?:FROM|JOIN) "(\w+)" "(\w+)"/g)].filter(([, , name]) => name === alias);
  return named.length > 0 ? [...new Set(named.map(([, table]) => table!))] : [alias];
}
