import { In, IsNull, type EntityManager } from 'typeorm';
import { onlySeen, type Reader } from '../../people/sight';
import { Case } from '../../records/entities/case';
import { Exclusion } from '../../records/entities/exclusion';
import { Merger } from '../../records/entities/merger';
import type { Person } from '../../records/entities/person';
import { STATES, type State } from '../../rules/states';
import type { Vault } from '../../vault/vault';
import type { CaseFile } from '../case-file';
import type { MyMembershipView } from '../collective/views';
import { isKeptOut } from '../team/team';
import type { MyMergerView } from './views';

/** The merger of a case that stands. */
export function standingMerger({ mergers }: Pick<CaseFile, 'mergers'>): Merger | undefined {
  return mergers.find(({ endedOn }) => endedOn === null);
}

/** The state in which a case was joined to the one in which it is looked at; null where it is looked at itself. */
export function stateBeforeMerger(file: Pick<CaseFile, 'mergers'>): State | null {
  return (standingMerger(file)?.stateBefore ?? null) as State | null;
}

/** The case in which what a merger names is looked at now: that one may have been joined to a further one. */
export async function goesOnIn(db: EntityManager, { intoCaseId }: Pick<Merger, 'intoCaseId'>): Promise<Case> {
  let id = intoCaseId;
  // A case is joined to an open one, and is closed then: no way leads back. One joined later may lead on once more.
  for (const been = new Set<string>(); !been.has(id);) {
    been.add(id);
    const further = await db.findOneBy(Merger, { caseId: id, endedOn: IsNull() });
    if (further) id = further.intoCaseId;
  }
  return db.findOneByOrFail(Case, { id });
}

/** Whether somebody is kept out of a case that is looked at in this one: nobody decides by a way round what they may not decide. */
export async function isKeptOutOfJoined(
  db: EntityManager,
  vault: Vault,
  { case: { id } }: Pick<CaseFile, 'case'>,
  person: Person,
): Promise<boolean> {
  const joined = await lookedAtIn(db, id);
  const exclusions = joined.length > 0 ? await db.findBy(Exclusion, { caseId: In(joined) }) : [];
  return isKeptOut(vault, { exclusions }, person);
}

/** This case and whichever are looked at together with it. */
export async function lookedAtTogether(db: EntityManager, caseId: string): Promise<string[]> {
  const standing = await db.findOneBy(Merger, { caseId, endedOn: IsNull() });
  const root = standing ? (await goesOnIn(db, standing)).id : caseId;
  return [root, ...(await lookedAtIn(db, root))];
}

/** Cases that are looked at in this one, at any remove. */
async function lookedAtIn(db: EntityManager, id: string): Promise<string[]> {
  const seen = new Set<string>();
  for (let into = [id]; into.length > 0;) {
    const joined = await db.findBy(Merger, { intoCaseId: In(into), endedOn: IsNull() });
    into = joined.map(({ caseId }) => caseId).filter((caseId) => !seen.has(caseId));
    into.forEach((caseId) => seen.add(caseId));
  }
  return [...seen];
}

/** Codes of closing that say nothing of what a case tells of. */
const NOTHING_SAID: readonly (string | null)[] = [
  'CR-DECLINED',
  'CR-REFERRED',
  'CR-LOSTCONTACT',
  'CR-PARALLEL',
];

/** Whether a case ended and nobody decided on the matter, so that whoever is looked at in it would wait for nothing. */
export function endedUndecided({
  state,
  closureCode,
  involvement,
}: Pick<Case, 'state' | 'closureCode' | 'involvement'>): boolean {
  if (state !== 'closed') return STATES[state as State].ended;
  // Of a case that went on by itself after its person withdrew, somebody found whether the organisation was involved.
  return NOTHING_SAID.includes(closureCode) || (closureCode === 'CR-WITHDRAWN' && involvement === null);
}

/** Whether a case that has ended is looked at in one that has not. */
export async function isLookedAtElsewhere(db: EntityManager, caseId: string): Promise<boolean> {
  const standing = await db.findOneBy(Merger, { caseId, endedOn: IsNull() });
  return standing !== null && !STATES[(await goesOnIn(db, standing)).state as State].ended;
}

/** That a case goes on in another one, as the person knows it who lodged it; null where it was not joined to another one. */
export async function myMergerView(
  db: EntityManager,
  file: Pick<CaseFile, 'mergers'>,
): Promise<MyMergerView | null> {
  const standing = standingMerger(file);
  if (!standing) return null;
  const { state } = await goesOnIn(db, standing);
  return { joinedOn: standing.mergedOn, isOver: STATES[state as State].ended };
}

/** Where a case goes on, for staff; null, too, where the reader may not see the case in which it goes on. */
export async function mergerView(
  db: EntityManager,
  file: Pick<CaseFile, 'mergers'>,
  reader: Reader,
): Promise<MyMembershipView | null> {
  const standing = standingMerger(file);
  if (!standing) return null;
  const { id, reference, state, erasedOn } = await goesOnIn(db, standing);
  const into = db.createQueryBuilder(Case, 'c').where({ id });
  if (!(await onlySeen(into, 'c.id', reader).getExists())) return null;
  return { reference, state: state as State, joinedOn: standing.mergedOn, erasedOn };
}

/** Cases that were joined to this one and that the reader may see; of others not even that they are there. */
export async function mergedHere(
  db: EntityManager,
  { case: { id } }: CaseFile,
  reader: Reader,
): Promise<{ reference: string; state: State }[]> {
  const joined = await db.findBy(Merger, { intoCaseId: id, endedOn: IsNull() });
  if (joined.length === 0) return [];
  const query = db
    .createQueryBuilder(Case, 'c')
    .select(['c.id', 'c.reference', 'c.state'])
    .where({ id: In(joined.map(({ caseId }) => caseId)) });
  const seen = await onlySeen(query, 'c.id', reader).orderBy('c.id').getMany();
  return seen.map(({ reference, state }) => ({ reference, state: state as State }));
}
