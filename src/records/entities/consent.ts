import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';
import { Person } from './person';

/** One decision of the person about one consent. The newest of a code holds; the one before keeps the day on which it ended. */
@Entity('consents')
@Unique(['caseId', 'n'])
@Index(['caseId'], { where: `"code" = 'CN-STAT' AND "given" = FALSE AND "endedOn" IS NULL` })
export class Consent {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  @Column({ type: 'varchar', length: 64 })
  code!: string;

  @Column({ type: 'boolean' })
  given!: boolean;

  /** Of the words that were answered, and the language in which they were read. */
  @Column({ type: 'integer' })
  version!: number;

  @Column({ type: 'varchar', length: 35 })
  language!: string;

  /** Limits that the person set. */
  @Column({ type: 'text', nullable: true })
  scopeSealed!: string | null;

  @Column({ type: 'varchar', length: 10 })
  decidedOn!: Day;

  /** Day on which another decision took its place: for a consent that was given, the day of its withdrawal. */
  @Column({ type: 'varchar', length: 10, nullable: true })
  endedOn!: Day | null;

  @Column({ type: 'varchar', length: 64 })
  byRole!: string;

  /** Who of the staff wrote it down; null when the person or who acts for them decided here. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  personId!: string | null;
}
