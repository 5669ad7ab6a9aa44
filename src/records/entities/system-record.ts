import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { AiSystem } from './ai-system';
import { Person } from './person';

/** What happened to an AI system: a version, a tender, an assessment, a notice, an incident. One that is wrong is struck, never changed. */
@Entity('system_records')
@Unique(['systemNumber', 'n'])
export class SystemRecord {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'integer' })
  @ForeignKey(() => AiSystem, 'number')
  systemNumber!: number;

  @Column({ type: 'integer' })
  n!: number;

  /** A code of `SYSTEM_RECORD_KINDS`. */
  @Column({ type: 'varchar', length: 64 })
  recordKind!: string;

  @Column({ type: 'varchar', length: 10 })
  happenedOn!: Day;

  @Column({ type: 'text' })
  recordTitle!: string;

  @Column({ type: 'text', nullable: true })
  recordText!: string | null;

  /** Codes of `TENDER_CLAUSES`, of a tender or contract alone. */
  @Column({ type: 'simple-json', nullable: true })
  clauses!: string[] | null;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Person)
  recordedBy!: string;

  @Column({ type: 'varchar', length: 10 })
  recordedOn!: Day;

  @Column({ type: 'varchar', length: 10, nullable: true })
  struckOn!: Day | null;

  @Column({ type: 'text', nullable: true })
  strikeReason!: string | null;

  /** Its free texts, under a key of this row alone; those from before they were sealed stand in their own columns. */
  @Column({ type: 'text', nullable: true })
  textsSealed!: string | null;
}
