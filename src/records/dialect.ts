import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  DataSource,
  QueryFailedError,
  QueryResult,
  QueryRunnerAlreadyReleasedError,
  TableColumn,
} from 'typeorm';
import type { DataSourceOptions, EntityManager, QueryRunner } from 'typeorm';
import { Refusal } from '../platform/refusal';
import type { Settings } from '../platform/settings';

// The only file that knows which engine it is.

/** The part of better-sqlite3 that is used here. */
interface SqliteStatement {
  readonly reader: boolean;
  /** Makes it answer with arrays, which costs half of what objects do. */
  raw(): SqliteStatement;
  all(...parameters: unknown[]): unknown[];
  run(...parameters: unknown[]): { changes: number; lastInsertRowid: number | bigint };
}
interface SqliteConnection {
  readonly inTransaction: boolean;
  prepare(sql: string): SqliteStatement;
  exec(sql: string): void;
  pragma(text: string): unknown;
}

type ConnectionOptions = Partial<DataSourceOptions>;

/** A waiting writer blocks the whole process inside SQLite, so it waits there only briefly and then asynchronously. */
const WRITER_BUSY_TIMEOUT_IN_MS = 20;
const READER_BUSY_TIMEOUT_IN_MS = 1000;
const STATEMENT_CACHE_SIZE = 500;

/**
 * How to reach the database of these settings. `read` on SQLite is a second connection that cannot write; on PostgreSQL
 * reads share the pool of the writers, and `null` says so.
 */
export function connectionOptions(settings: Settings, use: 'write' | 'read'): ConnectionOptions | null {
  if (settings.databaseUrl)
    return use === 'read'
      ? null
      : {
          type: 'postgres',
          url: settings.databaseUrl,
          applicationName: 'redress',
          // A host that is gone says nothing any more: without being asked now and then, its connections would be held for ever.
          extra: {
            max: 10,
            connectionTimeoutMillis: 15_000,
            keepAlive: true,
            keepAliveInitialDelayMillis: 30_000,
          },
        };
  mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 });
  return {
    type: 'better-sqlite3',
    database: databaseFile(settings)!,
    statementCacheSize: STATEMENT_CACHE_SIZE,
    timeout: use === 'write' ? WRITER_BUSY_TIMEOUT_IN_MS : READER_BUSY_TIMEOUT_IN_MS,
    prepareDatabase: async (connection: SqliteConnection) => {
      await patiently(() => connection.pragma('journal_mode = WAL'));
      // better-sqlite3 falls back to NORMAL in WAL mode: an acknowledged complaint could be lost at a power cut.
      connection.pragma('synchronous = FULL');
      connection.pragma('foreign_keys = ON');
      // Without it INSERT OR REPLACE deletes a ledger row and no trigger sees it.
      connection.pragma('recursive_triggers = ON');
      // An erased key must not stay readable in a freed page.
      connection.pragma('secure_delete = ON');
      // What a savepoint may have to put back would otherwise be written to a temporary file as soon as it passes 64 kB.
      connection.pragma('temp_store = MEMORY');
      // At nearly each commit SQLite looks through the whole cache of the writer; what is not in it is read through the map.
      connection.pragma(`cache_size = ${use === 'write' ? -8000 : -32000}`);
      // Every 64 MB instead of every 4: a commit dirties pages of some fifteen trees, and a rarer checkpoint writes each of them once.
      connection.pragma('wal_autocheckpoint = 16000');
      // The writer alone maps the file: of a reader, the first look after each commit of the other connection would take the whole map
      // down, and fault in each page anew; the larger the database, the more.
      connection.pragma(`mmap_size = ${use === 'write' ? 2 ** 30 : 0}`);
      if (use === 'read') connection.pragma('query_only = ON');
    },
  };
}

/** Where the database lies on this machine; null where it lies on a server. */
export function databaseFile({ dataDir, databaseUrl }: Settings): string | null {
  return databaseUrl ? null : join(dataDir, 'redress.sqlite');
}

/** Writes the database as it is at one moment into this empty file, beside a running server. For one that lies on this machine. */
export async function copyDatabase(settings: Settings, file: string): Promise<void> {
  const source = await new DataSource(
    connectionOptions(settings, 'write') as unknown as DataSourceOptions,
  ).initialize();
  try {
    await source.query('VACUUM INTO ?', [file]);
  } finally {
    await source.destroy();
  }
}

