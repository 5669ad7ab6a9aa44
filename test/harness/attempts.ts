import { addDays } from '../../src/rules/counting';

/** What is said of one attempt to reach the person. */
export const ATTEMPT = {
  attemptChannel: 'PHONE',
  attemptWasSafe: true,
  attemptResult: 'NO_ANSWER',
  contactAttempt: 'Let it ring ten times.',
};

/** Three attempts on three days up to this one, by two ways. */
export const threeAttempts = (today: string) =>
  ['PHONE', 'POST', 'PHONE'].map((attemptChannel, n) => ({
    ...ATTEMPT,
    attemptChannel,
    attemptOn: addDays(today, n - 2),
  }));
