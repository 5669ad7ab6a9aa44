import { Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull, type ObjectLiteral, type SelectQueryBuilder } from 'typeorm';
import { Refusal } from '../platform/refusal';
import { Time, type Instant } from '../platform/time';
import { Assignment } from '../records/entities/assignment';
import { BreakGlass } from '../records/entities/break-glass';
import { Case } from '../records/entities/case';
import { Exclusion } from '../records/entities/exclusion';
import { CASE_ROLES, type RoleCode } from '../rules/roles';
import { BREAK_GLASS_HOURS, INTAKE_STATES, reachOf, type ConflictAnswer, type Reach } from '../rules/sight';
import type { Officer, Visitor } from './visitor';

const HOUR_IN_MS = 3_600_000;

/** Somebody who reads cases, as far as it decides which ones they see. */
export interface Reader {
  personId: string;
  unitHash: string | null;
  /** Roles in which they may be on a team. */
  roles: readonly RoleCode[];
  reach: Reach;
  /** The one case of a guest, beside which there is none; null for whoever works here. */
  onlyCase: string | null;
  now: Instant;
  /** No case that is open to them in an emergency now stays so for longer. */
  endOfEmergencies: Instant;
  /** Whoever is asked onto a team and has not answered is let in too: to say whether they have a conflict of interest, and for nothing else. */
  alsoAsked: boolean;
}

/**
 * Who sees which case. Every way of staff to a case or a list of cases leads through a `Reader`; whoever may not see a case gets the same
 * answer, after the same query, as when there is none.
 */
@Injectable()
export class Sight {
  constructor(private readonly time: Time) {}

  /** Refuses whoever reads no cases: administrators run the system, auditors read histories. */
  readerOf(visitor: Visitor): Reader {
    if (visitor.kind !== 'officer') throw new Refusal('not-signed-in', 'Sign in first.');
    const roles = visitor.roles.filter((role) => CASE_ROLES.includes(role));
    const reach = reachOf(roles);
    if (!reach) throw new Refusal('forbidden', 'Your role does not read cases.');
    return this.reader(visitor, roles, reach);
  }

  /** Somebody who reads every history under pseudonyms, but for those of cases that they are kept out of. Refuses whoever is no auditor. */
  auditorOf(visitor: Visitor): Reader {
    if (visitor.kind !== 'officer' || !visitor.roles.includes('AUD'))
      throw new Refusal('forbidden', 'This is for auditors.');
    return this.reader(visitor, [], 'EVERY');
  }

  /** Those as whom a visitor may read a history: as case staff with names, before as an auditor without. Refuses who is neither. */
  readersOfHistory(visitor: Visitor): { reader: Reader; forStaff: boolean }[] {
    if (visitor.kind !== 'officer' || !visitor.roles.includes('AUD'))
      return [{ reader: this.readerOf(visitor), forStaff: true }];
    const asAuditor = { reader: this.auditorOf(visitor), forStaff: false };
    if (reachOf(visitor.roles) === null) return [asAuditor];
    return [{ reader: this.readerOf(visitor), forStaff: true }, asAuditor];
  }

  private reader({ personId, unitHash, guest }: Officer, roles: readonly RoleCode[], reach: Reach): Reader {
    const onlyCase = guest?.caseId ?? null;
    const endOfEmergencies = this.time.furthestEnd(BREAK_GLASS_HOURS * HOUR_IN_MS);
    const now = this.time.instant();
    return { personId, unitHash, roles, reach, onlyCase, now, endOfEmergencies, alsoAsked: false };
  }
}

/** Leaves out of a query every case that the reader may not see. `caseId` is the expression that names the case in it. */
export function onlySeen<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  caseId: string,
  reader: Reader,
): SelectQueryBuilder<T> {
  leaveOutExcluded(query, caseId, reader);
  if (reader.reach === 'TEAM') return onlyOwn(query, caseId, reader);
  leaveOutOthers(query, caseId, reader);
  if (reader.reach === 'EVERY') return query;
  return query.andWhere(isOwnOrAtIntake(query, caseId, reader));
}

/**
 * Leaves out of a query every case that the reader, or the reader's unit, is kept out of. `oneByOne`, for a list that ends after a few
 * cases: looks each up when it is reached, where PostgreSQL would read every exclusion there is first.
 */
export function leaveOutExcluded<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  caseId: string,
  { personId, unitHash }: Pick<Reader, 'personId' | 'unitHash'>,
  { oneByOne = false } = {},
): SelectQueryBuilder<T> {
  const excluded = query
    .subQuery()
    .select('1')
    .from(Exclusion, 'sx')
    .where(`sx.caseId = ${caseId}`)
    .andWhere('sx.endedOn IS NULL')
    // Whoever belongs to no unit has null here, which equals nothing.
    .andWhere('(sx.personId = :reader OR sx.unitHash = :unitOfReader)');
  if (oneByOne) notAhead(excluded);
  return query
    .andWhere(`NOT EXISTS ${excluded.getQuery()}`)
    .setParameters({ reader: personId, unitOfReader: unitHash });
}

