// Source: feature 44; process model 6.1 (separation of duty), 6.3; UN Guiding Principle 31(b) and (c). What a house may make stricter, and why not more: our own
// design, but GDPR Art. 38(3) (the data protection officer is told by nobody what to decide).
import { ASKS, type AskName } from './asks';
import { CLOCKS, clockRule, type ClockCode, type ClockRule } from './clocks';
import { MET_BY, metBy } from './met-by';
import type { Length } from './counting';
import { NEEDS, SEPARATION_NEEDS, type NeedName } from './needs';
import {
  AMENDMENT_KINDS,
  BUILT_IN,
  FURTHER_ASKS,
  isHers,
  Policy,
  type PolicyAmendment,
  type AmendmentKind,
} from './policy';
import { ROLES, type RoleCode } from './roles';
import { TIERS } from './severity';
import { isTold } from './told';
import type { State } from './states';
import type { StepName, StepRow } from './steps';
import { AGREEING_ROLES, agreementsOf, graphFaults, isStep, needsOf } from './workflow';

/** What is wrong with an amendment, at the question that it is about. */
export interface AmendmentFault {
  field: keyof PolicyAmendment;
  sentence: string;
}

/** Needs that may be added to a step: each is about the case or who acts, reads no answer of the step, and is met by steps of staff. */
export const FURTHER_NEEDS = [
  'severitySet',
  'reprisalAssessed',
  'legalFactsAssessed',
  'classified',
  'allegationStated',
  'interimDecided',
  'interimDecidedWhereCritical',
  'disclosurePlanApproved',
  'investigatorAssigned',
  'actorAssigned',
  'involvementDetermined',
  'findingForEachAllegation',
  'evidenceRequestsSettled',
  'independentSightWhereNeeded',
  'legalClocksSettled',
  'reprisalReviewInTime',
  'nothingDisputed',
  'deciderIsNotInvestigator',
  'deciderOwnsNoAction',
  'actorOwnsNoAction',
  'deciderHeldNoPen',
] as const satisfies readonly NeedName[];

const HERS = 'it is a step of the person, and nothing makes it harder';
const HER_TIME = 'it is time that the person has';
const AT_ONCE = 'it keeps people safe, and waits for nobody';
const IN_HER_HAND = 'it does at once what the person is owed or decided';
const CONFLICT = 'whoever has a conflict of interest says so, and leaves, at any time';

/** Steps of staff that stay as they are, and why. */
const NOT_AMENDED: Partial<Record<StepName, string>> = {
  'set-severity': AT_ONCE,
  'assess-reprisal': AT_ONCE,
  'respond-to-retaliation': AT_ONCE,
  'decide-interim': AT_ONCE,
  'order-interim-measure': AT_ONCE,
  'activate-interim-measure': AT_ONCE,
  'plan-protection': AT_ONCE,
  'begin-protection': AT_ONCE,
  exclude: AT_ONCE,
  'end-guest': AT_ONCE,
  'take-down-story': AT_ONCE,
  'place-hold': 'what has to be kept is kept from then on',
  'request-log-preservation': 'what has to be kept is kept from then on',
  acknowledge: 'the person is owed it by a day of the law',
  'record-consent': IN_HER_HAND,
  'issue-receipt': IN_HER_HAND,
  'arrange-support': IN_HER_HAND,
  'answer-late': 'the ladder says who is told that something is late, and they have to be able to answer',
  'declare-no-conflict': CONFLICT,
  recuse: CONFLICT,
  'end-assignment': CONFLICT,
};

/** Steps that are taken for many cases at once, on pages that ask the same of each. */
const FOR_MANY: readonly string[] = ['assign', 'hand-over', 'write-internal-note'];

/** Targets that stay as they are, and why. */
const NOT_SHORTENED: Partial<Record<ClockCode, string>> = {
  'TARGET-QUESTION-REMINDER': HER_TIME,
  'TARGET-VERIFICATION': HER_TIME,
  'TARGET-MONITORING': 'it says for how long somebody looks, not by when',
  'TARGET-FOLLOW-UP-6': 'it says after how long somebody looks again',
  'TARGET-FOLLOW-UP-12': 'it says after how long somebody looks again',
  'TARGET-SAFETY-3': 'it says after how long somebody looks again',
  'TARGET-SAFETY-6': 'it says after how long somebody looks again',
};

