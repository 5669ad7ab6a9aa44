import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module';
import { PlatformModule } from '../platform/platform.module';
import { VaultModule } from '../vault/vault.module';
import { EvidenceSweepJob } from './evidence-sweep.job';
import { LogIntegrationJob } from './log-integration.job';

@Module({
  imports: [PlatformModule, LedgerModule, VaultModule],
  providers: [LogIntegrationJob, EvidenceSweepJob],
  exports: [LogIntegrationJob, EvidenceSweepJob],
})
export class JobsModule {}
