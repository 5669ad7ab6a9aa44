import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Case } from './case';

/**
 * Somebody who lodged or stands beside the one who did. Name and contact lie under a key of its own, apart from the case. `receiptHash` is the
 * keyed hash of the receipt that opens the case for them; the receipt itself is nowhere.
 */
@Entity('parties', { withoutRowid: true })
export class Party {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 64 })
  role!: string;

  @Column({ type: 'text', nullable: true })
  contactSealed!: string | null;

  @Column({ type: 'varchar', length: 64, unique: true, nullable: true })
  receiptHash!: string | null;

  @Column({ type: 'text', nullable: true })
  nameSealed!: string | null;
}
