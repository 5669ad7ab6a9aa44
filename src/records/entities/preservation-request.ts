import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { AiSystem } from './ai-system';
import { Case } from './case';

/** A request to whoever holds logs of a system to keep them for a case, with what came of it. */
@Entity('preservation_requests')
@Unique(['caseId', 'n'])
export class PreservationRequest {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  @Column({ type: 'integer' })
  @ForeignKey(() => AiSystem, 'number')
  systemNumber!: number;

  /** A code of `LOG_HOLDERS`. */
  @Column({ type: 'varchar', length: 64 })
  logHolder!: string;

  @Column({ type: 'text' })
  logsSealed!: string;

  @Column({ type: 'varchar', length: 64 })
  byRole!: string;

  @Column({ type: 'varchar', length: 10 })
  askedOn!: Day;

  @Column({ type: 'varchar', length: 10 })
  dueOn!: Day;

  /** A code of `PRESERVATION_ANSWERS`; null while nobody answered. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  answer!: string | null;

  @Column({ type: 'varchar', length: 10, nullable: true })
  answeredOn!: Day | null;

  @Column({ type: 'text', nullable: true })
  replySealed!: string | null;
}
