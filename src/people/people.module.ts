import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { PlatformModule } from '../platform/platform.module';
import { Time } from '../platform/time';
import { RecordsModule } from '../records/records.module';
import { VaultModule } from '../vault/vault.module';
import { Accounts } from './accounts';
import { ApiTokens } from './api-tokens';
import { DeclaredPermits } from './declared-permits';
import { GuessPace } from './guess-pace';
import { PermitGuard } from './permit.guard';
import { Sessions } from './sessions';
import { SignInPace } from './sign-in-pace';

/** Brings the guard of every route with it. */
@Module({
  imports: [PlatformModule, RecordsModule, VaultModule, DiscoveryModule],
  providers: [
    Accounts,
    ApiTokens,
    DeclaredPermits,
    Sessions,
    { provide: GuessPace, useFactory: () => new GuessPace() },
    { provide: SignInPace, inject: [Time], useFactory: (time: Time) => new SignInPace(time) },
    { provide: APP_GUARD, useClass: PermitGuard },
  ],
  exports: [Accounts, ApiTokens, GuessPace, Sessions],
})
export class PeopleModule {}
