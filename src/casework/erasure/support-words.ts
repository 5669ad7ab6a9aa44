import { In } from 'typeorm';
import { Answers } from '../../records/entities/answers';
import { Notice } from '../../records/entities/notice';
import { ASKS, type AskName } from '../../rules/asks';
import type { StepAnswers } from '../../rules/needs/facts';
import type { StepName } from '../../rules/steps';
import { isText } from '../answers';
import type { CaseContext } from '../step-context';

/** Steps whose texts tell what somebody needs to take part: in their words, ours, or those of staff who wrote them down. */
export const ABOUT_SUPPORT: readonly StepName[] = ['request-support', 'arrange-support', 'decline-support'];

/** Whether the texts of a step tell what somebody needs to take part; null where the step is not about that. */
export function doTextsTellNeeds(step: string, answers: StepAnswers): boolean | null {
  return ABOUT_SUPPORT.some((each) => each === step) ? textsIn(answers).length > 0 : null;
}

/**
 * What somebody needs to take part stands beside its own row: among the answers of the step, and in the letter that quotes them. There its
 * texts become empty; codes and days stay. Inside the change. Returns how many values were sealed anew: none once the key is gone.
 */
export async function emptySupportWords(context: CaseContext): Promise<number> {
  const { db, caseId } = context;
  const taken = await db.findBy(Answers, { caseId, step: In([...ABOUT_SUPPORT]) });
  const letters = await db.findBy(Notice, { caseId, revision: In(taken.map(({ revision }) => revision)) });
  let emptied = 0;
  for (const { id, answersSealed, tellsNeeds } of taken) {
    const rest = withoutTexts(() => context.unseal('answers', 'answersSealed', id, answersSealed));
    if (rest !== null) {
      const sealed = context.seal('answers', 'answersSealed', id, rest);
      await context.update(Answers, id, { answersSealed: sealed, tellsNeeds: false });
      emptied += 1;
    } else if (tellsNeeds !== false) await context.update(Answers, id, { tellsNeeds: false });
  }
  for (const { id, paramsSealed } of letters) {
    const rest =
      paramsSealed && withoutTexts(() => context.unseal('notices', 'paramsSealed', id, paramsSealed));
    if (!rest) continue;
    await context.update(Notice, id, { paramsSealed: context.seal('notices', 'paramsSealed', id, rest) });
    emptied += 1;
  }
  return emptied;
}

/** Null where there is nothing to empty, and where nothing opens, since somebody changed it: it tells nobody anything. */
function withoutTexts(open: () => string): string | null {
  let said: Record<string, unknown>;
  try {
    said = JSON.parse(open()) as Record<string, unknown>;
  } catch {
    return null;
  }
  const texts = textsIn(said);
  return texts.length === 0
    ? null
    : JSON.stringify({ ...said, ...Object.fromEntries(texts.map((name) => [name, ''])) });
}

/** Names of the texts that were answered. */
function textsIn(said: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(said).filter((name) => isText(ASKS[name as AskName]) && (said[name] ?? '') !== '');
}
