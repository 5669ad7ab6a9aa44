import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';

/**
 * How long a case was in a state that it left, without a break. No part of its history: derived from the entries in the change that moves the case, and
 * derived again by whoever verifies.
 */
@Entity('case_stays', { withoutRowid: true })
@Index(['until', 'state', 'days', 'caseId'])
export class CaseStay {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  /** Counted from 1 in the case. */
  @PrimaryColumn({ type: 'integer' })
  n!: number;

  @Column({ type: 'varchar', length: 64 })
  state!: string;

  @Column({ type: 'varchar', length: 10 })
  since!: Day;

  @Column({ type: 'varchar', length: 10 })
  until!: Day;

  /** From one day to the other. */
  @Column({ type: 'integer' })
  days!: number;
}
