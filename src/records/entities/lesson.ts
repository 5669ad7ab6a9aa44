import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { AiSystem } from './ai-system';
import { Case } from './case';
import { Person } from './person';

/** What the organisation learns from a case about one AI system, and which record of its due diligence takes it up. */
@Entity('lessons')
@Unique(['caseId', 'n'])
export class Lesson {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  @Column({ type: 'integer' })
  @ForeignKey(() => AiSystem, 'number')
  systemNumber!: number;

  /** Number of a record of that system in the register. */
  @Column({ type: 'integer', nullable: true })
  recordNumber!: number | null;

  /** Codes of `ROOT_CAUSES`. */
  @Column({ type: 'simple-json' })
  rootCauses!: string[];

  @Column({ type: 'text' })
  textSealed!: string;

  @Column({ type: 'varchar', length: 64 })
  byRole!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Person)
  personId!: string;

  @Column({ type: 'varchar', length: 10 })
  recordedOn!: Day;
}
