// Source: process model 6.3. The step table decides; this file only reads it.
import type { UnmetNeed } from '../platform/refusal';
import { ASKS, type Ask, type AskName } from './asks';
import { identityIsGuarded } from './identity-modes';
import { NEEDS, SEPARATION_NEEDS, type NeedName } from './needs';
import type { Need } from './needs/need';
import type { CaseFacts, StepAnswers } from './needs/facts';
import { monitoringIsOver, mustRemedy } from './needs/readings';
import { ROLES, type RoleCode } from './roles';
import { OPEN_STATES, STATE_CODES, STATES, type State } from './states';
import { STEPS, type Agreement, type StepName, type StepRow } from './steps';

const ROWS = new Map<string, StepRow>(STEPS.map((row) => [row.step, row]));

export function isStep(name: string): name is StepName {
  return ROWS.has(name);
}

/** The row of a step in the table in code; throws on a name that is not in it. What a case is held to, its policy says (policy.ts). */
export function stepRow(name: string): StepRow {
  const row = ROWS.get(name);
  if (!row) throw new Error(`There is no step "${name}" in the table of steps.`);
  return row;
}

/** Steps that decide, or lead to one of these states: the same under every policy. */
export function stepsLeadingTo(states: readonly State[]): StepName[] {
  return STEPS.filter(
    (row: StepRow) => row.decides === true || (states as readonly string[]).includes(row.to),
  ).map(({ step }) => step);
}

/** The state a case is in after the step; `before`: the one it was in when it was joined to another case, null where it is not. */
export function stateAfter(row: StepRow, from: State | 'new', before: State | null = null): State {
  return row.to === 'before' ? (before ?? (from as State)) : (newState(row) ?? (from as State));
}

/** The state of the table that the step leads to; null where the case decides it. */
function newState({ to }: StepRow): State | null {
  return to === 'same' || to === 'before' ? null : to;
}

/** Everybody who may have to agree to the step, in the order in which they are asked; empty where one alone takes it. */
export function agreementsOf({ agreedBy }: StepRow): readonly Agreement[] {
  if (!agreedBy) return [];
  return 'role' in agreedBy ? [agreedBy] : agreedBy;
}

/** What has to hold for a step: what its row says, and what keeps every decision and every end of a case apart from what staff wrote down for her. */
export function needsOf(row: StepRow): readonly NeedName[] {
  const to = newState(row);
  const ends = to !== null && STATES[to].ended && !row.by.includes('RH');
  const implied: NeedName[] = [
    ...(row.decides || ends ? (['deciderHeldNoPen'] as const) : []),
    ...(ends ? (['nothingDisputed'] as const) : []),
  ];
  return [...row.needs, ...implied];
}

/** The role of the second person who has to agree, given the case as it is and what is said; null where one alone takes the step. */
export function needsAgreement(row: StepRow, facts: CaseFacts, answers: StepAnswers = {}): RoleCode | null {
  return agreementsOf(row).find(({ when }) => AGREEMENT_IS_DUE[when](facts, answers))?.role ?? null;
}

/** Rating the risk, proposing that it is lower, agreeing to that. */
const RATES_REPRISAL = /^(assess-reprisal|((propose|settle):)?lower-reprisal)$/;

const AGREEMENT_IS_DUE: Record<Agreement['when'], (facts: CaseFacts, answers: StepAnswers) => boolean> = {
  always: () => true,
  severe: ({ tier }) => tier === 'SEVERE' || tier === 'CRITICAL',
  'remedy-owed': (facts) => mustRemedy(facts),
  'told-only': (_, { referralMode }) => referralMode !== 'WITH_CONSENT',
  unanswered: (_, { withoutAnswer }) => withoutAnswer !== undefined,
  'monitoring-runs': (facts) => !monitoringIsOver(facts),
  // Whoever rated the risk does not open alone; until somebody did, the person's own rating counts.
  'guarded-identity': ({ identityMode, reprisalLevel, fearOfReprisal, taken, actor }) =>
    identityIsGuarded(identityMode, reprisalLevel ?? (fearOfReprisal === 'serious' ? 'HIGH' : null)) ||
    taken.some(({ step, personId }) => RATES_REPRISAL.test(step) && personId === actor.personId),
  // Whoever speaks for the person must not be replaced by somebody who only says to be her.
  'held-by-another': ({ somebodyHoldsReceipt }) => somebodyHoldsReceipt,
  'by-staff': ({ actor }) => actor.personId !== null,
  'she-could-be-asked': ({ actor, personHoldsReceipt }) => actor.personId !== null && personHoldsReceipt,
  dictated: ({ actor }) => actor.writtenBy !== undefined,
};

