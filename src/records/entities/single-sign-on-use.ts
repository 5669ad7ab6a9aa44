import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../platform/time';

/** A way to the identity provider and back that was used: each opens once. Of those that led to nothing, nothing is kept. */
@Entity('single_sign_on_uses')
@Index(['expiresAt'])
export class SingleSignOnUse {
  @PrimaryColumn({ type: 'varchar', length: 64 })
  flowHash!: string;

  /** When the flow would have ended anyway; then this row goes. */
  @Column({ type: 'varchar', length: 24 })
  expiresAt!: Instant;
}
