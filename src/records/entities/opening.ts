import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Instant } from '../../platform/time';
import { Case } from './case';
import { Person } from './person';

/** When somebody was last shown a case, or its history alone, so that one day of reading is one entry. Each time stands in the history. */
@Entity('openings')
@Unique(['caseId', 'personId', 'act'])
export class Opening {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Person)
  personId!: string;

  /** `open-case`, or `open-history` where nothing but the history was shown. */
  @Column({ type: 'varchar', length: 64 })
  act!: string;

  @Column({ type: 'varchar', length: 64 })
  role!: string;

  @Column({ type: 'varchar', length: 24 })
  openedAt!: Instant;
}
