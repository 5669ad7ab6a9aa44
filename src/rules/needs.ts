// Source: process model 6.1 (separation of duty) and 6.3 (guards); a family a file in `needs/`.
import { ASSESSMENT_NEEDS } from './needs/assessments';
import { COLLECTIVE_NEEDS } from './needs/collective';
import { CONSENT_NEEDS } from './needs/consents';
import { DECLINING_NEEDS } from './needs/declining';
import { NEEDS_OF_DICTATIONS } from './needs/dictations';
import { FACILITATION_NEEDS } from './needs/facilitation';
import { INQUIRY_NEEDS } from './needs/inquiry';
import { KEEPING_NEEDS } from './needs/keeping';
import { LATENESS_NEEDS } from './needs/lateness';
import { MANDATE_NEEDS } from './needs/mandates';
import { OBJECT_NEEDS } from './needs/objects';
import { PAUSE_NEEDS } from './needs/pauses';
import { PROCEEDING_NEEDS } from './needs/proceedings';
import { PROTECTION_NEEDS } from './needs/protection';
import { REMEDY_NEEDS } from './needs/remedy';
import { SHARING_NEEDS } from './needs/sharing';
import { SYSTEM_NEEDS } from './needs/systems';
import { TAKING_PART_NEEDS } from './needs/taking-part';
import { WHO_ACTS } from './needs/who-acts';

/** Every named need of the step table. */
export const NEEDS = {
  ...OBJECT_NEEDS,
  ...ASSESSMENT_NEEDS,
  ...CONSENT_NEEDS,
  ...SHARING_NEEDS,
  ...MANDATE_NEEDS,
  ...DECLINING_NEEDS,
  ...REMEDY_NEEDS,
  ...WHO_ACTS,
  ...KEEPING_NEEDS,
  ...PAUSE_NEEDS,
  ...LATENESS_NEEDS,
  ...TAKING_PART_NEEDS,
  ...COLLECTIVE_NEEDS,
  ...PROCEEDING_NEEDS,
  ...INQUIRY_NEEDS,
  ...FACILITATION_NEEDS,
  ...PROTECTION_NEEDS,
  ...SYSTEM_NEEDS,
  ...NEEDS_OF_DICTATIONS,
} as const;

export type NeedName = keyof typeof NEEDS;

/** Needs that keep a decider apart from those who worked on the case; each deciding row names at least one. */
export const SEPARATION_NEEDS: readonly NeedName[] = [
  'deciderIsNotInvestigator',
  'deciderOwnsNoAction',
  'actorOwnsNoAction',
  'reviewerTookNoEarlierPart',
];
