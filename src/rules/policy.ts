// Source: design of the process as one table (steps.ts); feature 44: a case is held to the version it was opened under. What a house makes
// stricter is data; that nothing can be made looser, and every way stays open, policy-amendments.ts checks.
import type { AskName } from './asks';
import { CLOCKS, type ClockCode, type ClockRule, type ClockTable } from './clocks';
import type { Length } from './counting';
import { NEEDS, type NeedName } from './needs';
import { ROLES, type RoleCode } from './roles';
import { TIERS, type Tier } from './severity';
import { STEPS, type StepRow } from './steps';
import { needsOf } from './workflow';

/**
 * Versions that the table in code has had, oldest first: a case under any of these is held to it. Whoever makes a step looser or a way
 * shorter there gives it a new one; none is taken away while a case may bear it.
 */
export const VERSIONS_OF_THE_CODE = ['2026-11'] as const;

/** Version of the table in code, and what the names of all later versions begin with. */
export const POLICY_VERSION = VERSIONS_OF_THE_CODE.at(-1)!;

/** Whether a version is one of the table in code; what a house published has a number behind it. */
export function isOfTheCode(version: string): boolean {
  return (VERSIONS_OF_THE_CODE as readonly string[]).includes(version);
}

/** Whether a version that a house published amends a table that this program has had. */
export function amendsTheCode(version: string): boolean {
  return isOfTheCode(version.replace(/\.[1-9]\d*$/, ''));
}

export const AMENDMENT_KINDS = [
  'FEWER_ROLES',
  'SECOND_PERSON',
  'FURTHER_NEED',
  'FURTHER_ASK',
  'SHORTER_TARGET',
] as const;
export type AmendmentKind = (typeof AMENDMENT_KINDS)[number];

/** One thing that a policy makes stricter than the table in code. Codes and numbers only: it may stand open. */
export interface PolicyAmendment {
  kind: AmendmentKind;
  /** A step; of a shorter target a clock. */
  of: string;
  /** The role that is left out or that agrees, the need, what is asked; of a target the tier that it is for, null for every case. */
  code: string | null;
  /** Of a target: how long it runs, in the unit that it has. */
  length: number | null;
}

/** What may be asked besides in any step: nothing of the case is changed by the answer, and it stands with the others of the step. */
export const FURTHER_ASKS = [
  'reasons',
  'note',
  'lessons',
  'noConflict',
  'safeChannelChosen',
  'supportOffered',
  'recurrenceChecked',
  'reprisalReviewed',
] as const satisfies readonly AskName[];

/** A version of the process: the rows and clocks that every case opened under it is held to. It never changes. */
export class Policy {
  readonly rows: readonly StepRow[];
  readonly clocks: ClockTable;
  private readonly byStep: ReadonlyMap<string, StepRow>;

  /** An amendment that fits nothing in the table does nothing; none makes anything looser, whatever it says. */
  constructor(
    readonly version: string,
    readonly amendments: readonly PolicyAmendment[],
  ) {
    this.rows = STEPS.map((row: StepRow) =>
      amendments.filter(({ of }) => of === row.step).reduce(amendedRow, row),
    );
    this.clocks = amendments.filter(({ kind }) => kind === 'SHORTER_TARGET').reduce(amendedClocks, CLOCKS);
    this.byStep = new Map(this.rows.map((row) => [row.step, row]));
  }

  /** The row of a step; throws on a name that is not in the table. */
  row(step: string): StepRow {
    const row = this.byStep.get(step);
    if (!row) throw new Error(`There is no step "${step}" in the table of steps.`);
    return row;
  }
}

/** The table in code, under which every case stands that was opened before the house amended anything. */
export const BUILT_IN = new Policy(POLICY_VERSION, []);

/** A step with everything that it asks under any policy: for reading a form before it is known of which case it is. */
export function widestRow(step: string): StepRow {
  const row = BUILT_IN.row(step);
  if (isHers(row)) return row;
  const further = FURTHER_ASKS.filter((ask) => !row.asks.includes(ask) && !row.mayAsk?.includes(ask));
  return { ...row, mayAsk: [...(row.mayAsk ?? []), ...further] };
}

/** Whether the person takes the step, or somebody for her: nothing makes it harder. */
export function isHers({ by }: StepRow): boolean {
  return by.includes('RH') || by.includes('REP');
}

/** What a version needs for a step besides what the table in code does. */
export function addedNeeds(row: StepRow): NeedName[] {
  const own = needsOf(BUILT_IN.row(row.step));
  return needsOf(row).filter((name) => !own.includes(name));
}

function amendedRow(row: StepRow, { kind, code }: PolicyAmendment): StepRow {
  if (isHers(row)) return row;
  switch (kind) {
    case 'FEWER_ROLES':
      return { ...row, by: row.by.filter((role) => role !== code) };
    case 'SECOND_PERSON':
      return row.agreedBy || !Object.hasOwn(ROLES, code ?? '')
        ? row
        : { ...row, agreedBy: { role: code as RoleCode, when: 'always' } };
    case 'FURTHER_NEED':
      return !Object.hasOwn(NEEDS, code ?? '') || needsOf(row).includes(code as NeedName)
        ? row
        : { ...row, needs: [...row.needs, code as NeedName] };
    case 'FURTHER_ASK':
      return !(FURTHER_ASKS as readonly (string | null)[]).includes(code) ||
        row.asks.includes(code as AskName)
        ? row
        : {
            ...row,
            asks: [...row.asks, code as AskName],
            mayAsk: row.mayAsk?.filter((ask) => ask !== code),
          };
    default:
      return row;
  }
}

function amendedClocks(clocks: ClockTable, { of, code, length }: PolicyAmendment): ClockTable {
  if (!Object.hasOwn(clocks, of) || !Number.isInteger(length) || length! < 1) return clocks;
  return { ...clocks, [of]: shortened(clocks[of as ClockCode], code as Tier | null, length!) };
}

/** What is shorter for every case is in no tier longer than that. */
function shortened(rule: ClockRule, tier: Tier | null, length: number): ClockRule {
  if (rule.basis === 'legal' || rule.owedBy === 'rightsholder') return rule;
  const atMost = (each: Length): Length => (length < each.length ? { ...each, length } : each);
  const isMeant = (each: Tier, own: Length) =>
    tier === null ? own.unit === rule.period?.unit : each === tier;
  const byTier = TIERS.flatMap((each) => {
    const own = rule.byTier[each];
    return own ? [[each, isMeant(each, own) ? atMost(own) : own] as const] : [];
  });
  return {
    ...rule,
    period: tier === null && rule.period ? atMost(rule.period) : rule.period,
    byTier: Object.fromEntries(byTier),
  };
}
