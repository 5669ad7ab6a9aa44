import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';
import { Person } from './person';
import { RegisterEntry } from './register-entry';

/** A case in which an entry of a register was used or cited. Only who may see the case learns of it. */
@Entity('register_cases')
@Unique(['entryId', 'n'])
@Index(['caseId'])
export class RegisterCase {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => RegisterEntry)
  entryId!: string;

  @Column({ type: 'integer' })
  n!: number;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Person)
  linkedBy!: string;

  @Column({ type: 'varchar', length: 10 })
  linkedOn!: Day;

  @Column({ type: 'varchar', length: 10, nullable: true })
  unlinkedOn!: Day | null;
}
