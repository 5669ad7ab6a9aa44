import type { Day, Instant } from '../platform/time';
import type { AmendedPart, TranslatedKind } from '../rules/taking-part';
import type { IdentityMode } from '../rules/identity-modes';
import type { HolderRole } from '../rules/roles';
import type { ConsentCode } from '../rules/consents';

/** What the person asked for so that they can take part. */
export interface SupportView {
  n: number;
  kind: string;
  wish: string | null;
  askedOn: Day;
  /** By an internal target of ours. */
  dueOn: Day;
  status: string;
  arrangement: string | null;
  reasons: string | null;
  alternative: string | null;
  answeredOn: Day | null;
  endedOn: Day | null;
}

/** What the person added to what they told, or how it should read instead. */
export interface AmendmentView {
  n: number;
  kind: string;
  part: AmendedPart;
  language: string;
  text: string;
  byRole: string;
  writtenOn: Day;
}

/** What was said, as staff wrote it down, and what the person says of that. */
export interface TranscriptView {
  n: number;
  occasion: string;
  heldOn: Day;
  language: string;
  text: string;
  byRole: string;
  recordedOn: Day;
  status: string;
  answeredOn: Day | null;
  dispute: string | null;
}

/** A translation beside a text of the case. */
export interface TranslationView {
  n: number;
  ofKind: TranslatedKind;
  /** Number of the text; nought for the complaint itself, the revision of a letter. */
  ofNumber: number;
  language: string;
  author: string;
  status: string;
  text: string;
  addedOn: Day;
  checkedOn: Day | null;
}

/** That a text is to be translated, as the person sees it. */
export interface MyTranslationRequestView {
  ofKind: TranslatedKind;
  ofNumber: number;
  language: string;
}

/** The same for staff. */
export interface TranslationRequestView extends MyTranslationRequestView {
  n: number;
  owner: string;
  byRole: string;
  askedOn: Day;
  dueOn: Day;
  overdue: boolean;
  /** A code of `TRANSLATION_REQUEST_STATUSES`. */
  status: string;
  settledOn: Day | null;
}

/** What the holder of a receipt left of themself. */
export interface MyIdentityView {
  identityMode: IdentityMode;
  /** Modes in which more is known, that the reader can move the case to. */
  movesTo: IdentityMode[];
  name: string | null;
  contact: Contact | null;
  /** Whether the reader can change anything of it. */
  mayChange: boolean;
}

/** Name and contact of everybody in a case who left one, opened to one member of staff until an instant. */
export interface IdentityView {
  until: Instant;
  parties: { holder: HolderRole; name: string | null; contact: Contact | null }[];
}

/** Something that was shared, passed on or begun under a consent, or under a law in its place. */
export interface Disclosure {
  /** Null where the entry cannot be read any more. */
  on: Day | null;
  step: string;
  byRole: string;
  to: string | null;
  what: string | null;
  /** Of a packet that went with it, what stood in it; empty where none did. */
  parts: PassedPart[];
  legalDuty: string | null;
}

/** One text or file that was passed on. */
export interface PassedPart {
  /** A code of `SHARED_KINDS`. */
  kind: string;
  n: number;
  isMasked: boolean;
}

/** One consent: what is asked, what the person decided last, and what already happened under it. */
export interface ConsentView {
  code: ConsentCode;
  /** In the words of `version`, in the language of the reader. */
  text: string;
  version: number;
  optOut: boolean;
  /** Whether the person can set limits. */
  scoped: boolean;
  /** A law or duty is the basis, not this consent. */
  lawInstead: boolean;
  /** No deed here rests on it yet. */
  onlyRecorded: boolean;
  /** Whether it holds now. */
  holds: boolean;
  /** Null while nothing was decided. */
  given: boolean | null;
  answeredVersion: number | null;
  language: string | null;
  decidedOn: Day | null;
  withdrawnOn: Day | null;
  scope: string | null;
  byRole: string | null;
  disclosures: Disclosure[];
}

export interface Contact {
  kind: string;
  value: string;
  safeContact?: string | null;
}

/** Somebody who speaks for the person. */
export interface MandateView {
  n: number;
  /** Whether it is the reader's own. */
  own: boolean;
  /** As they gave it; null to everybody but the person. */
  name: string | null;
  /** CLAIMED, CONFIRMED, REFUSED, ENDED or EXPIRED. */
  status: string;
  /** Null while nobody said what it rests on. */
  basis: string | null;
  covers: string[];
  since: Day | null;
  until: Day | null;
  /** Number of a file of the case. */
  proof: number | null;
  limits: string | null;
  byRole: string;
  recordedOn: Day;
  confirmedBy: string | null;
  confirmedOn: Day | null;
  endedBy: string | null;
  endedOn: Day | null;
  reasons: string | null;
}

/** How something was said that staff wrote down; all of it null for who is neither the person nor who said it. */
export interface HowSaid {
  saidOn: Day | null;
  /** A code of `SAID_THROUGH`. */
  saidThrough: string | null;
  throughWhom: string | null;
  /** Null for everybody where they are of danger. */
  words: string | null;
  byRole: string | null;
}

/** A step of the person that staff wrote down for them. */
export interface MyDictationView extends HowSaid {
  n: number;
  step: string;
  saidBy: string;
  writtenOn: Day;
  objectUntil: Day;
  objectedOn: Day | null;
  /** What they were told when they had objected. */
  holds: boolean | null;
  answeredOn: Day | null;
}

/** A step of the person that staff wrote down for them and that did not happen: a second person has not agreed yet, or refused it. */
export interface MyProposedDictationView
  extends HowSaid, Pick<MyDictationView, 'step' | 'saidBy' | 'writtenOn'> {
  /** By when the second person looks at it; null once it is refused. */
  agreeUntil: Day | null;
  /** One of `TOLD_REFUSAL_CODES`; null while it waits. */
  refusedFor: string | null;
  refusedOn: Day | null;
  /** When the person said that they never said it. */
  deniedOn: Day | null;
  denialAnsweredOn: Day | null;
}

/** What staff wrote down for the person, for staff. */
export interface DictationView extends MyDictationView {
  saidOn: Day;
  saidThrough: string;
  words: string;
  byRole: string;
  /** Of the entry in the history. */
  revision: number;
  /** A code of `KNOWN_BY`. */
  knownBy: string;
  by: string;
  /** The second person, where one had to agree. */
  agreedBy: string | null;
}

/** What staff wrote down for the person and the person says they never said, for staff. */
export interface DenialView {
  step: string;
  saidBy: string;
  saidOn: Day;
  saidThrough: string;
  words: string;
  by: string;
  byRole: string;
  writtenOn: Day;
  deniedOn: Day;
  /** Null until somebody who did not write it down has looked at it. */
  answeredOn: Day | null;
}

/** An attempt to reach the person. */
export interface ContactAttemptView {
  n: number;
  /** Of the entry in the history. */
  revision: number;
  triedOn: Day;
  /** A code of `CONTACT_CHANNELS`. */
  channel: string;
  isSafe: boolean;
  isOnlyWay: boolean;
  /** Why no other way is safe. */
  onlyWayReason: string | null;
  /** A code of `CONTACT_RESULTS`. */
  result: string;
  byRole: string;
  words: string;
  /** Whether the person has not been heard since. */
  counts: boolean;
}
