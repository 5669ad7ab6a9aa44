import type { Visitor } from '../../people/visitor';
import type { RegisterFilter } from './register-filter';
import type { EmptiedTextView, RegisterLineView } from './register-views';

/** One entry as its form shows it. */
export interface AskedEntry {
  revision: number;
  /** What the entry is called. */
  entryName: string;
  answers: Record<string, unknown>;
}

/** What a form offers where an entry of another register is named. */
export interface OfferedEntry {
  number: number;
  entryName: string;
  retiredOn: string | null;
}

/** A text of an entry that can be emptied. */
export interface WrittenPart {
  /** The ask that it answers; of record 3, `records.3.` stands before it. */
  part: string;
  label: string;
}

/** What every register does, whatever stands in it; the doors know no more of one. */
export interface Register {
  list(visitor: Visitor, filter?: RegisterFilter): Promise<object[]>;
  view(visitor: Visitor, number: number): Promise<{ revision: number; emptied: EmptiedTextView[] }>;
  /** What a form shows of one entry; refuses a number that none has. */
  asked(number: number): Promise<AskedEntry>;
  offered(): Promise<OfferedEntry[]>;
  /** The entries as a file holds them, with the names of its columns. */
  sheet(
    visitor: Visitor,
    filter: RegisterFilter,
  ): Promise<{ columns: string[]; rows: Record<string, unknown>[] }>;
  /** Adds an entry; gives its number. Refuses with everything that is missing. */
  add(visitor: Visitor, raw: Record<string, unknown>): Promise<number>;
  /** Says everything of an entry anew. `revision` is the one that was seen; another one is refused as stale. */
  replace(visitor: Visitor, number: number, revision: number, raw: Record<string, unknown>): Promise<void>;
  /** Not used any more, or again; what names it stays. */
  retire(visitor: Visitor, number: number, revision: number, isRetired: boolean): Promise<void>;
  /** The texts of an entry that somebody wrote and nobody emptied. */
  written(number: number): Promise<WrittenPart[]>;
  /** Empties one of them for good, with a reason; the entry stays. Refuses whoever wrote it. */
  empty(visitor: Visitor, number: number, revision: number, raw: Record<string, unknown>): Promise<void>;
  records?: RegisterRecords;
  versions?: RegisterVersions;
}

/** What happened to the entries of a register, each told once. */
export interface RegisterRecords {
  /** What one record is called; refuses numbers that none has. */
  titleOf(number: number, n: number): Promise<string>;
  /** Gives the number of the record. */
  add(visitor: Visitor, number: number, raw: Record<string, unknown>): Promise<number>;
  /** Strikes a record that is wrong: it stays readable and counts no more. */
  strike(visitor: Visitor, number: number, n: number, raw: Record<string, unknown>): Promise<void>;
}

/** What a register does beside that keeps every version of its entries. */
export interface RegisterVersions {
  list(visitor: Visitor, filter?: RegisterFilter): Promise<RegisterLineView[]>;
  /** Says that the version that counts was read against its source. Refuses whoever wrote a version of the entry. */
  verify(visitor: Visitor, number: number, revision: number, raw: Record<string, unknown>): Promise<void>;
  /** Says that an entry was used in a case that the visitor may see. */
  link(visitor: Visitor, number: number, raw: Record<string, unknown>): Promise<void>;
  unlink(visitor: Visitor, number: number, raw: Record<string, unknown>): Promise<void>;
}
