// Source: UN Guiding Principle 31(b) and (c): a step that nobody can take is a case that nobody can end. What a house amends must leave
// somebody who works there.
import { BUILT_IN, type Policy } from './policy';
import { ROLES, type RoleCode } from './roles';
import { agreementsOf } from './workflow';

/**
 * Steps that a version leaves to roles which nobody has, each with why as a sentence. `accounts`: the roles of each active account. Only
 * steps whose roles, or whose second person, it amends: who takes the others is no matter of the version.
 */
export function leftToNobody(
  policy: Policy,
  accounts: readonly (readonly string[])[],
): { step: string; sentence: string }[] {
  const held = (roles: readonly RoleCode[]) =>
    accounts.filter((own) => roles.some((role) => own.includes(role)));
  const named = (roles: readonly RoleCode[]) => roles.map((role) => ROLES[role].label).join(' or ');
  return policy.rows.flatMap((row) => {
    const own = BUILT_IN.row(row.step);
    const { step, by } = row;
    const agree = agreementsOf(row).map(({ role }) => role);
    const isAmended =
      by.length !== own.by.length ||
      agree.join() !==
        agreementsOf(own)
          .map(({ role }) => role)
          .join();
    if (!isAmended) return [];
    const takers = held(by);
    if (takers.length === 0)
      return [{ step, sentence: `“${step}” would be left to nobody: no active account is ${named(by)}.` }];
    return agree.flatMap((role) => {
      const agreeing = held([role]);
      if (agreeing.length === 0)
        return [
          { step, sentence: `Nobody could agree to “${step}”: no active account is ${named([role])}.` },
        ];
      return new Set([...takers, ...agreeing]).size > 1
        ? []
        : [
            {
              step,
              sentence: `“${step}” takes two people: one account alone is ${named(by)} and ${named([role])}.`,
            },
          ];
    });
  });
}
