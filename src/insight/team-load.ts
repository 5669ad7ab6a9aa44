import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { Accounts } from '../people/accounts';
import { Sight, type Reader } from '../people/sight';
import type { Visitor } from '../people/visitor';
import { Time, type Day } from '../platform/time';
import { Assignment } from '../records/entities/assignment';
import { Person } from '../records/entities/person';
import { Transactions } from '../records/transactions';
import { facet } from '../rules/queue';
import type { RoleCode } from '../rules/roles';
import { OPEN_STATES, STAGES } from '../rules/states';
import type { Load, LoadRow } from './dashboard-views';
import { LOAD_DEFINITIONS } from './definitions';
import { casesInQueue, IS_LEGALLY_LATE, openCases, stageOf, sumOf } from './open-cases';

/** How much work everybody has, and what nobody has; reads only. */
@Injectable()
export class ReadTeamLoad {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: Accounts,
    private readonly sight: Sight,
    private readonly time: Time,
  ) {}

  async run(visitor: Visitor): Promise<Load> {
    const reader = this.sight.readerOf(visitor);
    const today = this.time.today();
    return this.transactions.read(async (db) => ({
      asOf: today,
      definitions: LOAD_DEFINITIONS,
      people: await this.people(db, reader, today),
      stages: await stagesOf(db, reader),
    }));
  }

  /** Most cases first. */
  private async people(db: EntityManager, reader: Reader, today: Day): Promise<LoadRow[]> {
    const loads = await loadsOf(db, reader, today);
    const roles = await rolesOf(db, reader);
    const ids = loads.map(({ personId }) => personId);
    const names = await this.accounts.names(db, ids);
    const people = ids.length === 0 ? [] : await db.findBy(Person, { id: In(ids) });
    const active = new Set(people.filter((person) => person.active).map(({ id }) => id));
    return loads
      .map((load) => ({
        ...load,
        name: names.get(load.personId) ?? 'former member of staff',
        active: active.has(load.personId),
        roles: roles
          .filter(({ personId }) => personId === load.personId)
          .map(({ role, open }) => ({ role: role as RoleCode, open: Number(open) })),
      }))
      .sort((a, b) => b.open - a.open || a.name.localeCompare(b.name) || (a.personId < b.personId ? -1 : 1));
  }
}

type Counts = Pick<LoadRow, 'personId' | 'open' | 'legallyLate' | 'overdue' | 'asked'>;

/** Whoever has two roles in a case has it once. */
async function loadsOf(db: EntityManager, reader: Reader, today: Day): Promise<Counts[]> {
  const casesWhere = (condition: string) => `COUNT(DISTINCT CASE WHEN ${condition} THEN q.caseId END)`;
  const isOnTeam = `a.conflictDeclared = 'NONE'`;
  const rows = await placesOfTeams(db, reader)
    .select('a.personId', 'personId')
    .addSelect(casesWhere(isOnTeam), 'open')
    .addSelect(casesWhere(`${isOnTeam} AND ${IS_LEGALLY_LATE}`), 'legallyLate')
    .addSelect(casesWhere(`${isOnTeam} AND q.dueOn < :today`), 'overdue')
    .addSelect(casesWhere(`a.conflictDeclared = 'ASKED'`), 'asked')
    .setParameter('today', today)
    .groupBy('a.personId')
    .getRawMany<Record<keyof Counts, string | number>>();
  return rows
    .map(({ personId, ...counts }) => ({
      personId: String(personId),
      open: Number(counts.open),
      legallyLate: Number(counts.legallyLate),
      overdue: Number(counts.overdue),
      asked: Number(counts.asked),
    }))
    .filter(({ open, asked }) => open + asked > 0);
}

function rolesOf(
  db: EntityManager,
  reader: Reader,
): Promise<{ personId: string; role: string; open: number | string }[]> {
  return placesOfTeams(db, reader)
    .andWhere(`a.conflictDeclared = 'NONE'`)
    .select('a.personId', 'personId')
    .addSelect('a.role', 'role')
    .addSelect('COUNT(DISTINCT q.caseId)', 'open')
    .groupBy('a.personId')
    .addGroupBy('a.role')
    .orderBy('a.role')
    .getRawMany();
}

function placesOfTeams(db: EntityManager, reader: Reader) {
  return casesInQueue(db, reader).innerJoin(Assignment, 'a', 'a.caseId = q.caseId AND a.endedOn IS NULL');
}

async function stagesOf(db: EntityManager, reader: Reader): Promise<Load['stages']> {
  const query = openCases(db, reader);
  const team = query
    .subQuery()
    .select('1')
    .from(Assignment, 'a')
    .where('a.caseId = q.caseId')
    .andWhere('a.endedOn IS NULL')
    .andWhere(`a.conflictDeclared = 'NONE'`);
  const rows = await query
    .select('q.facet', 'facet')
    .addSelect('COUNT(*)', 'open')
    .addSelect(sumOf(`NOT EXISTS ${team.getQuery()}`), 'unassigned')
    .groupBy('q.facet')
    .getRawMany<{ facet: string; open: number | string; unassigned: number | string }>();
  const states = new Map(OPEN_STATES.map((state) => [facet('state', state), stageOf(state)]));
  return STAGES.map((stage) => {
    const ofStage = rows.filter((row) => states.get(row.facet) === stage);
    const sum = (name: 'open' | 'unassigned') => ofStage.reduce((all, row) => all + Number(row[name]), 0);
    return { stage, open: sum('open'), unassigned: sum('unassigned') };
  });
}
