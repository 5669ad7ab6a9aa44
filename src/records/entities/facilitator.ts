import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';

/** Somebody proposed to lead the dialogue, and what each side says of it. */
@Entity('facilitators')
@Unique(['caseId', 'n'])
export class Facilitator {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  @Column({ type: 'text' })
  whoSealed!: string;

  @Column({ type: 'text' })
  neutralSealed!: string;

  @Column({ type: 'varchar', length: 64 })
  byRole!: string;

  @Column({ type: 'varchar', length: 10 })
  proposedOn!: Day;

  /** A code of `FACILITATOR_ANSWERS`. */
  @Column({ type: 'varchar', length: 64 })
  person!: string;

  @Column({ type: 'varchar', length: 10, nullable: true })
  personOn!: Day | null;

  @Column({ type: 'text', nullable: true })
  personSaidSealed!: string | null;

  /** A code of `FACILITATOR_ANSWERS`. */
  @Column({ type: 'varchar', length: 64 })
  unit!: string;

  @Column({ type: 'varchar', length: 10, nullable: true })
  unitOn!: Day | null;

  @Column({ type: 'text', nullable: true })
  unitSaidSealed!: string | null;
}
