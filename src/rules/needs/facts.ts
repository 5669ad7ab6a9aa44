// Source: process model 6.1–6.3; withdrawal 5.7.
import type { Day } from '../../platform/time';
import type { ClockCode } from '../clocks';
import type { WaitingReport } from '../lateness';
import type { Decisions } from '../consents';
import type { Attempt } from '../contact-attempts';
import type { EvidenceRequestFacts } from '../inquiry';
import type { IdentityMode } from '../identity-modes';
import type { MandateCover, MandateStatus } from '../mandates';
import type { RemedyActionCode } from '../remedies';
import type { RoleCode } from '../roles';
import type { Tier } from '../severity';
import type { State } from '../states';

/** What was answered in a step, after validation against `ASKS`. */
export type StepAnswers = Readonly<
  Record<string, string | number | boolean | readonly string[] | readonly number[] | ByAction | undefined>
>;

/** One answer for each action of remedy, by its number. */
export type ByAction = Readonly<Record<string, string>>;

export interface ActionFacts {
  n: number;
  action: RemedyActionCode;
  status: 'PROPOSED' | 'AGREED' | 'STARTED' | 'DONE' | 'REFUSED' | 'DROPPED';
  ownerId: string;
  /** Whether the complainant agreed to it; null while nobody asked. */
  agreed: boolean | null;
  /** Whether it is said where the snapshot of before is kept. */
  snapshotKept: boolean;
  /** What the complainant said of it: FULL, PARTLY, NO, or nothing yet. */
  verificationResult: string | null;
}

export interface MandateFacts {
  n: number;
  /** Whose it is. */
  partyId: string;
  /** As it stands today. */
  status: MandateStatus;
  /** Null while nobody said what it rests on. */
  basis: string | null;
  covers: readonly MandateCover[];
  /** Whether staff refused or ended it, and neither the person nor whoever held it. */
  endedByStaff: boolean;
}

/**
 * Whether a case went on by itself after the person withdrew and they have not come back since, whatever state it is in now
 * (withdrawal 5.7: the identity stays out of it).
 */
export function goesOnWithoutPerson(taken: readonly { step: string; role: string }[]): boolean {
  const last = taken.findLast(
    ({ step, role }) =>
      step === 'continue-own-initiative' ||
      (['come-back', 'reopen', 'appeal'].includes(step) && ['RH', 'REP'].includes(role)),
  );
  return last?.step === 'continue-own-initiative';
}

/** Who is to have said what staff wrote down. `saidBy`: null of what was written down before that was kept; `partyId`: of a representative. */
export interface Word {
  saidBy: string | null;
  partyId: string | null;
}

