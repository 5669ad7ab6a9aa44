import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { onlySeen, type Reader } from '../people/sight';
import type { Day } from '../platform/time';
import { Article26Notice } from '../records/entities/article26-notice';
import { Assignment } from '../records/entities/assignment';
import { BreakGlass } from '../records/entities/break-glass';
import { Case } from '../records/entities/case';
import { Clock } from '../records/entities/clock';
import { EvidenceRequest } from '../records/entities/evidence-request';
import { InterimMeasure } from '../records/entities/interim-measure';
import { LateReport } from '../records/entities/late-report';
import { PreservationRequest } from '../records/entities/preservation-request';
import { ProtectionMeasure } from '../records/entities/protection-measure';
import { RemedyAction } from '../records/entities/remedy-action';
import { SupportRequest } from '../records/entities/support-request';
import { TeamTask } from '../records/entities/team-task';
import { TranslationRequest } from '../records/entities/translation-request';
import { CLOCK_CODES, clockRule } from '../rules/clocks';
import { PROTECTION_STATES, protectionStands } from '../rules/protection';
import { taskOfClock, type TaskKind } from '../rules/tasks';
import type { Agreement, Task } from './dashboard-views';

type Table = (new () => ObjectLiteral) & (new () => { caseId: string });

interface TaskRow {
  kind: TaskKind;
  table: Table;
  /** The column of each; null where there is none. */
  n: string | null;
  code: string | null;
  dueOn: string | null;
  /** Whose it is: its owner’s, the team’s, or of everybody who sees the case in a role that may do it. */
  of: 'owner' | 'team' | 'role';
  /** What is still open of it; `t` is the table. */
  open: string;
}

const OWED = CLOCK_CODES.filter((code) => clockRule(code).owedBy === 'organisation');
const STANDING = Object.keys(PROTECTION_STATES).filter(
  (status) => status !== 'PLANNED' && protectionStands(status),
);
/** No role has this code. */
const NONE = '';

// One kind of thing to do, one row. What makes a case due in the queue (`next-due.ts`) has its row here, but for what waits for agreement.
// prettier-ignore
const TASKS: readonly TaskRow[] = [
  { kind: 'CLOCK', table: Clock, n: null, code: 'code', dueOn: 'dueInternal', of: 'team', open: `t.status = 'RUNNING' AND t.code IN (:...owed)` },
  { kind: 'TEAM_TASK', table: TeamTask, n: 'n', code: null, dueOn: 'dueOn', of: 'owner', open: `t.status = 'OPEN'` },
  { kind: 'ACTION', table: RemedyAction, n: 'n', code: 'action', dueOn: 'dueOn', of: 'owner', open: `t.status IN ('AGREED', 'STARTED')` },
  { kind: 'MEASURE', table: InterimMeasure, n: 'n', code: 'measure', dueOn: 'dueOn', of: 'owner', open: `t.status = 'IM_ORDERED'` },
  { kind: 'PROTECTION', table: ProtectionMeasure, n: 'n', code: 'measure', dueOn: 'reviewOn', of: 'owner', open: `t.status = 'PLANNED'` },
  { kind: 'PROTECTION_REVIEW', table: ProtectionMeasure, n: 'n', code: 'measure', dueOn: 'reviewOn', of: 'owner', open: 't.status IN (:...standing)' },
  { kind: 'TRANSLATION_REQUEST', table: TranslationRequest, n: 'n', code: 'language', dueOn: 'dueOn', of: 'owner', open: `t.status = 'ASKED'` },
  { kind: 'EVIDENCE_REQUEST', table: EvidenceRequest, n: 'n', code: 'askedOf', dueOn: 'dueOn', of: 'team', open: `t.status = 'ASKED'` },
  { kind: 'PRESERVATION', table: PreservationRequest, n: 'n', code: 'logHolder', dueOn: 'dueOn', of: 'team', open: 't.answer IS NULL' },
  { kind: 'NOTICE', table: Article26Notice, n: 'n', code: 'addressee', dueOn: 'dueOn', of: 'team', open: 't.outcome IS NULL' },
  { kind: 'SUPPORT', table: SupportRequest, n: 'n', code: 'kind', dueOn: 'dueOn', of: 'team', open: `t.status = 'ASKED'` },
  { kind: 'EMERGENCY', table: BreakGlass, n: 'n', code: null, dueOn: null, of: 'role', open: `t.reviewedOn IS NULL AND 'PRT' IN (:...heldByReader) AND t.personId <> :me` },
];

