// Source: our merge of the MIT AI Risk domain taxonomy (numbers in `mit`), the AIAAIC harm groups (`aiaaic`), CSET and the OECD
// incident definition, seen from the side of those who deploy AI. Codes are ours: never renumber or reuse one.
import type { RightCode } from './rights';

/** The 28 kinds of harm, and AIH-99 for what the person cannot or does not want to name. */
export const HARMS = {
  'AIH-01': {
    label: 'Discriminatory decision or outcome',
    typicalRights: ['HR-EQ'],
    mit: ['1.1'],
    aiaaic: ['Human rights'],
  },
  'AIH-02': {
    label: 'Worse performance for a group (accent, skin tone, disability, age)',
    typicalRights: ['HR-EQ', 'HR-DISA'],
    mit: ['1.3'],
    aiaaic: ['Human rights'],
  },
  'AIH-03': {
    label: 'Wrongful denial of job/promotion/contract',
    typicalRights: ['HR-WORK'],
    mit: ['1.1', '7.3'],
    aiaaic: ['Financial'],
  },
  'AIH-04': {
    label: 'Wrongful denial/stop of benefit or public service',
    typicalRights: ['HR-SOCS'],
    mit: ['7.3'],
    aiaaic: ['Financial'],
  },
  'AIH-05': {
    label: 'Wrongful denial/price of credit, insurance, housing',
    typicalRights: ['HR-LIVG', 'HR-HOUS'],
    mit: ['1.1', '7.3'],
    aiaaic: ['Financial'],
  },
  'AIH-06': {
    label: 'Wrongful accusation, fraud flag, arrest, sanction',
    typicalRights: ['HR-LIB', 'HR-FAIR'],
    mit: ['7.3'],
    aiaaic: ['Autonomy', 'Human rights'],
  },
  'AIH-07': {
    label: 'Misidentification (face, voice, ID)',
    typicalRights: ['HR-PRIV', 'HR-LIB'],
    mit: ['7.3'],
    aiaaic: ['Human rights'],
  },
  'AIH-08': {
    label: 'Account, content or access removed/blocked',
    typicalRights: ['HR-EXPR', 'HR-SERV'],
    mit: ['7.3', '1.2'],
    aiaaic: ['Human rights'],
  },
  'AIH-09': {
    label: 'Intrusive surveillance or monitoring',
    typicalRights: ['HR-PRIV'],
    mit: ['4.1', '2.1'],
    aiaaic: ['Autonomy'],
  },
  'AIH-10': {
    label: 'Emotion, personality or sensitive-trait inference',
    typicalRights: ['HR-PRIV', 'HR-THOT'],
    mit: ['2.1'],
    aiaaic: ['Autonomy'],
  },
  'AIH-11': {
    label: 'Unlawful or excessive use of personal data',
    typicalRights: ['HR-PRIV'],
    mit: ['2.1'],
    aiaaic: ['Human rights'],
  },
  'AIH-12': {
    label: 'Data leak or exposure by the system',
    typicalRights: ['HR-PRIV'],
    mit: ['2.2'],
    aiaaic: ['Human rights'],
  },
  'AIH-13': {
    label: 'Algorithmic work pressure: pace, scheduling, rating, pay, deactivation',
    typicalRights: ['HR-COND', 'HR-OSH'],
    mit: ['6.2'],
    aiaaic: ['Psychological', 'Financial'],
  },
  'AIH-14': {
    label: 'Job loss or deskilling from deployment without safeguards',
    typicalRights: ['HR-WORK'],
    mit: ['6.2', '6.3'],
    aiaaic: ['Financial'],
  },
  'AIH-15': {
    label: 'Union or organising activity targeted or chilled',
    typicalRights: ['HR-UNIO'],
    mit: ['6.1'],
    aiaaic: ['Human rights'],
  },
  'AIH-16': {
    label: 'Physical injury or unsafe condition',
    typicalRights: ['HR-LIFE', 'HR-OSH'],
    mit: ['7.3'],
    aiaaic: ['Physical'],
  },
  'AIH-17': {
    label: 'Health harm through wrong triage, diagnosis, advice',
    typicalRights: ['HR-HLTH'],
    mit: ['7.3', '5.1'],
    aiaaic: ['Physical'],
  },
  'AIH-18': {
    label: 'Psychological harm, distress, humiliation',
    typicalRights: ['HR-HLTH', 'HR-DIGN'],
    mit: ['5.1'],
    aiaaic: ['Psychological'],
  },
  'AIH-19': {
    label: 'Manipulation, dark patterns, exploitation of vulnerability',
    typicalRights: ['HR-OPIN'],
    mit: ['4.3', '5.2'],
    aiaaic: ['Autonomy'],
  },
  'AIH-20': {
    label: 'False information about a person / defamation',
    typicalRights: ['HR-REP'],
    mit: ['3.1'],
    aiaaic: ['Reputational'],
  },
  'AIH-21': {
    label: 'Wrong information causing loss (chatbot, guidance)',
    typicalRights: ['HR-SERV'],
    mit: ['3.1'],
    aiaaic: ['Financial'],
  },
  'AIH-22': {
    label: 'Deepfake, intimate or impersonation content',
    typicalRights: ['HR-PRIV', 'HR-GEND'],
    mit: ['4.3'],
    aiaaic: ['Psychological', 'Reputational'],
  },
  'AIH-23': {
    label: 'Hateful, violent or sexual content exposure',
    typicalRights: ['HR-HATE', 'HR-CHLD'],
    mit: ['1.2'],
    aiaaic: ['Psychological'],
  },
  'AIH-24': {
    label: 'No notice, no explanation, no human to reach',
    typicalRights: ['HR-REM', 'HR-FAIR'],
    mit: ['7.4'],
    aiaaic: ['Autonomy'],
  },
  'AIH-25': {
    label: 'Inaccessible AI channel or no non-AI alternative',
    typicalRights: ['HR-DISA', 'HR-SERV'],
    mit: ['1.3', '5.2'],
    aiaaic: ['Human rights'],
  },
  'AIH-26': {
    label: 'Harm to a child',
    typicalRights: ['HR-CHLD'],
    mit: ['1.2', '2.1'],
    aiaaic: ['Psychological'],
  },
  'AIH-27': {
    label: 'Chilling effect on protest, journalism, defenders; political profiling',
    typicalRights: ['HR-ASSM', 'HR-DEFN', 'HR-PART'],
    mit: ['4.1', '3.2'],
    aiaaic: ['Political'],
  },
  'AIH-28': {
    label: 'Community, cultural, environmental or collective harm',
    typicalRights: ['HR-CULT', 'HR-ENVT'],
    mit: ['6.6', '3.2'],
    aiaaic: ['Societal', 'Environmental'],
  },
  'AIH-99': {
    label: "Other / unsure, in the complainant's own words",
    typicalRights: [],
    mit: [],
    aiaaic: [],
  },
} as const satisfies Record<
  string,
  { label: string; typicalRights: readonly RightCode[]; mit: readonly string[]; aiaaic: readonly string[] }
>;

export type HarmCode = keyof typeof HARMS;
export const HARM_CODES = Object.keys(HARMS) as HarmCode[];
