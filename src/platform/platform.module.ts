import { Module } from '@nestjs/common';
import { Log, logLevel } from './log';
import { readSettings, Settings } from './settings';
import { SystemTime, Time } from './time';

@Module({
  providers: [
    { provide: Settings, useFactory: () => readSettings(process.env) },
    { provide: Time, useClass: SystemTime },
    { provide: Log, useFactory: () => new Log(logLevel(process.env)) },
  ],
  exports: [Settings, Time, Log],
})
export class PlatformModule {}
