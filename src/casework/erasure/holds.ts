import type { Day } from '../../platform/time';
import type { ErasureRequest } from '../../records/entities/erasure-request';
import type { LegalHold } from '../../records/entities/legal-hold';
import type { CaseFile } from '../case-file';

/** A legal hold as the rules see it, whether it has a row yet or not. */
export interface Hold {
  /** Null for the one that holds from receipt, until it was reviewed. */
  row: LegalHold | null;
  n: number;
  ground: string;
  placedBy: string | null;
  placedOn: Day;
}

type Held = Pick<CaseFile, 'case' | 'holds'>;

/** Every legal hold that stands. The one from receipt is a fact of the case: no lodging has to write a row for it. */
export function standingHolds({ case: row, holds }: Held): Hold[] {
  const kept = holds
    .filter(({ releasedOn }) => releasedOn === null)
    .map((hold) => ({ row: hold, ...pick(hold) }));
  const isTold = holds.some(({ ground }) => ground === 'SYSTEM_NAMED');
  const fromReceipt = { row: null, n: 1, ground: 'SYSTEM_NAMED', placedBy: null, placedOn: row.lodgedOn };
  return row.legalHold && !isTold ? [fromReceipt, ...kept] : kept;
}

/** The number of the next hold; 1 is the one from receipt where there is one. */
export function nextHoldNumber({ case: row, holds }: Held): number {
  return Math.max(row.legalHold ? 1 : 0, ...holds.map(({ n }) => n)) + 1;
}

/** The request for erasure that waits for a decision, if any. */
export function openRequest({
  erasureRequests,
}: Pick<CaseFile, 'erasureRequests'>): ErasureRequest | undefined {
  return erasureRequests.find(({ status }) => status === 'OPEN');
}

function pick({ n, ground, placedBy, placedOn }: LegalHold): Omit<Hold, 'row'> {
  return { n, ground, placedBy, placedOn };
}
