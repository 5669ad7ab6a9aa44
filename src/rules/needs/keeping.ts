// Keeping and erasing (retention 3.4).
import { need, oneOf, thereIs, type Need } from './need';
import { isSpelledOut } from './readings';

export const KEEPING_NEEDS = {
  reasonsSpelledOut: need('Give reasons of at least ten characters.', (_f, a) => isSpelledOut(a, 'reasons')),
  holdStands: oneOf('legal hold of this case that stands', 'holdNumber', (f) => f.holds),
  erasureAsked: thereIs('No request for erasure waits for a decision.', (f) => f.erasureAsked !== null),
  erasureNotAsked: need(
    'A request for erasure waits for a decision already; take it back first to make another.',
    (f) => f.erasureAsked === null,
  ),
} as const satisfies Record<string, Need>;
