import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Person } from './person';
import { RegisterEntry } from './register-entry';

/** What an entry of a register said from some day on. Never changed but for a text that is emptied and for who verified it. */
@Entity('register_versions')
@Unique(['entryId', 'n'])
export class RegisterVersion {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => RegisterEntry)
  entryId!: string;

  @Column({ type: 'integer' })
  n!: number;

  /** Answers that are codes, numbers and days, by ask. */
  @Column({ type: 'simple-json' })
  coded!: Record<string, unknown>;

  /** Answers that are texts, by ask, under a key of this version alone. */
  @Column({ type: 'text' })
  textsSealed!: string;

  /** Null: a row to begin with, which nobody wrote here. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  recordedBy!: string | null;

  @Column({ type: 'varchar', length: 10 })
  recordedOn!: Day;

  /** Since when somebody stands for it that it says what its source says. */
  @Column({ type: 'varchar', length: 10, nullable: true })
  verifiedOn!: Day | null;

  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  verifiedBy!: string | null;

  /** Where that was read, under the key of this version. */
  @Column({ type: 'text', nullable: true })
  verifiedSourceSealed!: string | null;
}
