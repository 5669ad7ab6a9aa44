import type { Visitor } from '../../people/visitor';

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

/** What every register does, whatever stands in it; the doors know no more of one. */
export interface Register {
  list(visitor: Visitor): Promise<object[]>;
  view(visitor: Visitor, number: number): Promise<{ revision: number }>;
  /** What a form shows of one entry; refuses a number that none has. */
  asked(number: number): Promise<AskedEntry>;
  offered(): Promise<OfferedEntry[]>;
  /** Adds an entry; gives its number. Refuses with everything that is missing. */
  add(visitor: Visitor, raw: Record<string, unknown>): Promise<number>;
  /** Says everything of an entry anew. `revision` is the one that was seen; another one is refused as stale. */
  replace(visitor: Visitor, number: number, revision: number, raw: Record<string, unknown>): Promise<void>;
  /** Not used any more, or again; what names it stays. */
  retire(visitor: Visitor, number: number, revision: number, isRetired: boolean): Promise<void>;
  records?: RegisterRecords;
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
