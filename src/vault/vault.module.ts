import { Module } from '@nestjs/common';
import { PlatformModule } from '../platform/platform.module';
import { Settings } from '../platform/settings';
import { RecordsModule } from '../records/records.module';
import { Transactions } from '../records/transactions';
import { findKeyStore } from './keys/find-key-store';
import { KeyStore } from './keys/key-store';
import { openVault } from './open-vault';
import { ReceiptBook } from './receipt-book';
import { Vault } from './vault';

@Module({
  imports: [PlatformModule, RecordsModule],
  providers: [
    {
      provide: KeyStore,
      inject: [Settings],
      useFactory: ({ dataDir }: Settings) => findKeyStore(dataDir, process.env),
    },
    { provide: Vault, inject: [KeyStore, Transactions], useFactory: openVault },
    { provide: ReceiptBook, inject: [Vault], useFactory: (vault: Vault) => new ReceiptBook(vault) },
  ],
  exports: [Vault, ReceiptBook],
})
export class VaultModule {}
