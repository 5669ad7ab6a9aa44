import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module';
import { PeopleModule } from '../people/people.module';
import { PlatformModule } from '../platform/platform.module';
import { RecordsModule } from '../records/records.module';
import { VaultModule } from '../vault/vault.module';
import { ChangeCase } from './change-case';
import { ChangeIdentity } from './change-identity';
import { Consents } from './consents';
import { ExamineFile } from './examine-file';
import { EvidenceFiles } from './evidence-files';
import { Lodge } from './intake/lodge';
import { OpenCase } from './intake/open-case';
import { Messages } from './messages';
import { ReadCase } from './read-case';
import { ReadIdentity } from './read-identity';
import { ReadLog } from './read-log';
import { ReadMyCase } from './read-my-case';
import { ReadQueue } from './read-queue';
import { Receipts } from './receipts';
import { TakeStep } from './take-step';

const DOORS_USE = [
  ChangeIdentity,
  Consents,
  EvidenceFiles,
  Lodge,
  Messages,
  OpenCase,
  ReadCase,
  ReadIdentity,
  ReadLog,
  ReadMyCase,
  ReadQueue,
  Receipts,
  TakeStep,
];

@Module({
  imports: [PlatformModule, RecordsModule, VaultModule, LedgerModule, PeopleModule],
  providers: [ChangeCase, ExamineFile, ...DOORS_USE],
  exports: DOORS_USE,
})
export class CaseworkModule {}
