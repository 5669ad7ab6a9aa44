import { Refusal, type RefusalKind } from '../../platform/refusal';

/** Why nobody was signed in: what happened, and what to do. `LABEL` stands for what people call the provider. */
const REASONS = {
  off: ['not-found', 'Single sign-on is not set up here.', 'Sign in with your e-mail address and password.'],
  away: [
    'unavailable',
    'LABEL does not answer as it should.',
    'Try again in a few minutes, or sign in with your e-mail address and password.',
  ],
  strange: [
    'invalid',
    'This sign-in was not begun in this browser, is too old, or was used already.',
    'Start again, and finish within ten minutes.',
  ],
  declined: [
    'forbidden',
    'LABEL did not sign you in.',
    'Start again. If it goes on, ask whoever runs LABEL whether you may use this site.',
  ],
  unproved: [
    'forbidden',
    'What LABEL answered could not be verified, so you are not signed in.',
    'Start again. If it goes on, tell an administrator: the log of the server says what was wrong.',
  ],
  unknown: [
    'forbidden',
    'No account here is linked to you at LABEL.',
    'If you have an account, sign in with your password and link it under “My account”. Otherwise ask an administrator for an invitation.',
  ],
  ended: ['forbidden', 'Your account here is not active any more.', 'Ask an administrator.'],
  groups: [
    'forbidden',
    'None of your groups at LABEL gives you a role here.',
    'Ask whoever runs LABEL for a group that does. Where you were signed in here, you are signed out.',
  ],
  nameless: [
    'invalid',
    'LABEL does not tell your name and a verified e-mail address, so no account was made.',
    'Make your account with a password, if you have an invitation, and link it under “My account”. Otherwise ask an administrator.',
  ],
  taken: [
    'conflict',
    'Somebody has an account here with your e-mail address.',
    'If it is yours, sign in with your password and link it under “My account”.',
  ],
  linked: [
    'conflict',
    'You at LABEL are linked to an account here already.',
    'Sign in with LABEL. To link another account, first unlink that one under “My account”.',
  ],
  left: [
    'not-signed-in',
    'Your session ended meanwhile, and nothing was linked.',
    'Sign in with your password and link again under “My account”.',
  ],
  'first-administrator': [
    'forbidden',
    'The first account is an administrator’s, and none of your groups at LABEL says that you are one.',
    'Make this account with a password, or map a group to ADM in OIDC_ROLES.',
  ],
} as const satisfies Record<string, readonly [RefusalKind, string, string]>;

export type Reason = keyof typeof REASONS;

/** The refusal of one reason, in plain words; never with anything that a token said. */
export function notSignedIn(reason: Reason, label = 'The provider'): Refusal {
  const [kind, happened, todo] = REASONS[reason];
  const said = (sentence: string) => {
    const text = sentence.replaceAll('LABEL', () => label);
    return text.charAt(0).toUpperCase() + text.slice(1);
  };
  return new Refusal(kind, said(happened), [{ name: `single-sign-on.${reason}`, sentence: said(todo) }]);
}
