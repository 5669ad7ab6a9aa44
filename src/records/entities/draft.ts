import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/time';

/**
 * A complaint that is not lodged yet: no case, no reference, no entry. What was answered is sealed under a data key of its own. It is found
 * by the token in a cookie or by a code, and goes with its files when it is lodged, deleted or left alone for 30 days.
 */
@Entity('drafts')
@Index(['changedOn'])
export class Draft {
  /** Also of the case that it may become, and the owner of its data key. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 64, unique: true })
  tokenHash!: string;

  /** Keyed hash of the code that opens it on any device; null as long as none was asked for. */
  @Column({ type: 'varchar', length: 64, unique: true, nullable: true })
  codeHash!: string | null;

  /** Rises by one with every change. */
  @Column({ type: 'integer' })
  revision!: number;

  @Column({ type: 'varchar', length: 10 })
  changedOn!: Day;

  @Column({ type: 'text' })
  answersSealed!: string;
}
