import { Injectable } from '@nestjs/common';
import { MailSettings } from '../../../mail/mail-settings';
import { onlySeen, Sight } from '../../../people/sight';
import type { Visitor } from '../../../people/visitor';
import { Time } from '../../../platform/time';
import { Case } from '../../../records/entities/case';
import { MailAnswer } from '../../../records/entities/mail-answer';
import { MailboxVisit } from '../../../records/entities/mailbox-visit';
import { Transactions } from '../../../records/transactions';
import { MAIL_ANSWERS_TO_HAND_OVER } from '../../../rules/mail-answers';
import { STATE_CODES, STATES } from '../../../rules/states';
import { QUEUE_COLUMNS, QueueRows } from '../../queue/queue-rows';
import type { MailboxView } from '../../queue/views';

const MOST_TO_HAND_OVER = 50;
const ENDED = STATE_CODES.filter((code) => STATES[code].ended);

/** What the machine could not do with mails, for intake and triage, who do it by hand. */
@Injectable()
export class LookAtMailbox {
  constructor(
    private readonly transactions: Transactions,
    private readonly sight: Sight,
    private readonly mailSettings: MailSettings,
    private readonly rows: QueueRows,
    private readonly time: Time,
  ) {}

  /** Null where no mailbox is read, and for everybody else. */
  async run(visitor: Visitor): Promise<MailboxView | null> {
    const reader = this.sight.readerOf(visitor);
    const { mailIn } = this.mailSettings;
    if (!mailIn || !reader.roles.some((role) => role === 'INT' || role === 'TRI')) return null;
    const today = this.time.today();
    return this.transactions.read(async (db) => {
      const visit = (await db.find(MailboxVisit, { take: 1 }))[0];
      const cases = db
        .createQueryBuilder(Case, 'c')
        .select(QUEUE_COLUMNS.map((column) => `c.${column}`))
        .innerJoin(MailAnswer, 'm', 'm.caseId = c.id');
      const toHandOver = await onlySeen(cases, 'c.id', reader)
        .andWhere('m.status IN (:...unsent)', { unsent: MAIL_ANSWERS_TO_HAND_OVER })
        .andWhere('c.state NOT IN (:...ended)', { ended: ENDED })
        .orderBy('c.lodgedOn')
        .addOrderBy('c.id')
        .limit(MOST_TO_HAND_OVER)
        .getMany();
      return {
        today,
        readOn: visit?.readOn ?? null,
        left: visit?.left ?? 0,
        notTaken: visit?.notTaken ?? 0,
        notTakenFolder: mailIn.notTakenFolder,
        toHandOver: await this.rows.of(db, toHandOver, today),
      };
    });
  }
}
