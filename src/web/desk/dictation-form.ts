import type { CaseView } from '../../casework/views';
import type { UnmetNeed } from '../../platform/refusal';
import type { AskName } from '../../rules/asks';
import { COOLING_OFF_DAYS } from '../../rules/clocks';
import { DICTATION_ASKS, DICTATION_MAY_ASK, dictatedRow } from '../../rules/dictated-row';
import { languageName } from '../../rules/languages';
import type { StepName, StepRow } from '../../rules/steps';
import { has, languageOf, say } from '../../words/words';
import { stepFields, type StepField, type StepFormWords } from '../step-form';

const OF_DICTATION: readonly string[] = [...DICTATION_ASKS, ...DICTATION_MAY_ASK];
/** Actions that a step asks about one by one, by where they stand. */
const ACTIONS_ASKED: Partial<Record<StepName, string>> = {
  'accept-offer': 'PROPOSED',
  'confirm-remedy': 'DONE',
  'report-not-delivered': 'DONE',
};

/** The form in which staff write down what the person said: what she is asked, in the words of her own page, then how she said it. */
export interface DictationForm {
  /** What she is asked. */
  hers: StepField[];
  /** How and when she said it. */
  how: StepField[];
  /** What she has to know before, in her language, to be read out. */
  readOut: { language: string; name: string; paragraphs: string[] } | null;
}

/** Draws the form of a step of hers for whoever writes it down. */
export function dictationForm(
  row: StepRow,
  view: CaseView,
  words: StepFormWords,
  answers: Record<string, unknown>,
  faults: readonly UnmetNeed[] = [],
): DictationForm {
  const step = row.step as StepName;
  const { asks, mayAsk = [] } = dictatedRow(row);
  const actions = view.actions.filter(({ status }) => status === ACTIONS_ASKED[step]);
  const ofHerPage: StepFormWords = {
    ...words,
    label: (name) => (OF_DICTATION.includes(name) ? words.label(name) : say('en', `ask.${name}`)),
    actions: actions.map(({ n }) => String(n)),
  };
  const fields = (names: readonly AskName[], others: readonly AskName[]) =>
    stepFields({ asks: names, mayAsk: others }, ofHerPage, answers, faults);
  const isHow = (name: AskName) => OF_DICTATION.includes(name);
  const hers = fields(
    asks.filter((name) => !isHow(name)),
    mayAsk.filter((name) => !isHow(name)),
  );
  return {
    hers: hers.map((field) => ofAction(field, view)),
    how: fields(DICTATION_ASKS, DICTATION_MAY_ASK),
    readOut: readOut(step, view.complaint.language),
  };
}

function ofAction(field: StepField, { actions }: CaseView): StepField {
  const action = actions.find(({ n }) => String(n) === field.action);
  return action ? { ...field, label: `Action ${action.n}, ${action.label}: ${field.label}` } : field;
}

function readOut(step: StepName, spoken: string): DictationForm['readOut'] {
  const key = `step.${step}.notice`;
  if (!has(key)) return null;
  const language = languageOf(spoken);
  const coolingOff = say(language, 'how.length.calendarDays', { n: COOLING_OFF_DAYS });
  return {
    language,
    name: languageName(language),
    paragraphs: say(language, key, { coolingOff }).split('\n\n'),
  };
}