/** Why nothing may be amended of a step or target, as a part of a sentence; null where something may be. */
export function reasonAgainst(of: StepName | ClockCode): string | null {
  if (isStep(of)) return isHers(BUILT_IN.row(of)) ? HERS : (NOT_AMENDED[of] ?? null);
  const { basis, owedBy } = clockRule(of);
  if (basis === 'legal') return 'the law says how long it runs';
  return owedBy === 'rightsholder' ? HER_TIME : (NOT_SHORTENED[of] ?? null);
}

/** The same as a sentence, of whatever was chosen. */
export function whyNotAmended(of: string): string | null {
  if (!isStep(of) && !Object.hasOwn(CLOCKS, of)) return 'Choose a step or a target of the process.';
  const why = reasonAgainst(of as StepName | ClockCode);
  return why ? `${isStep(of) ? `“${of}”` : of} stays as it is: ${why}.` : null;
}

/**
 * Who may be made the second person of a step that one takes alone. The data protection officer is told by nobody what to decide; reviewers
 * and experts are looked at among reviewers, who agree to nothing else: whoever took part could not review the case any more.
 */
export function secondRolesOf({ by }: Pick<StepRow, 'by'>): readonly RoleCode[] {
  const isLeftTo = (...roles: RoleCode[]) => by.length > 0 && by.every((role) => roles.includes(role));
  if (isLeftTo('DPO')) return [];
  return isLeftTo('IRV', 'EXP') ? ['IRV'] : AGREEING_ROLES.filter((role) => role !== 'IRV');
}

/** The lengths of a target that may be made shorter: of every case, and of each tier that has its own. */
export function lengthsOf({ period, byTier }: Pick<ClockRule, 'period' | 'byTier'>) {
  const tiers = TIERS.flatMap((tier) => (byTier[tier] ? [{ tier: tier, ...byTier[tier] }] : []));
  return [...(period ? [{ tier: null, ...period }] : []), ...tiers];
}

/** Everything that keeps this from being amended in a version of the process as it is so far; empty: it makes it stricter, and leaves every way open. */
export function amendmentFaults(amendment: PolicyAmendment, before: Policy): AmendmentFault[] {
  const faults = ownFaults(amendment, before);
  if (faults.length > 0) return faults;
  return tableFaults(new Policy(before.version, [...before.amendments, amendment])).map(asFault);
}

/** Everything that is wrong with a list of amendments, each in its turn; empty when a policy can be made of it. */
export function faultsOfAll(amendments: readonly PolicyAmendment[]): (AmendmentFault & { n: number })[] {
  const upTo = (n: number) => new Policy('', amendments.slice(0, n));
  const of = (n: number, faults: AmendmentFault[]) => faults.map((fault) => ({ ...fault, n }));
  const own = amendments.flatMap((each, index) => of(index + 1, ownFaults(each, upTo(index))));
  if (own.length > 0 || tableFaults(upTo(amendments.length)).length === 0) return own;
  // It is looked for only where there is one: checking a whole table takes some milliseconds.
  const n = amendments.findIndex((_, index) => tableFaults(upTo(index + 1)).length > 0) + 1;
  return of(n, tableFaults(upTo(n)).map(asFault));
}

const asFault = (sentence: string): AmendmentFault => ({ field: 'code', sentence });

/** What is wrong with an amendment by itself, whatever follows from it elsewhere. */
function ownFaults(amendment: PolicyAmendment, before: Policy): AmendmentFault[] {
  const { kind, of } = amendment;
  const stays = whyNotAmended(of);
  const isKnown = (AMENDMENT_KINDS as readonly string[]).includes(kind);
  const unchosen: AmendmentFault[] = [
    ...(stays ? [{ field: 'of' as const, sentence: stays }] : []),
    ...(isKnown ? [] : [{ field: 'kind' as const, sentence: 'Choose what is to be stricter.' }]),
  ];
  if (unchosen.length > 0) return unchosen;
  if ((kind === 'SHORTER_TARGET') !== Object.hasOwn(CLOCKS, of))
    return [
      { field: 'kind', sentence: 'A target can be made shorter, and a step stricter; choose what fits.' },
    ];
  return kind === 'SHORTER_TARGET' ? targetFaults(amendment, before) : stepFaults(amendment, before);
}

