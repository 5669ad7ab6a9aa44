import type { SystemRowView } from '../../casework/registers/register-views';
import type { CaseView } from '../../casework/views';
import type { PersonView } from '../../people/accounts';
import { ASKS, type Ask, type AskName } from '../../rules/asks';
import { CASE_ROLES, type RoleCode } from '../../rules/roles';
import { languageName } from '../../rules/languages';
import { isTold } from '../../rules/told';
import { SCORE_MEANINGS, SCORES } from '../../rules/severity';
import type { StepFormWords } from '../step-form';
import { codeLabel, roleLabel, stepLabel } from './code-label';
import { partLabel } from './sharing-model';

type Option = { value: string; label: string };

const SHORT = 90;

/** What one step asks for in its own way. */
const HINTS_OF_STEPS: Record<string, Partial<Record<AskName, string>>> = {
  assign: { noConflict: 'Only where you assign yourself.' },
  'add-task': {
    owner:
      'Who is on the team of this case and said that there is no conflict of interest. Where somebody is missing, assign them first.',
  },
  'answer-denial': { reasons: 'These stay with staff.' },
};

/** How staff are asked: the words of the table, and what this case offers to choose from. */
export function stepWords(
  step: string,
  view: CaseView,
  people: readonly PersonView[],
  register: readonly SystemRowView[] = [],
): StepFormWords {
  const ofHouse = people.filter(({ guestUntil }) => guestUntil === null);
  return {
    label: (name) => ASKS[name].label,
    code: (name, code) => codeLabel(name, code),
    yes: 'Yes',
    no: 'No',
    hint: (name, ask) => HINTS_OF_STEPS[step]?.[name] ?? joined(hintOf(name, ask), toldHint(step, name)),
    choices: {
      ...scoreChoices(),
      ...objectChoices(step, view),
      owner: holders(
        step === 'add-task' ? ofHouse.filter(({ id }) => isOnTeam(view, id)) : ofHouse,
        ['order-interim-measure', 'plan-protection', 'request-translation', 'add-task'].includes(step)
          ? CASE_ROLES
          : ['REM'],
      ),
      ...systemChoices(step, view, register),
      person: holders([...ofHouse, ...people.filter(({ id }) => isGuestOf(view, id))], CASE_ROLES),
    },
  };
}

const SAYS_SO = /The person reads|as the complainant will read|as everybody will read/;

/** Whoever writes what the person reads is told so, where the question itself does not say it; null of everything else. */
export function toldHint(step: string, name: AskName): string | null {
  return isTold(step, name) && !SAYS_SO.test(ASKS[name].label) ? 'The person reads this.' : null;
}

function joined(...hints: (string | null)[]): string | null {
  return hints.filter((hint) => hint !== null).join(' ') || null;
}

