import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module';
import { MailModule } from '../mail/mail.module';
import { PeopleModule } from '../people/people.module';
import { PlatformModule } from '../platform/platform.module';
import { RecordsModule } from '../records/records.module';
import { VaultModule } from '../vault/vault.module';
import { readRetentionYears } from '../rules/retention';
import { ChangeCase } from './change-case';
import { ChangeIdentity } from './change-identity';
import { DraftPolicies } from './policies/draft-policies';
import { Policies } from './policies/policies';
import { Routing } from './triage/routing';
import { TellMerged } from './triage/tell-merged';
import { DeliverNews } from './collective/deliver-news';
import { JoinCodes } from './collective/join-codes';
import { Consents } from './consents';
import { DoomedFiles } from './doomed-files';
import { Agreement } from './erasure/agreement';
import { ReasonsLetters } from './closure/reasons-letters';
import { Surveys } from './closure/surveys';
import { CarryOut } from './erasure/carry-out';
import { Disposals } from './erasure/disposals';
import { EraseAccount } from './erasure/erase-account';
import { EraseOnRequest } from './erasure/erase-on-request';
import { HouseRetention } from './erasure/house-retention';
import { GuestCopies } from './guest-copies';
import { ExamineFile } from './examine-file';
import { EvidenceFiles } from './evidence-files';
import { CheckDataKeys } from './check-data-keys';
import { CheckGroups } from './search/check-groups';
import { IndexCases } from './search/index-cases';
import { ReadWords } from './search/read-words';
import { Alerts } from './alerts/alerts';
import { SendAlerts } from './alerts/send-alerts';
import { AnswerMails } from './intake/mail/answer-mails';
import { LookAtMailbox } from './intake/mail/look-at-mailbox';
import { ReadMailbox } from './intake/mail/read-mailbox';
import { TakeMail } from './intake/mail/take-mail';
import { AddDraftFiles } from './intake/add-draft-files';
import { Drafts } from './intake/drafts';
import { Lodge } from './intake/lodge';
import { LodgeDraft } from './intake/lodge-draft';
import { LodgeWithFiles } from './intake/lodge-with-files';
import { OpenCase } from './intake/open-case';
import { ReceiveForm } from './intake/receive-form';
import { Messages } from './messages';
import { FindPatterns } from './patterns/find-patterns';
import { PatternReviews } from './patterns/pattern-reviews';
import { ReadProceedings } from './registers/read-proceedings';
import { Openings } from './openings';
import { ReadCase } from './read-case';
import { ReadHouse } from './read-house';
import { ReadCustody } from './read-custody';
import { ReadIdentity } from './read-identity';
import { ReadLog } from './read-log';
import { ReadMyCase } from './read-my-case';
import { ChangeMany } from './queue/change-many';
import { ExportQueue } from './queue/export-queue';
import { QueueRows } from './queue/queue-rows';
import { ReadQueue } from './queue/read-queue';
import { SavedViews } from './queue/saved-views';
import { Receipts } from './receipts';
import { SendCheckIns } from './safety/send-check-ins';
import { ExportSearch } from './search/export-search';
import { SearchCases } from './search/search-cases';
import { MaskedFiles } from './sharing/masked-files';
import { Packets } from './sharing/packets';
import { Redactions } from './sharing/redactions';
import { StoredFiles } from './stored-files';
import { Stories } from './stories';
import { SweepFiles } from './sweep-files';
import { TakeStep } from './take-step';
import { GuestReads } from './team/guest-reads';
import { GuestSteps } from './team/guest-steps';
import { ExportRegister } from './registers/export-register';
import { Registers } from './registers/registers';
import { Systems } from './registers/systems';
import { Vendors } from './registers/vendors';
import { Wordings } from './wordings/wordings';
import { HandOver } from './team/hand-over';
import { JoinHouse } from './team/join-house';
import { OpenInEmergency } from './team/open-in-emergency';
import { ReadAsked } from './team/read-asked';
import { ReadProposals } from './team/read-proposals';

const DOORS_USE = [
  AddDraftFiles,
  Alerts,
  SendAlerts,
  AnswerMails,
  ChangeIdentity,
  Consents,
  CarryOut,
  DeliverNews,
  ReasonsLetters,
  Wordings,
  Routing,
  DraftPolicies,
  Policies,
  TellMerged,
  Disposals,
  Drafts,
  EraseAccount,
  EraseOnRequest,
  EvidenceFiles,
  HandOver,
  CheckDataKeys,
  CheckGroups,
  IndexCases,
  JoinCodes,
  JoinHouse,
  ReadWords,
  Lodge,
  LodgeDraft,
  LodgeWithFiles,
  LookAtMailbox,
  MaskedFiles,
  Messages,
  Openings,
  OpenCase,
  OpenInEmergency,
  ReadAsked,
  ReadProposals,
  ReadCase,
  ReadHouse,
  ReadCustody,
  ReadIdentity,
  ReadLog,
  ReadMailbox,
  ReadMyCase,
  QueueRows,
  ReadQueue,
  ChangeMany,
  ExportQueue,
  ExportSearch,
  SavedViews,
  ReceiveForm,
  Receipts,
  SearchCases,
  Stories,
  SendCheckIns,
  Surveys,
  SweepFiles,
  TakeMail,
  TakeStep,
  ExportRegister,
  Registers,
  Systems,
  Vendors,
  FindPatterns,
  Packets,
  PatternReviews,
  ReadProceedings,
  Redactions,
];

@Module({
  imports: [PlatformModule, RecordsModule, VaultModule, LedgerModule, PeopleModule, MailModule],
  providers: [
    Agreement,
    ChangeCase,
    DoomedFiles,
    ExamineFile,
    GuestCopies,
    GuestReads,
    GuestSteps,
    StoredFiles,
    {
      provide: HouseRetention,
      useFactory: () => new HouseRetention(readRetentionYears(process.env)),
    },
    ...DOORS_USE,
  ],
  exports: DOORS_USE,
})
export class CaseworkModule {}
