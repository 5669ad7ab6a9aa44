import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { AiSystem } from './ai-system';
import { Case } from './case';

/** An AI system of the register that a case is about, as staff named it. */
@Entity('case_systems')
@Unique(['caseId', 'n'])
@Index(['systemNumber', 'caseId'])
@Index(['systemNumber', 'namedOn'])
export class CaseSystem {
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

  @Column({ type: 'varchar', length: 64 })
  byRole!: string;

  @Column({ type: 'varchar', length: 10 })
  namedOn!: Day;

  /** Since when the case is not about it any more, as it turned out. */
  @Column({ type: 'varchar', length: 10, nullable: true })
  unnamedOn!: Day | null;
}
