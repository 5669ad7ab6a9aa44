import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../platform/time';

/** A one-time link with which an account is created. */
@Entity('invitations')
export class Invitation {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 64, unique: true })
  tokenHash!: string;

  @Column({ type: 'simple-json' })
  roles!: string[];

  @Column({ type: 'varchar', length: 64, nullable: true })
  unit!: string | null;

  @Column({ type: 'varchar', length: 36, nullable: true })
  invitedBy!: string | null;

  @Column({ type: 'varchar', length: 24 })
  expiresAt!: Instant;

  @Column({ type: 'varchar', length: 24, nullable: true })
  usedAt!: Instant | null;
}
