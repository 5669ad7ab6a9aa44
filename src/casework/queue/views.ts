import type { Stage, State } from '../../rules/states';
import type { QueueFlag } from '../../rules/queue';
import type { TaskKind } from '../../rules/tasks';
import type { Day } from '../../platform/time';

/** One row of the queue; holds nothing that a complainant wrote. */
export interface QueueRow {
  reference: string;
  state: State;
  tier: string | null;
  language: string;
  channel: string;
  lodgedOn: Day;
  nextDueOn: Day | null;
  /** What is due on that day; null where nothing is, or where nothing but the case itself waits. */
  due: { kind: TaskKind; /** A clock, a step, a measure … */ code: string | null; isLaw: boolean } | null;
  /** That day has passed. */
  overdue: boolean;
  /** A last day of the law has passed. */
  legallyLate: boolean;
  /** Names of those on its team. */
  workers: string[];
  flags: QueueFlag[];
  revision: number;
  /** The rung of the ladder that was told that something in it is late and has not answered. */
  lateToldTo: string | null;
  /** Only codes and history are left of it since this day. */
  erasedOn: Day | null;
  /** Since when a protection officer has to look whether the person is safe. */
  alertSince: Day | null;
}

/** The mailbox of complaints, for those who look after it; null where none is read or the reader does not. */
export interface MailboxView {
  today: Day;
  /** The last day on which it could be read; null: not yet. */
  readOn: Day | null;
  /** Mails that could not be stored and are tried again. */
  left: number;
  /** Mails that a person has to look at, and the folder where they lie. */
  notTaken: number;
  notTakenFolder: string;
  /** Open cases that came by e-mail and whose person got no number yet. */
  toHandOver: QueueRow[];
}

/** By what the queue is narrowed and in which order it comes; codes of the taxonomies. */
export interface QueueFilter {
  stage?: Stage;
  state?: State;
  tier?: string;
  domain?: string;
  harm?: string;
  right?: string;
  reprisal?: string;
  /** A group noted of the case: sealed, so it is found by its keyed hash, and each page is a search in the history of the house. */
  group?: string;
  language?: string;
  flag?: string;
  /** Number of an AI system that the case names now. */
  system?: number;
  /** Number of a vendor who sold, made or brought in such a system. */
  vendor?: number;
  /** Only cases with an active assignment of this person; `nobody`: only those without any. */
  assignee?: string;
  /** Past the last legal day, past our own, due today, or within a week from today. */
  due?: 'legally-late' | 'overdue' | 'today' | 'week';
  /** `now` (default): legally late first, then most severe, then by due day; `due`: earliest due day first; `lodged`: newest first. */
  sort?: 'now' | 'due' | 'lodged';
  /** Opaque, from the page before. */
  cursor?: string;
  /** 1–100, 25 by default. */
  limit?: number;
}

/** `isMore`: there are more than were counted. */
export interface QueueCount {
  cases: number;
  isMore: boolean;
}

export interface CasePage {
  cases: QueueRow[];
  next: string | null;
}

export interface QueuePage extends CasePage {
  /** On the first page: cases that wait for the reader’s own answer about what is late. They stand among the others, too. */
  escalated: QueueRow[];
  /** Of the first page alone. */
  count: QueueCount | null;
  /** Of a page of a group: entries of the log that were not looked through for it yet. */
  notYetSearched: number;
}
