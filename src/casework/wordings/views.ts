import type { Day, Instant } from '../../platform/time';
import type { Places, WordingKind, WordingText } from '../../rules/wordings';

/** One letter or block in one language, in a list. */
export interface WordingRowView {
  kind: WordingKind;
  name: string;
  language: string;
  /** Number of the version that is on; null: the built-in words, or a block that is not offered. */
  on: number | null;
  /** Number of the draft that waits for a second person. */
  draft: number | null;
  /** What the reader sees first: of what is on, otherwise of what is built in or drafted. */
  subject: string;
}

export interface WordingVersionView {
  n: number;
  /** A code of `WORDING_STATUSES`. */
  status: string;
  /** Null: the built-in words, or a block that is not offered. */
  text: WordingText | null;
  /** Its words are gone for good; null: they are there. */
  emptied: { on: Day; reason: string } | null;
  changedAt: Instant;
  /** Who switched it on, dropped it or emptied it; null for a draft. */
  by: string | null;
}

/** A letter or block in one language with all its versions. */
export interface WordingView {
  kind: WordingKind;
  name: string;
  language: string;
  /** Null for a block. */
  builtIn: WordingText | null;
  places: Places;
  on: WordingVersionView | null;
  draft: WordingVersionView | null;
  /** Those before, newest first. */
  earlier: WordingVersionView[];
  /** What a form saw; sent back with it. */
  seen: string;
}

/** Words as the person would read them. */
export interface WordingPreview {
  subject: string;
  paragraphs: string[];
}

/** A block as it is put into a text. */
export interface TextBlock {
  name: string;
  subject: string;
  body: string;
}
