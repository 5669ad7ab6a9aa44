import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';
import { Person } from './person';

/** That the person said a step by telephone, by letter or in person and staff wrote it down: who, when, how, and what she says of it. Her words are with the answers of the step. */
@Entity('dictations')
@Unique(['caseId', 'n'])
@Unique(['caseId', 'revision'])
export class Dictation {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  /** Of the answers and the entry of the step. */
  @Column({ type: 'integer' })
  revision!: number;

  @Column({ type: 'varchar', length: 64 })
  step!: string;

  /** RH or REP. */
  @Column({ type: 'varchar', length: 64 })
  saidBy!: string;

  /** Of the mandate under which a representative said it; null of what she said, and of what was written down before this was kept. */
  @Column({ type: 'integer', nullable: true })
  mandateNumber!: number | null;

  @Column({ type: 'varchar', length: 10 })
  saidOn!: Day;

  /** A code of `SAID_THROUGH`. */
  @Column({ type: 'varchar', length: 64 })
  saidThrough!: string;

  /** A code of `KNOWN_BY`. */
  @Column({ type: 'varchar', length: 64 })
  knownBy!: string;

  @Column({ type: 'varchar', length: 64 })
  byRole!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Person)
  personId!: string;

  /** The second person, where one had to agree. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  agreedBy!: string | null;

  @Column({ type: 'varchar', length: 10 })
  writtenOn!: Day;

  /** The last day on which she can say that it is not what she said. */
  @Column({ type: 'varchar', length: 10 })
  objectUntil!: Day;

  @Column({ type: 'varchar', length: 10, nullable: true })
  objectedOn!: Day | null;

  /** What she was told when she had objected; null before. */
  @Column({ type: 'boolean', nullable: true })
  holds!: boolean | null;

  @Column({ type: 'varchar', length: 10, nullable: true })
  answeredOn!: Day | null;
}
