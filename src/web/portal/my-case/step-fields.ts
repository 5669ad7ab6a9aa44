import type { JoinCodeView } from '../../../casework/collective/views';
import type { MandateView } from '../../../casework/party-views';
import type { RemedyActionView } from '../../../casework/remedy/views';
import type { MyCaseView, OpenStep } from '../../../casework/views';
import { Refusal, type UnmetNeed } from '../../../platform/refusal';
import type { AskName } from '../../../rules/asks';
import { verificationStep } from '../../../rules/verification';
import { has, say, sayDay } from '../../../words/words';
import { stepFields, type StepField } from '../../step-form';
import { needsAtFields } from '../needs-at-fields';
import { sentenceOf } from '../portal-pages';

/** Which mandate is the own one is known, and where there is no file, none is asked for. */
export function isForHolder(field: string, step: string, { evidence }: MyCaseView): boolean {
  if (field === 'mandateNumber') return step !== 'record-mandate';
  return field !== 'mandateProof' || evidence.length > 0;
}

/** What the check of every delivered action asks; the steps it leads to ask the same. */
export const CHECK = {
  step: 'confirm-remedy',
  asks: ['actionResults'],
  mayAsk: ['actionComments', 'residualAccepted'],
} as const;

/** The step that the answers of the check are. Throws a `Refusal` that names each action without an answer. */
export function checkedAnswers(
  answers: Record<string, unknown>,
  actions: readonly RemedyActionView[],
): { step: string } & Record<string, unknown> {
  const results = { ...(answers.actionResults as Record<string, unknown> | undefined) };
  const open = actions.filter(({ n, status }) => status === 'DONE' && !results[n]);
  if (open.length > 0)
    throw new Refusal(
      'invalid',
      'Every action that is done has to be answered.',
      open.map(({ n }) => ({ name: 'answer', field: `actionResults.${n}`, sentence: 'need.answer' })),
    );
  const { residualAccepted, ...said } = answers;
  const way = verificationStep(Object.values(results).map(String), residualAccepted === 'yes');
  if (!way)
    throw new Refusal('conflict', 'Nothing waits to be checked.', [
      { name: 'state', sentence: 'need.state' },
    ]);
  return { ...said, ...way, ...('remedyResult' in way && residualAccepted ? { residualAccepted } : {}) };
}

/** The fields of a form, each with what is wrong with it, and everything that is wrong. */
export function fieldsWith(needs: UnmetNeed[], language: string, draw: (faults: UnmetNeed[]) => StepField[]) {
  const asked = draw([]);
  const placed = needsAtFields(
    needs,
    asked.map(({ name }) => name),
  ).map((need) => {
    const at = asked.find(({ name }) => name === need.field);
    // Nothing of what it was remains, or the page would say it anew without its question.
    return { name: 'said', field: need.field, sentence: saidOf(need, at, language) };
  });
  return { fields: draw(placed), placed };
}

/** A need as it is said at a question; where nothing was answered, by how that is answered. */
function saidOf(need: UnmetNeed, at: StepField | undefined, language: string): string {
  if (!at) return sentenceOf(need, language);
  const question =
    at.action === null
      ? at.label
      : `${say(language, 'mycase.action.number', { n: Number(at.action) })} – ${at.label}`;
  const isBlank = need.name === 'answer';
  return sentenceOf(isBlank ? { ...need, sentence: BLANK[at.shape] } : need, language, question);
}

/** What has to be done at a question that was left empty. */
const BLANK: Record<StepField['shape'], string> = {
  textarea: 'need.answer',
  line: 'need.answer',
  number: 'need.answer',
  day: 'need.answer',
  radios: 'need.answer.choose',
  checkboxes: 'need.answer.choose',
  select: 'need.answer.choose',
  confirm: 'need.answer.tick',
};

export function fieldsOf(
  open: Pick<OpenStep, 'step'> & { asks: readonly AskName[]; mayAsk: readonly AskName[] },
  view: MyCaseView,
  language: string,
  answers: Record<string, unknown>,
  needs: UnmetNeed[],
) {
  const actions = view.actions
    .filter(({ status }) => status !== 'REFUSED')
    .map(({ n, action, description }) => ({
      value: String(n),
      // Two actions of one kind are asked about alike: the number, which her case shows, tells them apart.
      label: `${say(language, 'mycase.action.number', { n })} – ${has(`remedy.${action}.check`) ? say(language, `remedy.${action}.check`) : description}`,
    }));
  return stepFields(
    open,
    {
      label: (name) => say(language, `ask.${name}`),
      code: (name, code) => say(language, `code.${name}.${code}`),
      yes: say(language, 'page.yes'),
      no: say(language, 'page.no'),
      choices: { actionNumber: actions, ...numbered(view, language, open.step) },
      actions: ACTIONS_ASKED[open.step]?.(view).map(({ n }) => String(n)) ?? [],
    },
    { writtenIn: language, ...answers },
    needs,
  );
}

