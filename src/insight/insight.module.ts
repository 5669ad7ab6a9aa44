import { Module } from '@nestjs/common';
import { PlatformModule } from '../platform/platform.module';
import { RecordsModule } from '../records/records.module';
import { ReadStatistics } from './read-statistics';

@Module({ imports: [PlatformModule, RecordsModule], providers: [ReadStatistics], exports: [ReadStatistics] })
export class InsightModule {}
