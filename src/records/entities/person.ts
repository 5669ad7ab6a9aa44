import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/time';

/** A member of staff. The name lies sealed under the person's key; the e-mail address is found by keyed hash only. */
@Entity('people')
@Index(['subjectHash'], { unique: true })
export class Person {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 64, unique: true })
  emailHash!: string;

  @Column({ type: 'text' })
  emailSealed!: string;

  @Column({ type: 'text' })
  nameSealed!: string;

  @Column({ type: 'simple-json' })
  roles!: string[];

  @Column({ type: 'varchar', length: 64, nullable: true })
  unit!: string | null;

  @Column({ type: 'text', nullable: true })
  passwordHash!: string | null;

  @Column({ type: 'boolean' })
  active!: boolean;

  /** Who invited this person. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  createdBy!: string | null;

  /** Secret of the authenticator app; null until one is set up. */
  @Column({ type: 'text', nullable: true })
  totpSealed!: string | null;

  /** Digests of its passkeys; null where there is none. Whoever has neither these nor an app sets up a second factor at sign-in. */
  @Column({ type: 'simple-json', nullable: true })
  passkeys!: string[] | null;

  /** The one case of a guest from outside; null for whoever works here. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  guestCaseId!: string | null;

  /** The last day of a guest. */
  @Column({ type: 'varchar', length: 10, nullable: true })
  guestUntil!: Day | null;

  /** Whether a guest may open the working copies of the files. */
  @Column({ type: 'boolean', nullable: true })
  guestSeesFiles!: boolean | null;

  /** Keyed hash over what the account may do and what opens it. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  binding!: string | null;

  /** Who the person is at the identity provider: keyed hash over issuer and subject. Null: no single sign-on. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  subjectHash!: string | null;
}