/** True where a database of Redress is already; makes none. Throws when the server of the database does not answer. */
export async function hasDatabase(settings: Settings): Promise<boolean> {
  const file = databaseFile(settings);
  if (file) return existsSync(file);
  const source = await new DataSource(
    connectionOptions(settings, 'write') as unknown as DataSourceOptions,
  ).initialize();
  const runner = source.createQueryRunner();
  try {
    // Another program of the same server may keep its migrations under the same name.
    return (await runner.hasTable('migrations')) && (await runner.hasTable('cases'));
  } finally {
    await runner.release();
    await source.destroy();
  }
}

/** True where all changes go through one connection and therefore have to queue. */
export function hasOneWriter(source: DataSource): boolean {
  return source.options.type === 'better-sqlite3';
}

/** Runs one statement; `structured` as TypeORM's query runners understand it. */
export type Execute = (sql: string, parameters?: unknown[], structured?: boolean) => unknown;

/** Runs statements as TypeORM's own query runner does. */
export function executeThrough(runner: QueryRunner): Execute {
  return (sql, parameters, structured) =>
    structured ? runner.query(sql, parameters, true) : runner.query(sql, parameters);
}

/**
 * SQLite: runs a statement at once, on the calling stack, through its own cache of prepared statements. That leaves out
 * TypeORM's broadcaster (half of the cost of a small insert), and a statement can never slip behind the end of its change.
 */
export class OneConnection {
  private readonly connection: SqliteConnection;
  private readonly statements = new Map<string, SqliteStatement>();

  constructor(source: DataSource) {
    this.connection = connectionOf(source);
  }

  /** False as soon as the engine has given up the whole transaction. */
  get inTransaction(): boolean {
    return this.connection.inTransaction;
  }

  /** Takes the write lock first: a deferred BEGIN that reads before it writes fails beside another process. */
  begin(): void {
    this.execute('BEGIN IMMEDIATE');
  }

  /** Moves everything from the write-ahead log into the database and cuts the log to nothing; throws while somebody else uses it. */
  emptyLog(): void {
    const [state] = this.connection.pragma('wal_checkpoint(TRUNCATE)') as [{ busy: number }];
    if (state.busy !== 0)
      throw new Refusal(
        'unavailable',
        'The write-ahead log is in use by another process; it is emptied later.',
      );
  }

  readonly execute = (sql: string, parameters: unknown[] = [], structured = false): unknown => {
    try {
      const statement = this.statement(sql);
      const bound = parameters.map(bindable);
      const result = new QueryResult();
      if (statement.reader) {
        result.records = statement.all(...bound);
        result.raw = result.records;
      } else {
        const { changes, lastInsertRowid } = statement.run(...bound);
        result.affected = changes;
        result.raw = lastInsertRowid;
      }
      return structured ? result : result.raw;
    } catch (error) {
      throw new QueryFailedError(sql, [], error as Error);
    }
  };

  private statement(sql: string): SqliteStatement {
    const known = this.statements.get(sql);
    if (known) return known;
    const statement = this.connection.prepare(sql);
    this.statements.set(sql, statement);
    if (this.statements.size > STATEMENT_CACHE_SIZE)
      this.statements.delete(this.statements.keys().next().value as string);
    return statement;
  }
}

function connectionOf(source: DataSource): SqliteConnection {
  return (source.driver as unknown as { databaseConnection: SqliteConnection }).databaseConnection;
}

/** A SELECT to be run many times; each row is an array of what it selects, as the engine keeps it. */
export function selectOften(
  db: EntityManager,
  sql: string,
): (parameters: readonly unknown[]) => Promise<unknown[][]> {
  if (!hasOneWriter(db.dataSource))
    return async (parameters) =>
      (await db.query<object[]>(sql, [...parameters])).map((row) => Object.values(row) as unknown[]);
  const statement = connectionOf(db.dataSource).prepare(sql).raw();
  return async (parameters) => statement.all(...parameters) as unknown[][];
}

function bindable(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value === undefined ? null : value;
}

/** A value as its column keeps it: lists as JSON text; booleans as the driver of either engine takes them. */
export function stored(columnType: unknown, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  return columnType === 'simple-json' ? JSON.stringify(value) : value;
}

