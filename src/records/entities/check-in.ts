import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';

/** One time at which the person is asked whether she is safe, because she wanted to be. */
@Entity('check_ins')
@Index(['status', 'dueOn'])
@Unique(['caseId', 'n'])
export class CheckIn {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  @Column({ type: 'integer' })
  everyDays!: number;

  @Column({ type: 'varchar', length: 10 })
  dueOn!: Day;

  /** PLANNED, ASKED, ANSWERED, MISSED or STOPPED. */
  @Column({ type: 'varchar', length: 64 })
  status!: string;

  @Column({ type: 'varchar', length: 10, nullable: true })
  askedOn!: Day | null;

  /** OK, NOT_OK or TALK. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  answer!: string | null;

  @Column({ type: 'varchar', length: 10, nullable: true })
  answeredOn!: Day | null;
}
