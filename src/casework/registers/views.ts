import type { Day } from '../../platform/time';

/** An AI system of the register that a case names, or named. */
export interface NamedSystemView {
  number: number;
  systemName: string;
  byRole: string;
  namedOn: Day;
  /** Since when the case is not about it any more. */
  unnamedOn: Day | null;
}

/** A request to whoever holds logs of a system to keep them. */
export interface PreservationRequestView {
  n: number;
  systemNumber: number;
  /** A code of `LOG_HOLDERS`. */
  logHolder: string;
  logs: string;
  byRole: string;
  askedOn: Day;
  dueOn: Day;
  overdue: boolean;
  /** A code of `PRESERVATION_ANSWERS`, or `NOT_CONCERNED`; null while nobody answered. */
  answer: string | null;
  answeredOn: Day | null;
  reply: string | null;
}

/** One task of the chain of notices of AI Act Art. 26(5). */
export interface Article26NoticeView {
  n: number;
  systemNumber: number;
  /** A code of `ARTICLE_26_GROUNDS`. */
  ground: string;
  /** A code of `ARTICLE_26_ADDRESSEES`. */
  addressee: string;
  since: Day;
  dueOn: Day;
  overdue: boolean;
  /** A code of `ARTICLE_26_OUTCOMES`, or `NOT_CONCERNED`; null while it is to be done. */
  outcome: string | null;
  toldOn: Day | null;
  settledOn: Day | null;
  words: string | null;
  /** A code of `INCIDENT_KINDS`; null for a risk. */
  incidentKind: string | null;
}
