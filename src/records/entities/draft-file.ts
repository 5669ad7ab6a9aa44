import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Draft } from './draft';

/** A file of a draft, looked at already: what its row as evidence will say of it once the draft is lodged. Its content lies sealed in the evidence store. */
@Entity('draft_files')
@Unique(['draftId', 'n'])
export class DraftFile {
  /** In the store; the working copy under the id and `.working`. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Draft)
  draftId!: string;

  /** In the order in which they were added; a number that became free is not used again while a later one is there. */
  @Column({ type: 'integer' })
  n!: number;

  @Column({ type: 'text' })
  fileNameSealed!: string;

  @Column({ type: 'text', nullable: true })
  describesSealed!: string | null;

  @Column({ type: 'varchar', length: 128 })
  mediaType!: string;

  @Column({ type: 'integer' })
  sizeInBytes!: number;

  @Column({ type: 'varchar', length: 64 })
  sha256!: string;

  /** CLEAN, INFECTED or UNSCANNED. */
  @Column({ type: 'varchar', length: 16 })
  scan!: string;

  @Column({ type: 'varchar', length: 16 })
  handling!: string;

  @Column({ type: 'varchar', length: 16, nullable: true })
  heldReason!: string | null;

  @Column({ type: 'simple-json', nullable: true })
  removed!: string[] | null;

  @Column({ type: 'integer', nullable: true })
  turnedBy!: number | null;

  @Column({ type: 'integer', nullable: true })
  workingSizeInBytes!: number | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  workingSha256!: string | null;
}
