import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';

/** That a case is looked at in another one, told by its own history; the one without an end stands. */
@Entity('mergers')
@Unique(['caseId', 'n'])
@Index(['intoCaseId', 'id'])
export class Merger {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  /** The case in which it goes on. */
  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  intoCaseId!: string;

  /** The state that it goes back to when this is undone. */
  @Column({ type: 'varchar', length: 64 })
  stateBefore!: string;

  /** Ids of the clocks that it stopped, which run again when it is undone. */
  @Column({ type: 'simple-json' })
  clocks!: string[];

  @Column({ type: 'varchar', length: 10 })
  mergedOn!: Day;

  @Column({ type: 'varchar', length: 10, nullable: true })
  endedOn!: Day | null;

  /** What the person was last written about: the state of the other case, and its revision in which that was decided. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  toldState!: string | null;
}
