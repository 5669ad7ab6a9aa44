import type { CaseView } from '../../casework/views';
import { INVOLVEMENTS } from '../../rules/involvement';
import {
  REMEDY_ACTION_CODES,
  remedyAction,
  type RemedyActionCode,
  type RemedyActor,
} from '../../rules/remedies';
import type { StepName } from '../../rules/steps';
import { stepRow } from '../../rules/workflow';
import { codeLabel } from './code-label';

/** What stands folded beside the form of a step: what each of its choices means, and what follows. */
export interface StepGuide {
  title: string;
  choices: { title: string; lines: string[] }[];
}

const ACTORS: Readonly<Record<RemedyActor, string>> = {
  D: 'the organisation',
  V: 'the vendor',
  A: 'an authority',
};

/** The guide of a step, or null where its form says everything. */
export function stepGuide(step: StepName, view: Pick<CaseView, 'actions' | 'allegations'>): StepGuide | null {
  const { asks } = stepRow(step);
  if (asks.includes('action'))
    return {
      title: 'What each action needs',
      choices: REMEDY_ACTION_CODES.map((code) => ({
        title: remedyAction(code).label,
        lines: actionLines(code),
      })),
    };
  if (asks.includes('evidenceText'))
    return {
      title: 'What closes each action of this case',
      choices: view.actions
        .filter(({ doneOn, status }) => doneOn === null && status !== 'DROPPED')
        .map(({ n, action, label }) => ({
          title: `${n}. ${label}`,
          lines: actionLines(action as RemedyActionCode),
        })),
    };
  if (asks.includes('involvement'))
    return {
      title: 'How to tell them apart, and what follows',
      choices: Object.values(INVOLVEMENTS).map(({ label, questions, consequence }) => ({
        title: label,
        lines: [...questions, `What follows: ${consequence}`],
      })),
    };
  return null;
}

/** What proves that an action is done, as a part of a sentence. */
export function proofOf(action: string): string {
  return remedyAction(action as RemedyActionCode).evidence;
}

function actionLines(code: RemedyActionCode): string[] {
  const { who, evidence, question, destructive, forms } = remedyAction(code);
  return [
    `Form of remedy: ${forms.map((form) => codeLabel('form', form)).join('; ')}.`,
    `Needed for it: ${who.map((actor) => ACTORS[actor]).join(', ')}.`,
    `It is closed by: ${evidence}.`,
    question === null
      ? 'It is for everybody: the person is asked nothing.'
      : `The person is asked: “${question}”`,
    ...(destructive
      ? ['It can overwrite what shows how the harm arose: a snapshot comes first (AI Act Art. 73(6)).']
      : []),
  ];
}
