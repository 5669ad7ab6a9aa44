import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/time';

/** How the mailbox of complaints looked when it was read last: one row. */
@Entity('mailbox_visits')
export class MailboxVisit {
  @PrimaryColumn({ type: 'varchar', length: 16 })
  id!: string;

  /** The last day on which the mail server let us in. */
  @Column({ type: 'varchar', length: 10 })
  readOn!: Day;

  /** Mails that stayed in the folder, to be tried again. */
  @Column({ type: 'integer' })
  left!: number;

  /** Mails in the folder of those that a person has to look at. */
  @Column({ type: 'integer' })
  notTaken!: number;
}
