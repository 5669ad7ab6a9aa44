import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A data key, wrapped by the key-encryption key that lies outside the database. One per case, per party, per person, per draft. */
@Entity('data_keys', { withoutRowid: true })
export class DataKey {
  /** Id of the case, party, person or draft whose content this key seals. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  ownerId!: string;

  @Column({ type: 'varchar', length: 64 })
  ownerKind!: string;

  @Column({ type: 'text' })
  wrappedKey!: string;

  @Column({ type: 'varchar', length: 64 })
  keyEncryptionKeyId!: string;
}
