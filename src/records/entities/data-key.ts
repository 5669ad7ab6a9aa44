import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A data key, wrapped by the key-encryption key that lies outside the database. One per case, party, person, draft, and text of a register. */
@Entity('data_keys', { withoutRowid: true })
export class DataKey {
  /** Id of the case, party, person, draft or row of a register whose content this key seals. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  ownerId!: string;

  @Column({ type: 'varchar', length: 64 })
  ownerKind!: string;

  @Column({ type: 'text' })
  wrappedKey!: string;

  @Column({ type: 'varchar', length: 64 })
  keyEncryptionKeyId!: string;
}
