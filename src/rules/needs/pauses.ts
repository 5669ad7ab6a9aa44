// Pauses (process model 6.3).
import { addDays } from '../counting';
import { need, thereIs, type Need } from './need';
import { said } from './readings';

export const PAUSE_NEEDS = {
  isSuspended: thereIs('This case is not paused.', (f) => f.suspendedUntil !== null),
  notSuspended: need('This case is paused already.', (f) => f.suspendedUntil === null),
  suspendedAtMost30Days: need(
    'A pause ends within 30 days; review it then.',
    (f, a) => said(a, 'suspendedUntil') > f.today && said(a, 'suspendedUntil') <= addDays(f.today, 30),
  ),
} as const satisfies Record<string, Need>;
