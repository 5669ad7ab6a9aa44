import { Module } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { PlatformModule } from '../platform/platform.module';
import { Settings } from '../platform/settings';
import { Case } from '../records/entities/case';
import { LogCheckpoint } from '../records/entities/log-checkpoint';
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
      inject: [Settings, Transactions],
      useFactory: async ({ dataDir, publicUrl }: Settings, transactions: Transactions) =>
        readSigningKey(dataDir, publicUrl, await transactions.read(hasSigned)),
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

/** Whether anything was given out that bears our signature: the statement of a lodging, or a checkpoint. */
async function hasSigned(db: EntityManager): Promise<boolean> {
  return (await db.exists(Case)) || (await db.exists(LogCheckpoint));
}
