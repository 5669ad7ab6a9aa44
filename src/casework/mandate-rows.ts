import { newId } from '../platform/ids';
import type { Day } from '../platform/time';
import type { Mandate } from '../records/entities/mandate';
import {
  CHOSEN_COVERS,
  mandateStatus,
  type MandateBasis,
  type MandateCover,
  type MandateStatus,
} from '../rules/mandates';
import type { HolderRole, RoleCode } from '../rules/roles';
import type { CaseFile } from './case-file';
import { decisionsOf } from './consent-rows';

/** A mandate of a party, as it is claimed: taken as said, whatever is not said. */
export function claimedMandate(
  of: { caseId: string; n: number; partyId: string; role: RoleCode; today: Day },
  basis: MandateBasis | null = null,
): Mandate {
  return {
    id: newId(),
    caseId: of.caseId,
    n: of.n,
    partyId: of.partyId,
    basis,
    covers: [],
    since: null,
    until: null,
    proof: null,
    limitsSealed: null,
    byRole: of.role,
    recordedOn: of.today,
    status: 'CLAIMED',
    confirmedBy: null,
    confirmedOn: null,
    endedBy: null,
    endedOn: null,
    reasonsSealed: null,
  };
}

/**
 * The mandate of somebody who was given a receipt to act: by the person herself it is her word that they decide for her; by whoever acts
 * for her it is a claim.
 */
export function mandateWithReceipt(of: {
  caseId: string;
  n: number;
  partyId: string;
  role: HolderRole;
  today: Day;
}): Mandate {
  const claimed = claimedMandate(of);
  if (of.role !== 'RH') return claimed;
  return {
    ...claimed,
    basis: 'MB-RECEIPT',
    covers: CHOSEN_COVERS,
    since: of.today,
    status: 'CONFIRMED',
    confirmedBy: of.role,
    confirmedOn: of.today,
  };
}

/** The newest mandate of a party and where it stands; undefined where none is written down. */
export function newestOfParty(
  mandates: readonly Mandate[],
  partyId: string | undefined,
  today: Day,
): { row: Mandate; status: MandateStatus } | undefined {
  const row = mandates.findLast((each) => each.partyId === partyId);
  return row && { row, status: mandateStatus(row, today) };
}

/** Whether a party holds a confirmed mandate that goes on and covers this. */
export function isMandated(
  mandates: readonly Mandate[],
  partyId: string,
  cover: MandateCover,
  today: Day,
): boolean {
  const newest = newestOfParty(mandates, partyId, today);
  return newest?.status === 'CONFIRMED' && newest.row.covers.includes(cover);
}

/** Whether somebody acted for the person and does not any more: their mandate is over, or she said no to all (CN-REP). */
export function actsNoMore(
  { role, partyId }: { role: HolderRole; partyId: string },
  file: CaseFile,
  today: Day,
): boolean {
  const status = newestOfParty(file.mandates, partyId, today)?.status ?? '';
  const isOver = ['REFUSED', 'ENDED', 'EXPIRED'].includes(status);
  return role === 'REP' && (isOver || decisionsOf(file)['CN-REP']?.given === false);
}
