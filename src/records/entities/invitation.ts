import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day, Instant } from '../../platform/time';

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

  /** The one case of a guest from outside; null for whoever works here. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  guestCaseId!: string | null;

  /** The last day of a guest. */
  @Column({ type: 'varchar', length: 10, nullable: true })
  guestUntil!: Day | null;

  /** Whether a guest may open the working copies of the files. */
  @Column({ type: 'boolean', nullable: true })
  guestSeesFiles!: boolean | null;
}
