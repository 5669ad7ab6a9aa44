import { Injectable } from '@nestjs/common';
import { In, IsNull, MoreThan, Not, type EntityManager } from 'typeorm';
import { Post } from '../../mail/post';
import type { Outgoing, Sent } from '../../mail/outgoing';
import { Log } from '../../platform/log';
import { randomBelow } from '../../platform/random';
import { Time, type Day } from '../../platform/time';
import { Alert } from '../../records/entities/alert';
import { Case } from '../../records/entities/case';
import { Notice } from '../../records/entities/notice';
import { Transactions } from '../../records/transactions';
import { update } from '../../records/update';
import { ALERT_AFTER_HOURS, NOT_ALERTED, type AlertStatus } from '../../rules/alerts';
import { Vault } from '../../vault/vault';
import { languageOf, say } from '../../words/words';
import { lookedAtTogether } from '../triage/mergers';
import { alertMailId } from './alert-mail-ids';
import { addressOf } from './alert-rows';

const SECONDS_IN_AN_HOUR = 3600;
const AT_ONCE = 500;

interface Claimed {
  address: string;
  language: string;
}

/**
 * Tells whoever wanted it that there is something new, hours after it came. When each is due stands in memory alone, and is drawn anew
 * after a start and after each try.
 */
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
   * after a kill in the middle a second one may come the next day. One that fails keeps no other back; the first fault is thrown at the end.
   */
  async run(): Promise<number> {
    const { outgoing } = this.post;
    if (!outgoing) return 0;
    const due = this.dueOf(await this.waiting());
    if (due.length === 0 || !(await this.isThere(outgoing))) return 0;
    let sent = 0;
    const faults: unknown[] = [];
    for (const alert of due)
      try {
        this.dueAt.delete(alert.id);
        const became = await this.one(alert, outgoing);
        if (became === 'sent') sent += 1;
        if (became === 'later' && !(await this.isThere(outgoing))) break;
      } catch (error) {
        faults.push(error);
      }
    if (faults.length > 0) throw faults[0];
    return sent;
  }

  /** Alerts whose holder has something new to read, who was not told since they looked, and not today. Looked for in parts: nobody waits for all. */
  private async waiting(): Promise<Alert[]> {
    const waiting: Alert[] = [];
    for (let after = ''; ;) {
      const part = await this.transactions.read(async (db) => {
        const on = In(['ON', 'SENDING'] satisfies AlertStatus[]);
        const where = { id: MoreThan(after), status: on };
        const found = await db.find(Alert, { where, order: { id: 'ASC' }, take: AT_ONCE });
        waiting.push(...(await withNews(db, found, this.time.today())));
        return found;
      });
      if (part.length < AT_ONCE) return waiting;
      after = part.at(-1)!.id;
    }
  }

  /** Those whose time has come; draws one for each that is new here, and forgets whatever does not wait any more. */
  private dueOf(waiting: readonly Alert[]): Alert[] {
    const now = this.time.now().getTime();
    // None waits longer than one drawn now can: the clock may have been put back.
    const furthest = now + ALERT_AFTER_HOURS.most * SECONDS_IN_AN_HOUR * 1000;
    const dueAtOf = (id: string) => {
      const before = this.dueAt.get(id) ?? Infinity;
      return before <= furthest ? before : now + drawnDelayInMs();
    };
    this.dueAt = new Map(waiting.map(({ id }) => [id, dueAtOf(id)]));
    return waiting.filter(({ id }) => this.dueAt.get(id)! <= now);
  }

  /** Null where there is nothing to send now. */
  private async one(alert: Alert, outgoing: Outgoing): Promise<Sent | null> {
    const claimed = await this.claim(alert);
    if (!claimed) return null;
    const { address: to, language } = claimed;
    const became = await outgoing.send({
      to,
      id: alertMailId(this.vault, outgoing.newMailId()),
      language,
      isAnswer: false,
      subject: say(language, 'mail.alert.subject'),
      text: say(language, 'mail.alert.body'),
    });
    const status = ({ sent: 'SENT', refused: 'REFUSED', later: 'ON' } satisfies Record<Sent, AlertStatus>)[
      became
    ];
    // Where the server took nothing, another try of today is none too many.
    const patch = became === 'later' ? { status, sentOn: alert.sentOn } : { status };
    // Whoever looked meanwhile has it on again already.
    const own = { id: alert.id, status: 'SENDING' satisfies AlertStatus };
    await this.transactions.change((db) => update(db, Alert, own, patch));
    return became;
  }

  /** Null where another server has it, its holder looked or ended it meanwhile, or the same mailbox was told already. */
  private claim(alert: Alert): Promise<Claimed | null> {
    const { id, caseId, status, seenRevision, sentOn } = alert;
    return this.transactions.change(async (db) => {
      const address = await addressOf(this.vault, db, alert);
      if (address === null || (await this.isToldBeside(db, alert, address))) return null;
      const claim = { status: 'SENDING' satisfies AlertStatus, sentOn: this.time.today() };
      if ((await update(db, Alert, { id, status, seenRevision, sentOn }, claim)) === 0) return null;
      const { language } = await db.findOneByOrFail(Case, { id: caseId });
      return { address, language: languageOf(language) };
    });
  }

  /**
   * Whether an e-mail went to the same address for another holder or a case that is looked at together with this one, today or since what
   * this holder has not read came: to a mailbox, they are one matter. Whoever never looks keeps nothing from others.
   */
  private async isToldBeside(db: EntityManager, alert: Alert, address: string): Promise<boolean> {
    const others = await db.findBy(Alert, {
      caseId: In(await lookedAtTogether(db, alert.caseId)),
      id: Not(alert.id),
    });
    const today = this.time.today();
    const newsSince = (await oldestNews(db, alert)) ?? today;
    const told = others.filter(
      ({ status, sentOn }) =>
        sentOn === today ||
        (status === ('SENT' satisfies AlertStatus) &&
          sentOn !== null &&
          sentOn >= newsSince &&
          sentOn <= today),
    );
    for (const other of told)
      if ((await addressOf(this.vault, db, other))?.toLowerCase() === address.toLowerCase()) return true;
    return false;
  }

  private async isThere(outgoing: Outgoing): Promise<boolean> {
    const reason = await outgoing.whyAway();
    if (reason !== null) this.log.warn('the server that sends e-mails cannot be used', { reason });
    return reason === null;
  }
}

