import { Module } from '@nestjs/common';
import { CaseworkModule } from '../../casework/casework.module';
import { PeopleModule } from '../../people/people.module';
import { PlatformModule } from '../../platform/platform.module';
import { ElsewhereController } from '../public/elsewhere.controller';
import { HowItWorksController } from '../public/how-it-works.controller';
import { LeaveController } from '../public/leave.controller';
import { PaperFormController } from '../public/paper-form.controller';
import { SafetyController } from '../public/safety.controller';
import { StoriesController } from '../public/stories.controller';
import { StartController } from '../public/start.controller';
import { TemplatesModule } from '../templates.module';
import { CardController } from './card.controller';
import { ConsentPagesController } from './consents.controller';
import { DraftController } from './draft.controller';
import { AlertPagesController } from './alerts.controller';
import { IdentityPagesController } from './identity.controller';
import { JoinGroupController } from './join-group.controller';
import { LodgeController } from './lodge.controller';
import { LodgePages } from './lodge-pages';
import { PapersController } from './papers/papers.controller';
import { Papers } from './papers/papers';
import { Press } from '../paper/press';
import { MyCasePagesController } from './my-case.controller';
import { MyCaseActsController } from './my-case-acts.controller';
import { CasePage } from './my-case/case-page';
import { StepPage } from './my-case/step-page';
import { ReceiptPagesController } from './receipts.controller';
import { SurveyPagesController } from './survey.controller';
import { PortalPages } from './portal-pages';

@Module({
  imports: [PlatformModule, PeopleModule, CaseworkModule, TemplatesModule],
  controllers: [
    StartController,
    HowItWorksController,
    StoriesController,
    PaperFormController,
    LeaveController,
    SafetyController,
    ElsewhereController,
    LodgeController,
    DraftController,
    JoinGroupController,
    CardController,
    PapersController,
    MyCasePagesController,
    MyCaseActsController,
    ReceiptPagesController,
    AlertPagesController,
    IdentityPagesController,
    ConsentPagesController,
    SurveyPagesController,
  ],
  providers: [PortalPages, CasePage, StepPage, LodgePages, Papers, Press],
})
export class PortalModule {}
