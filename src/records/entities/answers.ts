import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Case } from './case';
import { Person } from './person';

/** What was said when a step was taken: reasons, plans, texts, sealed as one. */
@Entity('answers')
@Unique(['caseId', 'revision'])
export class Answers {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  revision!: number;

  @Column({ type: 'varchar', length: 64 })
  step!: string;

  @Column({ type: 'varchar', length: 64 })
  byRole!: string;

  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  personId!: string | null;

  @Column({ type: 'text' })
  answersSealed!: string;

  /**
   * Whether texts of this step, here or in its letter, tell what somebody needs to take part; false once they are emptied. Null where
   * nobody looked: of other steps, and of what was said before 2026-12-21.
   */
  @Column({ type: 'boolean', nullable: true })
  tellsNeeds!: boolean | null;
}
