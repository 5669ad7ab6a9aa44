import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../platform/time';
import type { RoutingRule } from '../../rules/routing';
import { Person } from './person';

/** The rules of routing as they are, were, or are to be; at most one is on and at most one a draft. */
@Entity('routing_versions')
export class RoutingVersion {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'integer', unique: true })
  n!: number;

  /** DRAFT, ON, OFF (was on), DROPPED (was a draft). */
  @Column({ type: 'varchar', length: 64 })
  status!: string;

  /** Rises with every change of the draft. */
  @Column({ type: 'integer' })
  revision!: number;

  @Column({ type: 'simple-json' })
  rules!: RoutingRule[];

  /** Ids of everybody who changed the draft: none of them switches it on. */
  @Column({ type: 'simple-json' })
  draftedBy!: string[];

  @Column({ type: 'varchar', length: 24 })
  changedAt!: Instant;

  /** Who switched it on or dropped it. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  settledBy!: string | null;
}
