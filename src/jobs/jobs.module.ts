import { Module } from '@nestjs/common';
import { CaseworkModule } from '../casework/casework.module';
import { LedgerModule } from '../ledger/ledger.module';
import { PlatformModule } from '../platform/platform.module';
import { AlertsJob } from './alerts.job';
import { CheckInsJob } from './check-ins.job';
import { EvidenceSweepJob } from './evidence-sweep.job';
import { LogIntegrationJob } from './log-integration.job';
import { MailIntakeJob } from './mail-intake.job';
import { MemberNewsJob } from './member-news.job';
import { MergedNewsJob } from './merged-news.job';
import { PatternsJob } from './patterns.job';
import { RetentionJob } from './retention.job';
import { SearchIndexJob } from './search-index.job';

@Module({
  imports: [PlatformModule, CaseworkModule, LedgerModule],
  providers: [
    AlertsJob,
    CheckInsJob,
    LogIntegrationJob,
    EvidenceSweepJob,
    MailIntakeJob,
    MemberNewsJob,
    MergedNewsJob,
    PatternsJob,
    RetentionJob,
    SearchIndexJob,
  ],
  exports: [
    AlertsJob,
    CheckInsJob,
    LogIntegrationJob,
    EvidenceSweepJob,
    MailIntakeJob,
    MemberNewsJob,
    MergedNewsJob,
    PatternsJob,
    RetentionJob,
    SearchIndexJob,
  ],
})
export class JobsModule {}
