import { Module } from '@nestjs/common';
import { PlatformModule } from '../platform/platform.module';
import { Settings } from '../platform/settings';
import { RecordsModule } from '../records/records.module';
import { Transactions } from '../records/transactions';
import { Ledger } from './ledger.service';
import { GlobalLog } from './log';
import { readSigningKey, SigningKey } from './signing-key';

@Module({
  imports: [PlatformModule, RecordsModule],
  providers: [
    {
      provide: SigningKey,
      inject: [Settings],
      useFactory: (settings: Settings) => readSigningKey(settings.dataDir, settings.publicUrl),
    },
    { provide: Ledger, inject: [SigningKey], useFactory: (key: SigningKey) => new Ledger(key) },
    {
      provide: GlobalLog,
      inject: [Transactions, SigningKey],
      useFactory: (transactions: Transactions, key: SigningKey) => new GlobalLog(transactions, key),
    },
  ],
  exports: [Ledger, GlobalLog],
})
export class LedgerModule {}
