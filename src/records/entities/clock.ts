import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { Day, Instant } from '../../platform/time';
import { Case } from './case';

/** A deadline of a case, legal or internal. Overdue is computed, never stored. */
@Entity('clocks', { withoutRowid: true })
export class Clock {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 64 })
  code!: string;

  /** legal or internal. */
  @Column({ type: 'varchar', length: 64 })
  basis!: string;

  @Column({ type: 'varchar', length: 10 })
  startedOn!: Day;

  @Column({ type: 'varchar', length: 10 })
  dueInternal!: Day;

  @Column({ type: 'varchar', length: 10 })
  dueLegalLatest!: Day;

  /** Only for periods in hours. */
  @Column({ type: 'varchar', length: 24, nullable: true })
  dueAt!: Instant | null;

  @Column({ type: 'varchar', length: 64 })
  calendar!: string;

  @Column({ type: 'varchar', length: 64 })
  calendarVersion!: string;

  /** RUNNING, PAUSED or STOPPED. */
  @Column({ type: 'varchar', length: 64 })
  status!: string;

  @Column({ type: 'varchar', length: 10, nullable: true })
  pausedOn!: Day | null;

  @Column({ type: 'varchar', length: 10, nullable: true })
  stoppedOn!: Day | null;

  @Column({ type: 'varchar', length: 10, nullable: true })
  extendedOn!: Day | null;

  @Column({ type: 'text', nullable: true })
  extensionReasonSealed!: string | null;
}
