import type { EntityManager } from 'typeorm';
import type { Day } from '../platform/time';
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
  const state = file.case.state as State;
  const open: OpenStep[] = [];
  for (const row of stepsFrom(state, roles, { isGuest })) {
    const role = row.by.find((each) => roles.includes(each))!;
    const facts = await collectFacts(db, looking, file, { role, personId, partyId }, {}, today);
    const unmet = unmetNeeds(row, facts, {}).filter(({ name }) => name !== 'answer');
    const isFree = row.freeFor?.includes(role) ?? false;
    open.push({
      step: row.step,
      to: leadsTo(row, file),
      by: role,
      asks: isFree ? [] : [...row.asks],
      mayAsk: [...(isFree ? row.asks : []), ...(row.mayAsk ?? [])],
      readiness: readinessOf(unmet),
      unmet: withWays(unmet, state),
      agreedBy: needsAgreement(row, facts),
      proposal: null,
    });
  }
  return open;
}

/** The state that the step takes this case to. */
export function leadsTo(row: StepRow, file: CaseFile): State {
  return stateAfter(row, file.case.state as State, stateBeforeMerger(file));
}
