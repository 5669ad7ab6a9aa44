import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/time';
import { Case } from './case';

/** What became of the answer to a complaint that came by e-mail. Holds neither the address nor a receipt: that is made when it is sent. */
@Entity('mail_answers', { withoutRowid: true })
@Index(['status'])
export class MailAnswer {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  @ForeignKey(() => Case)
  caseId!: string;

  /** A code of `MAIL_ANSWERS`. */
  @Column({ type: 'varchar', length: 16 })
  status!: string;

  /** How often sending was begun. */
  @Column({ type: 'integer' })
  tries!: number;

  /** Keyed hash of the id of the mail that was sent last, by which a reply to it is known. */
  @Column({ type: 'varchar', length: 64, unique: true, nullable: true })
  mailIdHash!: string | null;

  @Column({ type: 'varchar', length: 10 })
  changedOn!: Day;
}
