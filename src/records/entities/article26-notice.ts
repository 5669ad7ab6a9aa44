import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { AiSystem } from './ai-system';
import { Case } from './case';

/** One task of the chain of notices that a deployer owes (AI Act Art. 26(5)): whom to tell, by when, and what came of it. */
@Entity('article26_notices')
@Unique(['caseId', 'n'])
export class Article26Notice {
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

  /** A code of `ARTICLE_26_GROUNDS`. */
  @Column({ type: 'varchar', length: 64 })
  ground!: string;

  /** A code of `ARTICLE_26_ADDRESSEES`. */
  @Column({ type: 'varchar', length: 64 })
  addressee!: string;

  /** A code of `INCIDENT_KINDS`; null for a risk, and where nobody was asked yet. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  incidentKind!: string | null;

  /** Day on which the risk or the incident was known. */
  @Column({ type: 'varchar', length: 10 })
  since!: Day;

  @Column({ type: 'varchar', length: 10 })
  dueOn!: Day;

  @Column({ type: 'varchar', length: 64 })
  byRole!: string;

  /** A code of `ARTICLE_26_OUTCOMES`; null while it is to be done. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  outcome!: string | null;

  /** Day of the notice; null where nobody was told. */
  @Column({ type: 'varchar', length: 10, nullable: true })
  toldOn!: Day | null;

  @Column({ type: 'varchar', length: 10, nullable: true })
  settledOn!: Day | null;

  @Column({ type: 'text', nullable: true })
  wordsSealed!: string | null;
}
