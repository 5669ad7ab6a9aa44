import { SealedTextsOfRegisters1796820000000 } from './migrations/2026-12-08-2-sealed-texts-of-registers';
import { RegistersInVersions1796810000000 } from './migrations/2026-12-08-1-registers-in-versions';
import { ConsentsAndNames1795478410000 } from './migrations/2026-11-24-consents-and-names';
import { FirstTables1795478400000 } from './migrations/2026-11-24-first-tables';
import { SearchOverSealedTexts1795478440000 } from './migrations/2026-11-24-search-over-sealed-texts';
import { RetentionAndErasure1795564800000 } from './migrations/2026-11-25-retention-and-erasure';
import { WordsOfACase1795564820000 } from './migrations/2026-11-25-words-of-a-case';
import { Stories1795564900000 } from './migrations/2026-11-25-stories';
import { SecondFactor1795568400000 } from './migrations/2026-11-25-second-factor';
import { SealedGroups1795568500000 } from './migrations/2026-11-25-sealed-groups';
import { Drafts1795910410000 } from './migrations/2026-11-29-1-drafts';
import { Guests1795826000000 } from './migrations/2026-11-28-guests';
import { Mandates1796033000000 } from './migrations/2026-11-30-3-mandates';
import { InternalNotes1796036000000 } from './migrations/2026-11-30-6-internal-notes';
import { ParallelProceedings1796037000000 } from './migrations/2026-11-30-7-parallel-proceedings';
import { FacilitatorsAndMeetings1796310000000 } from './migrations/2026-12-02-2-facilitators-and-meetings';
import { EvidenceRequests1796300000000 } from './migrations/2026-12-02-1-evidence-requests';
import { QueuePlaces1796500000000 } from './migrations/2026-12-04-1-queue-places';
import { IncidentKinds1796600000000 } from './migrations/2026-12-05-1-incident-kinds';
import { ActionCosts1796600100000 } from './migrations/2026-12-05-2-action-costs';
import { CaseStays1796610000000 } from './migrations/2026-12-06-1-case-stays';
import { PatternReviews1796611000000 } from './migrations/2026-12-06-2-pattern-reviews';
import { TranslationRequestsAndLessons1796710100000 } from './migrations/2026-12-07-2-translation-requests-and-lessons';
import { Wordings1796710000000 } from './migrations/2026-12-07-1-wordings';
import { Routing1796402000000 } from './migrations/2026-12-03-3-routing';
import { Mergers1796401000000 } from './migrations/2026-12-03-2-mergers';
import { Protection1796400000000 } from './migrations/2026-12-03-1-protection';
import { MailsForPeople1796035000000 } from './migrations/2026-11-30-5-mails-for-people';
import { SurveyGivers1796034000000 } from './migrations/2026-11-30-4-survey-givers';
import { OneTimeReceipts1795950000000 } from './migrations/2026-11-29-5-one-time-receipts';
import { CollectiveComplaints1796020000000 } from './migrations/2026-11-30-2-collective-complaints';
import { LateReports1795910430000 } from './migrations/2026-11-29-3-late-reports';
import { TakingPart1795910431000 } from './migrations/2026-11-29-3-taking-part';
import { ComplaintsByMail1795996810000 } from './migrations/2026-11-30-1-complaints-by-mail';
import { NeedToKnow1795824000000 } from './migrations/2026-11-28-need-to-know';
import { ScopesOfTokens1795824300000 } from './migrations/2026-11-28-scopes-of-tokens';
import { SingleSignOn1795824200000 } from './migrations/2026-11-28-single-sign-on';
import { Passkeys1795824100000 } from './migrations/2026-11-28-passkeys';
import { RemedyInTheThread1795910402000 } from './migrations/2026-11-29-2-remedy-in-the-thread';
import { WorkingCopies1795478403000 } from './migrations/2026-11-24-working-copies';
import { WithheldEvidence1795478402000 } from './migrations/2026-11-24-withheld-evidence';
import { SessionsOfParties1795478401000 } from './migrations/2026-11-24-sessions-of-parties';
import { Registers1796200000000 } from './migrations/2026-12-01-1-registers';
import { SystemsOfCases1796200100000 } from './migrations/2026-12-01-2-systems-of-cases';
import { Openings1796910000000 } from './migrations/2026-12-09-1-openings';
import { LanguagesOfTheQueue1797000000000 } from './migrations/2026-12-10-1-languages-of-the-queue';
import { SearchedGroups1797100000000 } from './migrations/2026-12-11-1-searched-groups';
import { CausesOfFindings1797100100000 } from './migrations/2026-12-11-2-causes-of-findings';
import { NoColumnOfReasons1797300000000 } from './migrations/2026-12-13-1-no-column-of-reasons';
import { SealedWordings1797300100000 } from './migrations/2026-12-13-2-sealed-wordings';
import { SecondRoles1797400000000 } from './migrations/2026-12-14-1-second-roles';
import { DaysOfProposals1797600100000 } from './migrations/2026-12-16-2-days-of-proposals';
import { TasksOfTeams1797600200000 } from './migrations/2026-12-16-3-tasks-of-teams';
import { WordsOfDictations1797700200000 } from './migrations/2026-12-19-1-words-of-dictations';
import { LooksDuringMonitoring1797700300000 } from './migrations/2026-12-20-1-looks-during-monitoring';
import { ProceedingsAsARegister1797700400000 } from './migrations/2026-12-20-2-proceedings-as-a-register';
import { AnswersToReferrals1797700500000 } from './migrations/2026-12-20-3-answers-to-referrals';
import { MembersByNews1797700895000 } from './migrations/2026-12-21-5-members-by-news';
import { SpeakersOfWhatWasSaid1797700890000 } from './migrations/2026-12-21-4-speakers-of-what-was-said';
import { NeedsToldInAnswers1797700800000 } from './migrations/2026-12-21-3-needs-told-in-answers';
import { RedactionsAndPackets1797700900000 } from './migrations/2026-12-22-1-redactions-and-packets';
import { Alerts1797700940000 } from './migrations/2026-12-26-1-alerts';
import { NamesInPackets1797700955000 } from './migrations/2026-12-27-1-names-in-packets';
import { GroupsAsStaffTellThem1797700956000 } from './migrations/2026-12-27-2-groups-as-staff-tell-them';
import { Policies1797700910000 } from './migrations/2026-12-23-1-policies';
import { EntriesOfAnswers1797700600000 } from './migrations/2026-12-21-1-entries-of-answers';
import { DenialsOfDictations1797700700000 } from './migrations/2026-12-21-2-denials-of-dictations';
import { LaterInTheQueue1797600000000 } from './migrations/2026-12-16-1-later-in-the-queue';
import { Dictations1797500000000 } from './migrations/2026-12-15-1-dictations';
import { ContactAttempts1797500100000 } from './migrations/2026-12-15-2-contact-attempts';
import { GroupsInTheOrderOfTheQueue1797700960000 } from './migrations/2026-12-28-1-groups-in-the-order-of-the-queue';
import { SystemsNamedSince1797700960001 } from './migrations/2026-12-28-2-systems-named-since';

