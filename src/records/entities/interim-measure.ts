import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';
import { Person } from './person';

/** A precaution while the case is open. */
@Entity('interim_measures')
@Unique(['caseId', 'n'])
@Index(['ownerId', 'status'])
export class InterimMeasure {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  @Column({ type: 'varchar', length: 64 })
  measure!: string;

  @Column({ type: 'varchar', length: 64 })
  status!: string;

  @Column({ type: 'text' })
  reasonSealed!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Person)
  ownerId!: string;

  @Column({ type: 'varchar', length: 10 })
  dueOn!: Day;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Person)
  decidedBy!: string;
}
