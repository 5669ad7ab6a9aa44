// Source: process model 6.2, folded into 17 states: assessment is part of triage, a remedy agreed is an accepted offer,
// reopening is a step back to triage; drafts, questions and suspension are not states.

export const STAGES = ['intake', 'triage', 'inquiry', 'remedy', 'closure'] as const;
export type Stage = (typeof STAGES)[number];

/** The states of a case. `ended` states keep no deadline of their own and can only be reopened, reviewed or continued. */
export const STATES = {
  received: { stage: 'intake', owner: 'INT', ended: false },
  acknowledged: { stage: 'intake', owner: 'INT', ended: false },
  eligibility: { stage: 'triage', owner: 'TRI', ended: false },
  triage: { stage: 'triage', owner: 'TRI', ended: false },
  investigation: { stage: 'inquiry', owner: 'INV', ended: false },
  dialogue: { stage: 'inquiry', owner: 'DIA', ended: false },
  'findings-shared': { stage: 'inquiry', owner: 'INV', ended: false },
  'own-initiative': { stage: 'inquiry', owner: 'INV', ended: false },
  'remedy-proposed': { stage: 'remedy', owner: 'DEC', ended: false },
  implementation: { stage: 'remedy', owner: 'REM', ended: false },
  verification: { stage: 'remedy', owner: 'INT', ended: false },
  monitoring: { stage: 'remedy', owner: 'INV', ended: false },
  closed: { stage: 'closure', owner: 'DEC', ended: true },
  declined: { stage: 'closure', owner: 'TRI', ended: true },
  referred: { stage: 'closure', owner: 'TRI', ended: true },
  withdrawn: { stage: 'closure', owner: 'TRI', ended: true },
  appeal: { stage: 'closure', owner: 'IRV', ended: false },
} as const;

export type State = keyof typeof STATES;
export const STATE_CODES = Object.keys(STATES) as State[];
export const OPEN_STATES = STATE_CODES.filter((state) => !STATES[state].ended);
