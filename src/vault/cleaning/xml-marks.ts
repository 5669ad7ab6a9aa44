import type { RemovedCode } from './cleaned';

/** Elements that go or are emptied because of what stands in them, by where they begin, and what is told then. */
export type XmlMarks = Map<number, { verdict: 'drop' | 'blank'; code: RemovedCode }>;
