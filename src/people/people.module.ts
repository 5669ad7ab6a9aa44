import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { PlatformModule } from '../platform/platform.module';
import { Settings } from '../platform/settings';
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
import { LodgingPace } from './lodging-pace';
import { Invitations } from './invitations';
import { LodgingWork } from './lodging-work';
import { HalfSessions } from './half-sessions';
import { OwnAccount } from './own-account';
import { OwnPasskeys } from './own-passkeys';
import { PasskeyCeremonies } from './passkey-ceremonies';
import { PasskeyChallenges } from './passkey-challenges';
import { PasskeyRows } from './passkey-rows';
import { PasskeySignIn } from './passkey-sign-in';
import { PermitGuard } from './permit.guard';
import { Recoveries } from './recoveries';
import { SecondFactor } from './second-factor';
import { Sessions } from './sessions';
import { Sight } from './sight';
import { Provider } from './single-sign-on/provider';
import { readSingleSignOnSettings, SingleSignOnSettings } from './single-sign-on/provider-settings';
import { SingleSignOn } from './single-sign-on/single-sign-on';
import { SignInPace } from './sign-in-pace';
import { Webauthn } from './webauthn';

/** Brings the guard of every route with it. */
@Module({
  imports: [PlatformModule, RecordsModule, VaultModule, DiscoveryModule],
  providers: [
    AccountRows,
    Accounts,
    ApiTokens,
    DeclaredPermits,
    GuestMarks,
    HalfSessions,
    Invitations,
    OwnAccount,
    OwnPasskeys,
    PasskeyCeremonies,
    PasskeyChallenges,
    PasskeyRows,
    PasskeySignIn,
    Provider,
    Recoveries,
    SecondFactor,
    Sessions,
    Sight,
    SingleSignOn,
    { provide: SingleSignOnSettings, useFactory: () => readSingleSignOnSettings(process.env) },
    Webauthn,
    { provide: CodePace, useFactory: () => new CodePace() },
    {
      provide: LodgingPace,
      inject: [Settings],
      useFactory: ({ trustedProxies }: Settings) => new LodgingPace(trustedProxies),
    },
    {
      provide: LodgingWork,
      inject: [Settings],
      useFactory: ({ lodgingWorkBits, trustedProxies }: Settings) =>
        new LodgingWork(lodgingWorkBits, trustedProxies),
    },
    {
      provide: GuessPace,
      inject: [Settings],
      useFactory: ({ trustedProxies }: Settings) => new GuessPace(trustedProxies),
    },
    { provide: SignInPace, inject: [Time], useFactory: (time: Time) => new SignInPace(time) },
    { provide: APP_GUARD, useClass: PermitGuard },
  ],
  exports: [
    AccountRows,
    Accounts,
    ApiTokens,
    GuessPace,
    LodgingPace,
    LodgingWork,
    GuestMarks,
    Invitations,
    OwnAccount,
    OwnPasskeys,
    PasskeySignIn,
    Recoveries,
    SecondFactor,
    Sessions,
    Sight,
    SingleSignOn,
  ],
})
export class PeopleModule {}