/** Every amendment of this kind that can be made of a step or target now; of a target with the shortest length. */
export function possibleAmendments(kind: AmendmentKind, of: string, before: Policy): PolicyAmendment[] {
  const isKnown = (AMENDMENT_KINDS as readonly string[]).includes(kind) && whyNotAmended(of) === null;
  if (!isKnown || (kind === 'SHORTER_TARGET') !== Object.hasOwn(CLOCKS, of)) return [];
  const codes: Record<AmendmentKind, () => readonly (string | null)[]> = {
    FEWER_ROLES: () => before.row(of).by,
    SECOND_PERSON: () => AGREEING_ROLES,
    FURTHER_NEED: () => FURTHER_NEEDS,
    FURTHER_ASK: () => FURTHER_ASKS,
    SHORTER_TARGET: () => lengthsOf(before.clocks[of as ClockCode]).map(({ tier }) => tier),
  };
  const length = kind === 'SHORTER_TARGET' ? 1 : null;
  return codes[kind]()
    .map((code): PolicyAmendment => ({ kind, of, code, length }))
    .filter((amendment) => amendmentFaults(amendment, before).length === 0);
}

function stepFaults({ kind, of, code, length }: PolicyAmendment, before: Policy): AmendmentFault[] {
  const row = before.row(of);
  const fault = (sentence: string): AmendmentFault[] => [{ field: 'code', sentence }];
  if (length !== null) return [{ field: 'length', sentence: 'A step has no length; leave it out.' }];
  if (FOR_MANY.includes(of) && (kind === 'SECOND_PERSON' || kind === 'FURTHER_ASK'))
    return [
      {
        field: 'kind',
        sentence: `“${of}” is taken for many cases at once, where each is asked the same and nobody waits.`,
      },
    ];
  switch (kind) {
    case 'FEWER_ROLES': {
      if (!row.by.includes(code as RoleCode))
        return fault(`“${of}” is not for this role: there is nothing to leave out.`);
      const left = row.by.filter((role) => role !== code);
      return left.some((role) => role !== 'EXP')
        ? []
        : fault(
            `Somebody of the house has to be able to take “${of}”: it stays with ${ROLES[code as RoleCode].label}.`,
          );
    }
    case 'SECOND_PERSON': {
      if (agreementsOf(row).length > 0)
        return fault(`A second person agrees to “${of}” already, as the table says.`);
      const roles = secondRolesOf(row);
      if (roles.length === 0)
        return fault(
          `Nobody tells the data protection officer what to decide: “${of}” has no second person.`,
        );
      return roles.includes(code as RoleCode)
        ? []
        : fault(`To “${of}” can agree: ${roles.map((role) => ROLES[role].label).join(', ')}.`);
    }
    case 'FURTHER_NEED':
      return needFaults(row, code).flatMap(fault);
    default:
      if (!(FURTHER_ASKS as readonly (string | null)[]).includes(code))
        return fault(
          'This cannot be asked besides: its answer would change the case, or read to the person.',
        );
      return row.asks.includes(code as AskName) ? fault(`“${of}” asks this already.`) : [];
  }
}

function needFaults(row: StepRow, code: string | null): string[] {
  if (!(FURTHER_NEEDS as readonly (string | null)[]).includes(code))
    return ['This cannot be needed besides: it belongs to what its own step asks, or waits for the person.'];
  const name = code as NeedName;
  if (needsOf(row).includes(name)) return [`“${row.step}” needs this already.`];
  if (MET_BY[name].steps?.includes(row.step as StepName)) return [`“${row.step}” is itself how this is met.`];
  return cannotHold(row, name) ? [`Whoever can take “${row.step}” can never meet this.`] : [];
}

/** Whether it can never hold for whoever takes the step: they are those whom it keeps away. */
function cannotHold({ by, needs }: StepRow, name: NeedName): boolean {
  if (!SEPARATION_NEEDS.includes(name)) return false;
  if (name === 'deciderIsNotInvestigator') return by.every((role) => role === 'INV');
  return needs.includes('actorOwnsAction') || by.every((role) => role === 'REM');
}

function targetFaults({ of, code, length }: PolicyAmendment, { clocks }: Policy): AmendmentFault[] {
  const lengths = lengthsOf(clocks[of as ClockCode]);
  const now = lengths.find(({ tier }) => tier === code);
  if (!now)
    return [{ field: 'code', sentence: `${of} has no length of its own for this; choose one that it has.` }];
  return length !== null && Number.isInteger(length) && length >= 1 && length < now.length
    ? []
    : [
        {
          field: 'length',
          sentence:
            now.length === 1
              ? `${of} cannot be shorter than it is.`
              : `Give a whole number from 1 to ${now.length - 1}: a target can only be made shorter.`,
        },
      ];
}

/** What is wrong with a version of the process as a whole, as sentences; empty when it is sound: nobody is stuck, and everything that is needed can be met. */
export function tableFaults(policy: Policy): string[] {
  return [...graphFaults(policy.rows), ...apartFaults(policy.rows), ...deadEnds(policy)];
}

