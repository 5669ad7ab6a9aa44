/** Ledger id, and the only state, of the history of what concerns no single case. No case has this name: theirs are random. */
export const HOUSE = 'house';

/** How a history is called in sentences. */
export function nameOfHistory(ledgerId: string): string {
  return ledgerId === HOUSE ? 'the house' : `case ${ledgerId}`;
}
