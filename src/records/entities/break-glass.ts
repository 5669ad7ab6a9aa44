import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Day, Instant } from '../../platform/time';
import { Case } from './case';
import { Person } from './person';

/** That somebody who is not on the team of a case opened it in an emergency, for a few hours. The protection officer looks at each. */
@Entity('break_glass')
@Unique(['caseId', 'n'])
@Index(['personId', 'until'])
@Index(['reviewedOn', 'openedAt'])
export class BreakGlass {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Person)
  personId!: string;

  @Column({ type: 'varchar', length: 64 })
  role!: string;

  @Column({ type: 'text' })
  reasonSealed!: string;

  @Column({ type: 'varchar', length: 24 })
  openedAt!: Instant;

  @Column({ type: 'varchar', length: 24 })
  until!: Instant;

  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  reviewedBy!: string | null;

  @Column({ type: 'varchar', length: 10, nullable: true })
  reviewedOn!: Day | null;

  @Column({ type: 'boolean', nullable: true })
  wasNeeded!: boolean | null;
}
