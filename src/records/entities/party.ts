import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';

/**
 * Somebody who lodged or stands beside the one who did. Name and contact lie under a key of its own, apart from the case. `receiptHash` is the
 * keyed hash of the receipt that opens the case for them; the receipt itself is nowhere. Where somebody else was shown it, it works once,
 * until the end of `oneTimeUntil`, and is given in for a receipt that only its holder has seen.
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

  @Column({ type: 'varchar', length: 10, nullable: true })
  oneTimeUntil!: Day | null;

  @Column({ type: 'text', nullable: true })
  nameSealed!: string | null;
}
