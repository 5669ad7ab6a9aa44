import { Module } from '@nestjs/common';
import { CaseworkModule } from '../casework/casework.module';
import { InsightModule } from '../insight/insight.module';
import { PeopleModule } from '../people/people.module';
import { ApiDocument } from './api-document';
import { CasesController } from './cases.controller';
import { ComplaintsController } from './complaints.controller';
import { ComplaintsWithFilesController } from './complaints-with-files.controller';
import { DisposalsController } from './disposals.controller';
import { DocsController } from './docs.controller';
import { ErasureController } from './erasure.controller';
import { LedgerController } from './ledger.controller';
import { ManyCasesController } from './many-cases.controller';
import { MyCaseController } from './my-case.controller';
import { PatternReviewsController } from './pattern-reviews.controller';
import { ProceedingsController } from './proceedings.controller';
import { REGISTER_DOORS } from './register-doors';
import { SearchController } from './search.controller';
import { SharingController } from './sharing.controller';
import { StoriesController } from './stories.controller';
import { StatisticsController } from './statistics.controller';
import { TeamController } from './team.controller';
import { PoliciesController } from './policies.controller';
import { ViewsController } from './views.controller';
import { WordingsController } from './wordings.controller';

@Module({
  imports: [CaseworkModule, InsightModule, PeopleModule],
  controllers: [
    ComplaintsController,
    ComplaintsWithFilesController,
    MyCaseController,
    CasesController,
    SharingController,
    SearchController,
    ViewsController,
    ManyCasesController,
    LedgerController,
    DisposalsController,
    ErasureController,
    StatisticsController,
    PatternReviewsController,
    TeamController,
    StoriesController,
    ...REGISTER_DOORS,
    ProceedingsController,
    PoliciesController,
    WordingsController,
    DocsController,
  ],
  providers: [ApiDocument],
  exports: [ApiDocument],
})
export class ApiModule {}