function isOnTeam({ assignments }: CaseView, id: string): boolean {
  return assignments.some(({ personId, isAsked, hasLeft }) => personId === id && !isAsked && !hasLeft);
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

function objectChoices(step: string, view: CaseView): Partial<Record<AskName, Option[]>> {
  const choices: Partial<Record<AskName, Option[]>> = {};
  const offer = (name: AskName, options: Option[]) => {
    if (options.length > 0) choices[name] = options;
  };
  offer(
    'allegationNumber',
    view.allegations.map(({ n, text }) => ({ value: String(n), label: `${n}: ${shortened(text)}` })),
  );
  offer(
    'facilitatorNumber',
    view.facilitators.map(({ n, who }) => ({ value: String(n), label: `${n}: ${shortened(who)}` })),
  );
  offer(
    'meetingNumber',
    view.meetings
      .filter(({ status }) => status === 'PLANNED')
      .map(({ n, kind, withWhom, plannedFor }) => ({
        value: String(n),
        label: `${n}: ${codeLabel('meetingKind', kind)} ${codeLabel('meetingPartner', withWhom)}, ${plannedFor}`,
      })),
  );
  offer(
    'evidenceRequestNumber',
    view.evidenceRequests
      .filter(({ status }) => step !== 'record-evidence-refusal' || status === 'ASKED')
      .map(({ n, askedOf, text, status }) => ({
        value: String(n),
        label: `${n}: ${codeLabel('askedOf', askedOf)}: ${shortened(text)} (${codeLabel('evidenceRequestStatus', status).toLowerCase()})`,
      })),
  );
  const answered = view.questions.filter(({ answeredOn }) => answeredOn !== null);
  offer(
    'questionNumber',
    withNone(answered.map(({ n, text }) => ({ value: String(n), label: `${n}: ${shortened(text)}` }))),
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
    'guestNumber',
    view.guests
      .filter(({ endedOn }) => endedOn === null)
      .map(({ n, name, role, until }) => ({
        value: String(n),
        label: `${n}: ${name ?? 'link not used yet'} (${roleLabel(role).toLowerCase()}, until ${until})`,
      })),
  );
  const unwritten = { value: '', label: 'A representative of whom nothing is written down yet' };
  const mandates = (statuses: string[]) =>
    view.mandates
      .filter(({ status }) => statuses.includes(status))
      .map(({ n, basis, status }) => ({
        value: String(n),
        label: `${n}: ${basis ? codeLabel('mandateBasis', basis) : 'nobody said yet what it rests on'} (${codeLabel('mandateStatus', status).toLowerCase()})`,
      }));
  offer(
    'mandateNumber',
    step === 'record-mandate'
      ? [...mandates(['CLAIMED', 'EXPIRED']), unwritten]
      : mandates(step === 'confirm-mandate' ? ['CLAIMED'] : ['CLAIMED', 'CONFIRMED']),
  );
  offer(
    'dictationNumber',
    view.dictations
      .filter(
        ({ objectedOn, holds }) => (objectedOn !== null) === (step === 'answer-objection') && holds === null,
      )
      .map(({ n, step: said, saidOn }) => ({
        value: String(n),
        label: `${n}: ${stepLabel(said)}, ${saidOn}`,
      })),
  );
  offer(
    'transcriptNumber',
    view.transcripts.map(({ n, occasion, heldOn }) => ({
      value: String(n),
      label: `${n}: ${codeLabel('occasion', occasion)}, ${heldOn}`,
    })),
  );
  offer(
    'mandateProof',
    // Of more files than stand on one page the number is asked.
    view.evidence.length > 0 && view.earlier.evidence === null
      ? [
          { value: '', label: 'No file' },
          ...view.evidence.map(({ n, fileName }) => ({ value: String(n), label: `${n}: ${fileName}` })),
        ]
      : [],
  );
  offer(
    'supportNumber',
    view.supports
      .filter(({ status }) => status === 'ASKED' || status === 'ARRANGED')
      .map(({ n, kind, status }) => ({
        value: String(n),
        label: `${n}: ${codeLabel('supportKind', kind)} (${codeLabel('supportStatus', status).toLowerCase()})`,
      })),
  );
  offer(
    'translationNumber',
    view.translations
      .filter(({ status }) => status === 'DRAFT')
      .map(({ n, language, text }) => ({
        value: String(n),
        label: `${n}: ${languageName(language)}: ${shortened(text)}`,
      })),
  );
  offer(
    'packetNumber',
    withNone(
      view.packets
        .filter(({ passedWith }) => passedWith === null)
        .map(({ n, parts }) => ({
          value: String(n),
          label: `${n}: ${shortened(parts.map(partLabel).join('; '))}`,
        })),
    ),
  );
  offer(
    'taskNumber',
    view.teamTasks
      .filter(({ status }) => status === 'OPEN')
      .map(({ n, text, owner }) => ({ value: String(n), label: `${n}: ${shortened(text)} (${owner})` })),
  );
  offer(
    'translationRequestNumber',
    view.translationRequests
      .filter(({ status }) => status === 'ASKED')
      .map(({ n, ofKind, ofNumber, language }) => ({
        value: String(n),
        label: `${n}: ${codeLabel('translatedKind', ofKind)}${ofNumber ? ` ${ofNumber}` : ''}, ${languageName(language)}`,
      })),
  );
  offer(
    'joinCodeNumber',
    (view.collective?.joinCodes ?? [])
      .filter(({ endedOn }) => endedOn === null)
      .map(({ n, places, until }) => ({
        value: String(n),
        label: `${n}: up to ${places} people, until ${until}`,
      })),
  );
  offer(
    'protectionNumber',
    view.protection
      .filter(({ endedOn }) => endedOn === null)
      .map(({ n, measure, protects, status }) => ({
        value: String(n),
        label: `${n}: ${codeLabel('protectionMeasures', measure)}, for: ${codeLabel('protects', protects).toLowerCase()} (${codeLabel('protectionStatus', status).toLowerCase()})`,
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

/** Systems of the register to be named, those that the case names, and what waits for an answer about them. */
function systemChoices(
  step: string,
  view: CaseView,
  register: readonly SystemRowView[],
): Partial<Record<AskName, Option[]>> {
  const named = view.systems.filter(({ unnamedOn }) => unnamedOn === null);
  const isNamed = (number: number) => named.some((system) => system.number === number);
  const systems = step === 'name-system' ? register.filter(({ number }) => !isNamed(number)) : named;
  const option = (n: number, label: string) => ({ value: String(n), label: `${n}: ${label}` });
  return Object.fromEntries(
    Object.entries({
      systemNumber: systems.map(({ number, systemName }) => option(number, systemName)),
      preservationNumber: view.preservationRequests
        .filter(({ answer }) => answer === null)
        .map(({ n, logs }) => option(n, shortened(logs))),
      noticeNumber: view.article26Notices
        .filter(({ outcome }) => outcome === null)
        .map(({ n, addressee, systemNumber }) =>
          option(n, `${codeLabel('noticeAddressee', addressee)}, system ${systemNumber}`),
        ),
    }).filter(([, options]) => options.length > 0),
  );
}

/** A guest is offered where the case is theirs, and nowhere else. */
function isGuestOf({ guests }: CaseView, id: string): boolean {
  return guests.some(({ personId }) => personId === id);
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

/** The same for what may be left out; empty where there is nothing to choose. */
function withNone(options: Option[]): Option[] {
  return options.length > 0 ? [{ value: '', label: 'None' }, ...options] : [];
}
