import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { MailSettings } from '../../../mail/mail-settings';
import type { MailFile, ReadMail } from '../../../mail/read-mail';
import { newId } from '../../../platform/ids';
import { Refusal } from '../../../platform/refusal';
import { Settings } from '../../../platform/settings';
import { Time, type Day } from '../../../platform/time';
import { isUniqueViolation } from '../../../records/dialect';
import { Evidence } from '../../../records/entities/evidence';
import { MailAnswer } from '../../../records/entities/mail-answer';
import { Message } from '../../../records/entities/message';
import { TakenMail } from '../../../records/entities/taken-mail';
import { insert } from '../../../records/insert';
import { Transactions } from '../../../records/transactions';
import { update } from '../../../records/update';
import { writtenLanguageOf } from '../../../rules/languages';
import { REPLIES_BY_MAIL_A_DAY } from '../../../rules/mail-answers';
import { EvidenceStore } from '../../../vault/store/evidence-store';
import { ReceiptBook } from '../../../vault/receipt-book';
import { Vault, type CaseKey as SealingKey } from '../../../vault/vault';
import { isAlertMailId } from '../../alerts/alert-mail-ids';
import { ChangeCase } from '../../change-case';
import { refuseAfterDialogue } from '../../dialogue';
import { findCase } from '../../case-file';
import { EVIDENCE_MAX_FILES, filesOfSide } from '../../evidence-files';
import { ExamineFile } from '../../examine-file';
import { ComplaintFiles } from '../complaint-files';
import { EnclosedFiles, type LeftOut } from '../enclosed-files';
import { Lodge } from '../lodge';
import { LodgeWithFiles } from '../lodge-with-files';
import { cutReceipts } from './cut-receipts';
import { isEmpty, keptText, languageOfMail, leftOutMessage } from './mail-text';
import { SenderPace } from './sender-pace';

/** What became of a mail, and whether a person has to look at it: at what was not taken, or of which nothing but the sender could be kept. */
export interface MailTaken {
  fate: 'lodged' | 'message' | 'known' | 'automatic' | 'empty' | 'answers-alert' | 'too-many' | 'closed';
  isForPeople: boolean;
}

const MESSAGE_MAX_LENGTH = 20_000;

/**
 * Makes a mail a complaint, or a message where it answers a mail of ours: exactly once, since what marks it as taken is stored in the same
 * change. Nothing of it goes anywhere but into the case. What answers an e-mail about news is left to people.
 */
@Injectable()
export class TakeMail {
  private readonly pace: SenderPace;

  constructor(
    private readonly transactions: Transactions,
    private readonly changeCase: ChangeCase,
    private readonly lodge: Lodge,
    private readonly lodgeWithFiles: LodgeWithFiles,
    private readonly vault: Vault,
    private readonly book: ReceiptBook,
    private readonly store: EvidenceStore,
    private readonly examineFile: ExamineFile,
    private readonly mailSettings: MailSettings,
    private readonly settings: Settings,
    private readonly time: Time,
  ) {
    this.pace = new SenderPace(time);
  }

  /** `arrivedOn` is the day on which the mail server took it: periods run from then. Throws where nothing could be stored, to be tried again. */
  async run(mail: ReadMail, arrivedOn: Day): Promise<MailTaken> {
    const mailHash = this.vault.hash('mail', mail.digest);
    const known = await this.known(mailHash);
    if (known) return known;
    if (mail.isAutomatic) {
      await this.returned(mail.answersTo);
      return forPeople('automatic');
    }
    if (isEmpty(mail)) return forPeople('empty');
    // Whoever reads that mailbox may ask what it was: an answer would say so.
    if (mail.answersTo.some((id) => isAlertMailId(this.vault, id))) return forPeople('answers-alert');
    const answered = await this.answeredBy(mail.answersTo);
    if (answered) return this.reply(answered, mail, mailHash);
    if (mail.from !== null && !this.pace.mayTake(mail.from)) return forPeople('too-many');
    return this.complaint(mail, mailHash, arrivedOn);
  }