/** Every migration, oldest first. A migration that has once been released is never edited. */
export const MIGRATIONS = [
  FirstTables1795478400000,
  SessionsOfParties1795478401000,
  WithheldEvidence1795478402000,
  WorkingCopies1795478403000,
  ConsentsAndNames1795478410000,
  SearchOverSealedTexts1795478440000,
  RetentionAndErasure1795564800000,
  WordsOfACase1795564820000,
  Stories1795564900000,
  SecondFactor1795568400000,
  SealedGroups1795568500000,
  NeedToKnow1795824000000,
  Passkeys1795824100000,
  SingleSignOn1795824200000,
  ScopesOfTokens1795824300000,
  Guests1795826000000,
  RemedyInTheThread1795910402000,
  Drafts1795910410000,
  LateReports1795910430000,
  TakingPart1795910431000,
  OneTimeReceipts1795950000000,
  ComplaintsByMail1795996810000,
  CollectiveComplaints1796020000000,
  Mandates1796033000000,
  SurveyGivers1796034000000,
  MailsForPeople1796035000000,
  InternalNotes1796036000000,
  ParallelProceedings1796037000000,
  Registers1796200000000,
  SystemsOfCases1796200100000,
  EvidenceRequests1796300000000,
  FacilitatorsAndMeetings1796310000000,
  Protection1796400000000,
  Mergers1796401000000,
  Routing1796402000000,
  QueuePlaces1796500000000,
  IncidentKinds1796600000000,
  ActionCosts1796600100000,
  CaseStays1796610000000,
  PatternReviews1796611000000,
  Wordings1796710000000,
  TranslationRequestsAndLessons1796710100000,
  RegistersInVersions1796810000000,
  SealedTextsOfRegisters1796820000000,
  Openings1796910000000,
  LanguagesOfTheQueue1797000000000,
  SearchedGroups1797100000000,
  CausesOfFindings1797100100000,
  NoColumnOfReasons1797300000000,
  SealedWordings1797300100000,
  SecondRoles1797400000000,
  Dictations1797500000000,
  ContactAttempts1797500100000,
  LaterInTheQueue1797600000000,
  DaysOfProposals1797600100000,
  TasksOfTeams1797600200000,
  WordsOfDictations1797700200000,
  LooksDuringMonitoring1797700300000,
  ProceedingsAsARegister1797700400000,
  AnswersToReferrals1797700500000,
  EntriesOfAnswers1797700600000,
  DenialsOfDictations1797700700000,
  NeedsToldInAnswers1797700800000,
  SpeakersOfWhatWasSaid1797700890000,
  MembersByNews1797700895000,
  RedactionsAndPackets1797700900000,
  Policies1797700910000,
  Alerts1797700940000,
  NamesInPackets1797700955000,
  GroupsAsStaffTellThem1797700956000,
  GroupsInTheOrderOfTheQueue1797700960000,
  SystemsNamedSince1797700960001,
];
