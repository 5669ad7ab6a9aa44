// Source: GDPR Art. 22 and AI Act Art. 14: how far a person really decided.

/** How much of the decision the AI system took. */
export const DECISION_MODES = {
  SOLELY_AUTOMATED: { label: 'No person took part in the decision' },
  HUMAN_RUBBER_STAMP: { label: 'A person signed what the system said' },
  HUMAN_WITH_REAL_REVIEW: { label: 'A person looked at the case and could decide otherwise' },
  ADVISORY: { label: 'The system gave advice among other inputs' },
  MONITORING_ONLY: { label: 'The system watched, measured or ranked without deciding' },
  CONTENT_GENERATION: { label: 'The system wrote, spoke or drew' },
  UNKNOWN: { label: 'Not known yet' },
} as const satisfies Record<string, { label: string }>;

export type DecisionMode = keyof typeof DECISION_MODES;
export const DECISION_MODE_CODES = Object.keys(DECISION_MODES) as DecisionMode[];