/** What the person can choose from where a step names one of several things of the case. */
function numbered(
  {
    supports,
    transcripts,
    dictations,
    mandates,
    evidence,
    earlierEvidence,
    collective,
    facilitators,
  }: MyCaseView,
  language: string,
  step: string,
) {
  const none = { value: '', label: say(language, 'mycase.mandate.no-file') };
  return {
    joinCodeNumber: (collective?.joinCodes ?? [])
      .filter(({ endedOn }) => endedOn === null)
      .map((code) => ({ value: String(code.n), label: joinCodeLine(code, language) })),
    mandateNumber: mandates
      .filter(({ status }) => status === 'CLAIMED' || (status === 'CONFIRMED' && step !== 'confirm-mandate'))
      .map((each) => ({ value: String(each.n), label: mandateLine(each, language) })),
    // Of more files than stand on one page the number is asked, which the list of files shows.
    ...(earlierEvidence === null
      ? {
          mandateProof: [
            none,
            ...evidence.map(({ n, fileName }) => ({ value: String(n), label: `${n}. ${fileName}` })),
          ],
        }
      : {}),
    supportNumber: supports
      .filter(({ status }) => status === 'ASKED' || status === 'ARRANGED')
      .map(({ n, kind }) => ({ value: String(n), label: say(language, `code.supportKind.${kind}`) })),
    facilitatorNumber: facilitators
      .filter(({ person }) => person !== (step === 'accept-facilitator' ? 'ACCEPTED' : 'REFUSED'))
      .map(({ n, who }) => ({
        value: String(n),
        label: `${n}. ${who.length > 80 ? `${who.slice(0, 79)}…` : who}`,
      })),
    dictationNumber: dictations
      .filter(({ objectedOn }) => objectedOn === null)
      .map(({ n, step: said, saidOn, writtenOn }) => ({
        value: String(n),
        label: `${n}. ${say(language, `step.${said}.done`)} (${sayDay(language, saidOn ?? writtenOn)})`,
      })),
    transcriptNumber: transcripts.map(({ n, occasion, heldOn }) => ({
      value: String(n),
      label: say(language, `mycase.transcript.${occasion}`, { day: sayDay(language, heldOn) }),
    })),
  };
}

/** Who says on what they act: the name only where the reader may know it. */
function mandateLine({ n, name, basis }: MandateView, language: string): string {
  const rests = say(language, basis === null ? 'mycase.mandate.no-basis' : `code.mandateBasis.${basis}`);
  return name === null ? `${n}. ${rests}` : `${n}. ${name} – ${rests}`;
}

export function joinCodeLine({ n, places, until }: JoinCodeView, language: string): string {
  return say(language, 'mycase.group.code', { n, places, day: sayDay(language, until) });
}

/** The actions that a step asks about one by one. */
const ACTIONS_ASKED: Partial<Record<string, (view: MyCaseView) => RemedyActionView[]>> = {
  'accept-offer': ({ actions }) => actions.filter(({ status }) => status === 'PROPOSED'),
  'confirm-remedy': deliveredActions,
  'report-not-delivered': deliveredActions,
};

export function deliveredActions({ actions }: MyCaseView): RemedyActionView[] {
  return actions.filter(({ status }) => status === 'DONE');
}

/** Each action with the questions that are asked about it. */
export function actionsAsked(fields: readonly StepField[], view: MyCaseView) {
  return view.actions
    .map((action) => ({ ...action, fields: fields.filter((field) => field.action === String(action.n)) }))
    .filter((action) => action.fields.length > 0);
}

/** The case, each action with the question by which the person will check it, in her language. */
export function withChecks(view: MyCaseView, language: string) {
  const check = ({ action }: RemedyActionView) =>
    say(language, has(`remedy.${action}.check`) ? `remedy.${action}.check` : 'ask.actionResult');
  return { ...view, actions: view.actions.map((action) => ({ ...action, check: check(action) })) };
}
