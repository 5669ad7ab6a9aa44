import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';
import { Offer } from './offer';
import { Person } from './person';

/** One promised deed of remedy: owner, due day, evidence, and what the complainant says of it. */
@Entity('remedy_actions')
@Index(['ownerId', 'status'])
@Unique(['caseId', 'n'])
export class RemedyAction {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Offer)
  offerId!: string | null;

  @Column({ type: 'integer' })
  n!: number;

  @Column({ type: 'varchar', length: 64 })
  action!: string;

  @Column({ type: 'varchar', length: 64 })
  form!: string;

  @Column({ type: 'text' })
  descriptionSealed!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Person)
  ownerId!: string;

  @Column({ type: 'varchar', length: 10 })
  dueOn!: Day;

  /** PROPOSED, AGREED, STARTED, DONE, REFUSED (by the complainant: not done) or DROPPED. */
  @Column({ type: 'varchar', length: 64 })
  status!: string;

  /** Whether the complainant agreed to it; false with another status than REFUSED: done without agreement. Null: nobody asked yet. */
  @Column({ type: 'boolean', nullable: true })
  agreed!: boolean | null;

  /** What the complainant said of it when she answered the offer: why not, or what instead. */
  @Column({ type: 'text', nullable: true })
  wishSealed!: string | null;

  @Column({ type: 'text', nullable: true })
  evidenceSealed!: string | null;

  @Column({ type: 'text', nullable: true })
  snapshotSealed!: string | null;

  /** What it cost, for staff alone: a sum must not press the person, nor become the measure of a remedy. */
  @Column({ type: 'text', nullable: true })
  costSealed!: string | null;

  @Column({ type: 'varchar', length: 10, nullable: true })
  doneOn!: Day | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  verifiedBy!: string | null;

  @Column({ type: 'varchar', length: 10, nullable: true })
  verifiedOn!: Day | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  verificationResult!: string | null;

  /** What is missing, in the words of the complainant. */
  @Column({ type: 'text', nullable: true })
  verificationCommentSealed!: string | null;
}
