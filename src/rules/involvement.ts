// Source: UN Guiding Principles 13, 19 and 22 with commentary; OECD Due Diligence Guidance for Responsible Business Conduct.

/** How the organisation stands to the harm. UNDETERMINED until assessed: such a case cannot close as remedied. */
export const INVOLVEMENTS = {
  CAUSE: {
    label: 'We caused it',
    questions: [
      'Did something we did, or failed to do, produce the impact?',
      'Would it have happened without anybody else?',
    ],
    consequence: 'Stop or prevent it, and provide remedy.',
    owesRemedy: true,
  },
  CONTRIBUTE: {
    label: 'We contributed to it',
    questions: [
      'Did we make it easier for somebody else, encourage it or push for it?',
      'Did what we did add up with what others did?',
      'Was our part more than trivial?',
      'Could we have foreseen it?',
    ],
    consequence: 'Stop our part, use our leverage on the rest, and provide remedy to the extent of our part.',
    owesRemedy: true,
  },
  DIRECTLY_LINKED: {
    label: 'It is linked to us through a business relationship',
    questions: [
      'Does it hang on our operations, products or services through a partner, without our own part in it?',
    ],
    consequence:
      'Use our leverage to prevent or reduce it; help with remedy where we can; say where else to turn.',
    owesRemedy: false,
  },
  NOT_INVOLVED: {
    label: 'We are not involved',
    questions: ['Did we look for a link and find none?'],
    consequence: 'Explain, say where else to turn, and pass it on if the person agrees.',
    owesRemedy: false,
  },
  UNDETERMINED: {
    label: 'Not determined yet',
    questions: [],
    consequence: 'Assess it before the case can close as remedied.',
    owesRemedy: false,
  },
} as const satisfies Record<
  string,
  { label: string; questions: readonly string[]; consequence: string; owesRemedy: boolean }
>;

export type InvolvementCode = keyof typeof INVOLVEMENTS;
export const INVOLVEMENT_CODES = Object.keys(INVOLVEMENTS) as InvolvementCode[];

/** Whether the organisation has to provide remedy (UNGP 22). */
export function oweRemedy(involvement: InvolvementCode): boolean {
  return INVOLVEMENTS[involvement].owesRemedy;
}

/** By what the organisation contributed. */
export const CONTRIBUTION_MODES = {
  FACILITATED: { label: 'Made it easier' },
  INCENTIVISED: { label: 'Encouraged it' },
  CUMULATIVE: { label: 'Acted beside others so that effects added up' },
  OMISSION: { label: 'Knew and did not act' },
} as const satisfies Record<string, { label: string }>;
export type ContributionMode = keyof typeof CONTRIBUTION_MODES;
export const CONTRIBUTION_MODE_CODES = Object.keys(CONTRIBUTION_MODES) as ContributionMode[];

/** Power over the partner that causes the harm, weakest first. */
export const LEVERAGE_LEVELS = ['NONE', 'LOW', 'MEDIUM', 'HIGH'] as const;
export type LeverageLevel = (typeof LEVERAGE_LEVELS)[number];
