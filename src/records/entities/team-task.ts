import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';
import { Person } from './person';

/** Something that the team of a case gave itself to do, which follows from no other object of it. */
@Entity('team_tasks')
@Index(['ownerId', 'status'])
@Unique(['caseId', 'n'])
export class TeamTask {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  @Column({ type: 'text' })
  textSealed!: string;

  /** Who sees to it. */
  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Person)
  ownerId!: string;

  /** Role in which the owner was on the team then. */
  @Column({ type: 'varchar', length: 64 })
  ownerRole!: string;

  @Column({ type: 'varchar', length: 10 })
  addedOn!: Day;

  /** A target of our own. */
  @Column({ type: 'varchar', length: 10 })
  dueOn!: Day;

  /** OPEN, DONE or DROPPED. */
  @Column({ type: 'varchar', length: 64 })
  status!: string;

  @Column({ type: 'varchar', length: 10, nullable: true })
  settledOn!: Day | null;
}
