import { normaliseReceipt } from '../../../vault/receipts';

const DIGITS = 25;
/** Between two groups: whatever a reply puts there when it breaks, marks or lays out anew the lines that it quotes. */
const BETWEEN = /^[^\p{L}\p{N}]{0,12}$/u;
/** Looked up in one text; each costs a hash. A list of as many numbers is no letter. */
const MOST_LOOKED_UP = 20_000;
/** What looks like a receipt as we show it. */
const SHOWN = /(?<!\p{Nd})\p{Nd}{5}(?:[\s>\-–]{0,8}\p{Nd}{5}){4}(?!\p{Nd})/gu;
const PLAIN = /^[0-9]+$/;
const CUT = '[…]';

interface Place {
  from: number;
  to: number;
  /** As `normaliseReceipt` gives them. */
  digits: string;
}

/**
 * The text without receipts that open a case: a reply quotes the mail it answers, and staff must not read such a number. `known` says which
 * of these open one; every other number stays, such as a list of postal codes. What comes behind the first 20,000 that could be one is
 * cut where it has the shape of a receipt, whatever it is.
 */
export async function cutReceipts(
  text: string,
  known: (receipts: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<string> {
  const { places, rest } = placesIn(text);
  if (places.length === 0) return text;
  const cut = await known([...new Set(places.map(({ digits }) => digits))]);
  const kept: string[] = [];
  let at = 0;
  for (const { from, to, digits } of places) {
    if (!cut.has(digits)) continue;
    // Two that overlap, of which one hides the other in part, go together.
    if (from >= at) kept.push(text.slice(at, from), CUT);
    at = Math.max(at, to);
  }
  const seen = Math.max(at, rest);
  return [...kept, text.slice(at, seen), text.slice(seen).replaceAll(SHOWN, CUT)].join('');
}

/** Where whole groups of digits, one after another, have 25 in all; `rest` is where looking ended. */
function placesIn(text: string): { places: Place[]; rest: number } {
  const places: Place[] = [];
  /** Where runs of whole groups begin that end at the group before, each with fewer than 25 digits. */
  let open: Place[] = [];
  let end = 0;
  for (const { 0: group, index } of text.matchAll(/\p{Nd}+/gu)) {
    if (places.length >= MOST_LOOKED_UP) return { places: inOrder(places), rest: open[0]?.from ?? end };
    if (index - end > 12 || !BETWEEN.test(text.slice(end, index))) open = [];
    end = index + group.length;
    // Longer than any receipt, even of digits that are two characters each.
    if (group.length > 2 * DIGITS) {
      open = [];
      continue;
    }
    open.push({ from: index, to: end, digits: '' });
    const next: Place[] = [];
    for (const { from, digits: before } of open) {
      const joined = before + group;
      const isPlain = PLAIN.test(joined);
      const length = isPlain ? joined.length : [...joined].length;
      const digits = length === DIGITS && !isPlain ? (normaliseReceipt(joined) ?? joined) : joined;
      if (length < DIGITS) next.push({ from, to: end, digits });
      else if (length === DIGITS) places.push({ from, to: end, digits });
    }
    open = next;
  }
  return { places: inOrder(places), rest: text.length };
}

function inOrder(places: Place[]): Place[] {
  return places.sort((a, b) => a.from - b.from);
}
