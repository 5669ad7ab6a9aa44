import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How far search has read the global log. */
@Entity('search_progress')
export class SearchProgress {
  /** FOLLOW: behind the log, always. REBUILD: all cases once more; finished when `next` has come to `until`. */
  @PrimaryColumn({ type: 'varchar', length: 16 })
  name!: string;

  /** The next index of the log that is to be read. */
  @Column({ type: 'integer' })
  next!: number;

  /** Index at which it ends; null: never. */
  @Column({ type: 'integer', nullable: true })
  until!: number | null;
}