/** The value that `stored` kept; what no column of this type can hold comes back as it is. */
export function loaded(columnType: unknown, value: unknown): unknown {
  if (columnType === 'boolean') return value === 1 ? true : value === 0 ? false : value;
  if (columnType !== 'simple-json' || typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Takes the row lock of a case until the end of the change. SQLite needs none: it has one writer. */
export async function lockCase(db: EntityManager, caseId: string): Promise<void> {
  if (!hasOneWriter(db.dataSource))
    await db.query('SELECT "id" FROM "cases" WHERE "id" = $1 FOR UPDATE', [caseId]);
}

/** Lets one change at a time count what this person of staff did and add to it; rows that name the person are written on beside it. */
export async function lockPerson(db: EntityManager, personId: string): Promise<void> {
  if (!hasOneWriter(db.dataSource))
    await db.query('SELECT "id" FROM "people" WHERE "id" = $1 FOR NO KEY UPDATE', [personId]);
}

const HOUSE_LOCK = 7_236_002;

/** Lets one change at a time write the history of the house, until its end. SQLite needs no lock: it has one writer. */
export async function lockHouse(db: EntityManager): Promise<void> {
  if (!hasOneWriter(db.dataSource)) await db.query(`SELECT pg_advisory_xact_lock(${HOUSE_LOCK})`);
}

/** Waits for every change that wrote a data key and keeps others from writing one until the end of this change; they read on. */
export async function lockDataKeys(db: EntityManager): Promise<void> {
  if (!hasOneWriter(db.dataSource)) await db.query('LOCK TABLE "data_keys" IN SHARE ROW EXCLUSIVE MODE');
}

function codeOf(error: unknown): string {
  const { code } = causeOf(error);
  return typeof code === 'string' ? code : '';
}

function causeOf(error: unknown): { code?: unknown; message?: unknown } {
  return ((error instanceof QueryFailedError ? error.driverError : error) ?? {}) as { code?: unknown };
}

/** A row with this key is already there. */
export function isUniqueViolation(error: unknown): boolean {
  return ['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY', '23505'].includes(codeOf(error));
}

/** Another process holds the write lock. */
export function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));
}

/** The engine undid this change because of another one; taken again it will probably pass. */
export function isWorthRepeating(error: unknown): boolean {
  return ['40001', '40P01'].includes(codeOf(error));
}

const FULL = /^(SQLITE_FULL|53100)/;
const BROKEN = /^(SQLITE_(IOERR|CANTOPEN|READONLY|NOMEM|CORRUPT|NOTADB|PROTOCOL)|58|57P0|53|08|E[A-Z]+$)/;
/** What the driver of PostgreSQL says, without any code, of a server that is silent or gone. */
const SILENT = /^(timeout exceeded when trying to connect|Connection terminated)/;

/** True where the connection was found to have ended before this statement: it never left. */
export function wasNeverSent(error: unknown): boolean {
  return (
    error instanceof QueryRunnerAlreadyReleasedError ||
    /is not queryable$/.test(String(causeOf(error).message))
  );
}

/** Turns a failure of the engine (not of the data) into a sentence for people; any other error is returned as it is. */
export function translated(error: unknown): unknown {
  const code = codeOf(error);
  const refused = (sentence: string): Refusal =>
    Object.assign(new Refusal('unavailable', sentence), { cause: error });
  if (FULL.test(code))
    return refused(
      'Nothing was saved: the disk of this server is full. Please try again later; whoever runs this server has to make room on the disk.',
    );
  if (isBusy(error) || isWorthRepeating(error))
    return refused(
      'Nothing was saved: too many changes came at the same time. Please try again in a minute.',
    );
  if (
    BROKEN.test(code) ||
    wasNeverSent(error) ||
    (code === '' && SILENT.test(String(causeOf(error).message)))
  )
    return refused(
      'Nothing was saved: the database did not answer properly. Please try again later; whoever runs this server finds the cause in its log.',
    );
  return error;
}

/**
 * What is said of a change whose connection ended between its COMMIT and the answer to it: it may be stored or not, and `error` does not tell.
 */
export function uncertain(error: unknown): Refusal {
  return Object.assign(
    new Refusal(
      'uncertain',
      'The connection to the database ended while this was being saved, so we could not find out whether it was. Please look in a few minutes whether it is there, before you send it again. A complaint that is sent again under its Idempotency-Key is not stored twice.',
    ),
    { cause: error },
  );
}

