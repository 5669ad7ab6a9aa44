import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';

/** Another route that the person takes: a court, an authority, another mechanism. */
@Entity('parallel_proceedings')
@Unique(['caseId', 'n'])
@Index(['recordedOn', 'id'])
export class ParallelProceeding {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  /** A code of `PARALLEL_PROCEEDINGS`. */
  @Column({ type: 'varchar', length: 64 })
  type!: string;

  /** A code of `PARALLEL_COURSES`. */
  @Column({ type: 'varchar', length: 64 })
  course!: string;

  @Column({ type: 'text', nullable: true })
  bodySealed!: string | null;

  @Column({ type: 'text', nullable: true })
  referenceSealed!: string | null;

  @Column({ type: 'varchar', length: 10, nullable: true })
  begunOn!: Day | null;

  /** A code of `COUNTRIES`. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  country!: string | null;

  /** A code of `PROCEEDING_FILERS`. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  filedBy!: string | null;

  @Column({ type: 'boolean', nullable: true })
  stayRequested!: boolean | null;

  /** Codes of `PROCEEDING_ORDERS`: the last order of which is known. */
  @Column({ type: 'simple-json', nullable: true })
  orders!: string[] | null;

  @Column({ type: 'varchar', length: 10, nullable: true })
  orderedOn!: Day | null;

  @Column({ type: 'text', nullable: true })
  orderSealed!: string | null;

  /** When the person was last told of it, or of what came of it. */
  @Column({ type: 'varchar', length: 10, nullable: true })
  toldOn!: Day | null;

  @Column({ type: 'varchar', length: 64 })
  byRole!: string;

  @Column({ type: 'varchar', length: 10 })
  recordedOn!: Day;

  @Column({ type: 'varchar', length: 10, nullable: true })
  endedOn!: Day | null;

  /** A code of `PROCEEDING_OUTCOMES`; null while it runs, and of what ended before it was asked. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  outcome!: string | null;

  @Column({ type: 'text', nullable: true })
  resultSealed!: string | null;
}
