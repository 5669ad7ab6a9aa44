// Source: process model 6.3 and 6.4; UN Guiding Principles 22, 29 and 31. Stable codes: they stand in the ledger.
import { IDENTITY_MODES, type IdentityMode } from './identity-modes';
import { tierRank, type Tier } from './severity';

/** The only grounds on which a complaint is not accepted. `needsReferral`: the person is told, or passed on to, who can help. */
export const DECLINE_CODES = {
  'DC-NOLINK': { label: 'No link to the organisation or its use of AI', needsReferral: true },
  'DC-OTHERBODY': { label: 'Only another body can decide it', needsReferral: true },
  'DC-DUP': { label: 'Same person, same facts: joined to the earlier case', needsReferral: false },
  'DC-COMM': { label: 'A purely commercial dispute without effect on people', needsReferral: true },
  'DC-UNINTELL': { label: 'Not understandable after three attempts', needsReferral: false },
  'DC-ABUSE': { label: 'Manifestly abusive, as two people found', needsReferral: false },
} as const satisfies Record<string, { label: string; needsReferral: boolean }>;
export type DeclineCode = keyof typeof DECLINE_CODES;
export const DECLINE_CODE_LIST = Object.keys(DECLINE_CODES) as DeclineCode[];

/** What is never a reason to decline, whatever else holds (UNGP 29 and commentary). */
export const NEVER_GROUNDS_TO_DECLINE = {
  PARALLEL_PROCEEDING: { label: 'A court, authority or other body is dealing with it, or could' },
  ANONYMITY: { label: 'We do not know who complains' },
  LATENESS_ALONE: { label: 'It was lodged late' },
  UNION_EXISTS: { label: 'There is a union or works council' },
} as const satisfies Record<string, { label: string }>;
export type NeverGroundToDecline = keyof typeof NEVER_GROUNDS_TO_DECLINE;

/** What has to be known to decline. A fact that is left out counts against declining. */
export interface DeclineFacts {
  tier?: Tier | null;
  isDefender: boolean;
  identityMode: IdentityMode;
  /** Documented attempts to understand the complaint. */
  attemptsToUnderstand: number;
  /** Two people found it abusive, independently of each other. */
  twoPersonReview: boolean;
  /** Somebody's rights are or could be affected. */
  effectOnPeople: boolean;
  /** The person is told which body can help, or passed on to it. */
  referralGiven?: boolean;
  /** The earlier case with the same person and facts is linked as DUPLICATE. */
  linkedAsDuplicate?: boolean;
  reprisalLevel?: string | null;
  /** An independent reviewer has seen the decision to decline. */
  independentReviewerSaw?: boolean;
}

/** Why a decline is not allowed. */
export const DECLINE_OBSTACLES = {
  'REFERRAL-MISSING': 'Say which body can help the person, or pass the case on with consent.',
  'DUPLICATE-NOT-LINKED': 'Link the earlier case as a duplicate first.',
  'EFFECT-ON-PEOPLE': 'It affects people, so it is not purely commercial: accept it.',
  'THREE-ATTEMPTS-NEEDED': 'Try at least three times to understand what the person means.',
  'NO-WAY-TO-ASK-BACK': 'Nobody can be asked what is meant: accept the complaint as it is.',
  'TWO-PERSON-REVIEW-NEEDED': 'Two people have to find it abusive.',
  'INDEPENDENT-REVIEW-NEEDED':
    'An independent reviewer has to see it first: it is severe, the person defends human rights, or is in extreme danger of reprisal.',
} as const satisfies Record<string, string>;
export type DeclineObstacle = keyof typeof DECLINE_OBSTACLES;

/** Every reason why this ground cannot be used on these facts; empty when it can. That a second person agrees is the workflow's matter. */
export function declineIsAllowed(code: DeclineCode, facts: DeclineFacts): DeclineObstacle[] {
  const obstacles: DeclineObstacle[] = [];
  if (DECLINE_CODES[code].needsReferral && !facts.referralGiven) obstacles.push('REFERRAL-MISSING');
  if (code === 'DC-DUP' && !facts.linkedAsDuplicate) obstacles.push('DUPLICATE-NOT-LINKED');
  if (code === 'DC-COMM' && facts.effectOnPeople) obstacles.push('EFFECT-ON-PEOPLE');
  if (code === 'DC-UNINTELL') {
    if (facts.attemptsToUnderstand < 3) obstacles.push('THREE-ATTEMPTS-NEEDED');
    if (!IDENTITY_MODES[facts.identityMode].canBeAsked) obstacles.push('NO-WAY-TO-ASK-BACK');
  }
  if (code === 'DC-ABUSE' && !facts.twoPersonReview) obstacles.push('TWO-PERSON-REVIEW-NEEDED');
  if (independentReviewIsNeeded(facts) && !facts.independentReviewerSaw)
    obstacles.push('INDEPENDENT-REVIEW-NEEDED');
  return obstacles;
}

/** Turning away a defender, a severe complaint or somebody in extreme danger of reprisal needs the sight of somebody independent. */
export function independentReviewIsNeeded(
  facts: Pick<DeclineFacts, 'tier' | 'isDefender' | 'reprisalLevel'>,
): boolean {
  return (
    facts.isDefender ||
    facts.reprisalLevel === 'EXTREME' ||
    (!!facts.tier && tierRank(facts.tier) >= tierRank('SEVERE'))
  );
}

