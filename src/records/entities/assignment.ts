import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';
import { Person } from './person';

/** Who works on a case in which role, and what they declared beforehand. */
@Entity('assignments')
@Index(['caseId'])
@Index(['personId', 'endedOn'])
export class Assignment {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Person)
  personId!: string;

  @Column({ type: 'varchar', length: 64 })
  role!: string;

  /** NONE, or DECLARED with the person not assigned. */
  @Column({ type: 'varchar', length: 64 })
  conflictDeclared!: string;

  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  assignedBy!: string | null;

  @Column({ type: 'varchar', length: 10, nullable: true })
  endedOn!: Day | null;
}
