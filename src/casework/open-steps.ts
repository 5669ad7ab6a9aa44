import type { EntityManager } from 'typeorm';
import type { Reader } from '../people/sight';
import type { Day } from '../platform/time';
import { dictatedFrom } from '../rules/dictated-row';
import { PEN_HOLDERS } from '../rules/dictations';
import type { CaseFacts } from '../rules/needs/facts';
import type { RoleCode } from '../rules/roles';
import type { State } from '../rules/states';
import type { StepRow } from '../rules/steps';
import { needsAgreement, readinessOf, stateAfter, stepsFrom, unmetNeeds } from '../rules/workflow';
import type { CaseFile } from './case-file';
import { collectFacts, type Looking } from './facts';
import { withWays } from './need-ways';
import { stateBeforeMerger } from './triage/mergers';
import type { OpenStep } from './views';

interface Taker {
  roles: readonly RoleCode[];
  personId: string | null;
  partyId?: string;
  today: Day;
  isGuest?: boolean;
}

/** Rows open to somebody in this case, with the needs of the case (not the answers) that are unmet. */
export async function openStepsOf(
  db: EntityManager,
  looking: Looking,
  file: CaseFile,
  { roles, personId, partyId, today, isGuest = false }: Taker,
): Promise<OpenStep[]> {
  const rows = stepsFrom(file.policy.rows, file.case.state as State, roles, { isGuest }).map((row) => ({
    row,
    actor: { role: row.by.find((each) => roles.includes(each))!, personId, partyId },
  }));
  if (rows.length === 0) return [];
  // What is known of the case is the same in each of their roles.
  const facts = await collectFacts(db, looking, file, rows[0]!.actor, {}, today);
  return rows.map(({ row, actor }) => openStep(row, file, { ...facts, actor }, false));
}

/** Steps of the person that this reader may write down for them. */
export async function dictatedStepsOf(
  db: EntityManager,
  looking: Looking,
  file: CaseFile,
  { reader: { roles, personId }, today }: { reader: Reader; today: Day },
): Promise<OpenStep[]> {
  const rows = dictatedFrom(file.policy.rows, file.case.state as State, roles);
  if (rows.length === 0) return [];
  const writtenBy = { role: PEN_HOLDERS.find((role) => roles.includes(role))!, personId };
  const facts = await collectFacts(db, looking, file, { role: 'RH', personId: null, writtenBy }, {}, today);
  return rows.map((row) => openStep(row, file, facts, true));
}

function openStep(row: StepRow, file: CaseFile, facts: CaseFacts, dictated: boolean): OpenStep {
  const { role } = facts.actor;
  const unmet = unmetNeeds(row, facts, {}).filter(({ name }) => name !== 'answer');
  const isFree = row.freeFor?.includes(role) ?? false;
  return {
    step: row.step,
    to: leadsTo(row, file),
    by: role,
    asks: isFree ? [] : [...row.asks],
    mayAsk: [...(isFree ? row.asks : []), ...(row.mayAsk ?? [])],
    readiness: readinessOf(unmet),
    unmet: withWays(file, unmet),
    agreedBy: needsAgreement(row, facts),
    proposal: null,
    dictated,
  };
}

/** The state that the step takes this case to. */
export function leadsTo(row: StepRow, file: CaseFile): State {
  return stateAfter(row, file.case.state as State, stateBeforeMerger(file));
}
