import type { Day, Instant } from '../platform/time';

export interface EvidenceView {
  n: number;
  fileName: string;
  describes: string | null;
  mediaType: string;
  sizeInBytes: number;
  /** Of the original. */
  sha256: string;
  fromRole: string;
  addedOn: Day;
  /** CLEANED: staff open a working copy; HELD: only the original, with a reason; QUARANTINED: nobody opens it. */
  handling: string;
  heldReason: string | null;
  /** What the working copy no longer has. */
  removed: string[] | null;
  /** Degrees clockwise by which the working copy has to be turned to stand upright. */
  turnedBy: number | null;
  /** Number of the file of which it is a masked copy; null of every other. */
  maskedFrom: number | null;
  /** MISSING or ALTERED when the original or the working copy is no longer in the store as it was stored. */
  fault: string | null;
}

/** What happened to a file, from the entry that says so. */
export interface CustodyLine extends HistoryLine {
  /** Why somebody opened the original, for case staff; null for auditors and where no reason is asked. */
  reason: string | null;
}

/** A file and what happened to it. What a person wrote is in it for case staff only. */
export interface CustodyView extends Omit<EvidenceView, 'fileName' | 'describes'> {
  /** Null for auditors. */
  fileName: string | null;
  workingSha256: string | null;
  /** Whether the store has the file now; null for a working copy that never was. */
  originalIsThere: boolean;
  workingCopyIsThere: boolean | null;
  /** Number of the entry before which there are earlier ones; null: there are none. */
  earlierLines: number | null;
  /** A page of them: the newest, unless others were asked for. */
  lines: CustodyLine[];
}

/** One line of a history, read from the ledger; what people wrote is not in it. */
export interface HistoryLine {
  n: number;
  act: string;
  byRole: string;
  /** Name for case staff, pseudonym for auditors, null for a rightsholder or the system. */
  by: string | null;
  on: Day | null;
  at: Instant | null;
  from: string | null;
  to: string | null;
  facts: Record<string, unknown>;
  leafHash: string;
}

/** A history as an auditor reads it: entries with their text as stored, staff under pseudonyms, and whether it holds. */
export interface AuditedCase {
  ledgerId: string;
  reference: string;
  /** The version of the process that it is held to. */
  policyVersion: string;
  /** Its content is gone since this day, under this schedule; null while it is there. */
  erasedOn: Day | null;
  erasedUnder: string | null;
  /** `body` is null where the entry names a case that the auditor is kept out of. */
  entries: (HistoryLine & { body: string | null })[];
  /** What does not agree, as sentences; empty when the chain and the rows hold. */
  differences: string[];
}

/** A page of the history of the house, newest first. */
export interface AuditedHouse {
  /** Without facts and body where it tells what was found among cases, and the auditor is kept out of one. */
  entries: (HistoryLine & { body: string | null })[];
  /** What does not agree on this page, as sentences; such entries are not among `entries`. */
  differences: string[];
  /** `before` of the next page. */
  next: number | null;
}

/** One line of the person's timeline; day and states are null where the entry cannot be read any more. */
export interface TimelineLine {
  /** From 1 without gaps; not that of the entry. */
  n: number;
  on: Day | null;
  act: string;
  byRole: string;
  from: string | null;
  to: string | null;
  /** What staff gave as reason for opening who the person is, or an original file; null for every other deed. */
  reason: string | null;
  /** Where it is a step of her side that staff wrote down, and the reader is told: in which role, and when and how it was said. */
  dictated: WrittenDown | null;
}

/** How something of hers came in that staff wrote down. */
export interface WrittenDown {
  /** RH or REP. */
  saidBy: string;
  byRole: string;
  saidOn: Day;
  /** A code of `SAID_THROUGH`. */
  saidThrough: string;
}
