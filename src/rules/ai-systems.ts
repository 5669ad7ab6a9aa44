// Source: AI Act (Regulation (EU) 2024/1689) Arts 26(6), (7) and (11) and 27; GDPR Art. 35; UN Guiding Principles 4 to 7, 18 and 19.
// What the registers of AI systems and of their makers ask. A hint is never a legal conclusion.
import { LEVERAGE_LEVELS } from './involvement';
import { LIFECYCLE_STAGE_CODES } from './lifecycle';
import { entryOf, free, line, PLAIN_TEXT, type RegisterForm } from './register-form';
import type { RoleCode } from './roles';
import { STATE_NEXUS_CODES, type StateNexusCode } from './state-nexus';
import { USE_DOMAIN_CODES, USE_DOMAINS, type UseDomainCode } from './use-domains';

/** Who keeps the registers; whoever works on cases reads them. */
export const REGISTER_KEEPERS = ['TRI', 'DEC', 'LEG', 'DPO', 'REM'] as const satisfies readonly RoleCode[];
/** What law and courts say is told by those who can judge it, and verified by advisers alone. */
export const LAW_KEEPERS = ['TRI', 'DEC', 'LEG', 'DPO'] as const satisfies readonly RoleCode[];
export const LAW_VERIFIERS = ['LEG', 'DPO'] as const satisfies readonly RoleCode[];
/** Who says that an entry was used in a case they work on. */
export const CITERS = [
  'TRI',
  'INV',
  'DIA',
  'REM',
  'DEC',
  'PRT',
  'DPO',
  'LEG',
  'IRV',
] as const satisfies readonly RoleCode[];
/** Who destroys a text that should never have been written into a register. */
export const TEXT_EMPTIERS = ['DPO', 'LEG'] as const satisfies readonly RoleCode[];

/** What a tender or contract says for the people whom the system reaches (UN Guiding Principle 6). */
export const TENDER_CLAUSES = {
  'TC-HRDD': { label: 'Human-rights due diligence' },
  'TC-HRIA': { label: 'Impact assessment' },
  'TC-AUDIT': { label: 'Audit' },
  'TC-GRIEVANCE': { label: 'Grievance mechanism' },
  'TC-TRANSPARENCY': { label: 'Transparency' },
  'TC-TERMINATION': { label: 'Termination for harm' },
} as const satisfies Record<string, { label: string }>;
export const TENDER_CLAUSE_CODES = Object.keys(TENDER_CLAUSES);

/** What happened to a system, each told once with its day. */
export const SYSTEM_RECORD_KINDS = {
  VERSION: { label: 'Version put into use' },
  TENDER: { label: 'Tender or contract' },
  HRIA: { label: 'Human-rights impact assessment' },
  FRIA: { label: 'Fundamental-rights impact assessment (AI Act Art. 27)' },
  DPIA: { label: 'Data-protection impact assessment (GDPR Art. 35)' },
  WORKERS_TOLD: { label: 'Workers and their representatives were told (AI Act Art. 26(7))' },
  PEOPLE_TOLD: { label: 'People it decides about were told (AI Act Art. 26(11))' },
  INCIDENT: { label: 'Incident' },
} as const satisfies Record<string, { label: string }>;
export type SystemRecordKind = keyof typeof SYSTEM_RECORD_KINDS;
export const SYSTEM_RECORD_KIND_CODES = Object.keys(SYSTEM_RECORD_KINDS) as SystemRecordKind[];

export const VENDOR_FORM = {
  asks: {
    companyName: line('Name of the company', 200),
    country: line('Country where it is established', 60),
    leverage: { kind: 'code', label: 'Our leverage on it', codes: LEVERAGE_LEVELS },
    leverageActions: free('How we use that leverage, or build it', PLAIN_TEXT),
    remarks: free('Remarks', PLAIN_TEXT),
  },
  must: ['companyName'],
} as const satisfies RegisterForm;

