// Source: process model 6.1 (separation of duty) and 6.3 (guards); severity 1.3; involvement 1.4; consents 5.5; withdrawal 5.7.
import type { Day } from '../platform/time';
import type { ClockCode } from './clocks';
import {
  consentHolds,
  PUBLISHING_ACTION,
  SHARED_WITH,
  type ConsentCode,
  type Decisions,
  type SharedWith,
} from './consents';
import { addDays } from './counting';
import { tellSpecialCategory } from './groups';
import { oweRemedy, type InvolvementCode } from './involvement';
import { declineIsAllowed, independentReviewIsNeeded, type ClosureCode, type DeclineCode } from './outcomes';
import { REMEDY_ACTIONS, type RemedyActionCode } from './remedies';
import type { IdentityMode } from './identity-modes';
import type { RoleCode } from './roles';
import { computeTier, tierRank, type Severity, type Tier } from './severity';
import type { State } from './states';
import { tellsTooMuch } from './stories';

/** What was answered in a step, after validation against `ASKS`. */
export type StepAnswers = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export interface ActionFacts {
  n: number;
  action: RemedyActionCode;
  status: 'PROPOSED' | 'AGREED' | 'STARTED' | 'DONE' | 'DROPPED';
  ownerId: string;
  /** What the complainant said of it: FULL, PARTLY, NO, or nothing yet. */
  verificationResult: string | null;
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

/** Everything the rules may look at. Collected in one place (`casework/facts.ts`), never stored. */
export interface CaseFacts {
  today: Day;
  actor: { role: RoleCode; personId: string | null };
  state: State | 'new';
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
  isDefender: boolean;
  closureCode: string | null;
  /** A story that was published and not taken down by staff; whether the public can read it is asked elsewhere. */
  storyStands: boolean;
  involvement: string | null;
  agreement: string | null;
  verification: string | null;
  contactAttempts: number;
  suspendedUntil: Day | null;
  questionOpen: boolean;
  /** `withheld`: evidence is missing because the organisation or the vendor lost or withheld it. */
  allegations: readonly { n: number; finding: string | null; withheld: boolean }[];
  actions: readonly ActionFacts[];
  /** The newest offer or agreement of the organisation. */
  offer: { kind: string; status: string; replyDueOn: Day | null } | null;
  measures: readonly { n: number; status: string }[];
  appeal: { against: string; late: boolean; reviewerId: string | null } | null;
  /** The team: who is assigned, and said that they have no conflict of interest. */
  assigned: readonly { role: string; personId: string }[];
  /** Who is asked onto the team and has not answered yet. */
  asked: readonly { role: string; personId: string }[];
  /** Exclusions that stand. */
  exclusions: readonly { n: number; personId: string | null }[];
  glassBroken: readonly { n: number; personId: string; isReviewed: boolean }[];
  /** Every step taken so far, oldest first. */
  taken: readonly { step: string; personId: string | null; role: string }[];
  commentsDueOn: Day | null;
  clocks: readonly {
    code: ClockCode;
    basis: string;
    status: string;
    dueLegalLatest: Day;
    extended: boolean;
  }[];
  duplicateLinked: boolean;
  /** Legal holds that stand; nobody placed the one that holds from receipt. */
  holds: readonly { n: number; placedBy: string | null }[];
  /** What the person asked to have erased, while that is not decided. */
  erasureAsked: string | null;
  /**
   * Looked up for the answers at hand: the roles of the person named, whether that person is kept out of the case, whether the other case
   * is another one, and whether a triage lead is left who is not kept out, should this be done.
   */
  named: {
    personRoles: readonly RoleCode[];
    personId: string | null;
    isKeptOut: boolean;
    otherCaseIsAnother: boolean;
    leadIsLeft: boolean;
  };
}

interface Need {
  /** What to do about it, as a sentence to whoever tried. */
  sentence: string;
  met(facts: CaseFacts, answers: StepAnswers): boolean;
}

const need = (sentence: string, met: Need['met']): Need => ({ sentence, met });

const OPEN_ACTION = ['PROPOSED', 'AGREED', 'STARTED'];
const live = (facts: CaseFacts) => facts.actions.filter((action) => action.status !== 'DROPPED');
const isIndividual = (action: ActionFacts) => REMEDY_ACTIONS[action.action].individual;
const publishes = (facts: CaseFacts, answers: StepAnswers) =>
  (answers.action ?? actionNamed(facts, answers)?.action) === PUBLISHING_ACTION;
const sharedWith = (answers: StepAnswers) => SHARED_WITH[answers.sharedWith as SharedWith];
const actionNamed = (facts: CaseFacts, answers: StepAnswers) =>
  live(facts).find((action) => action.n === answers.actionNumber);
const holdNamed = (facts: CaseFacts, answers: StepAnswers) =>
  facts.holds.find(({ n }) => n === answers.holdNumber);
const measureNamed = (facts: CaseFacts, answers: StepAnswers) =>
  facts.measures.find((measure) => measure.n === answers.measureNumber);
const substantiated = (facts: CaseFacts) =>
  facts.allegations.some(
    ({ finding, withheld }) =>
      finding === 'FC-SUBST' || finding === 'FC-PART' || (finding === 'FC-INCON' && withheld),
  );
const mustRemedy = (facts: CaseFacts) =>
  facts.involvement !== null &&
  oweRemedy(facts.involvement as InvolvementCode) &&
  (substantiated(facts) || facts.allegations.every(({ finding }) => finding === null));
/** What somebody did in the case itself: to say whether one has a conflict of interest is no part in it. */
const partsTaken = (facts: CaseFacts) => facts.taken.filter(({ step }) => !NO_PART.has(step));
const investigators = (facts: CaseFacts) =>
  new Set([
    ...facts.assigned.filter(({ role }) => role === 'INV').map(({ personId }) => personId),
    ...partsTaken(facts)
      .filter(({ role }) => role === 'INV')
      .map(({ personId }) => personId),
  ]);
const tookPart = (facts: CaseFacts, personId: string | null) =>
  partsTaken(facts).some(
    (taken) => taken.personId === personId && !(taken.role === 'IRV' && REVIEW_STEPS.has(taken.step)),
  ) || facts.assigned.some((assigned) => assigned.personId === personId && assigned.role !== 'IRV');
const mayTakeRole = (facts: CaseFacts, role: string) =>
  (role !== 'IRV' || !tookPart(facts, facts.named.personId)) &&
  (role !== 'DEC' || !investigators(facts).has(facts.named.personId ?? ''));
/** Whose place is handed over: the actor's own, unless another one is named. */
const handsOver = (facts: CaseFacts, answers: StepAnswers) => answers.handedOverFrom ?? facts.actor.personId;
const placesOf = (facts: CaseFacts, personId: unknown) =>
  [...facts.assigned, ...facts.asked].filter((place) => place.personId === personId);
const glassNamed = (facts: CaseFacts, answers: StepAnswers) =>
  facts.glassBroken.find(({ n }) => n === answers.breakGlassNumber);
const ownerOf = (facts: CaseFacts) => new Set(live(facts).map(({ ownerId }) => ownerId));
const OWN_RATINGS: Record<string, number> = { none: 0, some: 1, serious: 2 };
const ownRating = (facts: CaseFacts) => OWN_RATINGS[facts.fearOfReprisal ?? 'none'] ?? 0;
const LEVELS = ['LOW', 'MEDIUM', 'HIGH', 'EXTREME'];
/** Until somebody rates the risk, the person's own rating counts. */
const reprisalRankOf = (facts: CaseFacts) =>
  facts.reprisalLevel === null ? ownRating(facts) : LEVELS.indexOf(facts.reprisalLevel);
const lowersReprisal = (facts: CaseFacts, answers: StepAnswers) =>
  LEVELS.indexOf(String(answers.reprisalLevel)) < reprisalRankOf(facts) ||
  (facts.isDefender && answers.isDefender === false);
const tierOf = (answers: StepAnswers) => computeTier(answers as unknown as Severity).tier;

const NO_PART = new Set<string>(['declare-no-conflict', 'recuse']);

/** Deeds of a reviewer within one review: they do not count as earlier part in the case. */
const REVIEW_STEPS = new Set<string>(['plan-action-on-appeal', 'ask-question']);

/** Every named need of the step table. A need is pure: same facts and answers, same result. */
export const NEEDS = {
  // ── objects that have to be there ──
  questionOpen: need('There is no open question to answer; write a message instead.', (f) => f.questionOpen),
  canBeAsked: need(
    'Nobody can be reached: the person stayed anonymous and left no way to answer. Look for other evidence instead.',
    (f) => f.identityMode !== 'ANONYMOUS' || f.hasContact,
  ),
  allegationStated: need('State at least one allegation first.', (f) => f.allegations.length > 0),
  allegationExists: need('Give the number of an allegation of this case.', (f, a) =>
    f.allegations.some(({ n }) => n === a.allegationNumber),
  ),
  findingForEachAllegation: need(
    'Record a finding for each allegation first.',
    (f) => f.allegations.length > 0 && f.allegations.every(({ finding }) => finding !== null),
  ),
  measureOrdered: need(
    'Give the number of a measure that is ordered and not yet active.',
    (f, a) => measureNamed(f, a)?.status === 'IM_ORDERED',
  ),
  measureInForce: need('Give the number of a measure that is ordered or active.', (f, a) =>
    ['IM_ORDERED', 'IM_ACTIVE'].includes(measureNamed(f, a)?.status ?? ''),
  ),
  commentMade: need('The complainant has not commented yet.', (f) =>
    f.taken.some(({ step }) => step === 'comment-on-findings'),
  ),
  offerOpen: need('There is no open offer to answer.', (f) => f.offer?.status === 'OPEN'),
  offerAnswered: need('Wait until the offer is refused or countered.', (f) => f.offer?.status === 'REFUSED'),
  offerAnsweredOrExpired: need(
    'Wait until the offer is refused or its time to reply is over.',
    (f) => f.offer?.status === 'REFUSED' || (!!f.offer?.replyDueOn && f.offer.replyDueOn < f.today),
  ),
  actionDone: need(
    'Give the number of an action that is done.',
    (f, a) => actionNamed(f, a)?.status === 'DONE',
  ),
  actionMayBeDropped: need(
    'Give the number of an action that is proposed and not yet agreed, or of a publication that the person no longer agrees to.',
    (f, a) =>
      actionNamed(f, a)?.status === 'PROPOSED' ||
      (OPEN_ACTION.includes(actionNamed(f, a)?.status ?? '') &&
        publishes(f, a) &&
        !consentHolds(f.consents, 'CN-STORY')),
  ),
  actorOwnsAction: need(
    'Give the number of an action of yours that is agreed and not yet done.',
    (f, a) =>
      ['AGREED', 'STARTED'].includes(actionNamed(f, a)?.status ?? '') &&
      actionNamed(f, a)?.ownerId === f.actor.personId,
  ),
  duplicateLinked: need('Link the case that this one duplicates first.', (f) => f.duplicateLinked),
  otherCaseIsAnother: need('Give the reference of another case.', (f) => f.named.otherCaseIsAnother),
  dataRequestRunning: need('No data request is waiting for an answer in this case.', (f) =>
    f.clocks.some(({ code, status }) => code === 'GDPR-RTS' && status !== 'STOPPED'),
  ),
  clockExtendable: need(
    'This clock cannot be extended: it must be running, not yet overdue and not extended before (GDPR Art. 12(3)).',
    (f, a) =>
      f.clocks.some(
        ({ code, status, extended, dueLegalLatest }) =>
          code === a.clockCode && status !== 'STOPPED' && !extended && dueLegalLatest >= f.today,
      ),
  ),

  ownerIsActive: need('Name a person who works here.', (f) => f.named.personId !== null),
  actionNumberFits: need(
    'Give the number of an action that is done, or none for all of them.',
    (f, a) => a.actionNumber === undefined || actionNamed(f, a)?.status === 'DONE',
  ),
  noOpenOffer: need(
    'The complainant is looking at this offer: wait for the answer, so that nothing in it changes unseen.',
    (f) => f.state !== 'remedy-proposed' || f.offer?.status !== 'OPEN',
  ),
  followUpRunning: need('No follow-up of this case is due any more.', (f) =>
    f.clocks.some(({ code, status }) => code.startsWith('TARGET-FOLLOW-UP') && status !== 'STOPPED'),
  ),
  receiptNotAhead: need(
    'The request cannot have come after today.',
    (f, a) => a.requestReceivedOn === undefined || String(a.requestReceivedOn) <= f.today,
  ),

  // ── assessments that have to be made ──
  classified: need(
    'Classify the case first: rights, harms, domain, track and AI system.',
    (f) => f.classified,
  ),
  severitySet: need('Set the severity first.', (f) => f.tier !== null),
  reprisalAssessed: need('Assess the risk of reprisal first.', (f) => f.reprisalLevel !== null),
  legalFactsAssessed: need(
    'Say first which legal clocks apply (acknowledgement).',
    (f) => f.legalFactsAssessed,
  ),
  interimDecided: need(
    'Decide on interim measures first; where delay would make the harm impossible to undo, order one.',
    (f) => f.interimDecision !== null && (!f.interimRequired || f.measures.length > 0),
  ),
  interimOrderedWhereRequired: need(
    'Delay would make the harm impossible to undo: an interim measure is required (UN Guiding Principle 24).',
    (f, a) => !f.interimRequired || a.interimChoice !== 'IM_NONE',
  ),
  involvementDetermined: need(
    'Determine the involvement first.',
    (f) => f.involvement !== null && f.involvement !== 'UNDETERMINED',
  ),
  disclosurePlanApproved: need(
    'The risk of reprisal is medium or higher: the protection officer has to approve the disclosure plan first.',
    (f) => disclosureIsPlanned(f),
  ),
  tierNotLowered: need(
    'This would lower the tier; use “lower severity”, which a second person has to agree to.',
    (f, a) => f.tier === null || tierRank(tierOf(a)) >= tierRank(f.tier),
  ),
  tierLowered: need(
    'This does not lower the tier; use “set severity”.',
    (f, a) => f.tier !== null && tierRank(tierOf(a)) < tierRank(f.tier),
  ),
  reprisalNotLowered: need(
    'This would lower the risk of reprisal, or end that somebody counts as a defender; use “lower reprisal”, which a second person has to agree to.',
    (f, a) => !lowersReprisal(f, a),
  ),
  reprisalLowered: need('This does not lower the risk of reprisal; use “assess reprisal”.', (f, a) =>
    lowersReprisal(f, a),
  ),
  reprisalNotBelowOwnRating: need(
    "This is below the person's own rating of the risk; give reasons, or rate it higher.",
    (f, a) => LEVELS.indexOf(String(a.reprisalLevel)) >= ownRating(f) || Boolean(a.reasons),
  ),
  noneSubstantiatedOrNotInvolved: need(
    'An allegation is substantiated and the organisation is involved, or one was not assessed: propose a remedy, or assess it first.',
    (f) =>
      (!substantiated(f) || f.involvement === 'NOT_INVOLVED') &&
      f.allegations.every(({ finding }) => finding !== 'FC-NA'),
  ),
  remedyOwed: need(
    'Only what the organisation caused or contributed to can be closed without remedy; close it as not substantiated instead.',
    (f) => f.involvement !== null && oweRemedy(f.involvement as InvolvementCode),
  ),
  noRemedyOwed: need(
    'The organisation owes a remedy here: go on without the person (UN Guiding Principle 22).',
    (f) => !mustRemedy(f),
  ),
  notSevere: need(
    'A severe or critical case is never closed for lost contact; go on without the person.',
    (f) => f.tier === null || tierRank(f.tier) < tierRank('SEVERE'),
  ),
  ownInitiativeWarranted: need(
    'Going on without the complainant needs a severe case or other people at risk.',
    (f, a) => (f.tier !== null && tierRank(f.tier) >= tierRank('SEVERE')) || a.othersAtRisk === true,
  ),
  threeContactAttempts: need(
    'Record three attempts to reach the person first.',
    (f) => f.contactAttempts >= 3,
  ),
  commentPeriodOver: need(
    'The complainant can still comment: wait until the time is over, or answer the comment.',
    (f) => commentAnswered(f) || (f.commentsDueOn !== null && f.commentsDueOn < f.today),
  ),

  // ── what the person agrees to ──
  dialogueConsented: need(
    'The person has not agreed to a dialogue (CN-DIALOGUE), or no longer does. Ask, and record what the person says.',
    (f) => consentHolds(f.consents, 'CN-DIALOGUE'),
  ),
  referralConsented: need(
    'The person has not agreed that the case is passed on (CN-SHARE-AUTH). Ask, or only tell the person where to turn.',
    (f, a) => a.referralMode !== 'WITH_CONSENT' || consentHolds(f.consents, 'CN-SHARE-AUTH'),
  ),
  sensitiveConsented: need(
    'These groups tell of health, origin, religion, belief, union or sexual life, and the person has not agreed that we use that (CN-SENS). Ask, leave these groups out, or name the law that obliges us.',
    (f, a) =>
      !tellSpecialCategory((a.groups as readonly string[] | undefined) ?? []) ||
      consentHolds(f.consents, 'CN-SENS') ||
      Boolean(a.sensitiveLaw),
  ),
  sharingConsented: need(
    'The person has not agreed to share with these (CN-SHARE-UNIT, CN-SHARE-VENDOR, CN-REP, CN-SHARE-AUTH). Ask; without consent only an authority gets it, where a law obliges us.',
    (f, a) =>
      consentHolds(f.consents, sharedWith(a).consent) ||
      (a.sharedWith === 'AUTHORITY' && Boolean(a.legalDuty)),
  ),
  identitySharingConsented: need(
    'The person has not agreed that those concerned learn who they are (CN-SHARE-ID). Leave everything out that tells it.',
    (f, a) =>
      a.identityShared !== true ||
      !SHARED_WITH[a.sharedWith as SharedWith]?.respondent ||
      consentHolds(f.consents, 'CN-SHARE-ID'),
  ),
  respondentDisclosurePlanned: need(
    'The risk of reprisal is medium or higher: before the unit or the vendor learns anything, the protection officer has to approve the disclosure plan.',
    (f, a) => !sharedWith(a).respondent || disclosureIsPlanned(f),
  ),
  publicationConsented: need(
    'The person has not agreed that the case is told to the public (CN-STORY), or no longer does. Ask, or put it right another way.',
    (f, a) => !publishes(f, a) || consentHolds(f.consents, 'CN-STORY'),
  ),
  storyConsented: need(
    'The person has not agreed that the case is told to the public (CN-STORY), or no longer does. Ask, and tell nothing until then.',
    (f) => consentHolds(f.consents, 'CN-STORY'),
  ),
  storyEndangersNobody: need(
    'The risk of reprisal is high, or the person said that they fear it seriously: such a case is not told to the public, whoever rated the risk lower since.',
    (f) => Math.max(reprisalRankOf(f), ownRating(f)) < LEVELS.indexOf('HIGH'),
  ),
  storyCanBeTakenBack: need(
    'Nobody holds a receipt of this case any more, so nobody could take the story back. Leave it untold.',
    (f) => f.somebodyHoldsReceipt,
  ),
  personDidNotWithdraw: need(
    'The person withdrew: the case is not told to the public.',
    (f) => f.closureCode !== 'CR-WITHDRAWN',
  ),
  storyTellsNoDetails: need(
    'The text names an address, a reference, a day or a long number. Leave that out; name a quarter at most.',
    (_f, a) => !tellsTooMuch(String(a.storyText)),
  ),
  storyStands: need('No story of this case is published.', (f) => f.storyStands),
  consentIsNotOverruled: need(
    'The person said no to this on their own page; only they can say yes again, there.',
    (f, a) => {
      const last = f.consents[a.consent as ConsentCode];
      return a.consentGiven !== true || last === undefined || last.given || !last.bySelf;
    },
  ),
  representativeMayAct: need(
    'The person said that nobody acts for them any more.',
    (f) => f.actor.role !== 'REP' || f.consents['CN-REP']?.given !== false,
  ),
  erasureIsHers: need(
    'Only the person whose case this is can ask for this or take it back, with their own receipt.',
    (f) => f.actor.role !== 'REP' || !f.personHoldsReceipt,
  ),
  personTakesPart: need(
    'This case goes on without the person who withdrew: who they are stays out of it.',
    (f) => !goesOnWithoutPerson(f.taken),
  ),
  identityLeft: need(
    'The person left neither name nor contact. Write a message: it is there when they open their case.',
    (f) => f.hasName || f.hasContact,
  ),

  // ── declining ──
  declineAllowed: need(
    'This ground does not allow declining here: it must fit the facts, and people must not be affected (process model 6.3).',
    (f, a) =>
      declineIsAllowed(a.declineCode as DeclineCode, {
        tier: f.tier,
        isDefender: f.isDefender,
        identityMode: f.identityMode,
        attemptsToUnderstand: attemptsToUnderstand(f),
        twoPersonReview: true,
        effectOnPeople: a.effectOnPeople !== false,
        referralGiven: Boolean(a.signposting),
        linkedAsDuplicate: f.duplicateLinked,
        independentReviewerSaw: f.taken.some(({ step }) => step === 'sight-decline'),
      }).length === 0,
  ),
  independentSightWhereNeeded: need(
    'A defender or a severe allegation is concerned: an independent reviewer has to see it first (sight-decline).',
    (f) => !independentReviewIsNeeded(f) || f.taken.some(({ step }) => step === 'sight-decline'),
  ),
  followUpAhead: need('The follow-up has to lie ahead.', (f, a) => String(a.followUpOn) > f.today),

  // ── remedy ──
  actionPlanned: need('Plan at least one action of remedy first.', (f) =>
    live(f).some(({ status }) => OPEN_ACTION.includes(status)),
  ),
  actionPlannedByReviewer: need('Plan at least one action of remedy first (plan-action-on-appeal).', (f) =>
    live(f).some(({ status }) => status === 'PROPOSED'),
  ),
  individualActionPlanned: need(
    'The organisation caused or contributed to the harm: plan at least one action that helps the person herself (UN Guiding Principle 22).',
    (f) => !mustRemedy(f) || live(f).some(isIndividual),
  ),
  nonRepetitionPlanned: need(
    'Plan a guarantee of non-repetition, or give the reason why none is needed.',
    (f, a) =>
      !mustRemedy(f) ||
      live(f).some(({ action }) => (REMEDY_ACTIONS[action].forms as readonly string[]).includes('RF-GNR')) ||
      Boolean(a.nonRepetitionReason),
  ),
  ownerIsRemedyOwner: need('Name a person with the role of remedy owner.', (f) =>
    f.named.personRoles.includes('REM'),
  ),
  dueAhead: need('The due day must not lie in the past.', (f, a) => String(a.dueOn) >= f.today),
  snapshotBeforeDestruction: need(
    'This action changes the system: say where the snapshot taken before it is kept, and confirm that the authority was told where it had to be (AI Act Art. 73(6)).',
    (f, a) => {
      const named = actionNamed(f, a);
      return (
        !named ||
        !REMEDY_ACTIONS[named.action].destructive ||
        (Boolean(a.snapshot) && a.authorityTold === true)
      );
    },
  ),
  individualActionsDone: need('Complete every action that helps the person herself first.', (f) =>
    live(f)
      .filter(isIndividual)
      .every(({ status }) => status === 'DONE'),
  ),
  allActionsDone: need('Complete every action first, guarantees of non-repetition included.', (f) =>
    live(f).every(({ status }) => status === 'DONE'),
  ),
  residualAcceptedIfPartly: need(
    'If it is only partly done, say that you accept the rest as it is; otherwise report what is missing.',
    (f, a) => a.remedyResult !== 'PARTLY' || a.residualAccepted === true,
  ),
  closureFitsRemedy: need('The closure reason does not fit what happened to the remedy.', (f, a) =>
    closureFits(a.closureCode as ClosureCode, f),
  ),
  legalClocksSettled: need(
    'A legal clock still runs: answer the request it belongs to first.',
    (f) =>
      !f.clocks.some(
        ({ basis, status, code }) => basis === 'legal' && status !== 'STOPPED' && code !== 'WBD-FB',
      ),
  ),

  // ── who acts ──
  investigatorAssigned: need('Assign an investigator first.', (f) =>
    f.assigned.some(({ role }) => role === 'INV'),
  ),
  actorAssigned: need('You are not assigned to this case in this role; ask the triage lead.', (f) =>
    f.assigned.some(({ role, personId }) => role === f.actor.role && personId === f.actor.personId),
  ),
  assigneeHoldsRole: need('The person does not hold this role, or is no longer active.', (f, a) =>
    f.named.personRoles.includes(a.role as RoleCode),
  ),
  assigneeIndependent: need(
    'An independent reviewer must not have taken part before, and a decision-maker must not have investigated.',
    (f, a) => mayTakeRole(f, String(a.role)),
  ),
  personNotKeptOut: need(
    'This person is kept out of this case: named in it, of the unit concerned, or withdrawn. Choose somebody else.',
    (f) => !f.named.isKeptOut,
  ),
  ownConflictDenied: need(
    'You assign yourself: confirm that you have no conflict of interest, or leave it to somebody else.',
    (f, a) => a.person !== f.actor.personId || a.noConflict === true,
  ),
  actorIsAsked: need('Nobody asks you whether you have a conflict of interest in this case.', (f) =>
    f.asked.some(({ personId }) => personId === f.actor.personId),
  ),
  handsOverOwnPlace: need(
    'Only a triage lead, a protection officer or a decision-maker hands over for somebody else.',
    (f, a) => handsOver(f, a) === f.actor.personId || ['TRI', 'PRT', 'DEC'].includes(f.actor.role),
  ),
  handedOverIsOnTeam: need(
    'This person is not on the team: there is nothing to hand over.',
    (f, a) => placesOf(f, handsOver(f, a)).length > 0,
  ),
  successorFits: need(
    'This person does not hold every role that is handed over, or may not take one of them in this case. Choose somebody else, or assign the roles one by one.',
    (f, a) =>
      f.named.personId !== handsOver(f, a) &&
      placesOf(f, handsOver(f, a)).every(
        ({ role }) => f.named.personRoles.includes(role as RoleCode) && mayTakeRole(f, role),
      ),
  ),
  personIsOnTeam: need('This person is not on the team.', (f, a) => placesOf(f, a.person).length > 0),
  somebodyNamed: need('Name the person, the unit, or both.', (f, a) => Boolean(a.person ?? a.unit)),
  excludesAnother: need('To withdraw yourself, use “recuse”.', (f, a) => a.person !== f.actor.personId),
  leadIsLeft: need(
    'No triage lead would be left who may see this case, and nobody could carry it. Ask an administrator to give the role to somebody else first; say no more than that.',
    (f) => f.named.leadIsLeft,
  ),
  exclusionStands: need('Give the number of an exclusion that stands.', (f, a) =>
    f.exclusions.some(({ n }) => n === a.exclusionNumber),
  ),
  glassToReview: need(
    'Give the number of an emergency opening that nobody has looked at yet.',
    (f, a) => glassNamed(f, a)?.isReviewed === false,
  ),
  glassBrokenByAnother: need(
    'You opened this case yourself; another protection officer has to look at it.',
    (f, a) => glassNamed(f, a)?.personId !== f.actor.personId,
  ),
  deciderIsNotInvestigator: need(
    'You investigated this case; somebody else has to decide.',
    (f) => !investigators(f).has(f.actor.personId ?? ''),
  ),
  deciderOwnsNoAction: need(
    'You own an action of this remedy; somebody else has to decide.',
    (f) => !ownerOf(f).has(f.actor.personId ?? ''),
  ),
  actorOwnsNoAction: need(
    'A remedy owner does not verify their own remedy.',
    (f) => !ownerOf(f).has(f.actor.personId ?? ''),
  ),
  reviewerAssigned: need(
    'You are not the reviewer of this appeal; the triage lead assigns one.',
    (f) => f.appeal !== null && f.appeal.reviewerId === f.actor.personId && f.actor.personId !== null,
  ),
  reviewerTookNoEarlierPart: need(
    'You took part in this case before; an independent person has to review it.',
    (f) => !tookPart(f, f.actor.personId),
  ),
  appealAgainstOutcome: need(
    'This appeal is against not taking the case: admit the case or reject the appeal.',
    (f) => f.appeal !== null && ['remedy-proposed', 'implementation', 'closed'].includes(f.appeal.against),
  ),
  appealAgainstRefusal: need(
    'This appeal is against an outcome: send it back, vary or uphold instead.',
    (f) => f.appeal !== null && ['declined', 'referred'].includes(f.appeal.against),
  ),
  appealAgainstOffer: need(
    'This appeal is not against an offer.',
    (f) => f.appeal?.against === 'remedy-proposed',
  ),
  appealAgainstEnding: need(
    'This appeal is against an offer or measures that still stand: confirm those instead, so that nothing is lost.',
    (f) => f.appeal !== null && !['remedy-proposed', 'implementation'].includes(f.appeal.against),
  ),
  appealAgainstMeasures: need(
    'This appeal is not against measures taken without agreement.',
    (f) => f.appeal?.against === 'implementation',
  ),
  remedyNotAccepted: need(
    'You accepted this remedy. When you are asked to check it, say what is missing; after the case is closed you can ask for a review.',
    (f) => f.state !== 'implementation' || f.agreement === 'NOT_AGREED',
  ),
  appealIsLate: need('This appeal came in time.', (f) => f.appeal?.late === true),

  // ── keeping and erasing ──
  reasonsSpelledOut: need(
    'Give reasons of at least ten characters.',
    (_f, a) => String(a.reasons).trim().length >= 10,
  ),
  holdStands: need(
    'Give the number of a legal hold of this case that stands.',
    (f, a) => holdNamed(f, a) !== undefined,
  ),
  holdOfAnother: need('You placed this legal hold; somebody else has to look at it.', (f, a) => {
    const hold = holdNamed(f, a);
    return !hold || hold.placedBy === null || hold.placedBy !== f.actor.personId;
  }),
  erasureAsked: need('No request for erasure waits for a decision.', (f) => f.erasureAsked !== null),
  erasureNotAsked: need(
    'A request for erasure waits for a decision already; take it back first to make another.',
    (f) => f.erasureAsked === null,
  ),

  // ── pauses ──
  isSuspended: need('This case is not paused.', (f) => f.suspendedUntil !== null),
  notSuspended: need('This case is paused already.', (f) => f.suspendedUntil === null),
  suspendedAtMost30Days: need(
    'A pause ends within 30 days; review it then.',
    (f, a) => String(a.suspendedUntil) > f.today && String(a.suspendedUntil) <= addDays(f.today, 30),
  ),
} as const satisfies Record<string, Need>;

export type NeedName = keyof typeof NEEDS;

/** Needs that keep a decider apart from those who worked on the case; each deciding row names at least one. */
export const SEPARATION_NEEDS: readonly NeedName[] = [
  'deciderIsNotInvestigator',
  'deciderOwnsNoAction',
  'actorOwnsNoAction',
  'reviewerTookNoEarlierPart',
];

/** Questions put to the person and attempts to reach them, as recorded; not what somebody remembers. */
function attemptsToUnderstand(facts: CaseFacts): number {
  return facts.taken.filter(({ step }) => ['ask-question', 'record-contact-attempt'].includes(step)).length;
}

/** From medium risk on, the protection officer has looked at who learns what before anybody learns anything. */
function disclosureIsPlanned(facts: CaseFacts): boolean {
  return reprisalRankOf(facts) < 1 || facts.taken.some(({ step }) => step === 'approve-disclosure-plan');
}

/** Since the findings were last shared, a comment came and the last one was answered. */
function commentAnswered(facts: CaseFacts): boolean {
  const since = facts.taken.slice(facts.taken.findLastIndex(({ step }) => step === 'share-findings') + 1);
  const answeredAt = since.findLastIndex(({ step }) => step === 'answer-comment');
  return answeredAt > since.findLastIndex(({ step }) => step === 'comment-on-findings');
}

function closureFits(code: ClosureCode, facts: CaseFacts): boolean {
  switch (code) {
    case 'CR-REM-V':
      return (
        facts.verification === 'FULL' &&
        facts.agreement === 'AGREED' &&
        live(facts).every(
          ({ verificationResult }) => verificationResult !== 'NO' && verificationResult !== 'PARTLY',
        )
      );
    case 'CR-REM-P':
      return facts.verification === 'PARTLY';
    case 'CR-REM-U':
      return facts.verification === 'UNVERIFIED';
    case 'CR-SETTLED':
      return facts.offer?.kind === 'AGREEMENT' && facts.agreement === 'AGREED';
    case 'CR-NOTAGREED':
      return facts.agreement === 'NOT_AGREED';
    default:
      return false;
  }
}
