// Keeping and erasing (retention 3.4).
import { need, type Need } from './need';
import { holdNamed, said } from './readings';

export const KEEPING_NEEDS = {
  reasonsSpelledOut: need(
    'Give reasons of at least ten characters.',
    (_f, a) => said(a, 'reasons').trim().length >= 10,
  ),
  holdStands: need(
    'Give the number of a legal hold of this case that stands.',
    (f, a) => holdNamed(f, a) !== undefined,
  ),
  erasureAsked: need('No request for erasure waits for a decision.', (f) => f.erasureAsked !== null),
  erasureNotAsked: need(
    'A request for erasure waits for a decision already; take it back first to make another.',
    (f) => f.erasureAsked === null,
  ),
} as const satisfies Record<string, Need>;
