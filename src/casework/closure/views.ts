import type { State } from '../../rules/states';
import type { Day } from '../../platform/time';

export interface AppealView {
  n: number;
  against: State;
  grounds: string | null;
  filedOn: Day;
  late: boolean;
  reviewer: string | null;
  outcome: string | null;
  reasons: string | null;
  decidedOn: Day | null;
}

/** What is, was or may become public of a case. */
export interface StoryView {
  /** PROPOSED: it waits for the protection officer, and nobody outside the case can read it. */
  status: 'PROPOSED' | 'SHOWN' | 'TAKEN_DOWN';
  /** Of the text. */
  language: string;
  text: string;
  publishedOn: Day | null;
}

/** A page of what everybody can read. */
export interface PublicStories {
  stories: Pick<StoryView, 'language' | 'text'>[];
  /** Number of the next page. */
  next: number | null;
}

/** A part of a drafted letter, and which part of the case it comes from. */
export interface ReasonsPart {
  about: 'complaint' | 'findings' | 'done' | 'remedy' | 'review';
  text: string;
}

/** The reasons of a step as drafted from the case. */
export interface ReasonsDraftView {
  /** Of the text: that of the case, or English where we have no words in it. */
  language: string;
  /** Of the way in which drafts are put together. */
  version: number;
  text: string;
  /** The facts that it was drafted from, in English. */
  inEnglish: ReasonsPart[];
}

/** What was learnt about an AI system. */
export interface LessonView {
  n: number;
  systemNumber: number;
  /** Of a record of that system in the register; null while none takes it up. */
  recordNumber: number | null;
  /** Codes of `ROOT_CAUSES`. */
  rootCauses: string[];
  text: string;
  byRole: string;
  recordedOn: Day;
}
