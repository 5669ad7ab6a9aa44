import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';
import { Person } from './person';

/** What staff write for each other. Never a message: the person and guests have no way to it. */
@Entity('internal_notes')
@Unique(['caseId', 'n'])
export class InternalNote {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  @Column({ type: 'varchar', length: 64 })
  byRole!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Person)
  personId!: string;

  @Column({ type: 'varchar', length: 10 })
  writtenOn!: Day;

  @Column({ type: 'text' })
  textSealed!: string;
}
