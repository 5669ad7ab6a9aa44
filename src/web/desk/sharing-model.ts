import type { ChosenPart } from '../../casework/sharing/packets';
import { COMPLAINT_PARTS } from '../../rules/sharing';
import { codeLabel } from './code-label';
import { ticked, typed } from './desk-pages';

/** So many texts or files can be passed on whole with one form. */
const WHOLE_ROWS = 3;

interface WholeRow {
  at: number;
  kind: string;
  n: string;
  reason: string;
}

/** What goes whole, as it was typed: a row each, also those that are empty. */
export function wholeRows(body: unknown): WholeRow[] {
  return Array.from({ length: WHOLE_ROWS }, (_, index) => {
    const at = index + 1;
    return {
      at,
      kind: typed(body, `kind-${at}`),
      n: typed(body, `number-${at}`).trim(),
      reason: typed(body, `reason-${at}`),
    };
  });
}

/** The parts that a form chose: masked versions by their boxes, what goes whole by its rows. */
export function chosenParts(body: unknown): ChosenPart[] {
  const masked = ticked(body, 'masked').map((value) => {
    const [kind = '', n, version] = value.split(' ');
    return { kind, n: numberOf(n), version: numberOf(version) };
  });
  const whole = wholeRows(body)
    .filter(({ kind, n, reason }) => kind !== '' || n !== '' || reason.trim() !== '')
    .map(({ kind, n, reason }) => ({ kind, n: numberOf(n), reason }));
  return [...masked, ...whole];
}

/** Nought, which no text has, where it is none. */
function numberOf(typedNumber: string | undefined): number {
  return /^[1-9]\d{0,5}$/.test(typedNumber ?? '') ? Number(typedNumber) : 0;
}

/** A text or file by kind and number; of the complaint which part it is, too. */
export function sharedLabel({ kind, n }: { kind: string; n: number }): string {
  const label = `${codeLabel('sharedKind', kind)} ${n}`;
  const part = kind === 'COMPLAINT' ? COMPLAINT_PARTS[n - 1] : undefined;
  return part ? `${label}: ${codeLabel('complaintPart', part)}` : label;
}

export function partLabel(part: { kind: string; n: number; version: number | null }): string {
  const { kind, version } = part;
  const how = version === null ? 'whole' : `masked, ${kind === 'FILE' ? 'file' : 'version'} ${version}`;
  return `${sharedLabel(part)} (${how})`;
}
