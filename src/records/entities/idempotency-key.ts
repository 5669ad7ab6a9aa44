import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/time';

/** The first answer to a request, sealed under the key that only the requester knows. */
@Entity('idempotency_keys')
@Index(['expiresOn'])
export class IdempotencyKey {
  @PrimaryColumn({ type: 'varchar', length: 64 })
  keyHash!: string;

  @Column({ type: 'varchar', length: 64 })
  requestHash!: string;

  @Column({ type: 'integer' })
  status!: number;

  @Column({ type: 'text' })
  answerSealed!: string;

  @Column({ type: 'varchar', length: 10 })
  expiresOn!: Day;
}
