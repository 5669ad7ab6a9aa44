import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';

/** That somebody tried to reach the person: when, how, and what came of it. What was written of it is with the answers of the step. */
@Entity('contact_attempts')
@Unique(['caseId', 'n'])
export class ContactAttempt {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  /** Of the answers and the entry of the step. */
  @Column({ type: 'integer' })
  revision!: number;

  @Column({ type: 'varchar', length: 10 })
  triedOn!: Day;

  /** A code of `CONTACT_CHANNELS`. */
  @Column({ type: 'varchar', length: 64 })
  channel!: string;

  /** Whether the person had agreed that this way is safe. */
  @Column({ type: 'boolean' })
  isSafe!: boolean;

  /** Whether it was said why no other way is safe. */
  @Column({ type: 'boolean' })
  isOnlyWay!: boolean;

  /** A code of `CONTACT_RESULTS`. */
  @Column({ type: 'varchar', length: 64 })
  result!: string;

  @Column({ type: 'varchar', length: 64 })
  byRole!: string;
}
