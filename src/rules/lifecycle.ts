// Source: our list: stages of buying and using an AI system, and what happened upstream at the vendor.

/** The stage at which the harm arose. */
export const LIFECYCLE_STAGES = {
  'LC-NEED': { label: 'Need definition' },
  'LC-PROC': { label: 'Procurement/tender/contract' },
  'LC-INTEG': { label: 'Integration and configuration' },
  'LC-PILOT': { label: 'Pilot on real people' },
  'LC-DEPL': { label: 'Deployment' },
  'LC-OPER': { label: 'Operation' },
  'LC-CHG': { label: 'Update/retraining/version change' },
  'LC-DECO': { label: 'Decommission and data disposition' },
  'LC-UPST': { label: 'Upstream (vendor training, data-labelling labour)' },
} as const satisfies Record<string, { label: string }>;

export type LifecycleStageCode = keyof typeof LIFECYCLE_STAGES;
export const LIFECYCLE_STAGE_CODES = Object.keys(LIFECYCLE_STAGES) as LifecycleStageCode[];
