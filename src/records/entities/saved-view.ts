import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/time';
import { Person } from './person';

/** A filter of the queue that somebody keeps under a name; it holds codes, and finds for each reader what that reader may see. */
@Entity('saved_views')
@Index(['personId'])
export class SavedView {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** Whose it is; its name is sealed under the key of this account, and gone with it. */
  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Person)
  personId!: string;

  @Column({ type: 'text' })
  nameSealed!: string;

  /** Line by line, as it stands in an address. */
  @Column({ type: 'simple-json' })
  filter!: Record<string, string>;

  /** Everybody who reads cases has it in their list. */
  @Column({ type: 'boolean' })
  isShared!: boolean;

  @Column({ type: 'varchar', length: 10 })
  savedOn!: Day;
}
