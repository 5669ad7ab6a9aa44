import type { EntityManager } from 'typeorm';
import type { Day } from '../../platform/time';
import type { Assignment } from '../../records/entities/assignment';
import type { RoleCode } from '../../rules/roles';
import { STATES, type State } from '../../rules/states';
import { mayActInState } from '../../rules/workflow';
import { secondRoleOf, type CaseFile } from '../case-file';
import { nameOf, type Names } from '../case-objects';
import { collectFacts, type Looking } from '../facts';
import type { OpenWords } from '../open-words';
import type { WaitingProposalView } from '../views';
import type { AssignmentView, BreakGlassView, ExclusionView, HeldBy } from './views';
import { placesOn, type Acting } from './team';

/** Places on the team, and who is asked onto it; `now` are those of them who can act (`teamNow`). */
export function teamViews(file: CaseFile, now: readonly Assignment[], names: Names): AssignmentView[] {
  const acting = new Set(now.map(({ id }) => id));
  return (['NONE', 'ASKED'] as const).flatMap((conflict) =>
    placesOn(file, conflict).map(({ id, role, personId }) => ({
      role,
      personId,
      name: nameOf(names, personId),
      isAsked: conflict === 'ASKED',
      isGuest: isGuest(file, personId),
      hasLeft: conflict === 'NONE' && !acting.has(id),
    })),
  );
}

/**
 * In whose hands the case is now: those on the team in the role that owns its state who may act in it; otherwise whoever holds that role
 * where the role sees each case, and for every other the triage leads, who assign somebody. A guest from outside carries none. So no case is
 * ever without somebody who carries it.
 */
export async function heldBy(
  db: EntityManager,
  looking: Looking,
  file: CaseFile,
  { today, names }: { today: Day; names: Names },
): Promise<HeldBy> {
  const owner: RoleCode = STATES[file.case.state as State].owner;
  const facts = await collectFacts(db, looking, file, { role: owner, personId: null }, {}, today);
  const acting = facts.assigned
    .filter(({ role, personId }) => role === owner && !isGuest(file, personId))
    .filter(({ personId }) =>
      mayActInState(file.policy.rows, { ...facts, actor: { role: owner, personId } }),
    );
  if (acting.length > 0)
    return { role: owner, names: acting.map(({ personId }) => nameOf(names, personId)), lacks: null };
  const carrier = owner === 'INT' ? 'INT' : 'TRI';
  return { role: carrier, names: [], lacks: owner === carrier ? null : owner };
}

/** Steps that wait for a second person, and who of the team may agree: nobody who proposed them, and no guest. */
export function proposalViews(
  file: CaseFile,
  acting: readonly Acting[],
  names: Names,
): WaitingProposalView[] {
  return file.proposals
    .filter(({ status }) => status === 'OPEN')
    .map((proposal) => {
      const { step, proposedBy, proposedOn, dueOn } = proposal;
      const agreedBy = secondRoleOf(proposal);
      const ids = acting
        .filter(({ place, roles }) => roles.includes(agreedBy) && !isGuest(file, place.personId))
        .map(({ place }) => place.personId)
        .filter((id) => id !== proposedBy);
      return {
        step,
        proposedBy: nameOf(names, proposedBy),
        proposedOn,
        dueOn,
        agreedBy,
        mayAgree: [...new Set(ids)].map((id) => nameOf(names, id)),
      };
    });
}

/** Who is kept out, those too who were let in again. */
export function exclusionViews(file: CaseFile, words: OpenWords, names: Names): ExclusionView[] {
  return file.exclusions.map((row) => ({
    n: row.n,
    ground: row.ground,
    person: row.personId && nameOf(names, row.personId),
    unit: words.maybe('exclusions', 'unitSealed', row.id, row.unitSealed),
    excludedBy: row.excludedBy && nameOf(names, row.excludedBy),
    excludedOn: row.excludedOn,
    endedOn: row.endedOn,
  }));
}

/** Who opened the case in an emergency, and what the protection officer said of it. */
export function breakGlassViews(file: CaseFile, words: OpenWords, names: Names): BreakGlassView[] {
  return file.glassBroken.map((row) => ({
    n: row.n,
    by: nameOf(names, row.personId),
    role: row.role,
    reason: words.text('break_glass', 'reasonSealed', row.id, row.reasonSealed),
    openedAt: row.openedAt,
    until: row.until,
    reviewedBy: row.reviewedBy && nameOf(names, row.reviewedBy),
    reviewedOn: row.reviewedOn,
    wasNeeded: row.wasNeeded,
  }));
}

/** Everybody whom these views name. */
export function idsIn({ exclusions, glassBroken, guests }: CaseFile): (string | null)[] {
  return [
    ...exclusions.flatMap(({ personId, excludedBy }) => [personId, excludedBy]),
    ...guests.flatMap(({ personId, invitedBy }) => [personId, invitedBy]),
    ...glassBroken.flatMap(({ personId, reviewedBy }) => [personId, reviewedBy]),
  ];
}

function isGuest({ guests }: CaseFile, id: string): boolean {
  return guests.some(({ personId }) => personId === id);
}
