// Source: UN Guiding Principles 26 to 30; OHCHR Accountability and Remedy Project III (A/HRC/44/32): mechanisms work together, and nobody is
// sent from one to the next. Codes are our own.

/** What the body to which a case was passed on says of it. */
export const REFERRAL_ANSWERS = {
  'RW-TAKEN': { label: 'It has the case and looks at it' },
  'RW-ASKS': { label: 'It has the case and asks for more' },
  'RW-REFUSED': { label: 'It does not take the case' },
} as const satisfies Record<string, { label: string }>;
export type ReferralAnswer = keyof typeof REFERRAL_ANSWERS;
export const REFERRAL_ANSWER_CODES = Object.keys(REFERRAL_ANSWERS) as ReferralAnswer[];
