import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';

/** Another route that the person takes: a court, an authority, another mechanism. */
@Entity('parallel_proceedings')
@Unique(['caseId', 'n'])
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

  @Column({ type: 'varchar', length: 64 })
  byRole!: string;

  @Column({ type: 'varchar', length: 10 })
  recordedOn!: Day;

  @Column({ type: 'varchar', length: 10, nullable: true })
  endedOn!: Day | null;

  @Column({ type: 'text', nullable: true })
  resultSealed!: string | null;
}
