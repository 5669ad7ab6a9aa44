import type { Day } from '../platform/time';
import { coversOf, mandateStatus } from '../rules/mandates';
import type { HolderRole } from '../rules/roles';
import type { CaseFile } from './case-file';
import type { OpenWords } from './open-words';
import type { MandateView } from './party-views';

/**
 * Who speaks for the person, oldest first. `reader` holds a receipt and may be one of them: why staff decided as they did may tell of the
 * person's fear of exactly them, so of holders she alone reads it. `names`: of the parties whose name the reader may know, by party.
 */
export function mandateViews(
  file: CaseFile,
  words: OpenWords,
  today: Day,
  reader: { partyId: string; role: HolderRole } | null = null,
  names: ReadonlyMap<string, string> = new Map(),
): MandateView[] {
  return file.mandates.map((row) => ({
    n: row.n,
    own: row.partyId === reader?.partyId,
    name: names.get(row.partyId) ?? null,
    status: mandateStatus(row, today),
    basis: row.basis,
    covers: coversOf(row.covers),
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
    reasons:
      reader === null || reader.role === 'RH'
        ? words.maybe('mandates', 'reasonsSealed', row.id, row.reasonsSealed)
        : null,
  }));
}
