import { Module } from '@nestjs/common';
import { PlatformModule } from '../platform/platform.module';
import { Settings } from '../platform/settings';
import { RecordsModule } from '../records/records.module';
import { Transactions } from '../records/transactions';
import { findKeyStore } from './keys/find-key-store';
import { KeyStore } from './keys/key-store';
import { openVault } from './open-vault';
import { ReceiptBook } from './receipt-book';
import { scannerOf, VirusScanner } from './scan/clamav';
import { SearchIndex } from './search-index';
import { EvidenceStore } from './store/evidence-store';
import { evidenceStoreOf } from './store/store-of';
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
    {
      provide: EvidenceStore,
      inject: [Settings],
      useFactory: ({ dataDir }: Settings) => evidenceStoreOf(dataDir, process.env),
    },
    { provide: VirusScanner, useFactory: () => scannerOf(process.env.EVIDENCE_SCANNER ?? '') },
    { provide: ReceiptBook, inject: [Vault], useFactory: (vault: Vault) => new ReceiptBook(vault) },
    { provide: SearchIndex, inject: [Vault], useFactory: (vault: Vault) => new SearchIndex(vault) },
  ],
  exports: [Vault, ReceiptBook, SearchIndex, EvidenceStore, VirusScanner],
})
export class VaultModule {}
