import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';
import { Person } from './person';

/** A code with which so many people join a collective complaint, until the end of a day. The code itself is nowhere. */
@Entity('join_codes')
@Unique(['caseId', 'n'])
export class JoinCode {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** The collective complaint. */
  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  /** Keyed hash; null once it was ended, so that it opens nothing whatever else the row says. */
  @Column({ type: 'varchar', length: 64, unique: true, nullable: true })
  codeHash!: string | null;

  @Column({ type: 'integer' })
  places!: number;

  /** Everybody who joined with it, also who left since. */
  @Column({ type: 'integer' })
  used!: number;

  @Column({ type: 'varchar', length: 10 })
  until!: Day;

  @Column({ type: 'varchar', length: 10 })
  madeOn!: Day;

  @Column({ type: 'varchar', length: 10, nullable: true })
  endedOn!: Day | null;

  @Column({ type: 'varchar', length: 64 })
  byRole!: string;

  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  personId!: string | null;
}
