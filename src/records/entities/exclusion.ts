import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';
import { Person } from './person';

/** Somebody, or everybody of a unit, who must not learn of a case. */
@Entity('exclusions')
@Unique(['caseId', 'n'])
@Index(['caseId', 'endedOn'])
export class Exclusion {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  @Column({ type: 'varchar', length: 64 })
  ground!: string;

  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  personId!: string | null;

  /** Keyed hash of the unit, so that the database alone does not tell whom a complaint is about. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  unitHash!: string | null;

  @Column({ type: 'text', nullable: true })
  unitSealed!: string | null;

  /** Null: the person withdrew. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  excludedBy!: string | null;

  @Column({ type: 'varchar', length: 10 })
  excludedOn!: Day;

  @Column({ type: 'varchar', length: 10, nullable: true })
  endedOn!: Day | null;
}
