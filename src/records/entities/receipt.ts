import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Case } from './case';
import { Party } from './party';

/** The keyed hash of a receipt: opens one case for its holder; the receipt itself is nowhere. */
@Entity('receipts')
@Index(['caseId'])
export class Receipt {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Party)
  partyId!: string;

  @Column({ type: 'varchar', length: 64, unique: true })
  receiptHash!: string;
}
