// Source: our list. Self-identified, voluntary, several may hold; kept apart from identity (GDPR Art. 9).

/** Groups as people name themselves. */
export const AFFECTED_GROUPS = {
  'AG-JOBSEEK': { label: 'Job applicants' },
  'AG-WORKER': { label: 'Own workers' },
  'AG-PLAT': { label: 'Platform/gig/agency workers' },
  'AG-SUPPLY': { label: 'Supply-chain and data-enrichment workers' },
  'AG-CONS': { label: 'Consumers/clients' },
  'AG-BENEF': { label: 'Benefit recipients' },
  'AG-PAT': { label: 'Patients' },
  'AG-STUD': { label: 'Pupils/students' },
  'AG-TENANT': { label: 'Tenants' },
  'AG-COMM': { label: 'Local community' },
  'AG-CHILD': { label: 'Children' },
  'AG-OLDER': { label: 'Older persons' },
  'AG-WOMEN': { label: 'Women/girls' },
  'AG-LGBTI': { label: 'LGBTI people' },
  'AG-DISAB': { label: 'Persons with disabilities' },
  'AG-RACE': { label: 'Racial/ethnic/caste-based group' },
  'AG-RELIG': { label: 'Religious minority' },
  'AG-INDIG': { label: 'Indigenous people' },
  'AG-MIGR': { label: 'Migrants, refugees, asylum seekers' },
  'AG-LANG': { label: 'Linguistic minority / low literacy' },
  'AG-POV': { label: 'Poverty' },
  'AG-DETN': { label: 'Detainees' },
  'AG-HRD': { label: 'Human rights defenders, journalists, unionists' },
  'AG-WHIS': { label: 'Whistleblowers' },
  'AG-USERPRO': { label: 'Staff operating the AI' },
  'AG-PREFNO': { label: 'Prefers not to say' },
} as const satisfies Record<string, { label: string }>;

export type AffectedGroupCode = keyof typeof AFFECTED_GROUPS;
export const AFFECTED_GROUP_CODES = Object.keys(AFFECTED_GROUPS) as AffectedGroupCode[];
