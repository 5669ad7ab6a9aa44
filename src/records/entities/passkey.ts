import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/time';
import { Person } from './person';

/** A WebAuthn credential of a member of staff. It opens the account only while the account itself names this row (`Person.passkeys`). */
@Entity('passkeys')
@Index(['personId'])
export class Passkey {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  @ForeignKey(() => Person)
  personId!: string;

  /** Keyed hash of the credential id, by which an answer of the browser is found. No two accounts have one. */
  @Column({ type: 'varchar', length: 64, unique: true })
  credentialHash!: string;

  /** The credential id and its transports, as the browser needs them to ask for this passkey. */
  @Column({ type: 'text' })
  credentialSealed!: string;

  /** COSE key, base64url. */
  @Column({ type: 'text' })
  publicKey!: string;

  @Column({ type: 'text' })
  labelSealed!: string;

  @Column({ type: 'varchar', length: 10 })
  addedOn!: Day;

  /** When its counter went back: two devices have it, and it opens nothing any more. */
  @Column({ type: 'varchar', length: 10, nullable: true })
  disabledOn!: Day | null;

  @Column({ type: 'varchar', length: 10, nullable: true })
  lastUsedOn!: Day | null;

  /** Signature counter of the last use; 0 where the passkey counts nothing. 32 bits without a sign, hence not an integer of SQL. */
  @Column({ type: 'varchar', length: 10 })
  counter!: string;

  /** Keyed hash over what the row says. */
  @Column({ type: 'varchar', length: 64 })
  binding!: string;
}
