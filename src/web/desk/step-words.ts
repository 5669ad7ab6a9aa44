import type { CaseView } from '../../casework/views';
import type { PersonView } from '../../people/accounts';
import { ASKS, type Ask, type AskName } from '../../rules/asks';
import { CASE_ROLES, type RoleCode } from '../../rules/roles';
import { SCORE_MEANINGS, SCORES } from '../../rules/severity';
import type { StepFormWords } from '../step-form';
import { codeLabel, roleLabel } from './code-label';

type Option = { value: string; label: string };

const SHORT = 90;

/** How staff are asked: the words of the table, and what this case offers to choose from. */
export function stepWords(step: string, view: CaseView, people: readonly PersonView[]): StepFormWords {
  return {
    label: (name) => ASKS[name].label,
    code: (name, code) => codeLabel(name, code),
    yes: 'Yes',
    no: 'No',
    hint: (name, ask) =>
      step === 'assign' && name === 'noConflict' ? 'Only where you assign yourself.' : hintOf(name, ask),
    choices: {
      ...scoreChoices(),
      ...objectChoices(view),
      owner: holders(people, step === 'order-interim-measure' ? CASE_ROLES : ['REM']),
      person: holders(people, CASE_ROLES),
    },
  };
}

function hintOf(name: AskName, ask: Ask): string | null {
  if (name === 'owner' || name === 'person')
    return 'Active staff who hold a fitting role. Ask an administrator if somebody is missing.';
  switch (ask.kind) {
    case 'day':
      return 'As year, month and day, for example 2026-11-24.';
    case 'case':
      return 'For example RD-7K3F-9QXM.';
    case 'codes':
      return 'Choose all that hold.';
    default:
      return null;
  }
}

function scoreChoices(): Partial<Record<AskName, Option[]>> {
  const meanings = (name: keyof typeof SCORE_MEANINGS) =>
    SCORES.map((score) => ({ value: String(score), label: `${score}: ${SCORE_MEANINGS[name][score]}` }));
  return {
    scale: meanings('scale'),
    scope: meanings('scope'),
    irremediability: meanings('irremediability'),
    likelihood: SCORES.map((score) => ({ value: String(score), label: String(score) })),
  };
}

function objectChoices(view: CaseView): Partial<Record<AskName, Option[]>> {
  const choices: Partial<Record<AskName, Option[]>> = {};
  const offer = (name: AskName, options: Option[]) => {
    if (options.length > 0) choices[name] = options;
  };
  offer(
    'allegationNumber',
    view.allegations.map(({ n, text }) => ({ value: String(n), label: `${n}: ${shortened(text)}` })),
  );
  offer(
    'actionNumber',
    view.actions
      .filter(({ status }) => status !== 'DROPPED')
      .map(({ n, label, status }) => ({
        value: String(n),
        label: `${n}: ${label} (${codeLabel('actionStatus', status).toLowerCase()})`,
      })),
  );
  offer(
    'holdNumber',
    view.holds
      .filter(({ releasedOn }) => releasedOn === null)
      .map(({ n, ground, placedOn }) => ({
        value: String(n),
        label: `${n}: ${codeLabel('holdGround', ground)} (since ${placedOn})`,
      })),
  );
  offer(
    'measureNumber',
    view.measures.map(({ n, label, status }) => ({
      value: String(n),
      label: `${n}: ${label} (${codeLabel('measureStatus', status).toLowerCase()})`,
    })),
  );
  return choices;
}

function holders(people: readonly PersonView[], wanted: readonly RoleCode[]): Option[] {
  return people
    .filter(({ active, roles }) => active && roles.some((role) => wanted.includes(role)))
    .map(({ id, name, roles }) => ({ value: id, label: `${name} (${roles.map(roleLabel).join(', ')})` }));
}

function shortened(text: string): string {
  const characters = [...text];
  return characters.length <= SHORT ? text : `${characters.slice(0, SHORT - 1).join('')}…`;
}