/** Told where nothing else is unmet: it tells what is sealed, and nobody finds that out without passing something on. */
const TOLD_LAST: NeedName = 'packetNamesNobody';

/** Needs about who acts, whatever the case is like. */
const ABOUT_THE_ACTOR: readonly NeedName[] = [...SEPARATION_NEEDS, 'reviewerAssigned'];

/**
 * Whether the actor may decide what is decided in this state by their role: at least one such step has nobody against them. True where
 * nothing is decided by it.
 */
export function mayActInState(rows: readonly StepRow[], facts: CaseFacts): boolean {
  const deciding = stepsFrom(rows, facts.state, [facts.actor.role]).filter(({ decides }) => decides);
  return (
    deciding.length === 0 ||
    deciding.some(({ needs }) =>
      needs.every((name) => !ABOUT_THE_ACTOR.includes(name) || NEEDS[name].met(facts, {})),
    )
  );
}

/** Of these rows those that can be taken from this state by this role, whether or not their needs are met; of a guest, those that are for guests. */
export function stepsFrom(
  rows: readonly StepRow[],
  state: State | 'new',
  roles: readonly RoleCode[],
  { isGuest = false }: { isGuest?: boolean } = {},
): StepRow[] {
  return rows.filter(
    (row) =>
      row.from.includes(state) &&
      row.by.some((role) => roles.includes(role)) &&
      (!isGuest || row.forGuests === true),
  );
}

/** Every unmet need of the step, as sentences: wrong state or role first, then facts, then answers. Empty: it may be taken. */
export function unmetNeeds(row: StepRow, facts: CaseFacts, answers: StepAnswers): UnmetNeed[] {
  if (!row.from.includes(facts.state))
    return [
      {
        name: 'state',
        sentence: `“${row.step}” cannot be taken while the case is in state “${facts.state}”.`,
      },
    ];
  if (!row.by.includes(facts.actor.role))
    return [
      {
        name: 'role',
        sentence: `“${row.step}” is not for the role ${facts.actor.role}; it is for ${row.by.join(', ')}.`,
      },
    ];
  const pen = facts.actor.writtenBy;
  if (pen && !row.dictatedTo?.includes(pen.role))
    return [
      {
        name: 'role',
        sentence: `“${row.step}” is not written down by the role ${pen.role}; it is by ${row.dictatedTo?.join(', ') ?? 'nobody'}.`,
      },
    ];
  const isFree = row.freeFor?.includes(facts.actor.role) ?? false;
  const missing = row.asks
    .filter((ask) => !isAnswered(ASKS[ask], answers[ask]))
    .map((ask) => ({ name: 'answer', field: ask, sentence: missingSentence(ask) }));
  const incomplete = new Set(missing.map(({ field }) => field));
  const needs = needsOf(row);
  const unmet = needs.flatMap((name) => {
    const each: Need = NEEDS[name];
    if (each.object?.isThere(facts) === false) return [{ name, sentence: each.object.sentence }];
    if (dependsOnMissing(name, row, incomplete) || each.met(facts, answers)) return [];
    return [{ name, sentence: each.now?.(facts) ?? each.sentence }];
  });
  // Where there is nothing to name, that is said instead of asking for its number.
  const pointless = unmet.map(({ name }) => NEEDS[name].object?.answer);
  const asked = missing.filter(({ field }) => !pointless.includes(field));
  const all = isFree ? unmet : [...unmet, ...asked];
  return all.some(({ name }) => name !== TOLD_LAST) ? all.filter(({ name }) => name !== TOLD_LAST) : all;
}

/**
 * How far a step is from being taken: nothing but its answers is missing; something has to be done before; what it acts on is not there; it is
 * proposed, and waits for a second person.
 */
export const READINESS = ['READY', 'MISSING', 'NOTHING_THERE', 'PROPOSED'] as const;
export type Readiness = (typeof READINESS)[number];

/** How far a step is from being taken of which these needs are unmet, before anything is answered. */
export function readinessOf(unmet: readonly Pick<UnmetNeed, 'name'>[]): Exclude<Readiness, 'PROPOSED'> {
  if (unmet.length === 0) return 'READY';
  return unmet.some(({ name }) => isOfObject(name)) ? 'NOTHING_THERE' : 'MISSING';
}

/** The answer that names what a need is for; null where there is none. */
export function answerNaming(name: string): AskName | null {
  return isOfObject(name) ? NEEDS[name as NeedName].object!.answer : null;
}

