import type { HistoryLine } from '../../casework/record-views';
import type { CaseView } from '../../casework/views';
import { ASKS, type Ask, type AskName } from '../../rules/asks';
import { isWrittenLanguage } from '../../rules/languages';
import type { StepRow } from '../../rules/steps';
import { answerLines, type AnswerLine } from './answer-lines';

/** One deed that came between a form and its being sent. */
export interface Meanwhile {
  n: number;
  act: string;
  byRole: string;
  by: string | null;
  when: string | null;
  from: string | null;
  to: string | null;
  /** What was stored with it, as far as this reader may see it. */
  lines: AnswerLine[];
  /** Whether it is the step that was being typed: then both texts are answers to the same questions. */
  isSameStep: boolean;
}

/** Deeds after the revision that a form was drawn from, with what was stored. Guests, who read no history, see the steps that are told to them. */
export function changedMeanwhile(
  step: string,
  seen: number,
  view: CaseView,
  history: readonly HistoryLine[],
  names: ReadonlyMap<string, string>,
): Meanwhile[] {
  const said = view.said.filter(({ revision }) => revision > seen);
  const linesAt = (n: number) => {
    const stored = said.find(({ revision }) => revision === n);
    return stored ? answerLines(stored.answers, names) : [];
  };
  const told = history.map(({ n, act, byRole, by, on, at, from, to }) => ({
    n,
    act,
    byRole,
    by,
    when: at ?? on,
    from,
    to,
  }));
  const untold = said
    .filter(({ revision }) => !told.some(({ n }) => n === revision))
    .map(({ revision, step: act, byRole, by }) => ({
      n: revision,
      act,
      byRole,
      by,
      when: null,
      from: null,
      to: null,
    }));
  return [...told, ...untold]
    .sort((a, b) => a.n - b.n)
    .map((deed) => ({ ...deed, lines: linesAt(deed.n), isSameStep: deed.act === step }));
}

/** What was typed into the form of a step, as its stored answers are shown; what nobody was asked, or nobody can have chosen, is left out. */
export function typedLines(
  { asks, mayAsk = [] }: StepRow,
  typed: Readonly<Record<string, unknown>>,
  names: ReadonlyMap<string, string>,
): AnswerLine[] {
  const answers: Record<string, unknown> = {};
  for (const name of [...asks, ...mayAsk]) {
    const answer = Object.hasOwn(typed, name) ? saidBy(name, typed[name]) : undefined;
    if (answer !== undefined) answers[name] = answer;
  }
  return answerLines(answers, names);
}

function saidBy(name: AskName, answer: unknown): unknown {
  const ask: Ask = ASKS[name];
  if (answer === '' || answer === undefined || answer === null) return undefined;
  if (ask.kind === 'yesNo' || ask.kind === 'confirm') return answer === 'yes';
  if (ask.kind === 'codes') return [answer].flat();
  if (ask.kind === 'language' && !(typeof answer === 'string' && isWrittenLanguage(answer))) return undefined;
  return answer;
}
