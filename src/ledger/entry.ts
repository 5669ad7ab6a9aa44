import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** Leaf hash of what comes before the first entry of a case. */
export const NO_PREVIOUS = '0'.repeat(64);

/** What a change wrote in one row of the case: values as stored, some as digests; what a new row does not name is null. */
export interface EntryRow {
  table: string;
  id: string;
  set: Record<string, unknown>;
}

/** One line of a history. `on` is a day, for what a rightsholder does; `at` an instant, for what staff or the system does. */
export interface EntryBody {
  v: 1;
  case: string;
  n: number;
  prev: string;
  act: string;
  by: { role: string; ref: string | null };
  on?: string;
  at?: string;
  from: string;
  to: string;
  facts: Record<string, unknown>;
  sealed: { name: string; commitment: string }[];
  rows: EntryRow[];
}

/** Canonical JSON (RFC 8785): the same entry has the same bytes everywhere. */
export function canonical(value: unknown): string {
  return canonicalize(value)!;
}

/** SHA-256(0x00 ‖ entry), 64 hex digits (RFC 9162 leaf hash). */
export function leafHash(body: string): string {
  return createHash('sha256').update('\0').update(body, 'utf8').digest('hex');
}

/** SHA-256(0x01 ‖ left ‖ right) over two hex hashes (RFC 9162 interior node). */
export function nodeHash(left: string, right: string): string {
  return createHash('sha256').update('\x01').update(left, 'hex').update(right, 'hex').digest('hex');
}

/** Ciphertext, and what a case is found by, stand in entries as digests only. */
export function isDigested(column: string): boolean {
  return column.endsWith('Sealed') || column === 'reference' || column === 'receiptHash';
}

/** How a stored value stands in an entry: as it is, or as the digest of it. */
export function recorded(column: string, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (isDigested(column)) {
    const text = typeof value === 'string' ? value : canonical(value);
    return `sha256:${createHash('sha256').update(text, 'utf8').digest('hex')}`;
  }
  return value;
}
