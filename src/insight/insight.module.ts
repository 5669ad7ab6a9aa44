import { Module } from '@nestjs/common';
import { PeopleModule } from '../people/people.module';
import { PlatformModule } from '../platform/platform.module';
import { RecordsModule } from '../records/records.module';
import { VaultModule } from '../vault/vault.module';
import { ReadAgeing } from './ageing';
import { ReadClockUse } from './clock-use';
import { ReadDwell } from './dwell';
import { ReadOwnWork } from './own-work';
import { ReadStatistics } from './read-statistics';
import { SurveyComments } from './survey-comments';
import { ReadTeamLoad } from './team-load';

const DOORS_USE = [
  ReadAgeing,
  ReadClockUse,
  ReadDwell,
  ReadOwnWork,
  ReadStatistics,
  ReadTeamLoad,
  SurveyComments,
];

@Module({
  imports: [PlatformModule, RecordsModule, VaultModule, PeopleModule],
  providers: DOORS_USE,
  exports: DOORS_USE,
})
export class InsightModule {}
