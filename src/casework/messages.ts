import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { Accounts } from '../people/accounts';
import type { Visitor } from '../people/visitor';
import { newId } from '../platform/ids';
import { Refusal } from '../platform/refusal';
import { Message } from '../records/entities/message';
import { Notice } from '../records/entities/notice';
import { Transactions } from '../records/transactions';
import { isWrittenLanguage, writtenLanguageOf } from '../rules/languages';
import { seenLength } from '../rules/seen-length';
import { Vault } from '../vault/vault';
import { actorOf, keyOf } from './case-visitor';
import { findCase } from './case-file';
import { ChangeCase } from './change-case';
import { messageViews } from './correspondence';
import { refuseMoreMessages } from './daily-limits';
import { refuseAfterDialogue } from './dialogue';
import { isStorableText } from './intake/complaint-form';
import { Openings } from './openings';
import { type Page } from '../platform/pages';
import { pageOf } from '../records/page-of';
import { ownReader } from './dictation-rows';
import { OpenWords } from './open-words';
import type { MessageView } from './views';
import { Sight } from '../people/sight';
import { wordedAs } from './wordings/worded-letters';

const MAX_LENGTH = 20_000;

/** The dialogue of a case: works for anonymous and named alike, as long as `rules/dialogue.ts` says. */
@Injectable()
export class Messages {
  constructor(
    private readonly transactions: Transactions,
    private readonly changeCase: ChangeCase,
    private readonly sight: Sight,
    private readonly openings: Openings,
    private readonly vault: Vault,
    private readonly accounts: Accounts,
  ) {}

  /** All messages of the case, oldest first; the complainant sees staff by role only. */
  list(visitor: Visitor, reference?: string): Promise<MessageView[]> {
    return this.read(visitor, reference, (db, caseId) =>
      db.find(Message, { where: { caseId }, order: { n: 'ASC' } }),
    );
  }

  /** The same, a page at a time. */
  page(visitor: Visitor, page: Page, reference?: string): Promise<MessageView[]> {
    return this.read(visitor, reference, (db, caseId) => pageOf(db, Message, { caseId }, page));
  }

  /** Those of these numbers alone, such as the ones that have a translation. */
  numbered(visitor: Visitor, numbers: readonly number[], reference?: string): Promise<MessageView[]> {
    return this.read(visitor, reference, (db, caseId) =>
      db.find(Message, { where: { caseId, n: In(numbers) }, order: { n: 'ASC' } }),
    );
  }

  private async read(
    visitor: Visitor,
    reference: string | undefined,
    find: (db: EntityManager, caseId: string) => Promise<Message[]>,
  ): Promise<MessageView[]> {
    const key = keyOf(this.sight, visitor, reference);
    if (reference !== undefined) await this.openings.ofCase(visitor, reference);
    return this.transactions.read(async (db) => {
      const { id } = await findCase(db, key);
      const rows = await find(db, id);
      const staff = [
        ...new Set(rows.map(({ personId }) => personId).filter((each): each is string => each !== null)),
      ];
      const names = visitor.kind === 'officer' ? await this.accounts.names(db, staff) : null;
      const reader = visitor.kind === 'rightsholder' ? await ownReader(db, visitor) : null;
      return messageViews(rows, await OpenWords.of(this.vault, db, id), names, reader);
    });
  }

  /**
   * Writes a message in the language that the writer names, that of the case or of staff when left out; staff's comes with a letter that
   * says so without its words. Of what anybody else writes, a day has a most. `form` is the id of the form it was written in: sent again
   * with the same words, it is the message that is there already.
   */
  async write(
    visitor: Visitor,
    text: unknown,
    reference?: string,
    writtenIn?: unknown,
    form = newId(),
  ): Promise<MessageView> {
    const key = keyOf(this.sight, visitor, reference);
    const checked = checkedText(text);
    const said = checkedLanguage(writtenIn);
    const changing = this.changeCase.run(
      key,
      undefined,
      () => actorOf(visitor),
      async (context) => {
        const { caseId, actor, today, file } = context;
        const sent = await context.db.findOneBy(Message, { id: form });
        if (sent?.caseId === caseId && sent.fromRole === actor.role) {
          const words = await OpenWords.of(this.vault, context.db, caseId);
          const [before] = messageViews([sent], words, null, null);
          if (before!.text === checked) throw new SentBefore(before!);
        }
        const id = sent ? newId() : form;
        await refuseAfterDialogue(context.db, file.case, actor.personId !== null, today, 'text');
        await refuseMoreMessages(context);
        const language = said ?? (actor.personId === null ? writtenLanguageOf(file.case.language) : 'en');
        const n = (await context.db.countBy(Message, { caseId })) + 1;
        await context.insert(Message, {
          id,
          caseId,
          n,
          fromRole: actor.role,
          personId: actor.personId,
          writtenOn: today,
          language,
          textSealed: context.seal('messages', 'textSealed', id, checked),
        });
        if (actor.personId === null) context.patch.contactAttempts = 0;
        else
          await context.insert(Notice, {
            id: newId(),
            caseId,
            letter: 'message',
            language: file.case.language,
            revision: file.case.revision + 1,
            queuedOn: today,
            status: 'QUEUED',
            ...(await wordedAs(context.db, 'message', file.case.language)),
          });
        return {
          act: 'write-message',
          facts: { message: n },
          result: {
            n,
            fromRole: actor.role,
            by: null,
            writtenOn: today,
            language,
            aboutOffer: null,
            cameBy: null,
            penRole: null,
            text: checked,
          },
        };
      },
    );
    try {
      return (await changing).result;
    } catch (error) {
      if (error instanceof SentBefore) return error.view;
      throw error;
    }
  }
}

/** Ends the change without a deed: the same message is in the case already. */
class SentBefore extends Error {
  constructor(readonly view: MessageView) {
    super('This message is in the case already.');
  }
}

/** Null where none was named. */
function checkedLanguage(language: unknown): string | null {
  if (language === undefined || language === '') return null;
  if (typeof language === 'string' && isWrittenLanguage(language)) return language;
  throw new Refusal('invalid', 'The message cannot be taken as it is.', [
    { name: 'language', field: 'language', sentence: 'error.language.unknown' },
  ]);
}

function checkedText(text: unknown): string {
  const fault =
    typeof text !== 'string' || seenLength(text) === 0
      ? { name: 'error.message.empty', sentence: 'Write at least one word.' }
      : text.length > MAX_LENGTH
        ? {
            name: 'error.text.too-long',
            sentence: `Shorten this to ${MAX_LENGTH} characters, or send two messages. It has ${text.length} now.`,
            measure: { length: text.length, most: MAX_LENGTH },
          }
        : !isStorableText(text)
          ? {
              name: 'error.text.unreadable',
              sentence: 'This text holds characters that cannot be stored; retype it.',
            }
          : null;
  if (fault)
    throw new Refusal('invalid', 'The message cannot be taken as it is.', [{ ...fault, field: 'text' }]);
  return text as string;
}
