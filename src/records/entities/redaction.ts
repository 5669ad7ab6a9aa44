import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';
import { Person } from './person';

/** A text of the case with marks in the place of what outsiders are not to read. The text itself stays as it is; of a file the masked copy is a file. */
@Entity('redactions')
@Unique(['caseId', 'n'])
export class Redaction {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  /** What kind of text it was made of: a code of `SHARED_TEXTS`. */
  @Column({ type: 'varchar', length: 64 })
  ofKind!: string;

  /** Number of that text. */
  @Column({ type: 'integer' })
  ofNumber!: number;

  @Column({ type: 'integer' })
  marks!: number;

  @Column({ type: 'text' })
  textSealed!: string;

  @Column({ type: 'varchar', length: 64 })
  byRole!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Person)
  personId!: string;

  @Column({ type: 'varchar', length: 10 })
  madeOn!: Day;
}
