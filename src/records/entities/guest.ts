import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Day, Instant } from '../../platform/time';
import { Case } from './case';
import { Person } from './person';

/** Somebody from outside who is let into one case until a day. The invitation has the same id. */
@Entity('guests')
@Unique(['caseId', 'n'])
@Index(['personId'])
export class Guest {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  @Column({ type: 'varchar', length: 64 })
  role!: string;

  /** The last day of access. */
  @Column({ type: 'varchar', length: 10 })
  until!: Day;

  /** Whether the guest may open the working copies of the files. */
  @Column({ type: 'boolean' })
  seesFiles!: boolean;

  /** Whom and what the case concerns, as far as the guest has to know to say whether there is a conflict of interest. */
  @Column({ type: 'text', nullable: true })
  concernsSealed!: string | null;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Person)
  invitedBy!: string;

  @Column({ type: 'varchar', length: 10 })
  invitedOn!: Day;

  /** Null until the link was used. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  personId!: string | null;

  /** When the guest last opened the case, to within the hour. */
  @Column({ type: 'varchar', length: 24, nullable: true })
  readAt!: Instant | null;

  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  endedBy!: string | null;

  @Column({ type: 'varchar', length: 10, nullable: true })
  endedOn!: Day | null;
}
