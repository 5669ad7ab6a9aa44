// Source: feature 44 (what a version changes is seen before it is published); process model 6.1, 6.3. A version is never looser than the table
// in code, but may be looser than the one before it: whoever publishes it, and whoever audits it, is told so.
import { ASKS } from './asks';
import type { ClockRule } from './clocks';
import { NEEDS } from './needs';
import { lengthsOf, lengthText } from './policy-amendments';
import { ROLES, type RoleCode } from './roles';
import type { StepRow } from './steps';
import { agreementsOf, needsOf } from './workflow';

const listed = (roles: readonly RoleCode[]) => roles.map((role) => ROLES[role].label).join(', ');

/** In what a step asks less of anybody in the later version, as sentences; empty where in nothing. */
export function looserStep(before: StepRow, after: StepRow): string[] {
  const gone = <T>(some: readonly T[], others: readonly T[]) => some.filter((each) => !others.includes(each));
  const agreed = agreementsOf(after);
  const nobody = agreementsOf(before).filter(
    ({ role, when }) => !agreed.some((each) => each.role === role && each.when === when),
  );
  const roles = gone(after.by, before.by);
  return [
    ...(nobody.length > 0
      ? [`Fewer people have to agree: no longer ${listed(nobody.map(({ role }) => role))}.`]
      : []),
    ...(roles.length > 0 ? [`More roles take it: ${listed(roles)}.`] : []),
    ...gone(needsOf(before), needsOf(after)).map((name) => `No longer needed: ${NEEDS[name].sentence}`),
    ...gone(before.asks, after.asks).map((name) => `No longer asked: ${ASKS[name].label}.`),
  ];
}

/** For which cases a target runs longer in the later version, as sentences; empty where for none. */
export function looserClock(before: ClockRule, after: ClockRule): string[] {
  const was = new Map(lengthsOf(before).map((each) => [each.tier, each]));
  return lengthsOf(after).flatMap((each) => {
    const earlier = was.get(each.tier);
    return earlier && each.length > earlier.length
      ? [
          `Runs longer${each.tier === null ? '' : `, ${each.tier}`}: ${lengthText(each)} instead of ${lengthText(earlier)}.`,
        ]
      : [];
  });
}
