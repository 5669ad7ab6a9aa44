import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../platform/time';
import type { PolicyAmendment } from '../../rules/policy';
import { Person } from './person';

/** What is to be, became, or did not become the next version of the process; at most one is open. */
@Entity('policy_drafts')
export class PolicyDraft {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'integer', unique: true })
  n!: number;

  /** DRAFT, PUBLISHED or DROPPED. */
  @Column({ type: 'varchar', length: 64 })
  status!: string;

  /** Rises with every change of the draft. */
  @Column({ type: 'integer' })
  revision!: number;

  @Column({ type: 'simple-json' })
  amendments!: PolicyAmendment[];

  /** Ids of everybody who changed the draft: none of them publishes it. */
  @Column({ type: 'simple-json' })
  draftedBy!: string[];

  @Column({ type: 'varchar', length: 24 })
  changedAt!: Instant;

  /** Who published or dropped it. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  settledBy!: string | null;
}
