import { hash } from 'node:crypto';

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

/**
 * Canonical JSON (RFC 8785): the same value has the same bytes everywhere. A member that is undefined is left out; anything else that JSON
 * cannot say is refused, because an entry is written for ever: a function, a symbol, a number without end, a hole or an object of a class.
 */
export function canonical(value: unknown): string {
  if (isInOrder(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${Array.from(value, canonical).join(',')}]`;
  if (!isPlain(value))
    throw new Error(
      `A ledger entry cannot hold what is a ${typeof value} here; give text, numbers and plain objects.`,
    );
  const members: string[] = [];
  for (const name of Object.keys(value).sort())
    if (value[name] !== undefined) members.push(`${JSON.stringify(name)}:${canonical(value[name])}`);
  return `{${members.join(',')}}`;
}

/** Whether JSON says this value as RFC 8785 does without any help: plain, and all names in order. */
function isInOrder(value: unknown): boolean {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return true;
  if (typeof value !== 'object') return Number.isFinite(value);
  if (Array.isArray(value)) {
    for (const each of value) if (!isInOrder(each)) return false;
    return true;
  }
  if (!isPlain(value)) return false;
  let before = '';
  for (const name of Object.keys(value)) {
    if (name < before || (value[name] !== undefined && !isInOrder(value[name]))) return false;
    before = name;
  }
  return true;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Whether this text, which says this value, is the canonical JSON of it. Most texts are found so without being written anew. */
export function isCanonical(value: unknown, text: string): boolean {
  const isPlainText = !text.includes('\\') && text.isWellFormed();
  try {
    return (isPlainText && shortest(value) === text.length) || canonical(value) === text;
  } catch (error) {
    // Nested some thousand times, as no entry was ever written here; whoever verifies has to go on and name it.
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * Length of the canonical JSON of a value, where no other text without escapes that says the same is as short: spaces, names said
 * twice and other ways to write a number below 100 all take more (100 is also `1e2`). Otherwise NaN, as where names are not in the
 * order of RFC 8785 or begin with a digit: JavaScript tells such names in an order of its own.
 */
function shortest(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  if (value === null || value === true) return 4;
  if (value === false) return 5;
  if (typeof value === 'number')
    return Number.isInteger(value) && value >= 0 && value < 100 ? (value < 10 ? 1 : 2) : NaN;
  if (Array.isArray(value)) {
    let length = 1 + Math.max(1, value.length);
    for (const each of value) length += shortest(each);
    return length;
  }
  let length = 1;
  let before = ':';
  for (const name in value as object) {
    if (name < before) return NaN;
    before = name;
    length += name.length + 4 + shortest((value as Record<string, unknown>)[name]);
  }
  return Math.max(2, length);
}

/** What a stored text says; null when it is not an entry any more. */
export function readEntry(body: string): EntryBody | null {
  try {
    const entry = JSON.parse(body) as EntryBody;
    return entry.v === 1 && entry.rows.every(isRow) ? entry : null;
  } catch {
    return null;
  }
}

function isRow(row: EntryRow): boolean {
  return (
    typeof row.table === 'string' &&
    typeof row.id === 'string' &&
    typeof row.set === 'object' &&
    row.set !== null
  );
}

/** SHA-256(0x00 ‖ entry), 64 hex digits (RFC 9162 leaf hash). */
export function leafHash(body: string): string {
  return hash('sha256', `\0${body}`);
}

/** SHA-256(0x01 ‖ left ‖ right) over two hex hashes (RFC 9162 interior node). */
export function nodeHash(left: string, right: string): string {
  return hash('sha256', Buffer.from(`01${left}${right}`, 'hex'));
}

const TEXTS_OF_REGISTERS = [
  'companyName',
  'country',
  'leverageActions',
  'remarks',
  'systemName',
  'purpose',
  'stateBody',
  'stateCountry',
  'logPlace',
  'recordTitle',
  'recordText',
  'strikeReason',
];
/** Of a letter or text block: what somebody drafted by mistake must not stand in the history for ever. */
const TEXTS_OF_WORDINGS = ['subject', 'body'];

const DIGESTED = new Set([
  'reference',
  'receiptHash',
  'codeHash',
  'emailHash',
  'passwordHash',
  'binding',
  'unit',
  ...TEXTS_OF_REGISTERS,
  ...TEXTS_OF_WORDINGS,
]);

/** Ciphertext, what a case or an account is found by, names of units, texts of registers and words of letters stand in entries as digests only. */
export function isDigested(column: string): boolean {
  return column.endsWith('Sealed') || DIGESTED.has(column);
}

/** How a stored value stands in an entry: as it is, or as the digest of it. */
export function recorded(column: string, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (isDigested(column)) {
    const text = typeof value === 'string' ? value : canonical(value);
    return `sha256:${hash('sha256', text)}`;
  }
  return value;
}