interface RawTask {
  reference: string;
  n: number | null;
  code: string | null;
  dueOn: Day | null;
}

/** Everything that is open for somebody, in no order; of cases that they see. */
export async function readTasks(
  db: EntityManager,
  reader: Reader,
  { today, agreements }: { today: Day; agreements: readonly Agreement[] },
): Promise<Task[]> {
  const tasks: Task[] = [];
  const put = (kind: TaskKind, rows: readonly RawTask[]) => {
    for (const row of rows)
      tasks.push({
        kind: kind === 'CLOCK' ? taskOfClock(row.code!) : kind,
        ...row,
        overdue: row.dueOn !== null && row.dueOn < today,
      });
  };
  for (const task of TASKS) put(task.kind, await rowsOf(db, reader, task));
  put(
    'AGREEMENT',
    agreements.map(({ reference, step, dueOn }) => ({ reference, n: null, code: step, dueOn })),
  );
  put('REPRISAL_REVIEW', await reprisalReviews(db, reader));
  put('LATE_REPORT', await lateReports(db, reader));
  return tasks;
}

function rowsOf(db: EntityManager, reader: Reader, task: TaskRow): Promise<RawTask[]> {
  const query = db
    .createQueryBuilder(task.table, 't')
    .innerJoin(Case, 'c', 'c.id = t.caseId')
    .select('c.reference', 'reference')
    .addSelect(task.n ? `t.${task.n}` : 'NULL', 'n')
    .addSelect(task.code ? `t.${task.code}` : 'NULL', 'code')
    .addSelect(task.dueOn ? `t.${task.dueOn}` : 'NULL', 'dueOn')
    .where(task.open)
    .setParameters({
      owed: OWED,
      standing: STANDING,
      me: reader.personId,
      heldByReader: [NONE, ...reader.roles],
    });
  if (task.of === 'owner') query.andWhere('t.ownerId = :me');
  if (task.of === 'team') ofTeam(query, 't.caseId', reader);
  // A request for support has a clock of its own: it would stand here twice.
  if (task.table === Clock)
    query.andWhere(
      `NOT EXISTS ${query
        .subQuery()
        .select('1')
        .from(SupportRequest, 's')
        .where('s.caseId = t.caseId AND s.clockId = t.id')
        .getQuery()}`,
    );
  return onlySeen(query, 'c.id', reader).getRawMany<RawTask>();
}

function ofTeam(
  query: SelectQueryBuilder<ObjectLiteral>,
  caseId: string,
  { personId }: Reader,
): SelectQueryBuilder<ObjectLiteral> {
  const own = query
    .subQuery()
    .select('w.caseId')
    .from(Assignment, 'w')
    .where('w.personId = :me')
    .andWhere('w.endedOn IS NULL')
    .andWhere(`w.conflictDeclared = 'NONE'`);
  return query.andWhere(`${caseId} IN ${own.getQuery()}`).setParameter('me', personId);
}

function reprisalReviews(db: EntityManager, reader: Reader): Promise<RawTask[]> {
  const query = db
    .createQueryBuilder(Case, 'c')
    .select('c.reference', 'reference')
    .addSelect('NULL', 'n')
    .addSelect('c.reprisalLevel', 'code')
    .addSelect('c.reprisalReviewOn', 'dueOn')
    .where('c.reprisalReviewOn IS NOT NULL');
  return onlySeen(ofTeam(query, 'c.id', reader), 'c.id', reader).getRawMany<RawTask>();
}

/** Whoever stands on the rung that was told; the newest report of a case stands for those before it. */
function lateReports(db: EntityManager, reader: Reader): Promise<RawTask[]> {
  const query = db
    .createQueryBuilder(Case, 'c')
    .innerJoin(LateReport, 't', `t.caseId = c.id AND t.role = c.lateToldTo AND t.status = 'WAITING'`)
    .select('c.reference', 'reference')
    .addSelect('t.n', 'n')
    .addSelect('t.role', 'code')
    .addSelect('t.answerDueOn', 'dueOn')
    .where('c.lateToldTo IN (:...told)', { told: reader.roles });
  return onlySeen(query, 'c.id', reader).getRawMany<RawTask>();
}
