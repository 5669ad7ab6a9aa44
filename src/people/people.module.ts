import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { PlatformModule } from '../platform/platform.module';
import { Time } from '../platform/time';
import { RecordsModule } from '../records/records.module';
import { VaultModule } from '../vault/vault.module';
import { AccountRows } from './account-rows';
import { Accounts } from './accounts';
import { ApiTokens } from './api-tokens';
import { CodePace } from './code-pace';
import { DeclaredPermits } from './declared-permits';
import { GuestMarks } from './guest-marks';
import { GuessPace } from './guess-pace';
import { PermitGuard } from './permit.guard';
import { Recoveries } from './recoveries';
import { SecondFactor } from './second-factor';
import { Sessions } from './sessions';
import { Sight } from './sight';
import { SignInPace } from './sign-in-pace';

/** Brings the guard of every route with it. */
@Module({
  imports: [PlatformModule, RecordsModule, VaultModule, DiscoveryModule],
  providers: [
    AccountRows,
    Accounts,
    ApiTokens,
    DeclaredPermits,
    GuestMarks,
    Recoveries,
    SecondFactor,
    Sessions,
    Sight,
    { provide: CodePace, useFactory: () => new CodePace() },
    { provide: GuessPace, useFactory: () => new GuessPace() },
    { provide: SignInPace, inject: [Time], useFactory: (time: Time) => new SignInPace(time) },
    { provide: APP_GUARD, useClass: PermitGuard },
  ],
  exports: [
    AccountRows,
    Accounts,
    ApiTokens,
    GuessPace,
    GuestMarks,
    Recoveries,
    SecondFactor,
    Sessions,
    Sight,
  ],
})
export class PeopleModule {}
