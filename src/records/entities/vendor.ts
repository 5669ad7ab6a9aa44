import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/time';

/** A company in the supply chain of AI systems: vendor, provider, importer or distributor, as each system says. */
@Entity('vendors')
export class Vendor {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** Counted from 1 over the whole register. */
  @Column({ type: 'integer', unique: true })
  number!: number;

  /** Rises by one with every change; what `If-Match` names. */
  @Column({ type: 'integer' })
  revision!: number;

  @Column({ type: 'text' })
  companyName!: string;

  @Column({ type: 'text', nullable: true })
  country!: string | null;

  /** A code of `LEVERAGE_LEVELS`; null: nobody said. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  leverage!: string | null;

  @Column({ type: 'text', nullable: true })
  leverageActions!: string | null;

  @Column({ type: 'text', nullable: true })
  remarks!: string | null;

  /** Since when nothing new is had from it. */
  @Column({ type: 'varchar', length: 10, nullable: true })
  retiredOn!: Day | null;

  /** Its free texts, under a key of this row alone; those from before they were sealed stand in their own columns. */
  @Column({ type: 'text', nullable: true })
  textsSealed!: string | null;
}
