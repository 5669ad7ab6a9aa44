import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../platform/time';
import type { PolicyAmendment } from '../../rules/policy';
import { Person } from './person';

/** A version of the process that was published after the table in code. Rows are added and never change: cases are held to them. */
@Entity('policies')
export class PolicyVersion {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** From 2 on: the first version is the table in code. */
  @Column({ type: 'integer', unique: true })
  n!: number;

  @Column({ type: 'varchar', length: 64, unique: true })
  version!: string;

  @Column({ type: 'simple-json' })
  amendments!: PolicyAmendment[];

  @Column({ type: 'varchar', length: 24 })
  publishedAt!: Instant;

  /** Ids of everybody who drafted a part of it. */
  @Column({ type: 'simple-json' })
  draftedBy!: string[];

  /** The second person. */
  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Person)
  publishedBy!: string;
}
