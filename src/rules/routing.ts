// Source: features 38 (routing by declared rules, tried first, recorded). A rule proposes; people decide: nothing of a case changes by it.
import { HARM_CODES } from './harms';
import { REPRISAL_LEVEL_CODES } from './protection';
import type { RoleCode } from './roles';
import { tierRank, TIERS, type Tier } from './severity';
import { USE_DOMAIN_CODES } from './use-domains';

export const TRACKS = ['INVESTIGATION', 'DIALOGUE', 'BOTH'] as const;
/** Whom a rule may propose to bring onto the team. */
export const ROUTED_ROLES = ['INV', 'DIA', 'PRT', 'DPO', 'LEG', 'IRV'] as const satisfies readonly RoleCode[];

/** What a rule looks at in a case, and the codes of each. */
export const ROUTING_CONDITIONS = {
  useDomains: USE_DOMAIN_CODES,
  harms: HARM_CODES,
  tiers: TIERS,
  reprisalLevels: REPRISAL_LEVEL_CODES,
} as const satisfies Record<string, readonly string[]>;
export type RoutingCondition = keyof typeof ROUTING_CONDITIONS;
export const ROUTING_CONDITION_NAMES = Object.keys(ROUTING_CONDITIONS) as RoutingCondition[];

/** Each condition that names codes holds where the case has one of them; all of them have to hold. */
export interface RoutingRule extends Record<RoutingCondition, string[]> {
  track: string | null;
  role: string | null;
  /** A tier below which the severity should be looked at again. */
  atLeast: string | null;
}

/** What is known of a case so far; what nobody said yet meets no condition. */
export interface RoutedFacts {
  useDomain: string | null;
  harms: readonly string[] | null;
  tier: string | null;
  reprisalLevel: string | null;
}

export interface RoutingProposal {
  /** Numbers of the rules that hold, from 1. */
  rules: number[];
  /** Of the first rule that proposes one. */
  track: string | null;
  /** Each once, in the order of the rules. */
  roles: string[];
  /** The highest that a rule asks for, where the case is below it. */
  atLeast: string | null;
}

/** What is wrong with a rule, as sentences by field; empty when it is sound. */
export function routingFaults(rule: RoutingRule): { field: string; sentence: string }[] {
  const faults: { field: string; sentence: string }[] = [];
  for (const name of ROUTING_CONDITION_NAMES)
    if (!rule[name].every((code) => (ROUTING_CONDITIONS[name] as readonly string[]).includes(code)))
      faults.push({ field: name, sentence: 'Choose from the list.' });
  if (ROUTING_CONDITION_NAMES.every((name) => rule[name].length === 0))
    faults.push({
      field: 'useDomains',
      sentence: 'Say when the rule holds: choose something in at least one list.',
    });
  const isOneOf = (codes: readonly string[], code: string | null) => code === null || codes.includes(code);
  if (!isOneOf(TRACKS, rule.track)) faults.push({ field: 'track', sentence: 'Choose from the list.' });
  if (!isOneOf(ROUTED_ROLES, rule.role)) faults.push({ field: 'role', sentence: 'Choose from the list.' });
  if (!isOneOf(TIERS, rule.atLeast)) faults.push({ field: 'atLeast', sentence: 'Choose from the list.' });
  if (rule.track === null && rule.role === null && rule.atLeast === null)
    faults.push({ field: 'track', sentence: 'Say what the rule proposes: a track, a role or a severity.' });
  return faults;
}

export function ruleHolds(rule: RoutingRule, facts: RoutedFacts): boolean {
  const holds = (codes: readonly string[], known: readonly (string | null)[]) =>
    codes.length === 0 || known.some((code) => code !== null && codes.includes(code));
  return (
    holds(rule.useDomains, [facts.useDomain]) &&
    holds(rule.harms, facts.harms ?? []) &&
    holds(rule.tiers, [facts.tier]) &&
    holds(rule.reprisalLevels, [facts.reprisalLevel])
  );
}

/** What these rules propose for a case; null where none holds. */
export function propose(rules: readonly RoutingRule[], facts: RoutedFacts): RoutingProposal | null {
  const held = rules.flatMap((rule, index) => (ruleHolds(rule, facts) ? [{ ...rule, n: index + 1 }] : []));
  if (held.length === 0) return null;
  const said = (what: 'track' | 'role' | 'atLeast') =>
    held.map((rule) => rule[what]).filter((code): code is string => code !== null);
  const highest = said('atLeast').sort((a, b) => tierRank(b as Tier) - tierRank(a as Tier))[0] ?? null;
  const isBelow =
    highest !== null && (facts.tier === null || tierRank(facts.tier as Tier) < tierRank(highest as Tier));
  return {
    rules: held.map(({ n }) => n),
    track: said('track')[0] ?? null,
    roles: [...new Set(said('role'))],
    atLeast: isBelow ? highest : null,
  };
}

/** Fewer cases than this are never told: few people could be recognised in them. */
export const FEWEST_TOLD = 5;

/** A count as it may be told: null for one to four. */
export function toldCount(count: number): number | null {
  return count === 0 || count >= FEWEST_TOLD ? count : null;
}

export interface RuleTried {
  n: number;
  /** In how many of the cases it holds; null for one to four. */
  cases: number | null;
  /** In how many of these people decided on the track that it proposes; null where it proposes none, or too few are on either side. */
  sameTrack: number | null;
}

/** What rules would have proposed in past cases, beside what people decided there. Small counts are left out, and so is what would tell them. */
export function tryRules(
  rules: readonly RoutingRule[],
  cases: readonly (RoutedFacts & { track: string | null })[],
): RuleTried[] {
  return rules.map((rule, index) => {
    const held = cases.filter((facts) => ruleHolds(rule, facts));
    const same = held.filter(({ track }) => track === rule.track).length;
    const isTrackTold =
      rule.track !== null &&
      [held.length, same, held.length - same].every((count) => toldCount(count) !== null);
    return {
      n: index + 1,
      cases: toldCount(held.length),
      sameTrack: isTrackTold ? same : null,
    };
  });
}
