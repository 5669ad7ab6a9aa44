import type { EntityManager } from 'typeorm';
import { Entry } from '../records/entities/entry';
import { WaitingEntry } from '../records/entities/waiting-entry';
import { insert } from '../records/insert';
import { canonical, leafHash, type EntryBody } from './entry';
import { RecordedRows } from './recorded-rows';

/** What the caller says of a deed; the rest of the entry follows from what was written. */
export type Deed = Pick<EntryBody, 'act' | 'by' | 'on' | 'at' | 'from' | 'to' | 'facts' | 'sealed'>;

/** Writes the rows of one case, and the entry that tells of them. */
export class CaseChange extends RecordedRows {
  constructor(
    db: EntityManager,
    private readonly ids: { caseId: string; ledgerId: string },
    private readonly previous: { n: number; leafHash: string },
  ) {
    super(db, ids.caseId);
  }

  /** Writes the entry, to be given its place in the log; once, when everything else of the change is written. */
  async append(deed: Deed): Promise<{ n: number; leafHash: string }> {
    const n = this.previous.n + 1;
    const { ledgerId } = this.ids;
    const { act, at, by, facts, from, on, sealed, to } = deed;
    // In the order in which the entry tells them: put in order, it would take three times as long to write.
    const body = canonical({
      act,
      at,
      by: { ref: by.ref, role: by.role },
      case: ledgerId,
      facts,
      from,
      n,
      on,
      prev: this.previous.leafHash,
      rows: this.rows,
      sealed: sealed.map(({ commitment, name }) => ({ commitment, name })),
      to,
      v: 1,
    });
    const hash = leafHash(body);
    await insert(this.db, Entry, { ledgerId, n, body, leafHash: hash });
    await insert(this.db, WaitingEntry, { ledgerId, n });
    return { n, leafHash: hash };
  }
}
