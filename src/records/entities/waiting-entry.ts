import { Entity, PrimaryColumn } from 'typeorm';

/** An entry that has no place in the global log yet; gone as soon as it has one. */
@Entity('waiting_entries', { withoutRowid: true })
export class WaitingEntry {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  ledgerId!: string;

  @PrimaryColumn({ type: 'integer' })
  n!: number;
}
