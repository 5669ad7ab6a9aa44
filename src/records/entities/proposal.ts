import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';
import { Person } from './person';

/** A step that waits for the agreement of a second person. */
@Entity('proposals')
@Index(['caseId', 'status'])
@Index(['step', 'caseId'], { where: `"status" = 'OPEN'` })
export class Proposal {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'varchar', length: 64 })
  step!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Person)
  proposedBy!: string;

  @Column({ type: 'varchar', length: 64 })
  byRole!: string;

  /** The role of the second person who has to agree; null in those from before a step could name several, of which it names one. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  secondRole!: string | null;

  @Column({ type: 'varchar', length: 10 })
  proposedOn!: Day;

  /** A target of our own; null where it was proposed before there was one. */
  @Column({ type: 'varchar', length: 10, nullable: true })
  dueOn!: Day | null;

  @Column({ type: 'text' })
  answersSealed!: string;

  /** RH or REP, where it is what staff wrote down for the person; null of anything else, and of those from before this was kept. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  saidBy!: string | null;

  /** Of the mandate under which a representative said it. */
  @Column({ type: 'integer', nullable: true })
  mandateNumber!: number | null;

  /** OPEN, TAKEN, REFUSED, REPLACED or DENIED: the person says that they never said it. */
  @Column({ type: 'varchar', length: 64 })
  status!: string;

  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  settledBy!: string | null;

  /** A code of `DICTATION_REFUSALS`, where what staff wrote down for the person came to nothing. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  refusedFor!: string | null;

  @Column({ type: 'varchar', length: 10, nullable: true })
  refusedOn!: Day | null;

  /** When the person said that they never said it. */
  @Column({ type: 'varchar', length: 10, nullable: true })
  deniedOn!: Day | null;

  /** When somebody who did not write it down had looked at that. */
  @Column({ type: 'varchar', length: 10, nullable: true })
  denialAnsweredOn!: Day | null;
}
