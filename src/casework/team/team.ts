import { type EntityManager, In, IsNull } from 'typeorm';
import { unitHashOf } from '../../people/units';
import { Assignment } from '../../records/entities/assignment';
import type { Case } from '../../records/entities/case';
import type { Exclusion } from '../../records/entities/exclusion';
import { Person } from '../../records/entities/person';
import type { StepAnswers } from '../../rules/needs/facts';
import type { ConflictAnswer } from '../../rules/sight';
import type { Vault } from '../../vault/vault';
import type { CaseFile } from '../case-file';

/** Places on the team that go on and whose holder said this of conflicts of interest. */
export function placesOn(file: Pick<CaseFile, 'assignments'>, answer: ConflictAnswer): Assignment[] {
  return file.assignments.filter(
    ({ endedOn, conflictDeclared }) => endedOn === null && conflictDeclared === answer,
  );
}

/** Somebody who can act on a team. */
export interface Acting {
  place: Assignment;
  roles: readonly string[];
}

/**
 * The team as it can act now: places whose holder is still active and still holds the role. Whoever left is on no team any more, whether or
 * not the place was handed over.
 */
export async function teamNow(db: EntityManager, file: Pick<CaseFile, 'assignments'>): Promise<Assignment[]> {
  return (await actingOn(db, file)).map(({ place }) => place);
}

/** The same with every role of each, in which they may act besides the one they are there for. */
export async function actingOn(db: EntityManager, file: Pick<CaseFile, 'assignments'>): Promise<Acting[]> {
  const places = placesOn(file, 'NONE');
  if (places.length === 0) return [];
  const holders = await db.findBy(Person, { id: In(places.map(({ personId }) => personId)), active: true });
  const rolesOf = new Map(holders.map((person) => [person.id, person.roles]));
  return places
    .map((place) => ({ place, roles: rolesOf.get(place.personId) ?? [] }))
    .filter(({ place, roles }) => roles.includes(place.role));
}

export function standingExclusions(file: Pick<CaseFile, 'exclusions'>): Exclusion[] {
  return file.exclusions.filter(({ endedOn }) => endedOn === null);
}

/** Somebody, or a unit, that is kept out of a case. */
export type KeptOut = Pick<Exclusion, 'personId' | 'unitHash'>;

/** Whether this person, or the unit of this person, is kept out of the case. */
export function isKeptOut(vault: Vault, file: Pick<CaseFile, 'exclusions'>, person: Person): boolean {
  return isAmong(standingExclusions(file), person, unitHashOf(vault, person.unit));
}

/** Whether somebody has a place on another case, is asked for one or is its guest, whom the exclusions of this one keep out. */
export async function hasKeptOut(
  db: EntityManager,
  vault: Vault,
  other: Pick<Case, 'id'>,
  file: Pick<CaseFile, 'exclusions'>,
): Promise<boolean> {
  if (standingExclusions(file).length === 0) return false;
  const places = await db.findBy(Assignment, { caseId: other.id, endedOn: IsNull() });
  const people = await db.findBy(Person, [
    { id: In(places.map(({ personId }) => personId)), active: true },
    { guestCaseId: other.id, active: true },
  ]);
  return people.some((person) => isKeptOut(vault, file, person));
}

/** Whom these answers of a step would keep out; `self` is who takes it. */
export function keptOutBy(vault: Vault, self: string | null, answers: StepAnswers): KeptOut[] {
  if (answers.recusalGround) return [{ personId: self, unitHash: null }];
  if (!answers.exclusionGround) return [];
  return [
    {
      personId: (answers.person as string | undefined) ?? null,
      unitHash: unitHashOf(vault, (answers.unit as string | undefined) ?? null),
    },
  ];
}

/** Whether an active triage lead is left whom neither the case as it is nor these further exclusions keep out. */
export async function leadIsLeft(
  db: EntityManager,
  vault: Vault,
  file: Pick<CaseFile, 'exclusions'>,
  further: readonly KeptOut[],
): Promise<boolean> {
  if (further.length === 0) return true;
  const leads = (await db.findBy(Person, { active: true })).filter(({ roles }) => roles.includes('TRI'));
  const out = [...standingExclusions(file), ...further];
  return leads.some((lead) => !isAmong(out, lead, unitHashOf(vault, lead.unit)));
}

function isAmong(out: readonly KeptOut[], person: Person, unitHash: string | null): boolean {
  return out.some((each) => each.personId === person.id || (unitHash !== null && each.unitHash === unitHash));
}
