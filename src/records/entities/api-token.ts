import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Day, Instant } from '../../platform/time';
import { Person } from './person';

/** A token for a program, shown once, kept as a hash. */
@Entity('api_tokens')
@Index(['personId'])
export class ApiToken {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 64, unique: true })
  tokenHash!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Person)
  personId!: string;

  @Column({ type: 'varchar', length: 64 })
  label!: string;

  /** What it opens (`rules/scopes.ts`); null for one from before there were scopes, which opens nothing any more. */
  @Column({ type: 'simple-json', nullable: true })
  scopes!: string[] | null;

  @Column({ type: 'varchar', length: 24 })
  expiresAt!: Instant;

  @Column({ type: 'varchar', length: 10, nullable: true })
  lastUsedOn!: Day | null;
}
