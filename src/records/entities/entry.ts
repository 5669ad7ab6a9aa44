import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One line of a case history in the ledger: canonical JSON, hashed as stored. Never updated, never deleted. */
@Entity('entries')
export class Entry {
  /** The case, by its ledger id. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  ledgerId!: string;

  @PrimaryColumn({ type: 'integer' })
  n!: number;

  @Column({ type: 'text' })
  body!: string;

  @Column({ type: 'varchar', length: 64 })
  leafHash!: string;
}
