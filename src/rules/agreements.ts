// Source: process model 6.3 (a second person agrees). No law says within how many days: three working days are a target of our own, as
// long as an interim measure of a severe case may wait for its decision (6.2).
import type { Day } from '../platform/time';
import { addWorkingDays } from './calendars';
import type { RoleCode } from './roles';
import type { State } from './states';
import { STEPS, type StepRow } from './steps';
import { agreementsOf, stepRow } from './workflow';

const AGREEMENT_WORKING_DAYS = 3;

/** By when a second person should have agreed to what was proposed, or refused it. */
export function agreementDueOn(proposedOn: Day, calendar: string): Day {
  return addWorkingDays(proposedOn, AGREEMENT_WORKING_DAYS, calendar);
}

/** Steps to which somebody with these roles may agree where nothing says that another role is due. */
export function stepsAgreedBy(roles: readonly RoleCode[]): string[] {
  return STEPS.filter((row: StepRow) => {
    const [usual] = agreementsOf(row);
    return usual !== undefined && roles.includes(usual.role);
  }).map(({ step }) => step);
}

/** Whether what was proposed can no longer be done, since the case went on without it. */
export function isMoot(step: string, state: State): boolean {
  return !stepRow(step).from.includes(state);
}
