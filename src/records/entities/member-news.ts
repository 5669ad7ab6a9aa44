import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';
import { Person } from './person';

/** A message of a collective complaint to all its members; each gets it in her own case, under its key. */
@Entity('member_news')
@Unique(['caseId', 'n'])
export class MemberNews {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** The collective complaint. */
  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  @Column({ type: 'varchar', length: 64 })
  fromRole!: string;

  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  personId!: string | null;

  @Column({ type: 'varchar', length: 10 })
  writtenOn!: Day;

  @Column({ type: 'varchar', length: 64 })
  language!: string;

  @Column({ type: 'text' })
  textSealed!: string;
}
