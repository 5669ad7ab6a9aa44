import type { Day } from '../platform/time';
import { mandateStatus } from '../rules/mandates';
import type { CaseFile } from './case-file';
import type { OpenWords } from './open-words';
import type { MandateView } from './views';

/** Who speaks for the person, oldest first; `partyId`: of the reader, who may be one of them. */
export function mandateViews(
  file: CaseFile,
  words: OpenWords,
  today: Day,
  partyId: string | null = null,
): MandateView[] {
  return file.mandates.map((row) => ({
    n: row.n,
    own: row.partyId === partyId,
    status: mandateStatus(row, today),
    basis: row.basis,
    covers: row.covers,
    since: row.since,
    until: row.until,
    proof: row.proof,
    limits: words.maybe('mandates', 'limitsSealed', row.id, row.limitsSealed),
    byRole: row.byRole,
    recordedOn: row.recordedOn,
    confirmedBy: row.confirmedBy,
    confirmedOn: row.confirmedOn,
    endedBy: row.endedBy,
    endedOn: row.endedOn,
    reasons: words.maybe('mandates', 'reasonsSealed', row.id, row.reasonsSealed),
  }));
}