/** Letters of which an e-mail tells. */
const TELLS_OF = { forRole: IsNull(), letter: Not(In([...NOT_ALERTED])) };

/** The day on which the first letter came that this holder has not seen; null where there is none. */
async function oldestNews(db: EntityManager, { caseId, seenRevision }: Alert): Promise<Day | null> {
  const where = { caseId, revision: MoreThan(seenRevision), ...TELLS_OF };
  const first = await db.findOne(Notice, { where, order: { revision: 'ASC' } });
  return first?.queuedOn ?? null;
}

/** Those of them that were not told today, and in whose case a letter is newer than what was seen. */
async function withNews(db: EntityManager, alerts: readonly Alert[], today: Day): Promise<Alert[]> {
  const ids = alerts.map(({ caseId }) => caseId);
  const cases = await db.find(Case, {
    where: { id: In(ids), erasedOn: IsNull() },
    select: { id: true, revision: true },
  });
  const revisions = new Map(cases.map(({ id, revision }) => [id, revision]));
  const changed = alerts.filter(
    ({ caseId, seenRevision, sentOn }) => sentOn !== today && (revisions.get(caseId) ?? 0) > seenRevision,
  );
  if (changed.length === 0) return [];
  const newest = await db
    .createQueryBuilder(Notice, 'n')
    .select('n.caseId', 'caseId')
    .addSelect('MAX(n.revision)', 'revision')
    .where({ caseId: In(changed.map(({ caseId }) => caseId)), ...TELLS_OF })
    .groupBy('n.caseId')
    .getRawMany<{ caseId: string; revision: number }>();
  const news = new Map(newest.map(({ caseId, revision }) => [caseId, revision]));
  return changed.filter(({ caseId, seenRevision }) => (news.get(caseId) ?? 0) > seenRevision);
}

function drawnDelayInMs(): number {
  const { least, most } = ALERT_AFTER_HOURS;
  return (least * SECONDS_IN_AN_HOUR + randomBelow((most - least) * SECONDS_IN_AN_HOUR)) * 1000;
}
