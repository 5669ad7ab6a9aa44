import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';

/** What the person asked for so that they can take part: an interpreter, somebody beside them, a meeting, another form. */
@Entity('support_requests')
@Unique(['caseId', 'n'])
export class SupportRequest {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  @Column({ type: 'varchar', length: 64 })
  kind!: string;

  /** In the person’s own words. */
  @Column({ type: 'text', nullable: true })
  wishSealed!: string | null;

  @Column({ type: 'varchar', length: 64 })
  byRole!: string;

  @Column({ type: 'varchar', length: 10 })
  askedOn!: Day;

  /** The clock of this request alone. */
  @Column({ type: 'varchar', length: 36 })
  clockId!: string;

  /** By an internal target of ours. */
  @Column({ type: 'varchar', length: 10 })
  dueOn!: Day;

  /** ASKED, ARRANGED, DECLINED, DONE or TAKEN_BACK. */
  @Column({ type: 'varchar', length: 64 })
  status!: string;

  @Column({ type: 'text', nullable: true })
  arrangementSealed!: string | null;

  @Column({ type: 'text', nullable: true })
  reasonsSealed!: string | null;

  /** What is offered instead of what was declined. */
  @Column({ type: 'text', nullable: true })
  alternativeSealed!: string | null;

  @Column({ type: 'varchar', length: 10, nullable: true })
  answeredOn!: Day | null;

  @Column({ type: 'varchar', length: 10, nullable: true })
  endedOn!: Day | null;
}