/** One per allegation. FC-INCON because we or the vendor lost or withheld logs is decided in the complainant's favour, and said. */
export const FINDING_CODES = {
  'FC-SUBST': { label: 'Substantiated', upholds: true },
  'FC-PART': { label: 'Partly substantiated', upholds: true },
  'FC-UNSUB': { label: 'Not substantiated', upholds: false },
  'FC-INCON': { label: 'Inconclusive: evidence is missing', upholds: false },
  'FC-NA': { label: 'Not assessed', upholds: false },
} as const satisfies Record<string, { label: string; upholds: boolean }>;
export type FindingCode = keyof typeof FINDING_CODES;
export const FINDING_CODE_LIST = Object.keys(FINDING_CODES) as FindingCode[];

/** Why a case is closed. CR-NOREMEDY is counted in public and signed off by an executive. */
export const CLOSURE_CODES = {
  'CR-REM-V': { label: 'Remedied and verified', remedied: true, needsExecutiveSignOff: false },
  'CR-REM-U': { label: 'Remedied, not verified', remedied: true, needsExecutiveSignOff: false },
  'CR-REM-P': { label: 'Partly remedied', remedied: true, needsExecutiveSignOff: false },
  'CR-SETTLED': {
    label: 'Agreement reached in dialogue and carried out',
    remedied: true,
    needsExecutiveSignOff: false,
  },
  'CR-NOTAGREED': { label: 'Measures taken without agreement', remedied: true, needsExecutiveSignOff: false },
  'CR-NOREMEDY': {
    label: 'Caused or contributed to, but no remedy',
    remedied: false,
    needsExecutiveSignOff: true,
  },
  'CR-LINKED': {
    label: 'Linked through a business relationship: no remedy owed, leverage used',
    remedied: false,
    needsExecutiveSignOff: false,
  },
  'CR-UNSUB': { label: 'Not substantiated', remedied: false, needsExecutiveSignOff: false },
  'CR-NOLINK': { label: 'No link to the organisation', remedied: false, needsExecutiveSignOff: false },
  'CR-REFERRED': { label: 'Passed on to another body', remedied: false, needsExecutiveSignOff: false },
  'CR-DECLINED': { label: 'Not accepted', remedied: false, needsExecutiveSignOff: false },
  'CR-WITHDRAWN': { label: 'Withdrawn', remedied: false, needsExecutiveSignOff: false },
  'CR-LOSTCONTACT': { label: 'Contact lost', remedied: false, needsExecutiveSignOff: false },
  'CR-MERGED': { label: 'Joined to another case', remedied: false, needsExecutiveSignOff: false },
  'CR-PARALLEL': { label: 'Resolved elsewhere', remedied: false, needsExecutiveSignOff: false },
} as const satisfies Record<string, { label: string; remedied: boolean; needsExecutiveSignOff: boolean }>;
export type ClosureCode = keyof typeof CLOSURE_CODES;
export const CLOSURE_CODE_LIST = Object.keys(CLOSURE_CODES) as ClosureCode[];

/** What changed beyond the one case; several may hold. */
export const SYSTEMIC_EFFECTS = {
  'SE-NONE': { label: 'Nothing' },
  'SE-TRAIN': { label: 'Staff training' },
  'SE-CONFIG': { label: 'System configuration' },
  'SE-OVERSIGHT': { label: 'Human oversight' },
  'SE-CONTRACT': { label: 'Contract or tender terms' },
  'SE-SUSPEND': { label: 'System suspended' },
  'SE-DECOM': { label: 'System decommissioned' },
  'SE-POLICY': { label: 'Policy' },
} as const satisfies Record<string, { label: string }>;
export type SystemicEffectCode = keyof typeof SYSTEMIC_EFFECTS;
export const SYSTEMIC_EFFECT_LIST = Object.keys(SYSTEMIC_EFFECTS) as SystemicEffectCode[];

/** What the independent reviewer decided; seen from the complainant, UPHELD means the appeal succeeds. */
export const APPEAL_OUTCOMES = {
  'AP-UPHELD': { label: 'Appeal upheld' },
  'AP-VARIED': { label: 'Decision changed in part' },
  'AP-SENTBACK': { label: 'Sent back to be looked at again' },
  'AP-REJECTED': { label: 'Appeal rejected' },
  'AP-LATE': { label: 'Lodged too late and not admitted' },
} as const satisfies Record<string, { label: string }>;
export type AppealOutcomeCode = keyof typeof APPEAL_OUTCOMES;
export const APPEAL_OUTCOME_LIST = Object.keys(APPEAL_OUTCOMES) as AppealOutcomeCode[];

export const LINK_TYPES = {
  DUPLICATE: { label: 'Same person, same facts' },
  SAME_SYSTEM: { label: 'Same AI system' },
  SAME_EVENT: { label: 'Same event' },
  RETALIATION_OF: { label: 'Retaliation for the other case' },
  APPEAL_OF: { label: 'Appeal of the other case' },
} as const satisfies Record<string, { label: string }>;
export type LinkType = keyof typeof LINK_TYPES;
export const LINK_TYPE_LIST = Object.keys(LINK_TYPES) as LinkType[];

/** Where an interim measure stands. They may start in any open state and stay when a case is suspended. */
export const INTERIM_STATES = {
  IM_NONE: { label: 'None needed', inForce: false },
  IM_REQUESTED: { label: 'Requested', inForce: false },
  IM_ORDERED: { label: 'Ordered', inForce: true },
  IM_ACTIVE: { label: 'In force', inForce: true },
  IM_LIFTED: { label: 'Lifted', inForce: false },
} as const satisfies Record<string, { label: string; inForce: boolean }>;
export type InterimState = keyof typeof INTERIM_STATES;
export const INTERIM_STATE_LIST = Object.keys(INTERIM_STATES) as InterimState[];
