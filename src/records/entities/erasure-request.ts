import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';
import { Person } from './person';

/** The complainant asks that names and contacts, or the whole case, be erased (GDPR Art. 17). */
@Entity('erasure_requests')
@Unique(['caseId', 'n'])
export class ErasureRequest {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  @Column({ type: 'integer' })
  n!: number;

  /** PERSON or CASE. */
  @Column({ type: 'varchar', length: 64 })
  scope!: string;

  @Column({ type: 'varchar', length: 10 })
  requestedOn!: Day;

  /** OPEN, CARRIED_OUT, REFUSED or TAKEN_BACK. */
  @Column({ type: 'varchar', length: 64 })
  status!: string;

  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  decidedBy!: string | null;

  @Column({ type: 'varchar', length: 10, nullable: true })
  decidedOn!: Day | null;
}
