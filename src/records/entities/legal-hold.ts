import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';
import { Person } from './person';

/**
 * Why a case must be kept whatever its schedule says; several may stand at once. The one that holds from receipt where a system is
 * named has no row until somebody reviews or releases it: `cases.legalHold` says that it stands.
 */
@Entity('legal_holds')
@Unique(['caseId', 'n'])
export class LegalHold {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  @Column({ type: 'varchar', length: 64 })
  ground!: string;

  /** Null for the one that holds from receipt. */
  @Column({ type: 'text', nullable: true })
  reasonSealed!: string | null;

  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  placedBy!: string | null;

  @Column({ type: 'varchar', length: 10 })
  placedOn!: Day;

  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  reviewedBy!: string | null;

  @Column({ type: 'varchar', length: 10, nullable: true })
  reviewedOn!: Day | null;

  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  releasedBy!: string | null;

  @Column({ type: 'varchar', length: 10, nullable: true })
  releasedOn!: Day | null;

  @Column({ type: 'text', nullable: true })
  releaseReasonSealed!: string | null;
}
