import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/time';

/** A sealed file whose key is destroyed and that still has to be taken out of the store; gone as soon as it is. */
@Entity('doomed_files', { withoutRowid: true })
export class DoomedFile {
  /** Its name in the evidence store. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  id!: string;

  @Column({ type: 'varchar', length: 10 })
  since!: Day;
}
