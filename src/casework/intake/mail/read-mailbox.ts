import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { isFailedDelivery, reportIn } from '../../../mail/automatic';
import type { OpenMailbox, WaitingMail } from '../../../mail/mailbox';
import { MailSettings } from '../../../mail/mail-settings';
import { Post } from '../../../mail/post';
import { readApart } from '../../../mail/read-apart';
import { idsIn, UnreadableMail, type Unreadable } from '../../../mail/read-mail';
import { errorCode } from '../../../platform/error-code';
import { Log } from '../../../platform/log';
import { MEGABYTE, Settings } from '../../../platform/settings';
import { Time } from '../../../platform/time';
import { isUniqueViolation } from '../../../records/dialect';
import { MailboxVisit } from '../../../records/entities/mailbox-visit';
import { TakenMail } from '../../../records/entities/taken-mail';
import { insert } from '../../../records/insert';
import { Transactions } from '../../../records/transactions';
import { update } from '../../../records/update';
import { addDays } from '../../../rules/counting';
import { TAKEN_MAIL_DAYS } from '../../../rules/mail-answers';
import { EVIDENCE_MAX_FILES } from '../../evidence-files';
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
    const { fate, isForPeople } = await this.fateOf(open, mail);
    if (fate === 'later') {
      visited.left += 1;
      return;
    }
    if (fate === 'gone') return;
    if (fate === 'lodged') visited.lodged += 1;
    if (fate === 'message') visited.messages += 1;
    if (isForPeople) {
      visited.notTaken += 1;
      this.log.warn('a mail lies in the folder of those not taken, for people to look at', { why: fate });
    }
    try {
      await open.putAway(mail.uid, isForPeople ? 'not-taken' : 'done');
    } catch (error) {
      // It is known by now, so it is tried again with the next visit; what lies behind it is read.
      visited.left += 1;
      this.log.warn('a mail could not be put away, and will be tried again', {
        reason: errorCode(error),
      });
    }
  }

  private async fateOf(open: OpenMailbox, { uid, sizeInBytes, arrivedOn }: WaitingMail) {
    const forPeople = (fate: 'too-large' | Unreadable) => ({ fate, isForPeople: true });
    if (sizeInBytes > this.mostBytes) return forPeople('too-large');
    const raw = await open.read(uid);
    if (raw === null) return { fate: 'gone' as const, isForPeople: false };
    if (raw.length > this.mostBytes) return forPeople('too-large');
    try {
      const mail = await readApart(raw, this.mailSettings.ownAddresses);
      if (mail.isAutomatic) {
        const report = reportIn(raw);
        mail.answersTo = isFailedDelivery(report) ? idsIn(report) : [];
      }
      return await this.takeMail.run(mail, arrivedOn);
    } catch (error) {
      if (error instanceof UnreadableMail) return forPeople(error.reason);
      this.log.warn('a mail could not be stored, and will be tried again', {
        reason: errorCode(error),
      });
      return { fate: 'later' as const, isForPeople: false };
    }
  }

  /** Files grow by a third on their way. */
  private get mostBytes(): number {
    const files = Math.ceil(((this.settings.evidenceMaxBytes * 4) / 3) * EVIDENCE_MAX_FILES);
    return Math.min(MOST_MAIL_BYTES, files + 5 * MEGABYTE);
  }

  private async keepVisit({ left, notTaken }: { left: number; notTaken: number }): Promise<void> {
    const visit = { readOn: this.time.today(), left, notTaken };
    const id = THE_MAILBOX;
    const before = await this.transactions.read((db) => db.findOneBy(MailboxVisit, { id }));
    const isSame = before?.readOn === visit.readOn && before.left === left && before.notTaken === notTaken;
    if (isSame) return;
    const isFirst = await this.transactions.change(
      async (db) => (await update(db, MailboxVisit, { id }, visit)) === 0,
    );
    if (isFirst) await this.keepFirst({ id, ...visit });
  }

  private async keepFirst(visit: MailboxVisit): Promise<void> {
    try {
      await this.transactions.change((db) => insert(db, MailboxVisit, visit));
    } catch (error) {
      // Another server saw the same, at the same time.
      if (!isUniqueViolation(error)) throw error;
    }
  }

  private async forgetOld(): Promise<void> {
    const past = { seenOn: LessThan(addDays(this.time.today(), -TAKEN_MAIL_DAYS)) };
    const isOld = await this.transactions.read((db) => db.existsBy(TakenMail, past));
    if (isOld) await this.transactions.change((db) => db.delete(TakenMail, past));
  }
}
