import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';
import { Person } from './person';

/** That a text of the case is to be translated, by whom and until when; it says nothing of the text. */
@Entity('translation_requests')
@Index(['ownerId', 'status'])
@Unique(['caseId', 'n'])
export class TranslationRequest {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  /** What kind of text it is. */
  @Column({ type: 'varchar', length: 64 })
  ofKind!: string;

  /** Number of that text; nought for the complaint itself. */
  @Column({ type: 'integer' })
  ofNumber!: number;

  @Column({ type: 'varchar', length: 64 })
  language!: string;

  /** Who sees to it. */
  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Person)
  ownerId!: string;

  @Column({ type: 'varchar', length: 64 })
  byRole!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Person)
  askedBy!: string;

  @Column({ type: 'varchar', length: 10 })
  askedOn!: Day;

  /** A target of our own. */
  @Column({ type: 'varchar', length: 10 })
  dueOn!: Day;

  /** ASKED, DONE or WITHDRAWN. */
  @Column({ type: 'varchar', length: 64 })
  status!: string;

  @Column({ type: 'varchar', length: 10, nullable: true })
  settledOn!: Day | null;

  /** Number of the translation that came of it. */
  @Column({ type: 'integer', nullable: true })
  translation!: number | null;
}
