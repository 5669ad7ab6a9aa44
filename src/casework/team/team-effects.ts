import { unitHashOf } from '../../people/units';
import { newId } from '../../platform/ids';
import { Appeal } from '../../records/entities/appeal';
import { Assignment } from '../../records/entities/assignment';
import { BreakGlass } from '../../records/entities/break-glass';
import { Exclusion } from '../../records/entities/exclusion';
import { InterimMeasure } from '../../records/entities/interim-measure';
import { Person } from '../../records/entities/person';
import { ProtectionMeasure } from '../../records/entities/protection-measure';
import { Proposal } from '../../records/entities/proposal';
import { RemedyAction } from '../../records/entities/remedy-action';
import { TeamTask } from '../../records/entities/team-task';
import { TranslationRequest } from '../../records/entities/translation-request';
import { CASE_ROLES, type RoleCode } from '../../rules/roles';
import type { ConflictAnswer, ExclusionGround } from '../../rules/sight';
import { protectionStands } from '../../rules/protection';
import type { StepName } from '../../rules/steps';
import type { CaseFile } from '../case-file';
import { refuseBatchesWith } from '../erasure/refuse-batch';
import { nextNumber, type StepContext } from '../step-context';
import type { StepEffect } from '../step-effect';
import { keptOutBy, placesOn, type KeptOut } from './team';

/** Who works on a case, and who must not learn of it. */
export const TEAM_EFFECTS: Partial<Record<StepName, StepEffect>> = {
  assign: async (step) => {
    const role = step.answer<RoleCode>('role');
    const personId = step.answer<string>('person');
    const replaced = goingOn(step).filter(
      (place) => place.role === role && (role === 'IRV' || place.personId === personId),
    );
    await end(step, replaced);
    await join(step, { personId, role }, personId === step.actor.personId ? 'NONE' : 'ASKED');
  },
  'declare-no-conflict': async (step) => {
    const places = placesOn(step.file, 'ASKED').filter(isOf(step.actor.personId));
    for (const place of places) {
      await step.update(Assignment, place.id, { conflictDeclared: 'NONE' });
      await takeOn(step, place);
    }
  },
  recuse: async (step) => {
    const personId = step.actor.personId!;
    for (const place of goingOn(step).filter(isOf(personId)))
      await step.update(Assignment, place.id, { conflictDeclared: 'DECLARED', endedOn: step.today });
    await keepOut(step, { personId, unitHash: null }, 'EX-RECUSED');
    await dropProposals(step, [personId]);
  },
  exclude: async (step) => {
    const [out] = keptOutBy(step.vault, step.actor.personId, step.answers);
    const people = await concernedBy(step, out!);
    await end(
      step,
      goingOn(step).filter(({ personId }) => people.includes(personId)),
    );
    await keepOut(step, out!, step.answer<ExclusionGround>('exclusionGround'));
    await dropProposals(step, people);
  },
  'lift-exclusion': async (step) => {
    const lifted = step.file.exclusions.find(({ n }) => n === step.answers.exclusionNumber)!;
    await step.update(Exclusion, lifted.id, { endedOn: step.today });
  },
  'hand-over': async (step) => {
    const from = step.answer<string | undefined>('handedOverFrom') ?? step.actor.personId!;
    const to = step.answer<string>('person');
    const places = goingOn(step).filter(isOf(from));
    await end(step, places);
    for (const { role } of places) await join(step, { personId: to, role: role as RoleCode }, 'ASKED');
    await passOn(step, EVERYTHING_OWNED, ({ ownerId }) => ownerId === from, to);
  },
  'end-assignment': (step) => end(step, goingOn(step).filter(isOf(step.answer<string>('person')))),
  'review-break-glass': async (step) => {
    const opened = step.file.glassBroken.find(({ n }) => n === step.answers.breakGlassNumber)!;
    await step.update(BreakGlass, opened.id, {
      reviewedBy: step.actor.personId,
      reviewedOn: step.today,
      wasNeeded: step.answer<boolean>('breakGlassNeeded'),
    });
  },
};

/** Asks somebody onto the team who is to carry out an action or a measure and is not on it. */
export async function askOwner(step: StepContext, personId: string): Promise<void> {
  if (goingOn(step).some(isOf(personId))) return;
  const { roles } = await step.db.findOneByOrFail(Person, { id: personId });
  const role = (['REM', ...CASE_ROLES] as const).find((each) => roles.includes(each))!;
  // Whoever names themselves is asked, too: nobody is on a team without having said that there is no conflict of interest.
  await join(step, { personId, role }, 'ASKED');
}

/** Whoever takes a case in, or up, carries it until somebody else does. */
export async function joinSelf(step: StepContext): Promise<void> {
  const place = { personId: step.actor.personId!, role: step.actor.role };
  if (
    !placesOn(step.file, 'NONE').some((each) => each.personId === place.personId && each.role === place.role)
  )
    await join(step, place, 'NONE');
}

const isOf = (personId: string | null) => (place: Pick<Assignment, 'personId'>) =>
  place.personId === personId;

export function goingOn({ file }: StepContext): Assignment[] {
  return file.assignments.filter(({ endedOn }) => endedOn === null);
}

/** Takes these places on the team away. */
export async function end(step: StepContext, places: readonly Assignment[]): Promise<void> {
  for (const { id } of places) await step.update(Assignment, id, { endedOn: step.today });
}

