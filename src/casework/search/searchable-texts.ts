import { type EntityManager, In } from 'typeorm';
import { Answers } from '../../records/entities/answers';
import type { Case } from '../../records/entities/case';
import { Evidence } from '../../records/entities/evidence';
import { Message } from '../../records/entities/message';
import { ASKS, type Ask } from '../../rules/asks';
import { STEPS } from '../../rules/steps';
import type { CaseKey, Vault } from '../../vault/vault';
import { OpenWords } from '../open-words';

/**
 * What she said at lodging of what happened, and asks for. Left out is what says who she is: contact (under another key, never opened here)
 * and `accommodation`, which tells of disability and language.
 */
const OF_COMPLAINT = [
  'narrativeSealed',
  'desiredOutcomeSealed',
  'whenHappenedSealed',
  'systemKnownSealed',
  'reprisalTextSealed',
] as const satisfies readonly (keyof Case)[];

/** Says where somebody can be reached, or why somebody looked behind a seal. */
const NOT_OF_A_STEP = ['contactAttempt', 'revealReason'];

const TEXTS_OF_STEPS: ReadonlySet<string> = new Set(
  Object.entries<Ask>(ASKS)
    .filter(([name, { kind }]) => kind === 'text' && !NOT_OF_A_STEP.includes(name))
    .map(([name]) => name),
);

/** Acts beside the table of steps keep a reason why somebody looked behind a seal; it is no text of the case. */
const STEP_NAMES: ReadonlySet<string> = new Set(STEPS.map(({ step }) => step));

/** Rows of cases with sealed texts that search may find, still sealed. */
export interface SealedTexts {
  messages: Message[];
  answers: Answers[];
  evidence: Evidence[];
}

/** The rows of many cases in three queries, by the id of the case. */
export async function sealedTextsOf(
  db: EntityManager,
  caseIds: readonly string[],
): Promise<Map<string, SealedTexts>> {
  const where = { caseId: In([...caseIds]) };
  const of = new Map<string, SealedTexts>(
    caseIds.map((id) => [id, { messages: [], answers: [], evidence: [] }]),
  );
  for (const row of await db.findBy(Message, where)) of.get(row.caseId)!.messages.push(row);
  for (const row of await db.findBy(Answers, where)) of.get(row.caseId)!.answers.push(row);
  for (const row of await db.findBy(Evidence, where)) of.get(row.caseId)!.evidence.push(row);
  return of;
}

/**
 * Every text of a case that search may find: what was said of what happened, messages both ways, texts of steps as they were
 * taken (allegations, offers, findings and reasons stand among them), and how files are described. Never a contact, a name of a file, or
 * a reason for looking behind a seal. Throws when one was changed behind our back.
 */
export function openSearchable(
  vault: Vault,
  key: CaseKey,
  row: Case,
  { messages, answers, evidence }: SealedTexts,
): string[] {
  const words = OpenWords.under(vault, key);
  return [
    ...OF_COMPLAINT.map((column) => words.maybe('cases', column, row.id, row[column])),
    ...messages.map(({ id, textSealed }) => words.text('messages', 'textSealed', id, textSealed)),
    ...answers
      .filter(({ step }) => STEP_NAMES.has(step))
      .flatMap(({ id, answersSealed }) => {
        const said = JSON.parse(words.text('answers', 'answersSealed', id, answersSealed)) as object;
        return Object.entries(said)
          .filter(([name]) => TEXTS_OF_STEPS.has(name))
          .map(([, text]) => String(text));
      }),
    ...evidence.map(({ id, describesSealed }) =>
      words.maybe('evidence', 'describesSealed', id, describesSealed),
    ),
  ].filter((text) => text !== null);
}
