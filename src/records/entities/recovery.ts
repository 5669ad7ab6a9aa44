import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../platform/time';
import { Person } from './person';

/** A way back into an account whose password or second factor is lost: one person proposes it, another agrees, a link opens it once. */
@Entity('recoveries')
@Index(['personId'])
export class Recovery {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Person)
  personId!: string;

  /** Null where the operator proposed it at the terminal. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  proposedBy!: string | null;

  /** Of the code that the person gets from whoever proposed it: without it the link opens nothing. */
  @Column({ type: 'varchar', length: 64 })
  codeHash!: string;

  @Column({ type: 'varchar', length: 24 })
  expiresAt!: Instant;

  /** Null while it waits, and where the operator was alone with it. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  @ForeignKey(() => Person)
  agreedBy!: string | null;

  /** Of the link, from the agreement on. */
  @Column({ type: 'varchar', length: 64, nullable: true, unique: true })
  tokenHash!: string | null;

  /** When it was used, refused or replaced. */
  @Column({ type: 'varchar', length: 24, nullable: true })
  endedAt!: Instant | null;
}