/** Everything the rules may look at. Collected in one place (`casework/facts.ts`), never stored. */
export interface CaseFacts {
  today: Day;
  /** `partyId`: of a rightsholder, whose receipt opened the case. */
  actor: {
    role: RoleCode;
    personId: string | null;
    partyId?: string;
    /** Whoever of staff writes it down, where she says it and does not take it on her page. */
    writtenBy?: { role: RoleCode; personId: string };
  };
  state: State | 'new';
  lodgedOn: Day;
  /** Since when the person is asked what the state is about: whether they accept an offer, whether all is done; null in every other state. */
  askedSince: Day | null;
  identityMode: IdentityMode;
  complainantRole: string;
  fearOfReprisal: string | null;
  hasContact: boolean;
  hasName: boolean;
  /** Whether the person has a receipt of their own, and whoever acts for them is not alone with the case. */
  personHoldsReceipt: boolean;
  /** Whether anybody can still open the case and take something back. */
  somebodyHoldsReceipt: boolean;
  /** What the person decided last, consent by consent. */
  consents: Decisions;
  tier: Tier | null;
  interimRequired: boolean;
  interimDecision: string | null;
  legalFactsAssessed: boolean;
  classified: boolean;
  reprisalLevel: string | null;
  /** By when the risk of reprisal is looked at again. */
  reprisalReviewOn: Day | null;
  isDefender: boolean;
  closureCode: string | null;
  /** A story that was published and not taken down by staff; whether the public can read it is asked elsewhere. */
  storyStands: boolean;
  involvement: string | null;
  agreement: string | null;
  verification: string | null;
  /** Attempts to reach the person since they were last heard. */
  contactAttempts: readonly Attempt[];
  suspendedUntil: Day | null;
  /** A ground of `suspend`; null while the case is not paused. */
  suspendedGround: string | null;
  questionOpen: boolean;
  /**
   * `withheld`: evidence is missing because the organisation or the vendor lost or withheld it; `missingTakenUp`: the finding says what that
   * means for it.
   */
  allegations: readonly { n: number; finding: string | null; withheld: boolean; missingTakenUp: boolean }[];
  actions: readonly ActionFacts[];
  /** The newest offer or agreement of the organisation; without a day to answer it while that time waits. */
  offer: { kind: string; status: string; replyDueOn: Day | null } | null;
  measures: readonly { n: number; measure: string; status: string }[];
  /** The protection plan: what is planned, in force or ended, and for whom. */
  protection: readonly { n: number; measure: string; protects: string; status: string }[];
  /** Where each check-in stands, oldest first. */
  checkIns: readonly string[];
  appeal: { against: string; late: boolean; reviewerId: string | null } | null;
  /** The team: who is assigned, said that they have no conflict of interest, and still works here in that role. */
  assigned: readonly { role: string; personId: string }[];
  /** Who is asked onto the team and has not answered yet. */
  asked: readonly { role: string; personId: string }[];
  /** Every place that goes on: of the team, of who is asked, and of who has left without handing over. */
  places: readonly { role: string; personId: string }[];
  /** Exclusions that stand. */
  exclusions: readonly { n: number; personId: string | null }[];
  /** Guests whose access was not ended. */
  guests: readonly { n: number }[];
  glassBroken: readonly { n: number; personId: string; isReviewed: boolean }[];
  /**
   * Of those whose deed somebody else has to look at, who are no other person than whoever acts: the same account, one that it made, or one
   * that made it.
   */
  noOthers: readonly string[];
  /** Every step taken so far, oldest first; behind them, who proposed one, settled one, or held the pen for her. */
  taken: readonly { step: string; personId: string | null; role: string }[];
  /**
   * Steps of hers that staff wrote down, oldest first. `penHolders`: who wrote it, and who agreed; `isLast`: the step was not taken again
   * since; `holds`: what she was told when she objected, null before.
   */
  dictations: readonly {
    n: number;
    step: string;
    penHolders: readonly string[];
    isLast: boolean;
    objectUntil: Day;
    objected: boolean;
    holds: boolean | null;
  }[];
  /** Whose word it is that staff wrote down and that waits for a second person. */
  wordsWaiting: readonly Word[];
  /** What she denied while it waited: who wrote it down, and whether somebody looked at that. */
  denials: readonly { penHolder: string; answered: boolean }[];
  /** The last day on which she can comment on the findings; null, too, while that time waits. */
  commentsDueOn: Day | null;
  clocks: readonly {
    code: ClockCode;
    basis: string;
    status: string;
    dueLegalLatest: Day;
    extended: boolean;
  }[];
  /** How many promises and legal days have passed that the person has not reported as late. */
  lateUnreported: number;
  /** The report of the person that waits for an answer. */
  lateReport: WaitingReport | null;
  /** Whether the person can write and send files. */
  dialogueIsOpen: boolean;
  supports: readonly { n: number; status: string }[];
  proceedings: readonly { n: number; endedOn: Day | null }[];
  /** Numbers of the questions that the person answered. */
  answeredQuestions: readonly number[];
  /**
   * The time in which it is watched that the harm does not come back; `until` is null while the case is paused, `lookedAtOn` as long as
   * nobody looked.
   */
  monitoring: { since: Day; until: Day | null; lookedAtOn: Day | null } | null;
  evidenceRequests: readonly EvidenceRequestFacts[];
  /** What each side says of whoever is proposed to lead the dialogue. */
  facilitators: readonly { n: number; person: string; unit: string }[];
  meetings: readonly { n: number; kind: string; withWhom: string; status: string }[];
  /** Numbers of the AI systems that the case names now. */
  systems: readonly number[];
  preservationRequests: readonly { n: number; systemNumber: number; answer: string | null }[];
  /** The chain of notices of AI Act Art. 26(5), in the order of duty. */
  article26Notices: readonly {
    n: number;
    systemNumber: number;
    addressee: string;
    since: Day;
    outcome: string | null;
  }[];
  transcripts: readonly { n: number; status: string }[];
  translations: readonly { n: number; status: string }[];
  teamTasks: readonly { n: number; status: string }[];
  translationRequests: readonly {
    n: number;
    ofKind: string;
    ofNumber: number;
    language: string;
    status: string;
  }[];
  /** Oldest first; the newest of a representative is the one that counts. */
  mandates: readonly MandateFacts[];
  /** How many representatives hold a receipt of whom no mandate is written down. */
  representativesUnwritten: number;
  /** When the case was last passed on to another body. */
  referredOn: Day | null;
  /** A code of `REFERRAL_ANSWERS`: what the other body said last. */
  referralAnswer: string | null;
  duplicateLinked: boolean;
  /** Whether it is looked at in another case. */
  isMerged: boolean;
  /** Codes with which people join this collective complaint, ended ones too. */
  joinCodes: readonly { n: number; until: Day; endedOn: Day | null; used: number; places: number }[];
  /** The day of each message that went to all members. */
  memberNews: readonly { writtenOn: Day; byStaff: boolean }[];
  /** Whether this case is part of a collective complaint. */
  isMember: boolean;
  /** The days on which the case joined a collective complaint, also one that it left. */
  joinedOn: readonly Day[];
  individualRemedyNeeded: boolean;
  /** How many cases of members have neither an offer nor an end, where members need a remedy of their own. */
  undecidedMembers: number;
  /** Legal holds that stand; nobody placed the one that holds from receipt. */
  holds: readonly { n: number; placedBy: string | null }[];
  /** What the person asked to have erased, while that is not decided. */
  erasureAsked: string | null;
  /**
   * Looked up for the answers at hand: the roles of the person named, whether that person is kept out of the case, of which case the person
   * is a guest, whether the other case is another one, whether the text to be translated is there, and whether a triage lead is left who is not kept out, should this be done.
   */
  named: {
    personRoles: readonly RoleCode[];
    personId: string | null;
    isKeptOut: boolean;
    guestOf: 'NONE' | 'THIS' | 'ANOTHER';
    otherCaseIsAnother: boolean;
    /** Whether the other case is seen, open, and linked with this one as a duplicate. */
    otherCaseTakesIn: boolean;
    /** Whether somebody works on the other case whom an exclusion of this one keeps out. */
    otherCaseHasKeptOut: boolean;
    leadIsLeft: boolean;
    /** Whether the text of the case that a translation is for is there. */
    textIsThere: boolean;
    /** Whether the file that is to prove a mandate is there. */
    proofIsThere: boolean;
    /** Whether the register has an AI system of the number that was answered. */
    systemIsThere: boolean;
    /** Whether that system has a record of the number that was answered, which was not struck. */
    diligenceRecordIsThere: boolean;
    /** The packet of the number that was answered; null where there is none. `namesSomebody`: a text of it holds a name or contact that the vault has, or goes whole and could hold one that was changed, taken back or erased. */
    packet: { isPassedOn: boolean; namesSomebody: boolean; identityErased: boolean } | null;
  };
}