  private async complaint(mail: ReadMail, mailHash: string, arrivedOn: Day): Promise<MailTaken> {
    const language = languageOfMail(mail, this.mailSettings.mailIn?.language ?? 'en');
    const kept = keptText(await this.withoutReceipts(mail), language);
    const { files, leftOut } = await this.received(kept.files);
    const today = this.time.today();
    const isForPeople = isNothingKept(mail, files);
    try {
      await this.lodge.run(
        {
          narrative: kept.text,
          language,
          channel: 'email',
          contact: mail.from === null ? null : { kind: 'email', value: mail.from },
        },
        { role: 'RH', isAway: true, receivedOn: arrivedOn !== '' && arrivedOn < today ? arrivedOn : today },
        undefined,
        {
          caseId: files.caseId,
          key: files.key,
          files: files.list().length > 0 ? files.toLodge() : null,
          takeOver: (db) => insert(db, TakenMail, { mailHash, seenOn: today, isForPeople }),
          alongside: (db) => this.planAnswer(db, files.caseId, mail.from !== null),
          firstMessage: leftOutMessage(leftOut, language),
        },
      );
    } catch (error) {
      const twice = isUniqueViolation(error) ? await this.known(mailHash) : null;
      if (twice) return twice;
      throw error;
    } finally {
      await this.lodgeWithFiles.discardUnlessLodged(files);
    }
    if (mail.from !== null) this.pace.took(mail.from);
    return { fate: 'lodged', isForPeople };
  }

  private async planAnswer(db: EntityManager, caseId: string, hasAddress: boolean): Promise<void> {
    const status = hasAddress && this.mailSettings.mailOut ? 'WAITING' : 'NOT-SENT';
    await insert(db, MailAnswer, { caseId, status, tries: 0, changedOn: this.time.today() });
  }

  /**
   * A reply to our mail is a message of its case: whoever sends it had that mail before them, which proves no more than that, so it is
   * marked as one whose sender nobody knows, and nothing else in the case follows from it.
   */
  private async reply(caseId: string, mail: ReadMail, mailHash: string): Promise<MailTaken> {
    const { key, ofCase } = await this.transactions.read(async (db) => ({
      key: await this.vault.openKey(db, caseId),
      ofCase: (await findCase(db, { id: caseId })).language,
    }));
    const language = languageOfMail(mail, writtenLanguageOf(ofCase));
    const kept = keptText(await this.withoutReceipts(mail), language, MESSAGE_MAX_LENGTH);
    const { files, leftOut } = await this.received(kept.files, key);
    const isForPeople = isNothingKept(mail, files);
    try {
      await this.changeCase.run(
        { id: caseId },
        undefined,
        () => ({ role: 'SYS', personId: null }),
        async (context) => {
          const { db, today, file } = context;
          await insert(db, TakenMail, { mailHash, seenOn: today, isForPeople });
          await refuseAfterDialogue(db, file.case, false, today, 'text');
          const sameDay = { caseId, cameBy: 'email', writtenOn: today };
          if ((await db.countBy(Message, sameDay)) >= REPLIES_BY_MAIL_A_DAY)
            throw new Refusal('too-many', 'Too many mails came for this case today.');
          const before = await db.countBy(Evidence, { caseId });
          const ofPerson = await filesOfSide(db, caseId, false);
          const list = files.list();
          if (ofPerson + list.length > EVIDENCE_MAX_FILES)
            throw new Refusal('conflict', 'This case has as many files as one can have.');
          const first = (await db.countBy(Message, { caseId })) + 1;
          const texts = [
            { fromRole: 'RH', cameBy: 'email', text: kept.text },
            { fromRole: 'SYS', cameBy: null, text: leftOutMessage(leftOut, language) },
          ];
          for (const [index, { fromRole, cameBy, text }] of texts.entries()) {
            if (text === null) continue;
            const id = newId();
            const textSealed = context.seal('messages', 'textSealed', id, text);
            const said = { n: first + index, fromRole, writtenOn: today, language, cameBy, textSealed };
            await context.insert(Message, { id, caseId, ...said });
          }
          const evidence = new ComplaintFiles(this.vault, key, list, before);
          await evidence.insertInto(context, context.sealed, { caseId, fromRole: 'RH', addedOn: today });
          return {
            act: 'take-in-mail',
            facts: { message: first, ...(list.length > 0 ? evidence.facts() : {}) },
            result: null,
          };
        },
      );
      return { fate: 'message', isForPeople };
    } catch (error) {
      const twice = isUniqueViolation(error) ? await this.known(mailHash) : null;
      if (twice) return twice;
      if (error instanceof Refusal && !error.isOfServer) return forPeople('closed');
      throw error;
    } finally {
      const ids = files.list().map(({ id }) => ({ id }));
      const areKept =
        ids.length > 0 &&
        (await this.transactions.read((db) => db.exists(Evidence, { where: ids })).catch(() => true));
      if (!areKept) await files.discard();
    }
  }