/** Whether a need is for something that a step acts on. Before anything is answered, it is unmet only where there is none. */
export function isOfObject(name: string): boolean {
  return Object.hasOwn(NEEDS, name) && NEEDS[name as NeedName].object !== null;
}

function isAnswered(ask: Ask, answer: StepAnswers[string]): boolean {
  if (ask.kind === 'confirm') return answer === true;
  if (Array.isArray(answer)) return answer.length > 0;
  if (typeof answer === 'object') return Object.keys(answer).length > 0;
  return answer !== undefined && answer !== '';
}

function missingSentence(name: AskName): string {
  const ask: Ask = ASKS[name];
  if (ask.kind === 'confirm') return `Confirm: ${ask.label}.`;
  return `Answer this: ${ask.label.replace(/[.?]$/, '')}.`;
}

/** A need that reads an answer says nothing while that answer is missing: the missing answer is named instead. Which one names an object says so itself. */
const NEED_READS: Partial<Record<NeedName, AskName>> = {
  packetWritten: 'referralMode',
  referralAnswerInTime: 'referralAnsweredOn',
  plannedAhead: 'plannedFor',
  meetingIsHers: 'meetingNumber',
  silenceIsOver: 'evidenceRequestNumber',
  riskSpelledOut: 'reprisalLevel',
  riskFollowsScores: 'reprisalLevel',
  defenderTypeSaid: 'isDefender',
  standardOfProofSaid: 'finding',
  findingCausesSaid: 'finding',
  contributionSaid: 'involvement',
  missingRecordsTakenUp: 'finding',
  missingRecordsNotDenied: 'allegationNumber',
  protectionWished: 'protectionMeasures',
  protectionIsNew: 'protectionMeasures',
  reviewInTime: 'reviewOn',
  elsewhereOnRecord: 'complainantAgrees',
  pausedAsCourseSays: 'proceedingCourse',
  attemptInTime: 'attemptOn',
  tierNotLowered: 'scale',
  tierLowered: 'scale',
  declineAllowed: 'declineCode',
  closureFitsRemedy: 'closureCode',
  reprisalNotLowered: 'reprisalLevel',
  reprisalLowered: 'reprisalLevel',
  reprisalNotBelowOwnRating: 'reprisalLevel',
  followUpAhead: 'followUpOn',
  dueAhead: 'dueOn',
  suspendedAtMost30Days: 'suspendedUntil',
  assigneeHoldsRole: 'person',
  assigneeIndependent: 'person',
  ownerIsRemedyOwner: 'owner',
  ownConflictDenied: 'person',
  handsOverOwnPlace: 'person',
  handedOverIsOnTeam: 'person',
  successorFits: 'person',
  personIsOnTeam: 'person',
  somebodyNamed: 'exclusionGround',
  excludesAnother: 'exclusionGround',
  guestConsented: 'guestRole',
  guestEndsInTime: 'guestUntil',
  guestStaysInCase: 'person',
  glassBrokenByAnother: 'breakGlassNumber',
  otherCaseIsAnother: 'otherCase',
  joinsOpenDuplicate: 'otherCase',
  nobodyKeptOutIsThere: 'otherCase',
  clockExtendable: 'clockCode',
  coolingOffOver: 'actionNumber',
  refusedActionIsNotHers: 'actionNumber',
  ownInitiativeWarranted: 'othersAtRisk',
  ownerIsActive: 'owner',
  ownerIsOnTeam: 'owner',
  holdOfAnother: 'holdNumber',
  reasonsSpelledOut: 'reasons',
  interimOrderedWhereRequired: 'interimChoice',
  residualAcceptedIfPartly: 'remedyResult',
  resultFollowsActions: 'remedyResult',
  missingFollowsActions: 'notDelivered',
  snapshotBeforeDestruction: 'actionNumber',
  authorityToldFirst: 'actionNumber',
  lookedDuringMonitoring: 'lookedAtOn',
  storyTellsNoDetails: 'storyText',
  sharingConsented: 'sharedWith',
  respondentDisclosurePlanned: 'sharedWith',
  packetOnlyWithConsent: 'referralMode',
  requestPacketConsented: 'askedOf',
  consentIsNotOverruled: 'consent',
  saidInTime: 'saidOn',
  throughWhomSaid: 'saidThrough',
  speakerHasMandate: 'saidBy',
  dictationStands: 'dictationNumber',
  objectionIsInTime: 'dictationNumber',
  objectionWaits: 'dictationNumber',
  objectionIsOfAnother: 'dictationNumber',
  mandateNumberOpen: 'mandateBasis',
  mandateBasisKnown: 'mandateNumber',
  mandateIsForStaff: 'mandateNumber',
  occasionNotAhead: 'occasionOn',
  textIsThere: 'translatedKind',
  translationNotAskedYet: 'translatedKind',
  diligenceRecordIsThere: 'systemNumber',
  membersRemedyDecided: 'closureCode',
  systemIsRegistered: 'systemNumber',
  systemNotNamedYet: 'systemNumber',
  nothingOpenAboutSystem: 'systemNumber',
  knownSinceNotAhead: 'knownSince',
  noNoticeOpen: 'systemNumber',
  outcomeFitsAddressee: 'noticeOutcome',
  toldOnIsRight: 'noticeOutcome',
  incidentKindSaid: 'article26Ground',
};

