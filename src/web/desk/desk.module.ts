import { Module } from '@nestjs/common';
import { CaseworkModule } from '../../casework/casework.module';
import { PeopleModule } from '../../people/people.module';
import { PlatformModule } from '../../platform/platform.module';
import { InsightModule } from '../../insight/insight.module';
import { TemplatesModule } from '../templates.module';
import { AccountController } from './account.controller';
import { AccountPage } from './account-page';
import { BreakGlassPagesController } from './break-glass-pages.controller';
import { CasePage } from './case-page';
import { CasePagesController } from './case-pages.controller';
import { DashboardPagesController } from './dashboard-pages.controller';
import { DeskPages } from './desk-pages';
import { DisposalPagesController } from './disposal-pages.controller';
import { ErasurePagesController } from './erasure-pages.controller';
import { EvidenceController } from './evidence.controller';
import { IdentityController } from './identity.controller';
import { LodgeForSomebodyController } from './lodge-for-somebody.controller';
import { ManyCasesController } from './many-cases.controller';
import { OneTimeReceiptPage } from './one-time-receipt-page';
import { PasskeyPagesController } from './passkey-pages.controller';
import { PatternPagesController } from './pattern-pages.controller';
import { PeoplePagesController } from './people-pages.controller';
import { QueueController } from './queue.controller';
import { RecoveryPagesController } from './recovery-pages.controller';
import { ProceedingPagesController } from './proceeding-pages.controller';
import { REGISTER_PAGES } from './register-doors';
import { RolesController } from './roles.controller';
import { PolicyPagesController } from './policy-pages.controller';
import { RoutingPagesController } from './routing-pages.controller';
import { SearchController } from './search.controller';
import { SecondFactorController } from './second-factor.controller';
import { SessionPagesController } from './session-pages.controller';
import { SharingPagesController } from './sharing-pages.controller';
import { SingleSignOnController } from './single-sign-on.controller';
import { StepPagesController } from './step-pages.controller';
import { SurveyPagesController } from './survey-pages.controller';
import { TeamPagesController } from './team-pages.controller';
import { WordingPagesController } from './wording-pages.controller';

@Module({
  imports: [PlatformModule, PeopleModule, CaseworkModule, InsightModule, TemplatesModule],
  controllers: [
    SessionPagesController,
    SecondFactorController,
    SingleSignOnController,
    RecoveryPagesController,
    QueueController,
    ManyCasesController,
    SearchController,
    CasePagesController,
    LodgeForSomebodyController,
    StepPagesController,
    EvidenceController,
    SharingPagesController,
    IdentityController,
    TeamPagesController,
    BreakGlassPagesController,
    DisposalPagesController,
    ErasurePagesController,
    PeoplePagesController,
    RolesController,
    PolicyPagesController,
    RoutingPagesController,
    SurveyPagesController,
    AccountController,
    PasskeyPagesController,
    DashboardPagesController,
    PatternPagesController,
    ...REGISTER_PAGES,
    ProceedingPagesController,
    WordingPagesController,
  ],
  providers: [AccountPage, DeskPages, CasePage, OneTimeReceiptPage],
  exports: [DeskPages],
})
export class DeskModule {}