async function join(
  step: StepContext,
  place: { personId: string; role: RoleCode },
  answer: ConflictAnswer,
): Promise<void> {
  const id = newId();
  await step.insert(Assignment, {
    id,
    caseId: step.caseId,
    ...place,
    conflictDeclared: answer,
    assignedBy: step.actor.personId,
    endedOn: null,
    concernsSealed: step.sealMaybe('assignments', 'concernsSealed', id, step.text('concerns')),
  });
  if (answer === 'NONE') await takeOn(step, place);
}

/**
 * What comes with a place: the review that waits for a reviewer, and of those who are no longer on the team the tasks that they had in this
 * role, and what a remedy owner was to do.
 */
async function takeOn(
  step: StepContext,
  { personId, role }: { personId: string; role: string },
): Promise<void> {
  const appeal = step.file.appeals.at(-1);
  if (role === 'IRV' && appeal && appeal.decidedOn === null)
    await step.update(Appeal, appeal.id, { reviewerId: personId });
  const team = new Set(goingOn(step).map((place) => place.personId));
  const hasLeft = ({ ownerId }: Owned) => !team.has(ownerId);
  await passOn(
    step,
    [TASKS, TRANSLATIONS],
    (task) => hasLeft(task) && rolesOf(step, task).includes(role),
    personId,
  );
  if (role === 'REM') await passOn(step, REMEDY, hasLeft, personId);
}

/** In which roles somebody was to do it: the one that was kept with it, or every one in which they were on the team; otherwise that of who asked. */
function rolesOf({ file }: StepContext, { ownerId, ownerRole, byRole }: Owned): readonly string[] {
  if (ownerRole !== undefined) return [ownerRole];
  const held = file.assignments.filter(isOf(ownerId)).map(({ role }) => role);
  return held.length > 0 ? held : [byRole!];
}

/** Something that is somebody’s until it is done. */
type Owned = Pick<RemedyAction, 'id' | 'ownerId' | 'status'> &
  Partial<Pick<TeamTask, 'ownerRole'> & Pick<TranslationRequest, 'byRole'>>;

interface OwnedKind {
  table: new () => Owned;
  of: (file: CaseFile) => readonly Owned[];
  isOpen: (status: string) => boolean;
}

const TASKS: OwnedKind = {
  table: TeamTask,
  of: ({ teamTasks }) => teamTasks,
  isOpen: (status) => status === 'OPEN',
};
const TRANSLATIONS: OwnedKind = {
  table: TranslationRequest,
  of: ({ translationRequests }) => translationRequests,
  isOpen: (status) => status === 'ASKED',
};
const REMEDY: readonly OwnedKind[] = [
  {
    table: RemedyAction,
    of: ({ actions }) => actions,
    isOpen: (status) => ['PROPOSED', 'AGREED', 'STARTED'].includes(status),
  },
  {
    table: InterimMeasure,
    of: ({ measures }) => measures,
    isOpen: (status) => ['IM_ORDERED', 'IM_ACTIVE'].includes(status),
  },
  { table: ProtectionMeasure, of: ({ protection }) => protection, isOpen: protectionStands },
];
const EVERYTHING_OWNED: readonly OwnedKind[] = [...REMEDY, TASKS, TRANSLATIONS];

/** What is open of these and fits goes over to another one. */
async function passOn(
  step: StepContext,
  kinds: readonly OwnedKind[],
  fits: (owned: Owned) => boolean,
  to: string,
): Promise<void> {
  for (const { table, of, isOpen } of kinds)
    for (const owned of of(step.file))
      if (isOpen(owned.status) && owned.ownerId !== to && fits(owned))
        await step.update(table, owned.id, { ownerId: to });
}

async function keepOut(step: StepContext, out: KeptOut, ground: ExclusionGround): Promise<void> {
  const id = newId();
  await step.insert(Exclusion, {
    id,
    caseId: step.caseId,
    n: nextNumber(step.file.exclusions),
    ground,
    ...out,
    unitSealed: step.sealMaybe('exclusions', 'unitSealed', id, step.text('unit')),
    excludedBy: ground === 'EX-RECUSED' ? null : step.actor.personId,
    excludedOn: step.today,
    endedOn: null,
  });
  const { personId, role } = step.actor;
  await refuseBatchesWith(step.db, step.caseId, { personId: personId!, role }, step.now);
}

/** Everybody on the team, or with a proposal that waits, whom this keeps out. */
async function concernedBy(step: StepContext, { personId, unitHash }: KeptOut): Promise<string[]> {
  const ids = [
    ...goingOn(step).map((place) => place.personId),
    ...step.file.proposals.map(({ proposedBy }) => proposedBy),
  ];
  const concerned: string[] = [];
  for (const id of new Set(ids)) {
    const { unit } = await step.db.findOneByOrFail(Person, { id });
    if (id === personId || (unitHash !== null && unitHashOf(step.vault, unit) === unitHash))
      concerned.push(id);
  }
  return concerned;
}

/** What somebody proposed who is out waits for nobody any more. */
export async function dropProposals(step: StepContext, people: readonly string[]): Promise<void> {
  for (const { id, proposedBy, status } of step.file.proposals)
    if (status === 'OPEN' && people.includes(proposedBy))
      await step.update(Proposal, id, { status: 'REPLACED' });
}
