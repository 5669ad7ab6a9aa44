import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';

/** That the person said something is late: what it was about, who was told, and what came of it. */
@Entity('late_reports')
@Unique(['caseId', 'n'])
export class LateReport {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  /** Ids of the clocks and actions that were late; each is reported once. */
  @Column({ type: 'simple-json' })
  about!: string[];

  /** The rung of the ladder that was told. */
  @Column({ type: 'varchar', length: 64 })
  role!: string;

  @Column({ type: 'varchar', length: 10 })
  reportedOn!: Day;

  /** By an internal target of ours. */
  @Column({ type: 'varchar', length: 10 })
  answerDueOn!: Day;

  /** WAITING, REPLACED (by a further report to the same rung), ANSWERED, PASSED_UP (the rung above was told) or OVER (the case ended). */
  @Column({ type: 'varchar', length: 64 })
  status!: string;

  @Column({ type: 'varchar', length: 10, nullable: true })
  settledOn!: Day | null;
}
