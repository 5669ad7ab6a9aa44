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
}
