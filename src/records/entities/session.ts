import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../platform/time';
import { Person } from './person';
import { Case } from './case';

/** A signed-in browser or program: of a member of staff, or of the holder of a receipt. */
@Entity('sessions')
@Index(['personId'])
@Index(['expiresAt'])
export class Session {
  @PrimaryColumn({ type: 'varchar', length: 64 })
  tokenHash!: string;

  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  personId!: string | null;

  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Case)
  caseId!: string | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  role!: string | null;

  @Column({ type: 'varchar', length: 64 })
  csrfToken!: string;

  @Column({ type: 'varchar', length: 24 })
  expiresAt!: Instant;

  /** Whose receipt opened it. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  partyId!: string | null;

  /** What of the second factor is still missing; null once somebody is signed in. */
  @Column({ type: 'varchar', length: 16, nullable: true })
  stage!: string | null;

  /** Of members of staff only: a holder's times are kept nowhere. */
  @Column({ type: 'varchar', length: 24, nullable: true })
  startedAt!: Instant | null;

  @Column({ type: 'varchar', length: 24, nullable: true })
  seenAt!: Instant | null;

  /** Keyed hash over the challenge that a passkey has to sign in this session, once. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  challengeHash!: string | null;

  @Column({ type: 'varchar', length: 24, nullable: true })
  challengeEndsAt!: Instant | null;
}