export const SYSTEM_FORM = {
  asks: {
    systemName: line('Name of the AI system', 200),
    purpose: free('What it is for', PLAIN_TEXT),
    useDomain: { kind: 'code', label: 'Use domain', codes: USE_DOMAIN_CODES },
    lifecycleStage: { kind: 'code', label: 'Stage that it is in', codes: LIFECYCLE_STAGE_CODES },
    vendorNumber: entryOf('vendors', 'Vendor: from whom we have it'),
    providerNumber: entryOf(
      'vendors',
      'Provider: who places it on the market under its own name (AI Act Art. 3(3))',
    ),
    importerNumber: entryOf('vendors', 'Importer or distributor (AI Act Art. 3(6) and (7))'),
    stateNexus: { kind: 'code', label: 'State nexus', codes: STATE_NEXUS_CODES },
    stateBody: line('State body that stands behind it', 200),
    stateCountry: line('Country of that body', 60),
    stateOrderConflict: { kind: 'yesNo', label: 'Does an order of a State conflict with human rights here?' },
    decidesOnPeople: { kind: 'yesNo', label: 'Does it decide about people, or help to?' },
    usedAtWork: { kind: 'yesNo', label: 'Are workers subject to it?' },
    logMonths: { kind: 'number', label: 'Months for which its logs are kept', min: 0, max: 1200 },
    logPlace: free('Where its logs are kept, and by whom', 500),
    remarks: free('Remarks', PLAIN_TEXT),
  },
  must: ['systemName', 'purpose', 'useDomain', 'lifecycleStage'],
} as const satisfies RegisterForm;

export const SYSTEM_RECORD_FORM = {
  asks: {
    recordKind: { kind: 'code', label: 'What it is', codes: SYSTEM_RECORD_KIND_CODES },
    happenedOn: { kind: 'day', label: 'Day on which it happened, or was finished' },
    recordTitle: free('Version, number or title', 200),
    recordText: free('What there is to know of it', PLAIN_TEXT),
    clauses: {
      kind: 'codes',
      label: 'Of a tender or contract: its clauses on human rights',
      codes: TENDER_CLAUSE_CODES,
    },
  },
  must: ['recordKind', 'happenedOn', 'recordTitle'],
} as const satisfies RegisterForm;

/** Logs under our control are kept at least so long (AI Act Art. 26(6)). */
export const LEAST_LOG_MONTHS = 6;

interface SystemToCheck {
  useDomain: string;
  stateNexus: string | null;
  decidesOnPeople: boolean | null;
  usedAtWork: boolean | null;
  logMonths: number | null;
}

/** Public benefits, credit, and life and health insurance (Art. 27(1)); others where a public service is delivered. */
const FRIA_DOMAINS: readonly UseDomainCode[] = ['DOM-SVC-BEN', 'DOM-SVC-CRD', 'DOM-SVC-INS'];
const FRIA_NEXUS: readonly StateNexusCode[] = ['SN-CONTRACTED', 'SN-SOE'];

/** Regulation (EU) 2026/1744 moved Arts 26 and 27 for systems of Annex III. */
const FROM = 'from 2 December 2027';

/** What the register lacks of a system in use, as sentences: to be looked at, never a legal conclusion. */
export function missingOf(system: SystemToCheck, recorded: readonly string[]): string[] {
  const domain = USE_DOMAINS[system.useDomain as UseDomainCode];
  const isHighHint = domain.annexIII !== null && domain.hint.startsWith('high');
  const owesFria =
    FRIA_DOMAINS.includes(system.useDomain as UseDomainCode) ||
    (isHighHint &&
      system.useDomain !== 'DOM-INF' &&
      FRIA_NEXUS.includes(system.stateNexus as StateNexusCode));
  const lacks = (kind: SystemRecordKind) => !recorded.includes(kind);
  const rows: [boolean, string][] = [
    [lacks('VERSION'), 'No version is recorded.'],
    [lacks('HRIA'), 'No human-rights impact assessment is recorded (UN Guiding Principle 18).'],
    [
      owesFria && lacks('FRIA'),
      `No fundamental-rights impact assessment is recorded; AI Act Art. 27 may ask for one before first use, ${FROM}.`,
    ],
    [
      system.decidesOnPeople === true && lacks('DPIA'),
      'It decides about people, and no data-protection impact assessment is recorded (GDPR Art. 35).',
    ],
    [
      system.usedAtWork === true && lacks('WORKERS_TOLD'),
      `Workers are subject to it, and nothing says that they and their representatives were told (AI Act Art. 26(7), ${FROM}).`,
    ],
    [
      system.decidesOnPeople === true && isHighHint && lacks('PEOPLE_TOLD'),
      `It decides about people, and nothing says that they were told (AI Act Art. 26(11), ${FROM}).`,
    ],
    [system.logMonths === null, `Nobody said for how long its logs are kept (AI Act Art. 26(6), ${FROM}).`],
    [
      system.logMonths !== null && system.logMonths < LEAST_LOG_MONTHS,
      `Its logs are kept for less than ${LEAST_LOG_MONTHS} months (AI Act Art. 26(6), ${FROM}).`,
    ],
  ];
  return rows.filter(([isMissing]) => isMissing).map(([, sentence]) => sentence);
}
