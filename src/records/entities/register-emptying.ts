import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Person } from './person';

/** A text of a register that was emptied for good: which, by whom, when and why. The text itself is gone. */
@Entity('register_emptyings')
@Unique(['register', 'number', 'n'])
export class RegisterEmptying {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** A name of `REGISTERS`. */
  @Column({ type: 'varchar', length: 64 })
  register!: string;

  /** That of the entry. */
  @Column({ type: 'integer' })
  number!: number;

  @Column({ type: 'integer' })
  n!: number;

  /** The ask whose answer it was; of record 3, `records.3.` stands before it. */
  @Column({ type: 'varchar', length: 64 })
  part!: string;

  /** Under a key of this row alone. */
  @Column({ type: 'text' })
  reasonSealed!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Person)
  emptiedBy!: string;

  @Column({ type: 'varchar', length: 10 })
  emptiedOn!: Day;
}
