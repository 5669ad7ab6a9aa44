import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A signed note over the size and root of the global log. */
@Entity('log_checkpoints')
export class LogCheckpoint {
  @PrimaryColumn({ type: 'integer' })
  size!: number;

  @Column({ type: 'varchar', length: 64 })
  rootHash!: string;

  @Column({ type: 'text' })
  note!: string;
}
