import type { EntityManager } from 'typeorm';
import type { Page } from '../../platform/pages';
import { Message } from '../../records/entities/message';
import { pageOf } from '../../records/page-of';
import { COMPLAINT_PARTS, SHARED_TEXT_CODES, type SharedText } from '../../rules/sharing';
import type { CaseFile } from '../case-file';
import type { OpenWords } from '../open-words';
import type { SharedTextView } from './views';

/** A text of a case that can be passed on; it is opened when it is needed. */
export interface SharedTextOfCase extends SharedTextView {
  open: () => string;
}

type Found = Omit<SharedTextOfCase, 'kind' | 'part'> & { part?: string };

/** Every text of a kind, but for messages, which are read a page at a time. */
const TEXTS: Record<Exclude<SharedText, 'MESSAGE'>, (file: CaseFile, words: OpenWords) => Found[]> = {
  COMPLAINT: ({ case: row }, words) =>
    COMPLAINT_PARTS.flatMap((part, at) => {
      const sealed = row[`${part}Sealed`];
      if (sealed === null) return [];
      const open = () => words.text('cases', `${part}Sealed`, row.id, sealed);
      const byStaff = part === 'groupByStaff';
      return [{ n: at + 1, part, from: byStaff ? null : 'RH', on: byStaff ? null : row.lodgedOn, open }];
    }),
  AMENDMENT: ({ amendments }, words) =>
    amendments.map(({ id, n, byRole, writtenOn, textSealed }) => ({
      n,
      from: byRole,
      on: writtenOn,
      open: () => words.text('amendments', 'textSealed', id, textSealed),
    })),
  ANSWER: ({ questions, answers }, words) =>
    questions.flatMap(({ n, answeredOn, answeredRevision }) => {
      const row = answers.find(
        ({ step, revision }) => step === 'answer-question' && revision === answeredRevision,
      );
      if (!row || answeredOn === null) return [];
      const open = () => {
        const said = words.text('answers', 'answersSealed', row.id, row.answersSealed);
        return (JSON.parse(said) as { reply?: string }).reply ?? '';
      };
      return [{ n, from: row.byRole, on: answeredOn, open }];
    }),
  TRANSCRIPT: ({ transcripts }, words) =>
    transcripts.map(({ id, n, byRole, recordedOn, textSealed }) => ({
      n,
      from: byRole,
      on: recordedOn,
      open: () => words.text('transcripts', 'textSealed', id, textSealed),
    })),
  ALLEGATION: ({ allegations }, words) =>
    allegations.map(({ id, n, textSealed }) => ({
      n,
      from: null,
      on: null,
      open: () => words.text('allegations', 'textSealed', id, textSealed),
    })),
  FINDING: ({ allegations }, words) =>
    allegations.flatMap(({ id, n, findingReasonsSealed: sealed }) =>
      sealed === null
        ? []
        : [
            {
              n,
              from: null,
              on: null,
              open: () => words.text('allegations', 'findingReasonsSealed', id, sealed),
            },
          ],
    ),
  REPLY: ({ evidenceRequests }, words) =>
    evidenceRequests.flatMap(({ id, n, askedOf, settledOn, replySealed: sealed }) =>
      sealed === null || settledOn === null
        ? []
        : [
            {
              n,
              from: askedOf,
              on: settledOn,
              open: () => words.text('evidence_requests', 'replySealed', id, sealed),
            },
          ],
    ),
  TRANSLATION: ({ translations }, words) =>
    translations.map(({ id, n, addedOn, textSealed }) => ({
      n,
      from: null,
      on: addedOn,
      open: () => words.text('translations', 'textSealed', id, textSealed),
    })),
};

function messageTexts(rows: readonly Message[], words: OpenWords): SharedTextOfCase[] {
  return rows.map(({ id, n, fromRole, writtenOn, textSealed }) => ({
    kind: 'MESSAGE',
    n,
    part: null,
    from: fromRole,
    on: writtenOn,
    open: () => words.text('messages', 'textSealed', id, textSealed),
  }));
}

function textsOf(kind: Exclude<SharedText, 'MESSAGE'>, file: CaseFile, words: OpenWords): SharedTextOfCase[] {
  return TEXTS[kind](file, words).map((found) => ({ part: null, ...found, kind }));
}

/** Every text of the case that can be passed on, nothing opened: of messages a page. */
export async function sharedTexts(
  db: EntityManager,
  file: CaseFile,
  words: OpenWords,
  page: Page,
): Promise<{ texts: SharedTextOfCase[]; messages: Message[] }> {
  const messages = await pageOf(db, Message, { caseId: file.case.id }, page);
  const texts = SHARED_TEXT_CODES.flatMap((kind) =>
    kind === 'MESSAGE' ? messageTexts(messages, words) : textsOf(kind, file, words),
  );
  return { texts, messages };
}

/** One of them by its number; undefined where the case has none. */
export async function sharedText(
  db: EntityManager,
  file: CaseFile,
  words: OpenWords,
  kind: SharedText,
  n: number,
): Promise<SharedTextOfCase | undefined> {
  if (kind === 'MESSAGE')
    return messageTexts(await db.findBy(Message, { caseId: file.case.id, n }), words)[0];
  return textsOf(kind, file, words).find((each) => each.n === n);
}

/** Without what opens it. */
export function sharedTextView({ kind, n, part, from, on }: SharedTextOfCase): SharedTextView {
  return { kind, n, part, from, on };
}
