// Source: our list. Self-identified, voluntary, several may hold; kept apart from identity (GDPR Art. 9).
// `special`: belonging to it tells of health, origin, religion, belief, union or sexual life. Read widely, as the Court of Justice does
// (C-184/20): what lets one conclude such a thing is protected as the thing itself.

/** Groups as people name themselves. */
export const AFFECTED_GROUPS = {
  'AG-JOBSEEK': { label: 'Job applicants' },
  'AG-WORKER': { label: 'Own workers' },
  'AG-PLAT': { label: 'Platform/gig/agency workers' },
  'AG-SUPPLY': { label: 'Supply-chain and data-enrichment workers' },
  'AG-CONS': { label: 'Consumers/clients' },
  'AG-BENEF': { label: 'Benefit recipients' },
  'AG-PAT': { label: 'Patients', special: true },
  'AG-STUD': { label: 'Pupils/students' },
  'AG-TENANT': { label: 'Tenants' },
  'AG-COMM': { label: 'Local community' },
  'AG-CHILD': { label: 'Children' },
  'AG-OLDER': { label: 'Older persons' },
  'AG-WOMEN': { label: 'Women/girls' },
  'AG-LGBTI': { label: 'LGBTI people', special: true },
  'AG-DISAB': { label: 'Persons with disabilities', special: true },
  'AG-RACE': { label: 'Racial/ethnic/caste-based group', special: true },
  'AG-RELIG': { label: 'Religious minority', special: true },
  'AG-INDIG': { label: 'Indigenous people', special: true },
  'AG-MIGR': { label: 'Migrants, refugees, asylum seekers', special: true },
  'AG-LANG': { label: 'Linguistic minority / low literacy', special: true },
  'AG-POV': { label: 'Poverty' },
  'AG-DETN': { label: 'Detainees' },
  'AG-HRD': { label: 'Human rights defenders, journalists, unionists', special: true },
  'AG-WHIS': { label: 'Whistleblowers' },
  'AG-USERPRO': { label: 'Staff operating the AI' },
  'AG-PREFNO': { label: 'Prefers not to say' },
} as const satisfies Record<string, { label: string; special?: true }>;

export type AffectedGroupCode = keyof typeof AFFECTED_GROUPS;
export const AFFECTED_GROUP_CODES = Object.keys(AFFECTED_GROUPS) as AffectedGroupCode[];

/** Whether these groups, put down of a person, are data of a special category (GDPR Art. 9). */
export function tellSpecialCategory(groups: readonly string[]): boolean {
  return groups.some((code) => 'special' in AFFECTED_GROUPS[code as AffectedGroupCode]);
}

/** These groups without those that are data of a special category. */
export function ordinaryGroups(groups: readonly string[]): string[] {
  return groups.filter((code) => !tellSpecialCategory([code]));
}

/** What of GDPR Art. 9(2) can stand in the place of her agreement (point a) here: only what a law names. Stable codes. */
export const SENSITIVE_LAWS = {
  'ART9-B': { label: 'Law on employment or social security (GDPR Art. 9(2)(b))' },
  'ART9-F': { label: 'Legal claims (GDPR Art. 9(2)(f))' },
  'ART9-G': { label: 'Law on a substantial public interest (GDPR Art. 9(2)(g))' },
} as const satisfies Record<string, { label: string }>;
export type SensitiveLaw = keyof typeof SENSITIVE_LAWS;
export const SENSITIVE_LAW_CODES = Object.keys(SENSITIVE_LAWS) as SensitiveLaw[];
