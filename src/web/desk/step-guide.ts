import type { CaseView } from '../../casework/views';
import { INVOLVEMENTS } from '../../rules/involvement';
import {
  REMEDY_ACTION_CODES,
  remedyAction,
  type RemedyActionCode,
  type RemedyActor,
} from '../../rules/remedies';
import type { StepRow } from '../../rules/steps';
import type { Signpost, Signposts } from '../signposts';
import { codeLabel, sentenceCase } from './code-label';

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
export function stepGuide(
  { asks, mayAsk }: StepRow,
  view: Pick<CaseView, 'actions' | 'allegations'>,
  signposts: Signposts,
): StepGuide | null {
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
  if (asks.includes('referralMode'))
    return {
      title: 'Bodies of the list of places outside',
      choices: signposts.byCountry.map(({ country, places }) => ({
        title: country === '*' ? 'Everywhere' : codeLabel('proceedingCountry', country),
        lines: places.map(placeLine),
      })),
    };
  return mayAsk?.includes('packetNumber') ? PASSING_ON : null;
}

/** What goes with a step that passes something on. */
const PASSING_ON: StepGuide = {
  title: 'How texts and files are passed on',
  choices: [
    {
      title: 'In a packet',
      lines: [
        'Put it together under “Pass something on” in the case, part by part, and name its number here. It goes out with this step and with no other.',
        'Mask what the other side does not need: names, places, days, units, rare events. What goes whole needs a reason.',
        'A text that holds a name or contact of the person is held back from those complained about, and from everybody where the identity is guarded.',
        'The person reads what was passed on, to whom, and whether it was masked.',
      ],
    },
    {
      title: 'Afterwards',
      lines: [
        'Take it out as a zip, and hand it over on a way that is safe for the person. Each time is counted, and stands in the history.',
        'If the person takes the consent back, it does not leave the house any more.',
      ],
    },
  ],
};

/** A place as one line; whether anybody looked that it is right stands beside it. */
function placeLine({ kind, name, address, phone, verified, asOf }: Signpost): string {
  const said = [`${sentenceCase(kind)}: ${name}`, address, phone].filter(Boolean).join(', ');
  return `${said} (${verified ? 'looked at' : 'nobody has looked whether this is right; written down'} on ${asOf}).`;
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
