// Source: International Bill of Human Rights (UDHR 1948; ICCPR and ICESCR 1966), the core UN treaties, ILO fundamental
// conventions. Codes are ours: never renumber or reuse one, only stop offering it.

/** CP civil and political, ESC economic, social and cultural, LAB labour, GRP of a group, X across all. */
export type RightGroup = 'CP' | 'ESC' | 'LAB' | 'GRP' | 'X';

/** The 45 rights a case can touch. HR-DIGN is interpretive: give it together with another right. */
export const RIGHTS = {
  'HR-EQ': {
    label: 'Equality and non-discrimination',
    groups: ['X'],
    references: [
      'UDHR 2, 7',
      'ICCPR 2(1), 3, 26',
      'ICESCR 2(2), 3',
      'CERD 2, 5',
      'CEDAW 1-2',
      'CRC 2',
      'CRPD 5',
      'ILO C100, C111',
    ],
  },
  'HR-REM': {
    label: 'Effective remedy',
    groups: ['X'],
    references: ['UDHR 8', 'ICCPR 2(3)', 'CERD 6', 'CEDAW 2(c)'],
  },
  'HR-DIGN': {
    label: 'Human dignity (interpretive, use with another code)',
    groups: ['X'],
    references: ['UDHR 1', 'ICCPR 10(1)'],
  },
  'HR-LIFE': { label: 'Life', groups: ['CP'], references: ['UDHR 3', 'ICCPR 6', 'CRC 6', 'CRPD 10'] },
  'HR-LIB': {
    label: 'Liberty and security of person',
    groups: ['CP'],
    references: ['UDHR 3, 9', 'ICCPR 9', 'CERD 5(b)', 'CRPD 14'],
  },
  'HR-TORT': {
    label: 'Freedom from torture and cruel, inhuman or degrading treatment',
    groups: ['CP'],
    references: ['UDHR 5', 'ICCPR 7', 'CAT 2, 16', 'CRC 37', 'CRPD 15'],
  },
  'HR-EXPT': {
    label: 'No experimentation without free consent',
    groups: ['CP'],
    references: ['ICCPR 7 (2nd sentence)', 'CRPD 15(1)'],
  },
  'HR-SLAV': {
    label: 'Freedom from slavery, forced labour, trafficking',
    groups: ['CP', 'LAB'],
    references: ['UDHR 4', 'ICCPR 8', 'CEDAW 6', 'ILO C29 + P29, C105'],
  },
  'HR-DETN': { label: 'Humane treatment in detention', groups: ['CP'], references: ['ICCPR 10'] },
  'HR-MOVE': { label: 'Freedom of movement', groups: ['CP'], references: ['UDHR 13', 'ICCPR 12', 'CRPD 18'] },
  'HR-ASYL': {
    label: 'Asylum, non-refoulement, due process on expulsion',
    groups: ['CP'],
    references: ['UDHR 14', 'ICCPR 13', 'CAT 3', 'Refugee Conv. 33'],
  },
  'HR-PERS': {
    label: 'Recognition as a person, legal capacity',
    groups: ['CP'],
    references: ['UDHR 6', 'ICCPR 16', 'CEDAW 15', 'CRPD 12'],
  },
  'HR-FAIR': {
    label: 'Fair hearing, presumption of innocence, due process',
    groups: ['CP'],
    references: ['UDHR 10-11', 'ICCPR 14-15', 'CRC 40'],
  },
  'HR-PRIV': {
    label: 'Privacy, family, home, correspondence, personal data',
    groups: ['CP'],
    references: ['UDHR 12', 'ICCPR 17', 'CRC 16', 'CRPD 22', 'EU Charter 7-8'],
  },
  'HR-REP': { label: 'Honour and reputation', groups: ['CP'], references: ['UDHR 12', 'ICCPR 17'] },
  'HR-THOT': {
    label: 'Thought, conscience, religion',
    groups: ['CP'],
    references: ['UDHR 18', 'ICCPR 18', 'CRC 14'],
  },
  'HR-OPIN': {
    label: 'Opinion without interference (incl. manipulation)',
    groups: ['CP'],
    references: ['UDHR 19', 'ICCPR 19(1)'],
  },
  'HR-EXPR': {
    label: 'Expression and access to information',
    groups: ['CP'],
    references: ['UDHR 19', 'ICCPR 19(2)', 'CRC 13', 'CRPD 21'],
  },
  'HR-HATE': {
    label: 'Protection from incitement to discrimination, hostility, violence',
    groups: ['CP'],
    references: ['ICCPR 20(2)', 'CERD 4'],
  },
  'HR-ASSM': { label: 'Peaceful assembly', groups: ['CP'], references: ['UDHR 20', 'ICCPR 21', 'CRC 15'] },
  'HR-ASSO': { label: 'Freedom of association', groups: ['CP'], references: ['UDHR 20', 'ICCPR 22'] },
  'HR-PART': {
    label: 'Political participation, vote, access to public service',
    groups: ['CP'],
    references: ['UDHR 21', 'ICCPR 25', 'CEDAW 7', 'CRPD 29'],
  },
  'HR-NATL': {
    label: 'Nationality, identity, birth registration',
    groups: ['CP'],
    references: ['UDHR 15', 'ICCPR 24', 'CEDAW 9', 'CRC 7-8'],
  },
  'HR-FAM': {
    label: 'Family and marriage',
    groups: ['CP'],
    references: ['UDHR 16', 'ICCPR 23', 'ICESCR 10(1)', 'CEDAW 16'],
  },
  'HR-PROP': { label: 'Property', groups: ['CP'], references: ['UDHR 17', 'CERD 5(d)(v)', 'CEDAW 15-16'] },
  'HR-DEFN': {
    label: 'Right to defend human rights',
    groups: ['X'],
    references: ['UNGA 53/144 (HRD Declaration) 1, 9, 12'],
  },
  'HR-UNIO': {
    label: 'Trade union, collective bargaining, strike',
    groups: ['LAB'],
    references: ['UDHR 23(4)', 'ICCPR 22', 'ICESCR 8', 'ILO C87, C98'],
  },
  'HR-WORK': {
    label: 'Work and free choice of work, protection from arbitrary dismissal',
    groups: ['LAB'],
    references: ['UDHR 23(1)', 'ICESCR 6', 'CEDAW 11', 'CRPD 27', 'ILO C158'],
  },
  'HR-COND': {
    label: 'Just and favourable conditions, equal pay, rest',
    groups: ['LAB'],
    references: ['UDHR 23(2)-(3), 24', 'ICESCR 7', 'ILO C100'],
  },
  'HR-OSH': {
    label: 'Safe and healthy working environment',
    groups: ['LAB'],
    references: ['ICESCR 7(b)', 'ILO C155, C187 (fundamental since 2022)'],
  },
  'HR-SOCS': {
    label: 'Social security',
    groups: ['ESC'],
    references: ['UDHR 22, 25', 'ICESCR 9', 'CERD 5(e)(iv)', 'CRPD 28', 'CEDAW 11(1)(e)'],
  },
  'HR-LIVG': {
    label: 'Adequate standard of living, food',
    groups: ['ESC'],
    references: ['UDHR 25', 'ICESCR 11', 'CRC 27'],
  },
  'HR-HOUS': { label: 'Housing', groups: ['ESC'], references: ['UDHR 25', 'ICESCR 11(1)', 'CERD 5(e)(iii)'] },
  'HR-WATR': { label: 'Water and sanitation', groups: ['ESC'], references: ['ICESCR 11-12', 'UNGA 64/292'] },
  'HR-HLTH': {
    label: 'Physical and mental health',
    groups: ['ESC'],
    references: ['UDHR 25', 'ICESCR 12', 'CEDAW 12', 'CRC 24', 'CRPD 25'],
  },
  'HR-EDUC': {
    label: 'Education',
    groups: ['ESC'],
    references: ['UDHR 26', 'ICESCR 13-14', 'CRC 28-29', 'CEDAW 10', 'CRPD 24'],
  },
  'HR-CULT': {
    label: "Cultural life, science, authors' interests",
    groups: ['ESC'],
    references: ['UDHR 27', 'ICESCR 15'],
  },
  'HR-SERV': {
    label: 'Access to services open to the public',
    groups: ['ESC'],
    references: ['CERD 5(f)', 'ICCPR 25(c)', 'CEDAW 13'],
  },
  'HR-ENVT': {
    label: 'Clean, healthy, sustainable environment',
    groups: ['ESC'],
    references: ['UNGA 76/300', 'ICESCR 12(2)(b)'],
  },
  'HR-CHLD': {
    label: "Child's best interests, protection from exploitation and violence",
    groups: ['GRP'],
    references: ['CRC 3, 19, 32, 34, 36', 'ICCPR 24', 'ICESCR 10(3)', 'ILO C138, C182'],
  },
  'HR-GEND': {
    label: 'Freedom from gender-based violence and stereotyping',
    groups: ['GRP'],
    references: ['CEDAW 1, 2, 5 (GR 19, 35)'],
  },
  'HR-DISA': {
    label: 'Accessibility, reasonable accommodation, independent living',
    groups: ['GRP'],
    references: ['CRPD 2, 5(3), 9, 19'],
  },
  'HR-MINO': {
    label: 'Minority culture, religion, language',
    groups: ['GRP'],
    references: ['ICCPR 27', 'CRC 30', 'CERD'],
  },
  'HR-INDG': {
    label: 'Indigenous peoples, self-determination, FPIC',
    groups: ['GRP'],
    references: ['ICCPR 1', 'ICESCR 1', 'ILO C169', 'UNDRIP 3, 19, 32'],
  },
  'HR-MIGR': {
    label: 'Rights of migrant workers and families',
    groups: ['GRP'],
    references: ['ICRMW 7, 25', 'CERD 1-2'],
  },
} as const satisfies Record<
  string,
  { label: string; groups: readonly RightGroup[]; references: readonly string[] }
>;

export type RightCode = keyof typeof RIGHTS;
export const RIGHT_CODES = Object.keys(RIGHTS) as RightCode[];
