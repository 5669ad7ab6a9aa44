import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ApiModule } from './api/api.module';
import { ErrorFilter } from './error.filter';
import { CaseworkModule } from './casework/casework.module';
import { JobsModule } from './jobs/jobs.module';
import { LedgerModule } from './ledger/ledger.module';
import { PeopleModule } from './people/people.module';
import { PlatformModule } from './platform/platform.module';
import { RecordsModule } from './records/records.module';
import { VaultModule } from './vault/vault.module';
import { WebModule } from './web/web.module';

@Module({
  imports: [
    PlatformModule,
    RecordsModule,
    VaultModule,
    LedgerModule,
    PeopleModule,
    CaseworkModule,
    ApiModule,
    WebModule,
    JobsModule,
  ],
  providers: [{ provide: APP_FILTER, useClass: ErrorFilter }],
})
export class AppModule {}
