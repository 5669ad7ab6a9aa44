import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/time';
import { AiSystem } from './ai-system';
import { Person } from './person';

/** That somebody has to look whether cases about one AI system belong together. Names no case: which ones they are is looked up each time. */
@Entity('pattern_reviews')
@Index(['systemNumber', 'rule', 'code'])
@Index(['status', 'dueOn'])
export class PatternReview {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** Drawn, never counted: which ones there are tells nothing of others. */
  @Column({ type: 'integer', unique: true })
  number!: number;

  /** Rises by one with every change; what `If-Match` names. */
  @Column({ type: 'integer' })
  revision!: number;

  /** A code of `PATTERN_RULES`. */
  @Column({ type: 'varchar', length: 64 })
  rule!: string;

  @Column({ type: 'integer' })
  @ForeignKey(() => AiSystem, 'number')
  systemNumber!: number;

  /** What is the same in all of them: a harm, a kind of proceeding, the number of a record of the system, or the keyed hash of a group. */
  @Column({ type: 'varchar', length: 64 })
  code!: string;

  /** What came before this day was decided about before. */
  @Column({ type: 'varchar', length: 10 })
  countsFrom!: Day;

  @Column({ type: 'varchar', length: 10 })
  foundOn!: Day;

  @Column({ type: 'varchar', length: 10 })
  dueOn!: Day;

  /** Null: nobody took it yet. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  ownerId!: string | null;

  /** OPEN or DECIDED. */
  @Column({ type: 'varchar', length: 64 })
  status!: string;

  /** A code of `PATTERN_DECISIONS`. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  patternDecision!: string | null;

  /** Its reasons, under a key of this row alone; null while it is open. */
  @Column({ type: 'text', nullable: true })
  textsSealed!: string | null;

  /** Number of the record of the system that assesses its impacts on human rights. */
  @Column({ type: 'integer', nullable: true })
  assessmentRecord!: number | null;

  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  decidedBy!: string | null;

  @Column({ type: 'varchar', length: 10, nullable: true })
  decidedOn!: Day | null;
}
