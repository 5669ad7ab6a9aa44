import { Injectable } from '@nestjs/common';
import { Not } from 'typeorm';
import { Post } from '../../../mail/post';
import type { Outgoing, Sent } from '../../../mail/outgoing';
import { isMailAddress } from '../../../mail/mail-settings';
import { Log } from '../../../platform/log';
import { randomBelow } from '../../../platform/random';
import { Refusal } from '../../../platform/refusal';
import { Settings } from '../../../platform/settings';
import { Time, type Day } from '../../../platform/time';
import { MailAnswer } from '../../../records/entities/mail-answer';
import { Party } from '../../../records/entities/party';
import { Transactions } from '../../../records/transactions';
import { update } from '../../../records/update';
import { MAIL_ANSWER_TRIES, roundsToWait, type MailAnswerStatus } from '../../../rules/mail-answers';
import { Vault } from '../../../vault/vault';
import { direction, languageOf, say, sayDay } from '../../../words/words';
import { isTakenOver } from '../../case-objects';
import { ChangeCase } from '../../change-case';
import { Receipts } from '../../receipts';
import type { CaseContext } from '../../step-context';
import { SenderPace } from './sender-pace';
import { mailIdHash } from './take-mail';

const MOST_AT_ONCE = 100;

/** What has to be sent: held in memory alone, from its commit until the server took it. */
interface Made {
  address: string;
  language: string;
  receipt: string;
  until: string;
  id: string;
}

/** Why an answer is not sent now, without being a fault: the change leaves nothing. */
class NotNow extends Error {
  constructor(readonly becomes: MailAnswerStatus | null) {
    super('not now');
  }
}

/**
 * Sends whoever complained by e-mail a number that works once, and where to type it in: no word of what they wrote. The number is made in
 * the moment of sending and kept nowhere, so that a try that failed leaves one that nobody has, and the next makes another in its place.
 */
@Injectable()
export class AnswerMails {
  private readonly pace: SenderPace;

  constructor(
    private readonly post: Post,
    private readonly transactions: Transactions,
    private readonly changeCase: ChangeCase,
    private readonly receipts: Receipts,
    private readonly vault: Vault,
    private readonly settings: Settings,
    private readonly time: Time,
    private readonly log: Log,
  ) {
    this.pace = new SenderPace(time);
  }

  /**
   * One round; returns how many were sent. `isDrawn` says whether one is sent in this round, which chance decides. Two servers at once
   * send none twice; after a kill in the middle a second mail may come the next day, whose number is the one that works.
   */
  async run(isDrawn = (tries: number) => randomBelow(roundsToWait(tries)) === 0): Promise<number> {
    const { outgoing } = this.post;
    if (!outgoing) return 0;
    const waiting = await this.transactions.read((db) =>
      db.find(MailAnswer, { where: waitingOn(this.time.today()), order: { caseId: 'ASC' } }),
    );
    // Drawn by chance from all of them: whoever cannot be answered now stands in nobody's way.
    const drawn = drawnFrom(
      waiting.filter(({ tries }) => isDrawn(tries)),
      MOST_AT_ONCE,
    );
    if (drawn.length === 0 || !(await this.isThere(outgoing))) return 0;
    let sent = 0;
    for (const answer of drawn) {
      const became = await this.one(answer, outgoing);
      if (became === 'sent') sent += 1;
      // A number made for a server that went away meanwhile would be in vain.
      if (became === 'later' && !(await this.isThere(outgoing))) break;
    }
    return sent;
  }

  private async isThere(outgoing: Outgoing): Promise<boolean> {
    const reason = await outgoing.whyAway();
    if (reason !== null) this.log.warn('the server that sends e-mails cannot be used', { reason });
    return reason === null;
  }

