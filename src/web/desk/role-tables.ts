import { ACTS, type ActRow, type Reach } from '../../rules/acts';
import { ROLES, STAFF_ROLES, type RoleCode } from '../../rules/roles';
import type { Policy } from '../../rules/policy';
import { agreementsOf } from '../../rules/workflow';
import { stepLabel } from './code-label';

export interface RoleTable {
  caption: string;
  rows: RoleTableRow[];
}

interface RoleTableRow {
  label: string;
  /** Roles of staff that may do it, in the order of the table of roles. */
  roles: RoleCode[];
  /** What else has to be known to read the row. */
  note: string | null;
}

const REACHES: readonly (readonly [Reach, string])[] = [
  ['cases', 'Lists of cases'],
  ['case', 'One case'],
  ['histories', 'Histories under pseudonyms'],
  ['house', 'The house'],
  ['account', 'The own account'],
];

const WHEN = {
  always: 'always',
  severe: 'where it is severe',
  'remedy-owed': 'where a remedy is owed',
  'told-only': 'where the person is only told where to turn',
  unanswered: 'where the other body has not said that it takes the case',
  'monitoring-runs': 'where the monitoring is not over',
  'guarded-identity': 'where the identity is guarded',
  'held-by-another': 'where somebody else holds a receipt',
  'by-staff': 'where staff do it',
  'she-could-be-asked': 'where staff do it and the person could be asked',
  dictated: 'where staff write down what the person said',
};

/** What the table of acts lets staff do at the doors, by what it reaches; of one role alone when it is named. */
export function actTables(only: RoleCode | null): RoleTable[] {
  const acts: readonly ActRow[] = Object.values(ACTS);
  return tablesOf(
    REACHES.map(([reach, caption]) => ({
      caption,
      rows: acts
        .filter((row) => row.reach === reach && Array.isArray(row.by))
        .map(({ by, label }) => ({ label, roles: staffIn(by as readonly RoleCode[]), note: null })),
    })),
    only,
  );
}

/** The steps of a case that staff take or agree to under this version of the process. */
export function stepTable(policy: Policy, only: RoleCode | null): RoleTable[] {
  const rows = policy.rows.map((row) => ({
    label: stepLabel(row.step),
    roles: staffIn([...row.by, ...(row.dictatedTo ?? []), ...agreementsOf(row).map(({ role }) => role)]),
    note:
      agreementsOf(row)
        .map(({ role, when }) => `A second person agrees ${WHEN[when]}: ${ROLES[role].label}`)
        .join('. ') || null,
  }));
  return tablesOf([{ caption: 'Steps of a case', rows }], only);
}

function tablesOf(tables: RoleTable[], only: RoleCode | null): RoleTable[] {
  return tables
    .map(({ caption, rows }) => ({
      caption,
      rows: rows.filter(({ roles }) => roles.length > 0 && (only === null || roles.includes(only))),
    }))
    .filter(({ rows }) => rows.length > 0);
}

function staffIn(roles: readonly RoleCode[]): RoleCode[] {
  return STAFF_ROLES.filter((role) => roles.includes(role));
}
