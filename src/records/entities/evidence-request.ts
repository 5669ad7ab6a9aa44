import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';
import { Person } from './person';

/** What the inquiry asked a unit, the vendor or somebody else for, and what came of it. */
@Entity('evidence_requests')
@Unique(['caseId', 'n'])
export class EvidenceRequest {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  /** A code of `ASKED_OF`. */
  @Column({ type: 'varchar', length: 64 })
  askedOf!: string;

  @Column({ type: 'text' })
  whomSealed!: string;

  @Column({ type: 'text' })
  textSealed!: string;

  /** Number of the allegation that it is about; null where it is about all of them. */
  @Column({ type: 'integer', nullable: true })
  allegation!: number | null;

  @Column({ type: 'varchar', length: 64 })
  byRole!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Person)
  askedBy!: string;

  @Column({ type: 'varchar', length: 10 })
  askedOn!: Day;

  @Column({ type: 'varchar', length: 10 })
  dueOn!: Day;

  /** A code of `EVIDENCE_REQUEST_STATUSES`. */
  @Column({ type: 'varchar', length: 64 })
  status!: string;

  @Column({ type: 'varchar', length: 10, nullable: true })
  settledOn!: Day | null;

  /** What came, or why nothing did. */
  @Column({ type: 'text', nullable: true })
  replySealed!: string | null;

  /** A code of `REFUSAL_GROUNDS`. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  refusalGround!: string | null;

  /** A code of `RECORDS_FOUND`. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  records!: string | null;
}