  /** Null where there is nothing to send now. */
  private async one({ caseId, tries }: MailAnswer, outgoing: Outgoing): Promise<Sent | null> {
    const made = await this.make(caseId, tries, outgoing.newMailId());
    if (!made) return null;
    const { address: to, language, id } = made;
    const words = { url: `${this.settings.publicUrl}/my-case/open`, ...isolated(made) };
    const became = await outgoing.send({
      to,
      id,
      language,
      isAnswer: true,
      subject: say(language, 'mail.answer.subject'),
      text: say(language, 'mail.answer.body', words),
    });
    const isLast = tries + 1 >= MAIL_ANSWER_TRIES;
    if (became === 'sent') await this.settle(caseId, 'SENT');
    else await this.settle(caseId, became === 'refused' || isLast ? 'REFUSED' : 'WAITING');
    return became;
  }

  /** A new number in the place of the one before, and its entry; null where there is nothing to send now, or nothing any more. */
  private async make(caseId: string, tries: number, id: string): Promise<Made | null> {
    try {
      const { result } = await this.changeCase.run(
        { id: caseId },
        undefined,
        () => ({ role: 'SYS', personId: null }),
        async (context) => {
          const { db, today } = context;
          const claim = {
            status: 'SENDING' satisfies MailAnswerStatus,
            changedOn: today,
            tries: tries + 1,
            mailIdHash: mailIdHash(this.vault, id),
          };
          // Of two servers that drew it, one gets it.
          if ((await update(db, MailAnswer, { caseId, tries }, claim)) === 0) throw new NotNow(null);
          const address = await this.addressIn(context);
          if (!this.pace.mayAnswer(address)) throw new NotNow(null);
          const { receipt, oneTimeUntil } = await this.receipts.issueAgain(context);
          const language = languageOf(context.file.case.language);
          return {
            act: 'send-receipt',
            facts: {},
            result: { address, language, receipt, until: sayDay(language, oneTimeUntil!), id },
          };
        },
      );
      return result;
    } catch (error) {
      if (error instanceof NotNow) {
        if (error.becomes) await this.settle(caseId, error.becomes);
        return null;
      }
      // Erased meanwhile.
      if (error instanceof Refusal) return null;
      throw error;
    }
  }

  /** The address that the mail came from, of a case that nobody took over yet. */
  private async addressIn({ db, caseId }: CaseContext): Promise<string> {
    const parties = await db.find(Party, { where: { caseId }, order: { id: 'ASC' } });
    if (parties.some(isTakenOver)) throw new NotNow('BY-STAFF');
    const party = parties.find(({ oneTimeUntil }) => oneTimeUntil !== null);
    const key = party?.contactSealed ? (await this.vault.openKeys(db, [party.id])).get(party.id) : undefined;
    if (!party?.contactSealed || !key) throw new NotNow('NOT-SENT');
    const place = { table: 'parties', column: 'contactSealed', id: party.id };
    const { kind, value } = JSON.parse(this.vault.unseal(key, place, party.contactSealed)) as {
      kind: string;
      value: string;
    };
    if (kind !== 'email' || !isMailAddress(value)) throw new NotNow('NOT-SENT');
    return value;
  }

  /** Only while nobody settled it otherwise: staff may have made a number meanwhile, or it came back. */
  private async settle(caseId: string, status: MailAnswerStatus): Promise<void> {
    const patch = { status, changedOn: this.time.today() };
    await this.transactions.change(async (db) => {
      for (const open of ['WAITING', 'SENDING'])
        await update(db, MailAnswer, { caseId, status: open }, patch);
    });
  }
}

/** Answers to be sent: those that wait, and those whose sending a server began on another day and did not live to settle. */
function waitingOn(today: Day) {
  return [{ status: 'WAITING' }, { status: 'SENDING', changedOn: Not(today) }];
}

/** Digits keep their order in a text that runs from right to left. */
function isolated({ language, receipt, until }: Made): { receipt: string; until: string } {
  const isRightToLeft = direction(languageOf(language)) === 'rtl';
  return { receipt: isRightToLeft ? `\u2066${receipt}\u2069` : receipt, until };
}

/** At most so many of these, each with the same chance. */
function drawnFrom<T>(all: readonly T[], most: number): T[] {
  const left = [...all];
  const drawn: T[] = [];
  while (left.length > 0 && drawn.length < most) drawn.push(...left.splice(randomBelow(left.length), 1));
  return drawn;
}
