import { mayDo, type Act } from '../../rules/acts';
import type { RoleCode } from '../../rules/roles';

const TABS: readonly { href: string; label: string; act: Act }[] = [
  { href: '/desk/dashboard', label: 'My work', act: 'read-dashboard' },
  { href: '/desk/dashboard/cases', label: 'Age and clocks', act: 'read-dashboard' },
  { href: '/desk/dashboard/times', label: 'How long cases stay', act: 'read-dashboard' },
  { href: '/desk/dashboard/team', label: 'Team', act: 'read-team-load' },
  { href: '/desk/patterns', label: 'Patterns', act: 'read-patterns' },
];

/** The dashboards that somebody with these roles may open. */
export function dashboardTabs(
  roles: readonly RoleCode[],
  current: string,
): { href: string; label: string; current: boolean }[] {
  return TABS.filter(({ act }) => mayDo(roles, act)).map(({ href, label }) => ({
    href,
    label,
    current: href === current,
  }));
}
