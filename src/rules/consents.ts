// Source: GDPR Arts 6, 7 and 9; process model 5.5. Each is asked for on its own; withdrawal works forward only. Stable codes.
import type { RoleCode } from './roles';

/**
 * `optOut`: holds until the person says no. `scoped`: the person can say to whom or how far. `atLodging`: asked on the first form too.
 * `lawInstead`: where a law or duty is the basis, the person is told so and consent is not what it rests on.
 * `onlyRecorded`: no deed here rests on it yet; it is written down, and whoever works on the case can read it.
 * `version` is raised with every change of the words (`consent.<code>` in `words/`): each decision keeps the version it answered.
 */
interface ConsentRule {
  label: string;
  version: number;
  optOut?: true;
  scoped?: true;
  atLodging?: true;
  lawInstead?: true;
  onlyRecorded?: true;
}

export const CONSENTS = {
  'CN-INTAKE': { label: 'Handle my complaint', version: 1, lawInstead: true, onlyRecorded: true },
  'CN-SENS': {
    label: 'Use sensitive information about me, such as health, religion or origin',
    version: 1,
    atLodging: true,
    lawInstead: true,
  },
  'CN-SHARE-UNIT': {
    label: 'Tell the unit concerned what happened, without who I am',
    version: 1,
    scoped: true,
    atLodging: true,
  },
  'CN-SHARE-ID': { label: 'Tell those I complain about who I am', version: 1, scoped: true },
  'CN-SHARE-VENDOR': {
    label: 'Share my case with the vendor of the system',
    version: 1,
    scoped: true,
    atLodging: true,
  },
  'CN-SHARE-AUTH': {
    label: 'Share my case with an authority',
    version: 1,
    scoped: true,
    lawInstead: true,
  },
  'CN-REP': { label: 'Let my representative act for me', version: 1, scoped: true },
  // Not among the consents of the process model, which knows no outside experts.
  'CN-EXPERT': { label: 'Let an expert from outside read my case', version: 1, scoped: true },
  'CN-INTERP': { label: 'Use an interpreter', version: 1, onlyRecorded: true },
  'CN-DIALOGUE': { label: 'Take part in a dialogue', version: 1 },
  'CN-RECORD': { label: 'Record our conversations', version: 1, onlyRecorded: true },
  'CN-STAT': { label: 'Count my case in statistics that name nobody', version: 1, optOut: true },
  'CN-STORY': { label: 'Tell my case in a report, without my name', version: 1, scoped: true },
  'CN-CONTACT-AFTER': { label: 'Contact me afterwards to ask how it went', version: 1, onlyRecorded: true },
  'CN-GROUP': { label: 'Join my case to a collective complaint', version: 1 },
} as const satisfies Record<string, ConsentRule>;

export type ConsentCode = keyof typeof CONSENTS;
export const CONSENT_CODES = Object.keys(CONSENTS) as ConsentCode[];

/** The rule of one consent, with what is left out as undefined. */
export function consentRule(code: ConsentCode): ConsentRule {
  return CONSENTS[code];
}

/** Whether lodging itself says yes to it: to have a complaint handled. */
export function isAgreedByLodging(code: unknown): boolean {
  return code === 'CN-INTAKE';
}

/** What the person decided last, item by item; `bySelf`: she or who acts for her, not staff who wrote it down. */
export type Decisions = Partial<Record<ConsentCode, { given: boolean; bySelf: boolean }>>;

/** Whether a consent holds now: as decided last; an unanswered one only where it is an opt-out. */
export function consentHolds(decisions: Decisions, code: ConsentCode): boolean {
  return decisions[code]?.given ?? consentRule(code).optOut === true;
}

/** With whom a case can be shared, and the consent that this needs. `respondent`: those who are complained about. */
export const SHARED_WITH = {
  UNIT: { label: 'The unit concerned', consent: 'CN-SHARE-UNIT', respondent: true },
  VENDOR: { label: 'The vendor of the system', consent: 'CN-SHARE-VENDOR', respondent: true },
  UNION: { label: 'A union of the person', consent: 'CN-REP', respondent: false },
  REPRESENTATIVE: { label: 'A representative of the person', consent: 'CN-REP', respondent: false },
  AUTHORITY: { label: 'An authority', consent: 'CN-SHARE-AUTH', respondent: false },
} as const satisfies Record<string, { label: string; consent: ConsentCode; respondent: boolean }>;
export type SharedWith = keyof typeof SHARED_WITH;
export const SHARED_WITH_CODES = Object.keys(SHARED_WITH) as SharedWith[];

/** The consent that passing something on with a request for evidence rests on; null where there is none to rest on. */
export function consentOfRequest(askedOf: unknown): ConsentCode | null {
  return askedOf === 'UNIT' || askedOf === 'VENDOR' ? SHARED_WITH[askedOf].consent : null;
}

/**
 * The consent that a guest rests on, by what the guest is in the case: bringing in somebody from outside is sharing the case. It is asked
 * again with every request of the guest, so that a no works at once.
 */
export const GUEST_CONSENTS = {
  DIA: 'CN-DIALOGUE',
  EXP: 'CN-EXPERT',
} as const satisfies Partial<Record<RoleCode, ConsentCode>>;
export type GuestRole = keyof typeof GUEST_CONSENTS;

/** The remedy action that tells a case to the public. */
export const PUBLISHING_ACTION = 'RA-15';

/** The consent that a step which was taken rested on, so that the person can see what happened under it; null for every other step. */
export function consentBehind(step: string, answers: Readonly<Record<string, unknown>>): ConsentCode | null {
  switch (step) {
    case 'share':
      return SHARED_WITH[answers.sharedWith as SharedWith].consent;
    case 'refer':
      return answers.referralMode === 'WITH_CONSENT' ? 'CN-SHARE-AUTH' : null;
    case 'request-evidence':
      return answers.packetNumber === undefined ? null : consentOfRequest(answers.askedOf);
    case 'open-dialogue':
    case 'move-to-dialogue':
      return 'CN-DIALOGUE';
    case 'classify':
      return answers.sensitiveNoted === true ? 'CN-SENS' : null;
    case 'publish-story':
      return 'CN-STORY';
    case 'invite-guest':
      return GUEST_CONSENTS[answers.guestRole as GuestRole];
    default:
      return null;
  }
}

/** Consents under which the person reads that a step was taken: what it rested on, and where it told who she is, that as well. */
export function consentsTelling(step: string, answers: Readonly<Record<string, unknown>>): ConsentCode[] {
  const behind = consentBehind(step, answers);
  return [
    ...(behind ? [behind] : []),
    ...(answers.identityShared === true ? (['CN-SHARE-ID'] as const) : []),
  ];
}

/** Steps that can rest on a consent. */
export const STEPS_UNDER_CONSENT = [
  'share',
  'refer',
  'request-evidence',
  'open-dialogue',
  'move-to-dialogue',
  'publish-story',
  'classify',
  'invite-guest',
] as const;
