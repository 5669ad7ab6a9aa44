import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';
import { Person } from './person';

/** Who works on a case in which role: its team. */
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

  /** ASKED: on the team as soon as the person says that there is none; NONE; DECLARED, and the person is not on the team. */
  @Column({ type: 'varchar', length: 64 })
  conflictDeclared!: string;

  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  assignedBy!: string | null;

  @Column({ type: 'varchar', length: 10, nullable: true })
  endedOn!: Day | null;

  /** Whom and what the case concerns, as far as somebody has to know to say whether they have a conflict of interest. */
  @Column({ type: 'text', nullable: true })
  concernsSealed!: string | null;
}