function apartFaults(rows: readonly StepRow[]): string[] {
  return rows
    .filter((row) => needsOf(row).some((name) => cannotHold(row, name)))
    .map(({ step }) => `Whoever can take “${step}” is kept apart from it by what it needs.`);
}

/** Needs of the table that are met by steps, and decide whether a step can ever be taken. */
const MET_BY_STEPS: readonly NeedName[] = [...FURTHER_NEEDS, 'allegationExists'];

/**
 * Further needs that would never be met: while the case is where the step is to be taken, no step that meets them can be taken, or each
 * waits for the one that waits for it.
 */
function deadEnds(policy: Policy): string[] {
  const rows = policy.rows.map((row) => ({ row, waitsFor: waitedFor(row, policy) }));
  const open = new Map(
    rows.map(({ row, waitsFor }) => [row.step, new Set(waitsFor.length === 0 ? row.from : [])]),
  );
  const isMet = ({ isFurther, meeting }: WaitedFor, state: State | 'new'): boolean => {
    if (!isFurther) return meeting.every(({ step }) => open.get(step)!.size > 0);
    const here = meeting.filter(({ from }) => from.includes(state));
    return here.length > 0 && here.every(({ step }) => open.get(step)!.has(state));
  };
  const waiting = rows.filter(({ waitsFor }) => waitsFor.length > 0);
  for (let grew = true; grew;) {
    grew = false;
    for (const { row, waitsFor } of waiting)
      for (const state of row.from) {
        const states = open.get(row.step)!;
        if (!states.has(state) && waitsFor.every((each) => isMet(each, state))) {
          states.add(state);
          grew = true;
        }
      }
  }
  return waiting.flatMap(({ row, waitsFor }) => {
    const stuck = row.from.filter((state) => !open.get(row.step)!.has(state));
    if (stuck.length === 0) return [];
    const names = waitsFor
      .filter((each) => stuck.some((state) => !isMet(each, state)))
      .map(({ name }) => name);
    return [
      `“${row.step}” could never be taken in ${stuck.map((state) => `“${state}”`).join(', ')}: nothing meets ${names.join(', ')} there.`,
    ];
  });
}

/** A need that is met by steps; `isFurther`: not in the table in code, so that nothing before is known to have met it. */
interface WaitedFor {
  name: NeedName;
  isFurther: boolean;
  meeting: StepRow[];
}

function waitedFor(row: StepRow, policy: Policy): WaitedFor[] {
  const names = needsOf(row).filter((name) => MET_BY_STEPS.includes(name));
  if (names.length === 0) return [];
  const own = needsOf(BUILT_IN.row(row.step));
  return names.map((name) => ({
    name,
    isFurther: !own.includes(name),
    meeting: (metBy(name)?.steps ?? []).map((step) => policy.row(step)),
  }));
}

/** An amendment in plain words, for staff. */
export function amendmentText({ kind, of, code, length }: PolicyAmendment): string {
  const role = () => (Object.hasOwn(ROLES, code ?? '') ? ROLES[code as RoleCode].label : code);
  switch (kind) {
    case 'FEWER_ROLES':
      return `“${of}” is no longer for this role: ${role()}.`;
    case 'SECOND_PERSON':
      return `A second person agrees to “${of}”: ${role()}.`;
    case 'FURTHER_NEED':
      return `“${of}” needs besides: ${Object.hasOwn(NEEDS, code ?? '') ? NEEDS[code as NeedName].sentence : code}`;
    case 'FURTHER_ASK':
      return `“${of}” asks besides: ${Object.hasOwn(ASKS, code ?? '') ? ASKS[code as AskName].label : code}.${isTold(of, code as AskName) ? ' The person reads it.' : ''}`;
    case 'SHORTER_TARGET': {
      const rule = Object.hasOwn(CLOCKS, of) ? CLOCKS[of as ClockCode] : null;
      const now = rule && lengthsOf(rule).find(({ tier }) => tier === code);
      const what = `${rule?.label ?? of}${code === null ? '' : `, ${code}`}`;
      return now
        ? `${what}: ${lengthText({ ...now, length: length! })} instead of ${lengthText(now)}.`
        : `${what}: ${length}.`;
    }
  }
}

const UNITS: Record<Length['unit'], string> = {
  hours: 'hour',
  calendarDays: 'day',
  workingDays: 'working day',
  weeks: 'week',
  months: 'month',
};

/** A length of time in words, such as “2 working days”. */
export function lengthText({ length, unit }: Length): string {
  return `${length} ${UNITS[unit]}${length === 1 ? '' : 's'}`;
}