/** The answer that a need reads, where it reads one by name. */
export function readBy(name: NeedName): AskName | null {
  return NEEDS[name].object?.answer ?? NEED_READS[name] ?? null;
}

function dependsOnMissing(name: NeedName, row: StepRow, missing: ReadonlySet<string>): boolean {
  if (name === 'tierNotLowered' || name === 'tierLowered')
    return row.asks.some((ask) => missing.has(ask) && ask !== 'reasons');
  const read = readBy(name);
  return read !== null && missing.has(read);
}

/**
 * Checks the table as a graph, at start-up and in tests. Returns what is wrong, as sentences; empty when sound:
 * every state can be reached, every open state has a way out, withdrawing is always possible while there is a complainant,
 * every refusal leads to a review, nobody decides on their own work.
 */
export function graphFaults(rows: readonly StepRow[] = STEPS): string[] {
  const faults: string[] = [];
  const names = rows.map(({ step }) => step);
  for (const name of new Set(names))
    if (names.filter((other) => other === name).length > 1)
      faults.push(`The step “${name}” stands in the table twice.`);

  const reached = new Set<State | 'new'>(['new']);
  for (let grew = true; grew;) {
    grew = false;
    for (const row of rows)
      for (const from of row.from) {
        const to = newState(row);
        if (reached.has(from) && to !== null && !reached.has(to)) grew = Boolean(reached.add(to));
      }
  }
  for (const state of STATE_CODES)
    if (!reached.has(state)) faults.push(`The state “${state}” cannot be reached.`);

  const leadsTo = (state: State) =>
    rows.filter((row) => row.from.includes(state) && newState(row) !== null && row.to !== state);
  for (const state of OPEN_STATES) {
    if (leadsTo(state).length === 0) faults.push(`There is no way out of “${state}”.`);
    if (!endReachable(state, leadsTo)) faults.push(`No end can be reached from “${state}”.`);
    const hasComplainant = state !== 'own-initiative';
    if (
      hasComplainant &&
      !rows.some((row) => row.to === 'withdrawn' && row.from.includes(state) && row.by.includes('RH'))
    )
      faults.push(`The rightsholder cannot withdraw in “${state}”.`);
  }

  for (const row of rows) {
    const next = newState(row);
    const to = next === null ? row.from : [next];
    if (
      row.refuses &&
      !to.every((state) => rows.some((review) => review.to === 'appeal' && review.from.includes(state)))
    )
      faults.push(`The refusal “${row.step}” leads to no review.`);
    if (row.decides && !row.needs.some((name) => SEPARATION_NEEDS.includes(name)))
      faults.push(
        `“${row.step}” decides without keeping the decider apart from those who worked on the case.`,
      );
    if (agreementsOf(row).some(({ role }) => !(AGREEING_ROLES as readonly RoleCode[]).includes(role)))
      faults.push(`“${row.step}” is agreed by an unknown role.`);
    if (row.from.length === 0) faults.push(`“${row.step}” can be taken from nowhere.`);
    if (!row.by.some((role) => role !== 'SYS' && role !== 'LEAD' && Object.hasOwn(ROLES, role)))
      faults.push(`“${row.step}” can be taken by nobody.`);
  }
  return faults;
}

/** Who agrees to what somebody else proposes. */
export const AGREEING_ROLES = ['DEC', 'PRT', 'IRV', 'EXE'] as const satisfies readonly RoleCode[];

function endReachable(start: State, leadsTo: (state: State) => StepRow[]): boolean {
  const seen = new Set<State>([start]);
  const queue: State[] = [start];
  for (let state = queue.pop(); state; state = queue.pop()) {
    if (STATES[state].ended) return true;
    for (const row of leadsTo(state)) {
      const to = newState(row);
      if (to !== null && !seen.has(to)) {
        seen.add(to);
        queue.push(to);
      }
    }
  }
  return false;
}
