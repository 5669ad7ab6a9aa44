import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';

/** A file of a case. Its content lies sealed in the evidence store under this id, its working copy under the id and `.working`. */
@Entity('evidence')
@Unique(['caseId', 'n'])
export class Evidence {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  @Column({ type: 'varchar', length: 64 })
  fromRole!: string;

  @Column({ type: 'varchar', length: 10 })
  addedOn!: Day;

  @Column({ type: 'text' })
  fileNameSealed!: string;

  @Column({ type: 'text', nullable: true })
  describesSealed!: string | null;

  /** By its bytes. The longest, of an office document, has 73 letters. */
  @Column({ type: 'varchar', length: 128 })
  mediaType!: string;

  @Column({ type: 'integer' })
  sizeInBytes!: number;

  @Column({ type: 'varchar', length: 64 })
  sha256!: string;

  /** CLEANED, HELD or QUARANTINED (rules/evidence-handling.ts). Null in rows from before there were working copies: held back. */
  @Column({ type: 'varchar', length: 16, nullable: true })
  handling!: string | null;

  /** Why it is held back; null unless HELD. */
  @Column({ type: 'varchar', length: 16, nullable: true })
  heldReason!: string | null;

  /** Codes of what the working copy no longer has; null without one. */
  @Column({ type: 'simple-json', nullable: true })
  removed!: string[] | null;

  /** Degrees clockwise by which the working copy has to be turned to stand upright. */
  @Column({ type: 'integer', nullable: true })
  turnedBy!: number | null;

  @Column({ type: 'integer', nullable: true })
  workingSizeInBytes!: number | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  workingSha256!: string | null;

  /** Number of the file of which it is a masked copy; null of every other. */
  @Column({ type: 'integer', nullable: true })
  maskedFrom!: number | null;
}
