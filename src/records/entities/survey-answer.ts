import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';

/** How somebody with a receipt rated one ending of a case. Staff of the case do not see it. */
@Entity('survey_answers')
@Unique(['caseId', 'closedOn'])
export class SurveyAnswer {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  /** The ending that it is about. */
  @Column({ type: 'varchar', length: 10 })
  closedOn!: Day;

  @Column({ type: 'varchar', length: 10 })
  givenOn!: Day;

  /** Whether the person gave it (RH) or who acts for them (REP); null where that was not kept yet. */
  @Column({ type: 'varchar', length: 3, nullable: true })
  byRole!: string | null;

  /** How often it was given and changed. */
  @Column({ type: 'integer' })
  times!: number;

  // From 1 to 5; null: skipped.
  @Column({ type: 'integer', nullable: true })
  easy!: number | null;

  @Column({ type: 'integer', nullable: true })
  respect!: number | null;

  @Column({ type: 'integer', nullable: true })
  informed!: number | null;

  @Column({ type: 'integer', nullable: true })
  fair!: number | null;

  @Column({ type: 'text', nullable: true })
  commentSealed!: string | null;
}
