import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** The place of an entry in the global log. */
@Entity('log_leaves')
@Unique(['ledgerId', 'n'])
export class LogLeaf {
  @PrimaryColumn({ type: 'integer' })
  index!: number;

  @Column({ type: 'varchar', length: 36 })
  ledgerId!: string;

  @Column({ type: 'integer' })
  n!: number;

  @Column({ type: 'varchar', length: 64 })
  leafHash!: string;
}
