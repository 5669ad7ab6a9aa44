import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../platform/time';
import { Person } from './person';

/** Cases that one person proposes to erase together under one schedule, and another agrees to. */
@Entity('disposal_batches')
@Index(['status'])
export class DisposalBatch {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 64 })
  schedule!: string;

  /** PROPOSED, AGREED (being carried out), DONE or REFUSED. */
  @Column({ type: 'varchar', length: 64 })
  status!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Person)
  proposedBy!: string;

  @Column({ type: 'varchar', length: 24 })
  proposedAt!: Instant;

  /** Under the key of the person who proposed. */
  @Column({ type: 'text' })
  noteSealed!: string;

  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  settledBy!: string | null;

  /** In which role, for the entries. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  settledByRole!: string | null;

  @Column({ type: 'varchar', length: 24, nullable: true })
  settledAt!: Instant | null;

  @Column({ type: 'varchar', length: 24, nullable: true })
  doneAt!: Instant | null;
}
