import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';

/** A case that is part of a collective complaint, told by the history of that case; the newest one without an end stands. */
@Entity('memberships')
@Unique(['caseId', 'n'])
@Index(['groupCaseId', 'newsUpTo'])
export class Membership {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** The case of the member. */
  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  /** The collective complaint. */
  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  groupCaseId!: string;

  @Column({ type: 'varchar', length: 10 })
  joinedOn!: Day;

  @Column({ type: 'varchar', length: 10, nullable: true })
  endedOn!: Day | null;

  /** Number of the newest message to all members that stands in this case, or was written before it joined. */
  @Column({ type: 'integer' })
  newsUpTo!: number;
}
