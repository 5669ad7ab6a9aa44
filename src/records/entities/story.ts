import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';

/** What the public may read of a case, as the person agreed to it. */
@Entity('stories')
@Unique(['caseId', 'n'])
export class Story {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  /** Of the text. */
  @Column({ type: 'varchar', length: 64 })
  language!: string;

  @Column({ type: 'text' })
  textSealed!: string;

  /** Number of the decision it rests on; another decision, whatever it says, ends what is shown. */
  @Column({ type: 'integer' })
  consentN!: number;

  @Column({ type: 'varchar', length: 10 })
  publishedOn!: Day;

  /** Taken down by staff, replaced, or the case went on; what the person takes back is told by her decision. */
  @Column({ type: 'varchar', length: 10, nullable: true })
  endedOn!: Day | null;
}
