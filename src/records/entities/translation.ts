import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';
import { Person } from './person';

/** A translation that stands beside a text of the case; the original is what counts. */
@Entity('translations')
@Unique(['caseId', 'n'])
export class Translation {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  /** What kind of text it belongs to. */
  @Column({ type: 'varchar', length: 64 })
  ofKind!: string;

  /** Number of that text; nought for the complaint itself. */
  @Column({ type: 'integer' })
  ofNumber!: number;

  @Column({ type: 'varchar', length: 64 })
  language!: string;

  /** PERSON, INTERPRETER or MACHINE. */
  @Column({ type: 'varchar', length: 64 })
  author!: string;

  /** DRAFT or CHECKED. */
  @Column({ type: 'varchar', length: 64 })
  status!: string;

  @Column({ type: 'text' })
  textSealed!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Person)
  addedBy!: string;

  @Column({ type: 'varchar', length: 10 })
  addedOn!: Day;

  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  checkedBy!: string | null;

  @Column({ type: 'varchar', length: 10, nullable: true })
  checkedOn!: Day | null;
}
