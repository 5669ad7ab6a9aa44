// Source: our list, named by an investigator; several may hold in one case. Stable codes.

/** Why it happened. */
export const ROOT_CAUSES = {
  'RC-DATA': { label: 'Wrong/old input' },
  'RC-TRAIN': { label: 'Unrepresentative training data' },
  'RC-PROXY': { label: 'Proxy variable' },
  'RC-THRESH': { label: 'Threshold/rule choice' },
  'RC-DRIFT': { label: 'Drift' },
  'RC-VERS': { label: 'Unannounced vendor change' },
  'RC-INTEG': { label: 'Integration bug' },
  'RC-OFFLBL': { label: 'Use outside instructions' },
  'RC-OVERS': { label: 'Oversight absent/nominal' },
  'RC-AUTOB': { label: 'Automation bias' },
  'RC-NOTICE': { label: 'Missing notice' },
  'RC-EXPL': { label: 'No explanation possible' },
  'RC-SEC': { label: 'Attack/prompt injection' },
  'RC-PROC': { label: 'No HRDD at procurement' },
  'RC-CONTR': { label: 'Contract blocks access/remedy' },
  'RC-TRAINST': { label: 'Staff untrained' },
  'RC-POLICY': { label: 'Design goal itself harmful' },
  'RC-HUMAN': { label: 'Human error unrelated to AI' },
  'RC-NONE': { label: 'No fault found' },
  'RC-UNK': { label: 'Undetermined' },
} as const satisfies Record<string, { label: string }>;

export type RootCauseCode = keyof typeof ROOT_CAUSES;
export const ROOT_CAUSE_CODES = Object.keys(ROOT_CAUSES) as RootCauseCode[];
