import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';

/** An interview of the inquiry, or a session of the dialogue. What was said in it is a transcript. */
@Entity('meetings')
@Unique(['caseId', 'n'])
export class Meeting {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  /** A code of `MEETING_KINDS`. */
  @Column({ type: 'varchar', length: 64 })
  kind!: string;

  /** A code of `MEETING_PARTNERS`. */
  @Column({ type: 'varchar', length: 64 })
  withWhom!: string;

  @Column({ type: 'varchar', length: 64 })
  byRole!: string;

  @Column({ type: 'varchar', length: 10 })
  plannedFor!: Day;

  @Column({ type: 'text' })
  detailsSealed!: string;

  /** A code of `MEETING_STATUSES`. */
  @Column({ type: 'varchar', length: 64 })
  status!: string;

  @Column({ type: 'varchar', length: 10, nullable: true })
  heldOn!: Day | null;

  /** Whether somebody was there beside whoever was heard; null where nobody said so. */
  @Column({ type: 'boolean', nullable: true })
  accompanied!: boolean | null;

  /** Number of the transcript of it. */
  @Column({ type: 'integer', nullable: true })
  transcript!: number | null;

  @Column({ type: 'text', nullable: true })
  noteSealed!: string | null;
}
