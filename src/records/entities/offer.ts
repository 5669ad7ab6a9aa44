import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';
import { Person } from './person';

/** An offer of remedy or a counter-offer, with the answer it got. */
@Entity('offers')
@Unique(['caseId', 'n'])
export class Offer {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  /** OFFER, AGREEMENT (from dialogue), COUNTER_OFFER or UNILATERAL. */
  @Column({ type: 'varchar', length: 64 })
  kind!: string;

  @Column({ type: 'varchar', length: 64 })
  madeByRole!: string;

  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  madeBy!: string | null;

  @Column({ type: 'varchar', length: 10 })
  madeOn!: Day;

  @Column({ type: 'text' })
  textSealed!: string;

  @Column({ type: 'varchar', length: 10, nullable: true })
  replyDueOn!: Day | null;

  /** OPEN, ACCEPTED, REFUSED, REPLACED or IMPOSED. */
  @Column({ type: 'varchar', length: 64 })
  status!: string;

  @Column({ type: 'varchar', length: 10, nullable: true })
  answeredOn!: Day | null;
}
