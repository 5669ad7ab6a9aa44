// Source: representatives 5.6 (Dir. (EU) 2024/1760 Art. 14(2): persons affected, legitimate representatives, trade unions, experienced
// NGOs), identity modes 5.4 (authority of a representative, no paper forced at intake), GDPR Art. 80(1) (a body mandated by the person)
// and Art. 80(2) (a body that acts by law). Codes are stable: they stand in ledgers.
import type { Day } from '../platform/time';

/**
 * What a representative rests on. `ofLaw`: it does not rest on a word of the person, so that staff who saw it can confirm it even where
 * she could be asked. `own`: made by the person herself, never told by anybody else.
 */
export const MANDATE_BASES = {
  'MB-WRITTEN': { label: 'Written mandate of the person' },
  'MB-SPOKEN': { label: 'Spoken agreement with the person' },
  'MB-BODY': { label: 'Union or organisation, by its statute or by law' },
  'MB-PARENT': { label: 'Parent or guardian, by law', ofLaw: true },
  'MB-AUTHORITY': { label: 'Appointed by a court or an authority', ofLaw: true },
  'MB-RECEIPT': { label: 'The person gave them a receipt, with their own', own: true },
} as const satisfies Record<string, { label: string; ofLaw?: true; own?: true }>;

export type MandateBasis = keyof typeof MANDATE_BASES;
export const MANDATE_BASIS_CODES = Object.keys(MANDATE_BASES) as MandateBasis[];
/** What can be told; the other one is a deed of the person. */
export const TOLD_BASES = MANDATE_BASIS_CODES.filter((code) => !('own' in MANDATE_BASES[code]));

export function isOfLaw(basis: string | null): boolean {
  return basis !== null && 'ofLaw' in MANDATE_BASES[basis as MandateBasis];
}

/**
 * What a mandate can cover. `always`: every one does, chosen or not. Everything else gives something up for the person: it ends what she asked for or is owed, or protects
 * her, or binds her. Whatever keeps her complaint alive or keeps her safe needs no mandate at all.
 */
export const MANDATE_COVERS = {
  'MC-ACT': { label: 'Write, answer, ask and complain for the person', always: true },
  'MC-REMEDY': { label: 'Accept a remedy, take that back, say that it is enough' },
  'MC-END': { label: 'Withdraw the complaint, or stop the check-ins' },
  'MC-CONSENT': { label: 'Say yes to what needs the agreement of the person' },
  'MC-ERASE': { label: 'Have things erased' },
} as const satisfies Record<string, { label: string; always?: true }>;

export type MandateCover = keyof typeof MANDATE_COVERS;
export const MANDATE_COVER_CODES = Object.keys(MANDATE_COVERS) as MandateCover[];
/** What can be chosen; the rest every mandate covers. */
export const CHOSEN_COVERS = MANDATE_COVER_CODES.filter((code) => !('always' in MANDATE_COVERS[code]));

/** What a mandate covers, by what was chosen for it. */
export function coversOf(chosen: readonly string[]): MandateCover[] {
  return MANDATE_COVER_CODES.filter((code) => !CHOSEN_COVERS.includes(code) || chosen.includes(code));
}

/** As stored. CLAIMED: said and taken as said. REFUSED: ended before anybody confirmed it. */
export const MANDATE_STATUSES = ['CLAIMED', 'CONFIRMED', 'REFUSED', 'ENDED'] as const;
/** As read on a day: EXPIRED after the last day. */
export type MandateStatus = (typeof MANDATE_STATUSES)[number] | 'EXPIRED';

/** Whether a complaint comes from somebody who speaks for another, by what it says of itself. */
export function isForAnother(form: { identityMode?: unknown; complainantRole?: unknown }): boolean {
  return form.identityMode === 'REPRESENTED' || form.complainantRole === 'representative';
}

interface Mandate {
  status: string;
  until: Day | null;
}

/** Where a mandate stands on a day. */
export function mandateStatus({ status, until }: Mandate, today: Day): MandateStatus {
  const stands = status === 'CLAIMED' || status === 'CONFIRMED';
  return stands && until !== null && until < today ? 'EXPIRED' : (status as MandateStatus);
}
