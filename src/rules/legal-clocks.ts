// Source: territorial scope of Regulation (EU) 2016/679 with the EEA Agreement, of Dir. (EU) 2019/1937 and of the UK Data Protection Act 2018.
import type { ClockCode } from './clocks';
import type { HarmCode } from './harms';

export const JURISDICTIONS = ['EU', 'UK', 'OTHER'] as const;
export type Jurisdiction = (typeof JURISDICTIONS)[number];

/** Member States, their outermost regions with ISO codes of their own, and the three EEA States, where GDPR applies too. */
const EU_AND_EEA = new Set(
  (
    'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE ' +
    'AX GF GP MF MQ RE YT IS LI NO EL'
  ).split(' '),
);

/** The law that runs in a country; the code may carry a region (`GB-ENG`). */
export function jurisdictionOf(country: string | null): Jurisdiction {
  const code = country?.toUpperCase().split('-')[0] ?? '';
  if (EU_AND_EEA.has(code)) return 'EU';
  return code === 'GB' || code === 'UK' ? 'UK' : 'OTHER';
}

/** What decides which legal clocks run. Null: not known yet, so nothing runs on it. */
export interface LegalFacts {
  jurisdiction: Jurisdiction | null;
  /** Access, correction, erasure, restriction, portability, objection, or a human review asked for. No magic words needed. */
  isDataRightsRequest: boolean | null;
  /** Worker, contractor, applicant or one of the others in Art. 4 of the directive. */
  reporterIsWorker: boolean | null;
  /** Concerns a breach of the Union law that the directive lists, or of national law added to it. */
  concernsListedLaw: boolean | null;
  /** Known from classification on; a complaint about the handling of data is told by them, a request alone is none. */
  harms?: readonly HarmCode[] | null;
}

/** Harms that are a complaint about the handling of personal data. */
export const DATA_HARMS: readonly HarmCode[] = ['AIH-07', 'AIH-09', 'AIH-10', 'AIH-11', 'AIH-12'];

/** The legal clocks that run on these facts, in the order of CLOCKS. GDPR-RTS in the UK stands for UK GDPR Art. 12(3). */
export function clocksFromFacts(facts: LegalFacts): ClockCode[] {
  const { jurisdiction } = facts;
  const clocks: ClockCode[] = [];
  if (jurisdiction === 'EU' && facts.reporterIsWorker && facts.concernsListedLaw)
    clocks.push('WBD-ACK', 'WBD-FB');
  if ((jurisdiction === 'EU' || jurisdiction === 'UK') && facts.isDataRightsRequest) clocks.push('GDPR-RTS');
  if (jurisdiction === 'UK' && facts.harms?.some((harm) => DATA_HARMS.includes(harm))) clocks.push('UK-164A');
  return clocks;
}
