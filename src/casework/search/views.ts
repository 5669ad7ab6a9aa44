import type { CasePage, QueueCount, QueueFilter } from '../queue/views';

export interface SearchQuestion {
  /** As typed; every word of it has to occur in the case. */
  words: unknown;
  /** By what the queue is narrowed, and in which order; left out: every case in whatever state, newest first. */
  filter?: QueueFilter;
  /** Opaque, from the page before; it tells nothing of the words. */
  cursor?: unknown;
  /** 1–100, 25 by default. */
  limit?: number;
}

export interface SearchPage extends CasePage {
  /** Of the first page alone. */
  count: QueueCount | null;
  /** Entries of the log whose texts cannot be found yet; 0 when everything that was written can be. */
  notYetSearched: number;
}
