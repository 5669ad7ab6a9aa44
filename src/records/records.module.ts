import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import type { DataSource, DataSourceOptions } from 'typeorm';
import { PlatformModule } from '../platform/platform.module';
import { Settings } from '../platform/settings';
import { openReader, openWriter, writeOptions } from './data-sources';
import { Transactions } from './transactions';

const READER = Symbol('read data source');

/** Opens the database, migrates it, and hands out the gate; nothing else of TypeORM leaves this module. */
@Module({
  imports: [
    PlatformModule,
    TypeOrmModule.forRootAsync({
      imports: [PlatformModule],
      inject: [Settings],
      useFactory: (settings: Settings) => ({
        ...writeOptions(settings),
        retryAttempts: settings.databaseUrl ? 5 : 0,
        retryDelay: 1000,
      }),
      dataSourceFactory: (options) => openWriter(options as DataSourceOptions),
    }),
  ],
  providers: [
    { provide: READER, useFactory: openReader, inject: [Settings, getDataSourceToken()] },
    {
      provide: Transactions,
      useFactory: (write: DataSource, read: DataSource) => new Transactions(write, read),
      inject: [getDataSourceToken(), READER],
    },
  ],
  exports: [Transactions],
})
export class RecordsModule implements OnApplicationShutdown {
  constructor(
    @Inject(getDataSourceToken()) private readonly writer: DataSource,
    @Inject(READER) private readonly reader: DataSource,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    if (this.reader !== this.writer && this.reader.isInitialized) await this.reader.destroy();
  }
}