/** Leaves the values of the row out of an error, so that no log can hold them. */
export function withoutValues(error: unknown): unknown {
  if (!(error instanceof QueryFailedError)) return error;
  const bare = error as { parameters?: unknown[]; detail?: string; where?: string };
  const cause = error.driverError as { detail?: string; where?: string };
  bare.parameters = [];
  for (const place of [bare, cause]) {
    delete place.detail;
    delete place.where;
  }
  return error;
}

/** Tries again while another process holds the lock, without blocking this one; gives up after 15 s with the last error. */
export async function patiently<T>(attempt: () => T | Promise<T>, patienceInMs = 15_000): Promise<T> {
  const deadline = Date.now() + patienceInMs;
  for (let pauseInMs = 5; ; pauseInMs = Math.min(pauseInMs * 2, 50)) {
    try {
      return await attempt();
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) throw error;
      await delay(1 + Math.random() * pauseInMs);
    }
  }
}

const MIGRATION_LOCK = 7_236_001;

/** Begins a transaction in which no other process can migrate the same database. */
export async function beginMigration(runner: QueryRunner): Promise<void> {
  if (hasOneWriter(runner.dataSource)) {
    // Rebuilding a table drops it for a moment; only outside a transaction can the check of its children be put off.
    await runner.query('PRAGMA foreign_keys = OFF');
    await patiently(() => runner.query('BEGIN IMMEDIATE'));
  } else {
    await runner.query('BEGIN');
    await runner.query(`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
  }
}

/** Commits what `beginMigration` began; refuses when a migration left a child without its parent. */
export async function commitMigration(runner: QueryRunner): Promise<void> {
  if (hasOneWriter(runner.dataSource)) {
    const orphans = (await runner.query('PRAGMA foreign_key_check')) as { table: string; parent: string }[];
    if (orphans.length > 0)
      throw new Error(
        `The migration leaves ${orphans.length} rows without their parent, first in ${orphans[0]?.table} (parent ${orphans[0]?.parent}). Mend the migration; nothing was changed.`,
      );
  }
  await runner.query('COMMIT');
}

/** Puts the connection back as changes need it, whether the migration passed or not. */
export async function afterMigration(runner: QueryRunner): Promise<void> {
  if (hasOneWriter(runner.dataSource)) await runner.query('PRAGMA foreign_keys = ON');
}

const refusalText = (table: string): string =>
  `Rows of ${table} are never changed or deleted: they are the history that outsiders verify. Write a new entry instead.`;

/** Gives a text column another length and keeps what it holds; TypeORM would drop it and add it anew on PostgreSQL. */
export async function resizeColumn(
  runner: QueryRunner,
  table: string,
  column: string,
  length: number,
): Promise<void> {
  if (hasOneWriter(runner.dataSource))
    await runner.changeColumn(
      table,
      column,
      new TableColumn({ name: column, type: 'varchar', length: String(length) }),
    );
  else await runner.query(`ALTER TABLE "${table}" ALTER COLUMN "${column}" TYPE varchar(${length})`);
}

/** Makes the database itself refuse UPDATE and DELETE (and TRUNCATE where it exists) on these tables. */
export async function protectRows(runner: QueryRunner, tables: string[]): Promise<void> {
  for (const table of tables) {
    if (hasOneWriter(runner.dataSource)) {
      for (const deed of ['UPDATE', 'DELETE'])
        await runner.query(
          `CREATE TRIGGER "${table}_no_${deed.toLowerCase()}" BEFORE ${deed} ON "${table}" BEGIN SELECT RAISE(ABORT, '${refusalText(table)}'); END`,
        );
    } else {
      await runner.query(
        `CREATE FUNCTION "${table}_refuse"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '${refusalText(table)}'; END $$`,
      );
      await runner.query(
        `CREATE TRIGGER "${table}_no_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "${table}" FOR EACH STATEMENT EXECUTE FUNCTION "${table}_refuse"()`,
      );
    }
  }
}

/** Takes away what `protectRows` set up; only a migration that goes back may call it. */
export async function unprotectRows(runner: QueryRunner, tables: string[]): Promise<void> {
  for (const table of tables) {
    if (hasOneWriter(runner.dataSource)) {
      for (const deed of ['update', 'delete']) await runner.query(`DROP TRIGGER "${table}_no_${deed}"`);
    } else {
      await runner.query(`DROP TRIGGER "${table}_no_change" ON "${table}"`);
      await runner.query(`DROP FUNCTION "${table}_refuse"()`);
    }
  }
}
