// Source: process model 6.3 and 6.4 (evidence requests, vendor reply or refusal recorded, missing logs decided in the complainant's favour).
// Records that have to be kept: AI Act Art. 12, 19 and 26(6) (logs, at least six months), Art. 18 (documents); GDPR Art. 5(2) (accountability).
// Codes are stable: they stand in ledgers.

/** Of whom evidence is asked. */
export const ASKED_OF = {
  UNIT: { label: 'A unit of the organisation' },
  VENDOR: { label: 'The vendor of the AI system' },
  OTHER: { label: 'Somebody else' },
} as const satisfies Record<string, { label: string }>;
export const ASKED_OF_CODES = Object.keys(ASKED_OF) as (keyof typeof ASKED_OF)[];

/** Where a request for evidence stands; that it is late is counted from its day. */
export const EVIDENCE_REQUEST_STATUSES = {
  ASKED: { label: 'Asked, no answer yet' },
  ANSWERED: { label: 'Answered' },
  REFUSED: { label: 'Refused' },
} as const satisfies Record<string, { label: string }>;
export type EvidenceRequestStatus = keyof typeof EVIDENCE_REQUEST_STATUSES;

/** Why evidence is not given. */
export const REFUSAL_GROUNDS = {
  SILENCE: { label: 'No answer by the day it was due' },
  NOT_HELD: { label: 'It does not exist, or is somewhere else' },
  SECRECY: { label: 'Trade secret, or a contract forbids it' },
  PRIVACY: { label: 'It tells of other people' },
  NO_DUTY: { label: 'Says that there is no duty to give it' },
  OTHER: { label: 'Another ground' },
} as const satisfies Record<string, { label: string }>;
export const REFUSAL_GROUND_CODES = Object.keys(REFUSAL_GROUNDS) as (keyof typeof REFUSAL_GROUNDS)[];

/** What became of the records that the organisation or the vendor had to keep. `missing`: it counts in the complainant's favour. */
export const RECORDS_FOUND = {
  COMPLETE: { label: 'All that had to be kept is here', missing: false },
  NONE_DUE: { label: 'Nothing that was asked for had to be kept', missing: false },
  LOST: { label: 'Something that had to be kept was never kept, or is lost', missing: true },
  WITHHELD: { label: 'Something that had to be kept is held back', missing: true },
} as const satisfies Record<string, { label: string; missing: boolean }>;
export type RecordsFound = keyof typeof RECORDS_FOUND;
export const RECORDS_FOUND_CODES = Object.keys(RECORDS_FOUND) as RecordsFound[];

/** An answer that never came cannot be complete. */
export const RECORDS_REFUSED_CODES = RECORDS_FOUND_CODES.filter((code) => code !== 'COMPLETE');

/**
 * How sure one has to be before an allegation is confirmed. Nothing higher is offered: this is no criminal court. The shifted burden is that
 * of Dir. 2000/43/EC Art. 8, 2000/78/EC Art. 10, 2006/54/EC Art. 19 (discrimination) and Dir. (EU) 2019/1937 Art. 21(5) (reprisal).
 */
export const STANDARDS_OF_PROOF = {
  'SP-BALANCE': { label: 'More likely than not' },
  'SP-SHIFTED': { label: 'Facts point to it, and the organisation has to show otherwise (shifted burden)' },
  'SP-REASON': { label: 'Good reason to believe it, enough to prevent harm' },
} as const satisfies Record<string, { label: string }>;
export type StandardOfProof = keyof typeof STANDARDS_OF_PROOF;
export const STANDARD_OF_PROOF_CODES = Object.keys(STANDARDS_OF_PROOF) as StandardOfProof[];

/** A request for evidence as the rules see it. `allegation` null: it is about all of them. */
export interface EvidenceRequestFacts {
  n: number;
  status: string;
  dueOn: string;
  records: string | null;
  allegation: number | null;
}

/** Whether records that had to be kept are missing for this allegation. */
export function recordsAreMissing(requests: readonly EvidenceRequestFacts[], allegation: number): boolean {
  return requests.some(
    (request) =>
      request.records !== null &&
      RECORDS_FOUND[request.records as RecordsFound].missing &&
      (request.allegation === null || request.allegation === allegation),
  );
}
