import { IsNull } from 'typeorm';
import { readEntry } from '../ledger/entry';
import { Refusal } from '../platform/refusal';
import { Entry } from '../records/entities/entry';
import { Message } from '../records/entities/message';
import { ASKS, type Ask, type AskName } from '../rules/asks';
import { MESSAGES_A_DAY, NEVER_LIMITED, TEXTS_OF_A_STEP_A_DAY } from '../rules/daily-limits';
import type { StepAnswers } from '../rules/needs';
import type { StepRow } from '../rules/steps';
import type { CaseContext } from './step-context';

// As many as a day may bring, counted back from the newest: if the first of these is of today, so are all after it.

/** Refuses one message more of the complainant's side than a day may bring; staff's are as many as they are. Inside the change. */
export async function refuseMoreMessages({ db, caseId, actor, today }: CaseContext): Promise<void> {
  if (actor.personId !== null) return;
  const [first] = await db.find(Message, {
    select: { id: true, writtenOn: true },
    where: { caseId, personId: IsNull() },
    order: { n: 'DESC' },
    skip: MESSAGES_A_DAY - 1,
    take: 1,
  });
  if (first?.writtenOn === today)
    throw new Refusal(
      'too-many',
      `${MESSAGES_A_DAY} messages came from this side of the case today, and no more can be taken before tomorrow. Retaliation can be reported at any time.`,
      [{ name: 'messages-a-day', field: 'text', sentence: 'error.message.too-many' }],
    );
}

/** Refuses a step with a text that the complainant's side took too often today. Inside the change. */
export async function refuseMoreTexts(
  { db, file, actor, today }: CaseContext,
  { step }: StepRow,
  answers: StepAnswers,
): Promise<void> {
  const text = Object.keys(answers).find((name) => (ASKS[name as AskName] as Ask).kind === 'text');
  if (actor.personId !== null || text === undefined || NEVER_LIMITED.some((name) => name === step)) return;
  const taken = file.answers.filter((each) => each.step === step && each.personId === null);
  const first = taken.at(-TEXTS_OF_A_STEP_A_DAY);
  if (!first) return;
  const entry = await db.findOneBy(Entry, { ledgerId: file.case.ledgerId, n: first.revision });
  if (entry && readEntry(entry.body)?.on === today)
    throw new Refusal('too-many', `“${step}” was taken ${TEXTS_OF_A_STEP_A_DAY} times today.`, [
      { name: 'texts-a-day', field: text, sentence: 'error.step.too-many' },
    ]);
}
