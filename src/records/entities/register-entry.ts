import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';

/** An entry of a register that keeps versions; what it says stands in them. */
@Entity('register_entries')
@Unique(['register', 'number'])
export class RegisterEntry {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** A name of `VERSIONED`. */
  @Column({ type: 'varchar', length: 64 })
  register!: string;

  /** Counted within the register; below `OWN_FROM` that of a row to begin with. */
  @Column({ type: 'integer' })
  number!: number;

  /** Rises by one with every change of what it says; what `If-Match` names. */
  @Column({ type: 'integer' })
  revision!: number;

  /** The version that counts. */
  @Column({ type: 'integer' })
  version!: number;

  /** Since when it is set aside. */
  @Column({ type: 'varchar', length: 10, nullable: true })
  retiredOn!: Day | null;
}
