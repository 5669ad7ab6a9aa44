import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';

/** That a holder of a receipt wants an e-mail when something is new. The address lies under a key of its own, and goes with it. No time of day. */
@Entity('alerts', { withoutRowid: true })
export class Alert {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  @Index()
  caseId!: string;

  @Column({ type: 'varchar', length: 36, unique: true })
  partyId!: string;

  @Column({ type: 'text' })
  addressSealed!: string;

  /** A code of `ALERT_STATUSES`. */
  @Column({ type: 'varchar', length: 16 })
  status!: string;

  /** The revision of the case that its holder saw last. */
  @Column({ type: 'integer' })
  seenRevision!: number;

  /** The day on which sending was begun last. */
  @Column({ type: 'varchar', length: 10, nullable: true })
  sentOn!: Day | null;
}
