import { DataSource, type DataSourceOptions } from 'typeorm';
import type { Settings } from '../platform/settings';
import { connectionOptions } from './dialect';
import { ENTITIES } from './entity-list';
import { migrate } from './migrate';
import { MIGRATIONS } from './migration-list';

const TABLES = {
  entities: ENTITIES,
  migrations: MIGRATIONS,
  migrationsTableName: 'migrations',
  synchronize: false,
  migrationsRun: false,
  logging: false,
  // TypeORM's own logger prints to the console whatever `logging` says.
  logger: 'debug',
} as const;

/** Options of the data source through which everything is written. */
export function writeOptions(settings: Settings): DataSourceOptions {
  return { ...TABLES, ...connectionOptions(settings, 'write') } as unknown as DataSourceOptions;
}

/** Connects for writing and brings the schema to its head first. */
export async function openWriter(options: DataSourceOptions): Promise<DataSource> {
  const source = await new DataSource(options).initialize();
  try {
    await migrate(source);
  } catch (error) {
    await source.destroy();
    throw error;
  }
  return source;
}

/** Connects for reading: a second connection that cannot write, or the writers' own pool where the engine has one. */
export async function openReader(settings: Settings, writer: DataSource): Promise<DataSource> {
  const options = connectionOptions(settings, 'read');
  return options
    ? new DataSource({ ...TABLES, ...options } as unknown as DataSourceOptions).initialize()
    : writer;
}
