import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';
import { Person } from './person';

/** What was said in a meeting, a call or a spoken complaint, as staff wrote it down and as the person approves it or not. */
@Entity('transcripts')
@Unique(['caseId', 'n'])
export class Transcript {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  @Column({ type: 'varchar', length: 64 })
  occasion!: string;

  /** Day of the occasion. */
  @Column({ type: 'varchar', length: 10 })
  heldOn!: Day;

  @Column({ type: 'varchar', length: 64 })
  language!: string;

  @Column({ type: 'text' })
  textSealed!: string;

  @Column({ type: 'varchar', length: 64 })
  byRole!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Person)
  personId!: string;

  @Column({ type: 'varchar', length: 10 })
  recordedOn!: Day;

  /** WAITING, APPROVED or DISPUTED, as the person said last. */
  @Column({ type: 'varchar', length: 64 })
  status!: string;

  @Column({ type: 'varchar', length: 10, nullable: true })
  answeredOn!: Day | null;

  /** What is wrong in it, in the person’s own words; it stays when it is approved later. */
  @Column({ type: 'text', nullable: true })
  disputeSealed!: string | null;
}
