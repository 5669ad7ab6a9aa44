import { IsNull, LessThan, type EntityManager } from 'typeorm';
import { renderLetter } from '../notices/render-letter';
import { newId } from '../platform/ids';
import type { Settings } from '../platform/settings';
import { Notice } from '../records/entities/notice';
import type { Letter } from '../rules/letters';
import { toldAsks } from '../rules/told';
import type { CaseFile } from './case-file';
import { knowsHowSaid, type OwnReader } from './dictation-rows';
import type { OpenWords } from './open-words';
import { ROWS_ON_A_PAGE } from '../platform/pages';
import type { CaseContext, StepContext } from './step-context';
import type { LetterView } from './views';
import { say } from '../words/words';
import { wordedAs, type SentWords } from './wordings/worded-letters';

/** Queues the letter of a step in the language of the case; its words are rendered when it is read. */
export async function queueLetter(step: StepContext): Promise<void> {
  const letter = step.row.tells ?? (step.actor.writtenBy ? 'written-down' : null);
  if (!letter) return;
  await queueTold(step, letter, {
    ...Object.fromEntries(
      toldAsks(step.row)
        .filter((name) => step.answers[name] !== undefined)
        .map((name) => [name, step.answers[name]]),
    ),
    ...step.told,
  });
}

/** Queues a letter to the person that quotes what is told, in the language of the case. */
export async function queueTold(
  context: CaseContext,
  letter: Letter,
  told: Record<string, unknown>,
): Promise<void> {
  const id = newId();
  const { language, revision } = context.file.case;
  await context.insert(Notice, {
    id,
    caseId: context.caseId,
    letter,
    language,
    revision: revision + 1,
    queuedOn: context.today,
    status: 'QUEUED',
    shownOn: null,
    ...(await wordedAs(context.db, letter, language)),
    paramsSealed:
      Object.keys(told).length > 0 ? context.seal('notices', 'paramsSealed', id, JSON.stringify(told)) : null,
  });
}

/** A letter with its number among those of the person, from 1. */
export type NumberedNotice = Notice & { n: number };

/** The newest letters to the person, or those before one, oldest first. Numbered by themselves: revisions count what others read. */
export async function ownLetterPage(
  db: EntityManager,
  caseId: string,
  before: number | undefined,
): Promise<NumberedNotice[]> {
  const hers = { caseId, forRole: IsNull() };
  const last = Math.min(await db.countBy(Notice, hers), before === undefined ? Infinity : before - 1);
  const skip = Math.max(0, last - ROWS_ON_A_PAGE);
  if (last <= skip) return [];
  const order = { revision: 'ASC', id: 'ASC' } as const;
  const rows = await db.find(Notice, { where: hers, order, skip, take: last - skip });
  return rows.map((row, index) => ({ ...row, n: skip + index + 1 }));
}

/** The newest letters, or those before a revision, oldest first; what one change wrote stands on one page. `before`: where the page before ends. */
export async function letterPage(
  db: EntityManager,
  caseId: string,
  before: number | undefined,
): Promise<{ rows: Notice[]; before: number | null }> {
  const found = await db.find(Notice, {
    where: {
      caseId,
      ...(before === undefined ? {} : { revision: LessThan(before) }),
    },
    order: { revision: 'DESC', id: 'DESC' },
    take: ROWS_ON_A_PAGE + 1,
  });
  const cut = found[ROWS_ON_A_PAGE];
  const rows = found.filter(({ revision }) => cut === undefined || revision > cut.revision).reverse();
  return { rows, before: cut ? (rows[0]?.revision ?? null) : null };
}

/**
 * The letters of a case as they read now, each in its own language unless the reader chose one. What was sent in words of the
 * organisation stays in these, and in their language: nobody ever sent it in another. Where those are gone, it
 * says so before the built-in ones. `reader` null: staff.
 */
export function letterViews(
  notices: readonly Notice[],
  words: OpenWords,
  { case: row, policy }: CaseFile,
  settings: Settings,
  sent: SentWords,
  { reader: holder, language }: { reader: OwnReader | null; language?: string | undefined },
): LetterView[] {
  return notices.map((notice) => {
    const own = sent.textOf(notice);
    const reader = own ? notice.language : (language ?? notice.language);
    const gone = sent.areGone(notice) ? [say(reader, 'mycase.letter.emptied')] : [];
    const params = toldTo(holder, paramsOf(notice, words));
    const rendered = renderLetter(
      policy.clocks,
      reader,
      notice.letter as Letter,
      {
        reference: row.reference,
        organisation: settings.organisation,
        url: `${settings.publicUrl}/${notice.forRole === null ? 'my-case' : 'desk'}`,
        ...params,
      },
      own,
    );
    return {
      letter: notice.letter,
      language: reader,
      revision: notice.revision,
      queuedOn: notice.queuedOn,
      status: notice.status,
      wording: notice.wording,
      ...rendered,
      paragraphs: [...gone, ...rendered.paragraphs],
    };
  });
}

/** Those of which this reader is told every word, so that a translation tells them no more. */
export function toldWhole<T extends Notice>(notices: readonly T[], words: OpenWords, reader: OwnReader): T[] {
  return notices.filter((notice) => {
    const params = paramsOf(notice, words);
    return toldTo(reader, params) === params;
  });
}

function paramsOf({ id, paramsSealed }: Notice, words: OpenWords): Record<string, string> {
  const told = words.maybe('notices', 'paramsSealed', id, paramsSealed);
  return told ? (JSON.parse(told) as Record<string, string>) : {};
}

/** What a letter tells of how something was said that staff wrote down. */
const HOW_SAID = ['toldSpeaker', 'toldPen', 'saidOn', 'saidThrough', 'saidWords', 'objectUntil'];

/** What this reader is told of it; a letter from before it said who spoke is of the person. */
function toldTo(reader: OwnReader | null, params: Record<string, string>): Record<string, string> {
  if (params.toldStep === undefined) return params;
  const { toldSpeaker: saidBy = 'RH', toldMandate } = params;
  const mandateNumber = toldMandate === undefined ? null : Number(toldMandate);
  if (knowsHowSaid(reader, { saidBy, mandateNumber })) return params;
  return Object.fromEntries(Object.entries(params).filter(([name]) => !HOW_SAID.includes(name)));
}
