import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';
import { Person } from './person';

/** A measure of the plan that protects somebody of a case from reprisal. */
@Entity('protection_measures')
@Unique(['caseId', 'n'])
@Index(['ownerId', 'status'])
export class ProtectionMeasure {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  /** A code of `PROTECTION_MEASURES`. */
  @Column({ type: 'varchar', length: 64 })
  measure!: string;

  /** A code of `PERSONS_AT_RISK`. */
  @Column({ type: 'varchar', length: 64 })
  protects!: string;

  /** A code of `PROTECTION_STATES`. */
  @Column({ type: 'varchar', length: 64 })
  status!: string;

  /** Whether they wish it; null where nobody asked, for what is done for everybody. */
  @Column({ type: 'boolean', nullable: true })
  wished!: boolean | null;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Person)
  ownerId!: string;

  @Column({ type: 'varchar', length: 10 })
  plannedOn!: Day;

  @Column({ type: 'varchar', length: 10, nullable: true })
  begunOn!: Day | null;

  /** The last look whether it holds. */
  @Column({ type: 'varchar', length: 10, nullable: true })
  reviewedOn!: Day | null;

  /** When somebody looks at it again, as long as it stands. */
  @Column({ type: 'varchar', length: 10 })
  reviewOn!: Day;

  @Column({ type: 'varchar', length: 10, nullable: true })
  endedOn!: Day | null;
}
