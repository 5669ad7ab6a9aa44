import { In, type EntityManager } from 'typeorm';
import type { Day } from '../../platform/time';
import { AiSystem } from '../../records/entities/ai-system';
import type { CaseFile } from '../case-file';
import type { OpenWords } from '../open-words';
import type { Article26NoticeView, NamedSystemView, PreservationRequestView } from './views';

/** The systems that a case names or named, in the order in which they were. */
export async function namedSystemViews(db: EntityManager, { systems }: CaseFile): Promise<NamedSystemView[]> {
  if (systems.length === 0) return [];
  const rows = await db.findBy(AiSystem, { number: In(systems.map((row) => row.systemNumber)) });
  const names = new Map(rows.map(({ number, systemName }) => [number, systemName]));
  return systems.map((row) => ({
    number: row.systemNumber,
    systemName: names.get(row.systemNumber)!,
    byRole: row.byRole,
    namedOn: row.namedOn,
    unnamedOn: row.unnamedOn,
  }));
}

export function preservationRequestViews(
  { preservationRequests }: CaseFile,
  words: OpenWords,
  today: Day,
): PreservationRequestView[] {
  const table = 'preservation_requests';
  return preservationRequests.map((row) => ({
    n: row.n,
    systemNumber: row.systemNumber,
    logHolder: row.logHolder,
    logs: words.text(table, 'logsSealed', row.id, row.logsSealed),
    byRole: row.byRole,
    askedOn: row.askedOn,
    dueOn: row.dueOn,
    overdue: row.answer === null && row.dueOn < today,
    answer: row.answer,
    answeredOn: row.answeredOn,
    reply: words.maybe(table, 'replySealed', row.id, row.replySealed),
  }));
}

/** In the order of duty; the report of Art. 73 after them, from when it fell to us. */
export function article26NoticeViews(
  { article26Notices }: CaseFile,
  words: OpenWords,
  today: Day,
): Article26NoticeView[] {
  return article26Notices.map((row) => ({
    n: row.n,
    systemNumber: row.systemNumber,
    ground: row.ground,
    addressee: row.addressee,
    since: row.since,
    dueOn: row.dueOn,
    overdue: row.outcome === null && row.dueOn < today,
    outcome: row.outcome,
    toldOn: row.toldOn,
    settledOn: row.settledOn,
    words: words.maybe('article26_notices', 'wordsSealed', row.id, row.wordsSealed),
    incidentKind: row.incidentKind,
  }));
}
