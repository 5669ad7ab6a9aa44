import { readEntry } from '../../ledger/entry';
import type { Case } from '../../records/entities/case';
import type { DisposalBatch } from '../../records/entities/disposal-batch';
import type { DisposalItem } from '../../records/entities/disposal-item';
import type { Entry } from '../../records/entities/entry';
import type { Agreed } from './agreement';

/**
 * What a disposal certificate says, line by line: the batch and its schedule, who proposed and agreed (as the ledger names them) with the leaf
 * hash (hex) of the entry of the house that says so, then each case with its reference, its name in the ledger, the number and leaf hash (hex) of the entry that tells of it, and whether its key was
 * missing before; then each case that was kept back, and why.
 */
export function certificateLines(
  batch: DisposalBatch,
  { proposed, agreed }: Agreed,
  items: readonly DisposalItem[],
  cases: ReadonlyMap<string, Pick<Case, 'ledgerId' | 'reference'>>,
  entries: readonly Pick<Entry, 'ledgerId' | 'n' | 'leafHash' | 'body'>[],
): string[] {
  const told = new Map(
    entries.map(({ ledgerId, n, leafHash, body }) => [
      `${ledgerId} ${n}`,
      readEntry(body)?.facts.missingKeys ? `${leafHash} key-was-missing` : leafHash,
    ]),
  );
  const erased = items.filter(({ status }) => status === 'ERASED');
  return [
    `batch ${batch.id}`,
    `schedule ${batch.schedule}`,
    `proposed ${batch.proposedAt} ${batch.proposedBy} ${proposed}`,
    `agreed ${batch.settledAt} ${batch.settledBy} ${batch.settledByRole} ${agreed}`,
    `done ${batch.doneAt}`,
    `erased ${erased.length} of ${items.length}`,
    ...items.map(({ n, caseId, status, entryN, keptBack }) => {
      const { ledgerId, reference } = cases.get(caseId)!;
      return status === 'ERASED'
        ? `${n} ${reference} ${ledgerId} ${entryN} ${told.get(`${ledgerId} ${entryN}`)}`
        : `${n} ${reference} ${ledgerId} kept-back ${keptBack}`;
    }),
  ];
}
