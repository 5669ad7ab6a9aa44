import { Injectable } from '@nestjs/common';
import { Post } from '../../mail/post';
import type { Outgoing } from '../../mail/outgoing';
import { Log } from '../../platform/log';
import { randomBelow } from '../../platform/random';
import { Time } from '../../platform/time';
import { Alert } from '../../records/entities/alert';
import { Case } from '../../records/entities/case';
import { Notice } from '../../records/entities/notice';
import { Party } from '../../records/entities/party';
import { Transactions } from '../../records/transactions';
import { update } from '../../records/update';
import { ALERT_AFTER_HOURS, NOT_ALERTED, type AlertStatus } from '../../rules/alerts';
import { Vault } from '../../vault/vault';
import { languageOf, say } from '../../words/words';
import { addressOf } from './alerts';

const HOUR_MS = 3_600_000;
const MOST_AT_ONCE = 1000;

interface Claimed {
  address: string;
  language: string;
}

/** Tells whoever wanted it that there is something new, hours after it came. When each is due stands in memory alone, and is drawn anew after a start. */
@Injectable()
export class SendAlerts {
  private dueAt = new Map<string, number>();

  constructor(
    private readonly post: Post,
    private readonly transactions: Transactions,
    private readonly vault: Vault,
    private readonly time: Time,
    private readonly log: Log,
  ) {}

  /**
   * One round; returns how many were sent. Each is claimed in the database before it leaves, so that two servers at once send none twice;
   * after a kill in the middle a second one may come the next day.
   */
  async run(): Promise<number> {
    const { outgoing } = this.post;
    if (!outgoing) return 0;
    const due = this.dueOf(await this.waiting());
    if (due.length === 0 || !(await this.isThere(outgoing))) return 0;
    let sent = 0;
    for (const alert of due) {
      const became = await this.one(alert, outgoing);
      if (became === 'sent') sent += 1;
      if (became === 'later' && !(await this.isThere(outgoing))) break;
    }
    return sent;
  }

  /** Alerts whose holder has something new to read, who was not told since they looked, and not today. */
  private waiting(): Promise<Alert[]> {
    const today = this.time.today();
    return this.transactions.read((db) => {
      const news = db
        .createQueryBuilder(Notice, 'n')
        .select('1')
        .where('n.caseId = a.caseId AND n.forRole IS NULL AND n.revision > a.seenRevision')
        .andWhere('n.letter NOT IN (:...quiet)');
      return db
        .createQueryBuilder(Alert, 'a')
        .innerJoin(Case, 'c', 'c.id = a.caseId')
        .innerJoin(Party, 'p', 'p.caseId = a.caseId AND p.id = a.partyId')
        .where("a.status IN ('ON', 'SENDING') AND c.erasedOn IS NULL AND p.receiptHash IS NOT NULL")
        .andWhere('(a.sentOn IS NULL OR a.sentOn < :today)', { today })
        .andWhere(`EXISTS (${news.getQuery()})`)
        .setParameter('quiet', NOT_ALERTED)
        .orderBy('a.id')
        .limit(MOST_AT_ONCE)
        .getMany();
    });
  }

  /** Those whose time has come; draws one for each that is new here, and forgets whatever does not wait any more. */
  private dueOf(waiting: readonly Alert[]): Alert[] {
    const now = this.time.now().getTime();
    const { least, most } = ALERT_AFTER_HOURS;
    const drawn = () => now + least * HOUR_MS + randomBelow((most - least) * HOUR_MS);
    this.dueAt = new Map(waiting.map(({ id }) => [id, this.dueAt.get(id) ?? drawn()]));
    return waiting.filter(({ id }) => this.dueAt.get(id)! <= now);
  }

  private async one(alert: Alert, outgoing: Outgoing) {
    const claimed = await this.claim(alert);
    if (!claimed) return null;
    const { address: to, language } = claimed;
    const became = await outgoing.send({
      to,
      id: outgoing.newMailId(),
      language,
      subject: say(language, 'mail.alert.subject'),
      text: say(language, 'mail.alert.body'),
    });
    const status = { sent: 'SENT', refused: 'REFUSED', later: 'ON' } as const;
    // Where the server took nothing, another try of today is none too many.
    const patch = { status: status[became], ...(became === 'later' ? { sentOn: alert.sentOn } : {}) };
    const settled = { id: alert.id, status: 'SENDING' satisfies AlertStatus };
    await this.transactions.change((db) => update(db, Alert, settled, patch));
    return became;
  }

  /** Null where another server has it, its holder looked meanwhile, or it is over. */
  private async claim({ id, caseId, status, seenRevision, sentOn }: Alert): Promise<Claimed | null> {
    return this.transactions.change(async (db) => {
      const found = await db.findOneBy(Alert, { id });
      if (!found || found.status !== status || found.sentOn !== sentOn) return null;
      const row = await db.findOneBy(Case, { id: caseId });
      const address = await addressOf(this.vault, db, found);
      if (!row || row.erasedOn !== null || address === null) return null;
      const claim = { status: 'SENDING' satisfies AlertStatus, sentOn: this.time.today() };
      // Of two servers, one gets it.
      if ((await update(db, Alert, { id, status, seenRevision }, claim)) === 0) return null;
      return { address, language: languageOf(row.language) };
    });
  }

  private async isThere(outgoing: Outgoing): Promise<boolean> {
    const reason = await outgoing.whyAway();
    if (reason !== null) this.log.warn('the server that sends e-mails cannot be used', { reason });
    return reason === null;
  }
}
