import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';

/**
 * Where a case stands in the queue, once for each facet by which it can be found, in the order of the queue. No part of its history:
 * derived from the case and its clocks in the change that changes them, and derived again by whoever verifies.
 */
@Entity('queue_places', { withoutRowid: true })
@Index(['caseId', 'facet'])
@Index(['legalDueOn', 'caseId'], { where: '"legalDueOn" IS NOT NULL' })
export class QueuePlace {
  /** `all`, or kind and code: `tier:SEVERE`. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  facet!: string;

  /** 0: a legal day has passed; 1: something is due; 2: the case has ended and is looked at again later; 3: nothing is due. */
  @PrimaryColumn({ type: 'integer' })
  lane!: number;

  @PrimaryColumn({ type: 'integer' })
  urgency!: number;

  @PrimaryColumn({ type: 'varchar', length: 10 })
  dueOn!: Day;

  @PrimaryColumn({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  /** On the row `all`, while it waits in lane 1 or 2: the last legal day, after which its rows move to lane 0. */
  @Column({ type: 'varchar', length: 10, nullable: true })
  legalDueOn!: Day | null;
}
