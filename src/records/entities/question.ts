import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';

/** Something staff asked the complainant and why. */
@Entity('questions')
@Unique(['caseId', 'n'])
export class Question {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  @Column({ type: 'text' })
  textSealed!: string;

  @Column({ type: 'text' })
  whySealed!: string;

  @Column({ type: 'varchar', length: 10 })
  dueOn!: Day;

  @Column({ type: 'varchar', length: 10, nullable: true })
  answeredOn!: Day | null;

  /** Of the entry of the answer; null also where it was answered before that was kept. */
  @Column({ type: 'integer', nullable: true })
  answeredRevision!: number | null;
}