/** Whether there is any case that the reader, or the reader's unit, is kept out of. */
export function isKeptOut(db: EntityManager, { personId, unitHash }: Reader): Promise<boolean> {
  const standing = { endedOn: IsNull() };
  return db.existsBy(Exclusion, [
    { personId, ...standing },
    ...(unitHash === null ? [] : [{ unitHash, ...standing }]),
  ]);
}

/** Keeps PostgreSQL from turning a look for one row into a join: a query with an offset, even of none, stays as it is. */
export function notAhead<T extends ObjectLiteral>(looked: SelectQueryBuilder<T>): SelectQueryBuilder<T> {
  return looked.limit(1).offset(0);
}

/** Cases of the reader's own: on their team, or opened in an emergency a short while ago. */
export function onlyOwn<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  caseId: string,
  reader: Reader,
): SelectQueryBuilder<T> {
  leaveOutOthers(query, caseId, reader);
  return query.andWhere(isOwn(query, caseId, reader));
}

/** One list and not two conditions with “or”, for which PostgreSQL would look at every case. SQLite takes no brackets around its parts. */
function isOwn<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  caseId: string,
  reader: Reader,
): string {
  const own = [teamOf(query, reader), brokenBy(query, reader)].map((each) => each.slice(1, -1));
  return `${caseId} IN (${own.join(' UNION ALL ')})`;
}

/** Leaves out of a query every case but the one of a guest, whatever team somebody put them on. */
function leaveOutOthers<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  caseId: string,
  { onlyCase }: Reader,
): void {
  if (onlyCase !== null) query.andWhere(`${caseId} = :onlyCaseOfReader`, { onlyCaseOfReader: onlyCase });
}

/** Lines of a case without the references of other cases that the reader may not see. `where` is the field that tells them. */
export async function hideUnseenCases<
  Where extends string,
  Line extends Record<Where, Record<string, unknown>>,
>(db: EntityManager, reader: Reader, lines: readonly Line[], where: Where): Promise<Line[]> {
  const named = lines.flatMap((line) =>
    typeof line[where].otherCase === 'string' ? [line[where].otherCase] : [],
  );
  if (named.length === 0) return [...lines];
  const query = db
    .createQueryBuilder(Case, 'c')
    .select(['c.id', 'c.reference'])
    .where({ reference: In(named) });
  const seen = new Set((await onlySeen(query, 'c.id', reader).getMany()).map(({ reference }) => reference));
  return lines.map((line) => {
    const { otherCase, ...others } = line[where];
    const isHidden = typeof otherCase === 'string' && !seen.has(otherCase);
    return isHidden ? { ...line, [where]: others } : line;
  });
}

/** For IN and not EXISTS: the few cases of one person are found first, and the others never looked at. */
function teamOf<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  { personId, roles, alsoAsked }: Reader,
): string {
  const answers: ConflictAnswer[] = alsoAsked ? ['NONE', 'ASKED'] : ['NONE'];
  query.setParameters({ reader: personId, rolesOfReader: roles, conflictAnswers: answers });
  const own = query
    .subQuery()
    .select('sa.caseId')
    .from(Assignment, 'sa')
    .where('sa.personId = :reader')
    .andWhere('sa.endedOn IS NULL')
    .andWhere('sa.conflictDeclared IN (:...conflictAnswers)')
    .andWhere('sa.role IN (:...rolesOfReader)');
  return own.getQuery();
}

function brokenBy<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  { personId, now, endOfEmergencies }: Reader,
): string {
  query.setParameters({ reader: personId, nowOfReader: now, endOfEmergencies });
  const opened = query
    .subQuery()
    .select('sb.caseId')
    .from(BreakGlass, 'sb')
    .where('sb.personId = :reader')
    .andWhere('sb.until > :nowOfReader AND sb.until <= :endOfEmergencies');
  return opened.getQuery();
}

/** Looked up case by case, when it is reached: as lists, PostgreSQL would read every case at intake first. */
function isOwnOrAtIntake<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  caseId: string,
  reader: Reader,
): string {
  query.setParameters({ intakeStates: INTAKE_STATES });
  const own = isOwn(query, 'sc.id', reader);
  const there = query
    .subQuery()
    .select('1')
    .from(Case, 'sc')
    .where(`sc.id = ${caseId}`)
    .andWhere(`(sc.state IN (:...intakeStates) OR ${own})`);
  return `EXISTS ${notAhead(there).getQuery()}`;
}
