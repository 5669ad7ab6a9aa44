import { Module } from '@nestjs/common';
import { PlatformModule } from '../platform/platform.module';
import { RecordsModule } from '../records/records.module';
import { VaultModule } from '../vault/vault.module';
import { ReadStatistics } from './read-statistics';
import { SurveyComments } from './survey-comments';

@Module({
  imports: [PlatformModule, RecordsModule, VaultModule],
  providers: [ReadStatistics, SurveyComments],
  exports: [ReadStatistics, SurveyComments],
})
export class InsightModule {}
