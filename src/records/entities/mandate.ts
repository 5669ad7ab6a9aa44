import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';

/** Who speaks for the person, on what ground, for what and how long. Of one party the newest counts. */
@Entity('mandates')
@Unique(['caseId', 'n'])
export class Mandate {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  /** The representative, among the parties of the case. */
  @Column({ type: 'varchar', length: 36 })
  partyId!: string;

  /** Null while nobody said what it rests on. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  basis!: string | null;

  /** Codes (rules/mandates.ts): as claimed, and once it is confirmed, as confirmed. */
  @Column({ type: 'simple-json' })
  covers!: string[];

  @Column({ type: 'varchar', length: 10, nullable: true })
  since!: Day | null;

  /** The last day. */
  @Column({ type: 'varchar', length: 10, nullable: true })
  until!: Day | null;

  /** Number of a file of the case that shows it. */
  @Column({ type: 'integer', nullable: true })
  proof!: number | null;

  @Column({ type: 'text', nullable: true })
  limitsSealed!: string | null;

  /** Who wrote it down last, before it was confirmed. */
  @Column({ type: 'varchar', length: 64 })
  byRole!: string;

  @Column({ type: 'varchar', length: 10 })
  recordedOn!: Day;

  /** CLAIMED, CONFIRMED, REFUSED or ENDED; that its last day is over is read from `until`. */
  @Column({ type: 'varchar', length: 64 })
  status!: string;

  @Column({ type: 'varchar', length: 64, nullable: true })
  confirmedBy!: string | null;

  @Column({ type: 'varchar', length: 10, nullable: true })
  confirmedOn!: Day | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  endedBy!: string | null;

  @Column({ type: 'varchar', length: 10, nullable: true })
  endedOn!: Day | null;

  /** Why it was confirmed or ended last, where a reason was given. */
  @Column({ type: 'text', nullable: true })
  reasonsSealed!: string | null;
}
