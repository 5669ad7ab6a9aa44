import { IsNull } from 'typeorm';
import { readEntry } from '../ledger/entry';
import { newId } from '../platform/ids';
import { Refusal } from '../platform/refusal';
import { Entry } from '../records/entities/entry';
import { Message } from '../records/entities/message';
import { Notice } from '../records/entities/notice';
import { ASKS, type AskName } from '../rules/asks';
import {
  DECISIONS_OF_A_CONSENT_A_DAY,
  KEPT_TEXTS_OF_A_STEP_A_DAY,
  MESSAGES_A_DAY,
  NEVER_REFUSED,
  TEXTS_OF_A_STEP_A_DAY,
} from '../rules/daily-limits';
import type { Letter } from '../rules/letters';
import type { StepAnswers } from '../rules/needs/facts';
import type { StepRow } from '../rules/steps';
import { isText } from './answers';
import { newestOf, type ConsentDecision } from './consent-rows';
import type { CaseContext } from './step-context';
import { wordedAs } from './wordings/worded-letters';

const NOT_KEPT: Letter = 'text-not-kept';

// As many as a day may bring, counted back from the newest: if the first of these is of today, so are all after it.

/** Refuses one message more than a day may bring of who writes; staff's are as many as they are. Inside the change. */
export async function refuseMoreMessages({ db, caseId, actor, today }: CaseContext): Promise<void> {
  if (actor.personId !== null) return;
  const [first] = await db.find(Message, {
    select: { id: true, writtenOn: true },
    where: { caseId, personId: IsNull(), fromRole: actor.role },
    order: { n: 'DESC' },
    skip: MESSAGES_A_DAY - 1,
    take: 1,
  });
  if (first?.writtenOn === today)
    throw new Refusal(
      'too-many',
      `You sent ${MESSAGES_A_DAY} messages today, and no more can be taken before tomorrow. Retaliation can be reported at any time.`,
      [{ name: 'messages-a-day', field: 'text', sentence: 'error.message.too-many' }],
    );
}

/**
 * Whether what is said in a step is kept. False where the step is never refused but was taken too often today by who takes it: a letter
 * says so, once a day. Refuses any other step with a text that was taken too often. Inside the change.
 */
export async function textIsKept(
  context: CaseContext,
  { step }: StepRow,
  answers: StepAnswers,
): Promise<boolean> {
  const text = Object.keys(answers).find((name) => isText(ASKS[name as AskName]));
  if (context.actor.personId !== null || text === undefined) return true;
  const isRefused = !NEVER_REFUSED.some((name) => name === step);
  const most = isRefused ? TEXTS_OF_A_STEP_A_DAY : KEPT_TEXTS_OF_A_STEP_A_DAY;
  if (!(await wasTakenToday(context, step, most))) return true;
  if (isRefused)
    throw new Refusal('too-many', `You took “${step}” ${most} times today.`, [
      { name: 'texts-a-day', field: text, sentence: 'error.step.too-many' },
    ]);
  await tellThatTextIsNotKept(context);
  return false;
}

async function wasTakenToday(
  { db, file, actor, today }: CaseContext,
  step: string,
  times: number,
): Promise<boolean> {
  const first = file.answers
    .filter((each) => each.step === step && each.personId === null && each.byRole === actor.role)
    .at(-times);
  if (!first) return false;
  const entry = await db.findOneBy(Entry, { ledgerId: file.case.ledgerId, n: first.revision });
  return entry !== null && readEntry(entry.body)?.on === today;
}

async function tellThatTextIsNotKept(context: CaseContext): Promise<void> {
  const { db, file, caseId, today } = context;
  if (await db.existsBy(Notice, { caseId, letter: NOT_KEPT, queuedOn: today })) return;
  await context.insert(Notice, {
    id: newId(),
    caseId,
    letter: NOT_KEPT,
    language: file.case.language,
    revision: file.case.revision + 1,
    queuedOn: today,
    status: 'QUEUED',
    ...(await wordedAs(db, NOT_KEPT, file.case.language)),
  });
}

/** Refuses to change a consent that who decides changed too often today; a no that ends a yes is always taken. Inside the change. */
export function refuseMoreDecisions(
  { file, actor, today }: CaseContext,
  decisions: readonly ConsentDecision[],
): void {
  for (const { code, given } of decisions) {
    if (!given && newestOf(file).find((row) => row.code === code)?.given !== false) continue;
    const ofToday = file.consents.filter(
      (row) =>
        row.code === code && row.personId === null && row.byRole === actor.role && row.decidedOn === today,
    );
    if (ofToday.length >= DECISIONS_OF_A_CONSENT_A_DAY)
      throw new Refusal('too-many', `${code} was decided ${DECISIONS_OF_A_CONSENT_A_DAY} times today.`, [
        { name: 'decisions-a-day', field: code, sentence: 'error.consent.too-many' },
      ]);
  }
}
