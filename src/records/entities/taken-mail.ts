import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/time';

/**
 * A mail that became a complaint or a message, written in the same change: seen again, because its deletion was lost, it becomes nothing
 * more. It names no case. Goes some days after the mail was last seen in the mailbox.
 */
@Entity('taken_mails', { withoutRowid: true })
@Index(['seenOn'])
export class TakenMail {
  /** Keyed hash of its Message-ID, sender and body. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  mailHash!: string;

  @Column({ type: 'varchar', length: 10 })
  seenOn!: Day;

  /** Whether it stays for people to look at, since nothing that it says could be kept; null where that was not told apart yet. */
  @Column({ type: 'boolean', nullable: true })
  isForPeople!: boolean | null;
}
