import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Case } from './case';
import { DisposalBatch } from './disposal-batch';

/** One case of a batch, and what became of it. */
@Entity('disposal_items', { withoutRowid: true })
@Index(['caseId', 'status'])
export class DisposalItem {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  @ForeignKey(() => DisposalBatch)
  batchId!: string;

  @PrimaryColumn({ type: 'integer' })
  n!: number;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  /** LISTED, ERASED, KEPT_BACK or DROPPED (the batch was refused). */
  @Column({ type: 'varchar', length: 64 })
  status!: string;

  /** Why it was kept back. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  keptBack!: string | null;

  /** The entry of its history that tells of it. */
  @Column({ type: 'integer', nullable: true })
  entryN!: number | null;
}
