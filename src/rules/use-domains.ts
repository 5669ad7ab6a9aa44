// Source: AI Act (Regulation (EU) 2024/1689) Annex III; the other domains are ours. `annexIII` names the point of the annex
// (or Annex I); `hint` prompts a review and is never a legal conclusion.

/** What the AI system is used for. */
export const USE_DOMAINS = {
  'DOM-BIO-RBI': {
    label: 'Remote biometric identification',
    annexIII: '1(a)',
    hint: 'high / Art. 5(1)(h)',
    alsoCheck: '26(10)',
  },
  'DOM-BIO-CAT': {
    label: 'Biometric categorisation',
    annexIII: '1(b)',
    hint: 'high / Art. 5(1)(g)',
    alsoCheck: '50(3)',
  },
  'DOM-BIO-EMO': {
    label: 'Emotion recognition',
    annexIII: '1(c)',
    hint: 'high; prohibited at work/school except medical/safety (5(1)(f))',
    alsoCheck: '50(3)',
  },
  'DOM-BIO-VER': {
    label: 'Identity verification 1:1',
    annexIII: null,
    hint: 'usually not; excluded from 1(a)',
    alsoCheck: 'GDPR 9',
  },
  'DOM-INF': {
    label: 'Critical infrastructure',
    annexIII: '2',
    hint: 'high',
    alsoCheck: 'FRIA and Art. 86 not applicable',
  },
  'DOM-EDU-ADM': { label: 'Admission/assignment', annexIII: '3(a)', hint: 'high', alsoCheck: 'HR-EDUC' },
  'DOM-EDU-EVA': {
    label: 'Assessment, level, proctoring',
    annexIII: '3(b)-(d)',
    hint: 'high',
    alsoCheck: 'HR-CHLD',
  },
  'DOM-EMP-REC': {
    label: 'Recruitment, job-ad targeting, CV ranking',
    annexIII: '4(a)',
    hint: 'high',
    alsoCheck: 'Colorado, GDPR 22',
  },
  'DOM-EMP-MGT': {
    label: 'Worker management, allocation, monitoring, promotion, termination',
    annexIII: '4(b)',
    hint: 'high',
    alsoCheck: '26(7), PWD',
  },
  'DOM-SVC-BEN': { label: 'Public benefits and services', annexIII: '5(a)', hint: 'high', alsoCheck: 'FRIA' },
  'DOM-SVC-CRD': {
    label: 'Creditworthiness (fraud detection excluded)',
    annexIII: '5(b)',
    hint: 'high',
    alsoCheck: 'FRIA, CCD',
  },
  'DOM-SVC-INS': {
    label: 'Life/health insurance risk and price',
    annexIII: '5(c)',
    hint: 'high',
    alsoCheck: 'FRIA',
  },
  'DOM-SVC-EMG': {
    label: 'Emergency call and patient triage',
    annexIII: '5(d)',
    hint: 'high',
    alsoCheck: 'HR-LIFE',
  },
  'DOM-LAW': {
    label: 'Law enforcement: victim risk, evidence, profiling, (re)offending',
    annexIII: '6(a)-(e)',
    hint: 'high / 5(1)(d)',
    alsoCheck: 'UN red line predictive policing',
  },
  'DOM-MIG': { label: 'Migration, asylum, border', annexIII: '7(a)-(d)', hint: 'high', alsoCheck: 'HR-ASYL' },
  'DOM-JUS': { label: 'Justice, ADR', annexIII: '8(a)', hint: 'high', alsoCheck: 'HR-FAIR' },
  'DOM-ELE': { label: 'Elections, campaigning', annexIII: '8(b)', hint: 'high', alsoCheck: 'HR-PART' },
  'DOM-HLTH': {
    label: 'Health care (medical device AI is Annex I)',
    annexIII: 'Annex I / 5(d)',
    hint: 'depends',
    alsoCheck: 'MDR',
  },
  'DOM-HOUS': {
    label: 'Housing/tenant screening',
    annexIII: null,
    hint: 'review; US: Colorado',
    alsoCheck: 'HR-HOUS',
  },
  'DOM-MKT': {
    label: 'Pricing, marketing, recommender',
    annexIII: null,
    hint: 'usually not; check 5(1)(a)-(b)',
    alsoCheck: 'HR-OPIN',
  },
  'DOM-CHAT': { label: 'Customer chatbot/assistant', annexIII: null, hint: '50(1)', alsoCheck: 'AIH-21' },
  'DOM-MOD': { label: 'Content moderation', annexIII: null, hint: 'DSA', alsoCheck: 'HR-EXPR' },
  'DOM-GEN': {
    label: 'Generative content',
    annexIII: null,
    hint: '50(2),(4); 5(1)(ba),(bb)',
    alsoCheck: 'AIH-22',
  },
  'DOM-SEC': { label: 'Site security, CCTV analytics', annexIII: '1', hint: 'review', alsoCheck: 'HR-PRIV' },
  'DOM-FRD': {
    label: 'Fraud/AML/tax risk scoring',
    annexIII: null,
    hint: 'review; 5(b) carve-out',
    alsoCheck: 'AIH-06',
  },
  'DOM-LOG': {
    label: 'Logistics, scheduling, robots',
    annexIII: 'Annex I',
    hint: 'review',
    alsoCheck: 'HR-OSH',
  },
  'DOM-OTH': { label: 'Other', annexIII: null, hint: 'review', alsoCheck: null },
} as const satisfies Record<
  string,
  { label: string; annexIII: string | null; hint: string; alsoCheck: string | null }
>;

export type UseDomainCode = keyof typeof USE_DOMAINS;
export const USE_DOMAIN_CODES = Object.keys(USE_DOMAINS) as UseDomainCode[];
