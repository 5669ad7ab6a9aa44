import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module';
import { PlatformModule } from '../platform/platform.module';
import { LogIntegrationJob } from './log-integration.job';

@Module({
  imports: [PlatformModule, LedgerModule],
  providers: [LogIntegrationJob],
  exports: [LogIntegrationJob],
})
export class JobsModule {}
