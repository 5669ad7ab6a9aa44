import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/time';
import { Vendor } from './vendor';

/** An AI system that is bought or in use: a plain business fact, so nothing of a case and no name of a person stands here. */
@Entity('ai_systems')
@Index(['vendorNumber'])
@Index(['providerNumber'])
@Index(['importerNumber'])
export class AiSystem {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** Counted from 1 over the whole register. */
  @Column({ type: 'integer', unique: true })
  number!: number;

  /** Rises by one with every change of this row; what `If-Match` names. */
  @Column({ type: 'integer' })
  revision!: number;

  @Column({ type: 'text' })
  systemName!: string;

  @Column({ type: 'text' })
  purpose!: string;

  /** A code of `USE_DOMAINS`. */
  @Column({ type: 'varchar', length: 64 })
  useDomain!: string;

  /** A code of `LIFECYCLE_STAGES`. */
  @Column({ type: 'varchar', length: 64 })
  lifecycleStage!: string;

  @Column({ type: 'integer', nullable: true })
  @ForeignKey(() => Vendor, 'number')
  vendorNumber!: number | null;

  @Column({ type: 'integer', nullable: true })
  @ForeignKey(() => Vendor, 'number')
  providerNumber!: number | null;

  @Column({ type: 'integer', nullable: true })
  @ForeignKey(() => Vendor, 'number')
  importerNumber!: number | null;

  /** A code of `STATE_NEXUS`; null: nobody said. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  stateNexus!: string | null;

  @Column({ type: 'text', nullable: true })
  stateBody!: string | null;

  @Column({ type: 'text', nullable: true })
  stateCountry!: string | null;

  @Column({ type: 'boolean', nullable: true })
  stateOrderConflict!: boolean | null;

  @Column({ type: 'boolean', nullable: true })
  decidesOnPeople!: boolean | null;

  @Column({ type: 'boolean', nullable: true })
  usedAtWork!: boolean | null;

  /** Whole months; null: nobody said. */
  @Column({ type: 'integer', nullable: true })
  logMonths!: number | null;

  @Column({ type: 'text', nullable: true })
  logPlace!: string | null;

  @Column({ type: 'text', nullable: true })
  remarks!: string | null;

  /** Since when it is not used any more; its cases stay. */
  @Column({ type: 'varchar', length: 10, nullable: true })
  retiredOn!: Day | null;

  /** Its free texts, under a key of this row alone; those from before they were sealed stand in their own columns. */
  @Column({ type: 'text', nullable: true })
  textsSealed!: string | null;
}
