import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { isFailedDelivery } from '../../../mail/automatic';
import type { OpenMailbox, WaitingMail } from '../../../mail/mailbox';
import { MailSettings } from '../../../mail/mail-settings';
import { Post } from '../../../mail/post';
import { readApart } from '../../../mail/read-apart';
import { idsIn, UnreadableMail } from '../../../mail/read-mail';
import { Log } from '../../../platform/log';
import { MEGABYTE, Settings } from '../../../platform/settings';
import { Time } from '../../../platform/time';
import { MailboxVisit } from '../../../records/entities/mailbox-visit';
import { TakenMail } from '../../../records/entities/taken-mail';
import { insert } from '../../../records/insert';
import { Transactions } from '../../../records/transactions';
import { update } from '../../../records/update';
import { addDays } from '../../../rules/counting';
import { TAKEN_MAIL_DAYS } from '../../../rules/mail-answers';
import { ENCLOSED_MAX_FILES } from '../enclosed-files';
import { TakeMail } from './take-mail';

/** A mail is held in memory whole; mail servers take less than this. */
const MOST_MAIL_BYTES = 60 * MEGABYTE;
const THE_MAILBOX = 'in';

/** What a visit did, in numbers. */
export type Visited = Record<'lodged' | 'messages' | 'notTaken' | 'left', number>;

/**
 * Looks through the mailbox: each mail becomes what it becomes, and only then is it deleted or moved. A kill between the two is made up for
 * at the next visit. What no machine can take goes to a folder of its own, where people look at it.
 */
@Injectable()
export class ReadMailbox {
  constructor(
    private readonly post: Post,
    private readonly takeMail: TakeMail,
    private readonly transactions: Transactions,
    private readonly mailSettings: MailSettings,
    private readonly settings: Settings,
    private readonly time: Time,
    private readonly log: Log,
  ) {}

  /** Null where no mailbox is set. Throws where the mail server is away. */
  async run(): Promise<Visited | null> {
    if (!this.post.mailbox) return null;
    const visited: Visited = { lodged: 0, messages: 0, notTaken: 0, left: 0 };
    await this.post.mailbox.visit(async (open) => {
      for (const mail of await open.waiting()) await this.one(open, mail, visited);
      await this.keepVisit(await open.count());
    });
    await this.forgetOld();
    return visited;
  }

  private async one(open: OpenMailbox, mail: WaitingMail, visited: Visited): Promise<void> {
    const fate = await this.fateOf(open, mail);
    if (fate === 'later') {
      visited.left += 1;
      return;
    }
    if (fate === 'gone') return;
    const isDone = fate === 'lodged' || fate === 'message' || fate === 'known';
    if (fate === 'lodged') visited.lodged += 1;
    if (fate === 'message') visited.messages += 1;
    if (!isDone) {
      visited.notTaken += 1;
      this.log.warn('a mail was not taken, and lies in its folder for people to look at', { why: fate });
    }
    try {
      await open.putAway(mail.uid, isDone ? 'done' : 'not-taken');
    } catch (error) {
      // It is known by now, so it is tried again with the next visit; what lies behind it is read.
      visited.left += 1;
      this.log.warn('a mail could not be put away, and will be tried again', {
        reason: error instanceof Error ? error.name : 'unknown',
      });
    }
  }

  private async fateOf(open: OpenMailbox, { uid, sizeInBytes, arrivedOn }: WaitingMail) {
    if (sizeInBytes > this.mostBytes) return 'too-large' as const;
    const raw = await open.read(uid);
    if (raw === null) return 'gone' as const;
    if (raw.length > this.mostBytes) return 'too-large' as const;
    try {
      const mail = await readApart(raw, this.mailSettings.ownAddresses);
      if (mail.isAutomatic) mail.answersTo = isFailedDelivery(raw) ? idsIn(raw.toString('latin1')) : [];
      return await this.takeMail.run(mail, arrivedOn);
    } catch (error) {
      if (error instanceof UnreadableMail) return error.reason;
      this.log.warn('a mail could not be stored, and will be tried again', {
        reason: error instanceof Error ? error.name : 'unknown',
      });
      return 'later' as const;
    }
  }

  /** Files grow by a third on their way. */
  private get mostBytes(): number {
    const files = Math.ceil(((this.settings.evidenceMaxBytes * 4) / 3) * ENCLOSED_MAX_FILES);
    return Math.min(MOST_MAIL_BYTES, files + 5 * MEGABYTE);
  }

  private async keepVisit({ left, notTaken }: { left: number; notTaken: number }): Promise<void> {
    const visit = { readOn: this.time.today(), left, notTaken };
    const id = THE_MAILBOX;
    const before = await this.transactions.read((db) => db.findOneBy(MailboxVisit, { id }));
    const isSame = before?.readOn === visit.readOn && before.left === left && before.notTaken === notTaken;
    if (isSame) return;
    await this.transactions.change(async (db) => {
      if ((await update(db, MailboxVisit, { id }, visit)) === 0)
        await insert(db, MailboxVisit, { id, ...visit });
    });
  }

  private async forgetOld(): Promise<void> {
    const past = { seenOn: LessThan(addDays(this.time.today(), -TAKEN_MAIL_DAYS)) };
    const isOld = await this.transactions.read((db) => db.existsBy(TakenMail, past));
    if (isOld) await this.transactions.change((db) => db.delete(TakenMail, past));
  }
}
