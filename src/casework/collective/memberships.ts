import type { EntityManager } from 'typeorm';
import { newId } from '../../platform/ids';
import { Refusal } from '../../platform/refusal';
import type { Day } from '../../platform/time';
import { Case } from '../../records/entities/case';
import { JoinCode } from '../../records/entities/join-code';
import { Membership } from '../../records/entities/membership';
import { canBeJoined, isUsable } from '../../rules/collective';
import type { State } from '../../rules/states';
import { normaliseLetterCode } from '../../vault/letter-codes';
import type { Vault } from '../../vault/vault';
import { nextNumber, type CaseContext, type Deed } from '../step-context';
import { standingMembership } from './members';

/** A place that was taken: in which complaint, and up to which message to all members it is too late to get them. */
export interface Place {
  groupCaseId: string;
  groupReference: string;
  newsUpTo: number;
}

/** What of a code is kept. */
export function joinCodeHash(vault: Vault, letters: string): string {
  return vault.hash('code of a collective complaint', letters);
}

/** The row of a code, however it was typed. Refuses one that was never made or was ended: whoever guesses learns no more. */
export async function joinCodeTyped(db: EntityManager, vault: Vault, typed: string): Promise<JoinCode> {
  // The same work for whatever was typed: one hash and one look-up.
  const codeHash = joinCodeHash(vault, normaliseLetterCode(typed) ?? '');
  const code = await db.findOneBy(JoinCode, { codeHash });
  if (!code) throw refused('not-found', 'unknown');
  return code;
}

/** Refuses a code that is over or has no place left, and a complaint that nobody can join any more. */
export function refuseUnusable(code: JoinCode, group: Case, today: Day): void {
  if (!canBeJoined(group.state as State)) throw refused('conflict', 'closed');
  if (code.until < today) throw refused('conflict', 'over');
  if (!isUsable(code, today)) throw refused('conflict', code.endedOn === null ? 'full' : 'unknown');
}

const FAULTS = {
  unknown: 'error.join-code.unknown',
  closed: 'error.join-code.closed',
  over: 'error.join-code.over',
  full: 'error.join-code.full',
} as const;

function refused(kind: 'not-found' | 'conflict', why: keyof typeof FAULTS): Refusal {
  return new Refusal(kind, 'This code lets nobody join a collective complaint.', [
    { name: 'joinCode', field: 'joinCode', sentence: FAULTS[why] },
  ]);
}

/**
 * Takes a place with this code for the case of this reference, inside a change of the collective complaint, whose history tells it. Of two
 * who come for the last place, one gets it. The complaint is locked after the case of the member, always.
 */
export async function takePlace(
  context: CaseContext,
  codeId: string,
  memberReference: string,
): Promise<Deed<Place>> {
  const { db, file, today } = context;
  const code = await db.findOneByOrFail(JoinCode, { id: codeId });
  refuseUnusable(code, file.case, today);
  await context.update(JoinCode, code.id, { used: code.used + 1 });
  return {
    act: 'member-joined',
    facts: { joinCode: code.n, otherCase: memberReference },
    result: {
      groupCaseId: context.caseId,
      groupReference: file.case.reference,
      newsUpTo: file.memberNews.at(-1)?.n ?? 0,
    },
  };
}

/** A new row of a case that took a place. */
export function membershipRow(caseId: string, n: number, place: Place, today: Day): Membership {
  const { groupCaseId, newsUpTo } = place;
  return { id: newId(), caseId, n, groupCaseId, joinedOn: today, endedOn: null, newsUpTo };
}

/** Inside a change of a case: takes a place for it with this code. */
export async function join(context: CaseContext, typed: string): Promise<void> {
  const { db, vault, file, caseId } = context;
  const code = await joinCodeTyped(db, vault, typed);
  const place = await context.elsewhere(code.caseId, (group) =>
    takePlace(group, code.id, file.case.reference),
  );
  await context.insert(Membership, membershipRow(caseId, nextNumber(file.memberships), place, context.today));
}

/** Inside a change of a case: ends its membership, if one stands. The history of the collective complaint tells it, unless that was erased. */
export async function endMembership(context: CaseContext): Promise<void> {
  const { db, file, today } = context;
  const standing = standingMembership(file);
  if (!standing) return;
  await context.update(Membership, standing.id, { endedOn: today });
  const group = await db.findOneByOrFail(Case, { id: standing.groupCaseId });
  if (group.erasedOn !== null) return;
  await context.elsewhere(group.id, async () => ({
    act: 'member-left',
    facts: { otherCase: file.case.reference },
    result: undefined,
  }));
}
