import type { EntityManager } from 'typeorm';
import { onlySeen, type Reader } from '../../people/sight';
import type { Day } from '../../platform/time';
import { Case } from '../../records/entities/case';
import type { JoinCode } from '../../records/entities/join-code';
import { isUsable, toldCount } from '../../rules/collective';
import type { State } from '../../rules/states';
import type { CaseFile } from '../case-file';
import type { CollectiveView, JoinCodeView, MyCollectiveView, MyMembershipView } from './views';
import { standingMembers, standingMembership } from './members';

const MOST_MEMBERS_LISTED = 200;

/** What whoever leads a collective complaint knows of it: of its members how many, and that only from five on. Null for any other. */
export async function myCollectiveView(
  db: EntityManager,
  file: CaseFile,
  today: Day,
): Promise<MyCollectiveView | null> {
  if (file.case.complainantRole !== 'group') return null;
  const { id } = file.case;
  return { ...groupFacts(file, today), members: toldCount(await standingMembers(db, id).getCount()) };
}

/** The same for staff, with the cases of members that the reader may see: others are neither listed nor counted. */
export async function collectiveView(
  db: EntityManager,
  file: CaseFile,
  reader: Reader,
  today: Day,
): Promise<CollectiveView | null> {
  if (file.case.complainantRole !== 'group') return null;
  const seen = onlySeen(standingMembers(db, file.case.id), 'c.id', reader);
  const listed = await seen
    .clone()
    .select(['c.id', 'c.reference', 'c.state'])
    .orderBy('c.id')
    .limit(MOST_MEMBERS_LISTED)
    .getMany();
  return {
    ...groupFacts(file, today),
    membersSeen: await seen.getCount(),
    members: listed.map(({ reference, state }) => ({ reference, state: state as State })),
  };
}

/** The collective complaint that a case is part of, as the member knows it. */
export async function myMembershipView(db: EntityManager, file: CaseFile): Promise<MyMembershipView | null> {
  const standing = standingMembership(file);
  if (!standing) return null;
  const group = await db.findOneByOrFail(Case, { id: standing.groupCaseId });
  return {
    reference: group.reference,
    state: group.state as State,
    joinedOn: standing.joinedOn,
    erasedOn: group.erasedOn,
  };
}

/** The same for staff; null, too, where the reader may not see the collective complaint. */
export async function membershipView(
  db: EntityManager,
  file: CaseFile,
  reader: Reader,
): Promise<MyMembershipView | null> {
  const standing = standingMembership(file);
  if (!standing) return null;
  const group = db.createQueryBuilder(Case, 'c').where({ id: standing.groupCaseId });
  return (await onlySeen(group, 'c.id', reader).getExists()) ? myMembershipView(db, file) : null;
}

function groupFacts({ case: row, joinCodes }: CaseFile, today: Day) {
  const { estimatedSize, membershipMode, individualRemedyNeeded } = row;
  return {
    estimatedSize,
    membershipMode,
    individualRemedyNeeded,
    joinCodes: joinCodes.map((code) => joinCodeView(code, today)),
  };
}

/** How many joined with a code is told nobody: each code has places for at least five. */
function joinCodeView(code: JoinCode, today: Day): JoinCodeView {
  const { n, places, until, madeOn, endedOn, byRole } = code;
  const status =
    endedOn !== null ? 'ENDED' : until < today ? 'OVER' : isUsable(code, today) ? 'OPEN' : 'FULL';
  return { n, places, until, madeOn, endedOn, byRole, status };
}
