import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';
import { Person } from './person';

/** A request that an independent person look again. */
@Entity('appeals')
@Unique(['caseId', 'n'])
export class Appeal {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  /** State that the case was in. */
  @Column({ type: 'varchar', length: 64 })
  against!: string;

  @Column({ type: 'text', nullable: true })
  groundsSealed!: string | null;

  @Column({ type: 'varchar', length: 10 })
  filedOn!: Day;

  @Column({ type: 'boolean' })
  late!: boolean;

  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  reviewerId!: string | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  outcome!: string | null;

  @Column({ type: 'text', nullable: true })
  reasonsSealed!: string | null;

  @Column({ type: 'varchar', length: 10, nullable: true })
  decidedOn!: Day | null;
}