  private async withoutReceipts(mail: ReadMail): Promise<ReadMail> {
    const known = (receipts: readonly string[]) =>
      this.transactions.read((db) => this.book.known(db, receipts));
    return { ...mail, text: await cutReceipts(mail.text, known) };
  }

  /** Files on their way into the store, under the key of the case that is or is to be; what cannot be taken is left out. */
  private async received(
    sent: readonly MailFile[],
    key?: SealingKey,
  ): Promise<{ files: EnclosedFiles; leftOut: LeftOut[] }> {
    const { vault, store, examineFile } = this;
    const { evidenceMaxBytes: maxBytes } = this.settings;
    const files = new EnclosedFiles({ vault, store, maxBytes, examineFile }, key, EVIDENCE_MAX_FILES);
    try {
      for (const [index, { fileName, content }] of sent.entries())
        await files.add(index + 1, fileName, Readable.from(content.length > 0 ? [content] : []));
      return { files, leftOut: await files.examineAndLeaveOut() };
    } catch (error) {
      await files.discard();
      throw error;
    }
  }

  /** A bounce of the mail that held the number: nobody got it. */
  private async returned(ids: readonly string[]): Promise<void> {
    const caseId = await this.answeredBy(ids);
    if (caseId === null) return;
    const patch = { status: 'RETURNED', changedOn: this.time.today() };
    // One can come back before it is known that it went.
    await this.transactions.change(async (db) => {
      for (const status of ['SENT', 'SENDING']) await update(db, MailAnswer, { caseId, status }, patch);
    });
  }

  /** The case whose answer has one of these ids; null for mails that are not of ours, or of an erased case. */
  private async answeredBy(ids: readonly string[]): Promise<string | null> {
    return this.transactions.read(async (db) => {
      for (const id of ids) {
        const found = await db.findOneBy(MailAnswer, { mailIdHash: mailIdHash(this.vault, id) });
        if (found) return found.caseId;
      }
      return null;
    });
  }

  /** Where a mail goes that was taken before and is there still; null for a new one. */
  private async known(mailHash: string): Promise<MailTaken | null> {
    const seen = await this.transactions.read((db) => db.findOneBy(TakenMail, { mailHash }));
    if (!seen) return null;
    const seenOn = this.time.today();
    if (seen.seenOn < seenOn)
      await this.transactions.change((db) => update(db, TakenMail, { mailHash }, { seenOn }));
    return { fate: 'known', isForPeople: seen.isForPeople ?? false };
  }
}

function forPeople(fate: MailTaken['fate']): MailTaken {
  return { fate, isForPeople: true };
}

/** Whether all that it said was in files that could not be taken: deleted, they would be lost. */
function isNothingKept({ hasBody }: ReadMail, files: EnclosedFiles): boolean {
  return !hasBody && !files.isEmpty && files.list().length === 0;
}

/** By which a mail of ours is known when it is answered; the id itself is kept nowhere. */
export function mailIdHash(vault: Vault, id: string): string {
  return vault.hash('id of a mail', id.toLowerCase());
}
