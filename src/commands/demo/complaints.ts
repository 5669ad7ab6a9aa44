import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ComplaintForm } from '../../casework/intake/complaint-form';
import type { Tier } from '../../rules/severity';

/** What a careful reader makes of a complaint: codes of the rules, and the tier that follows from the ratings. */
export interface ExpectedReading {
  domain: string;
  lifecycle: string;
  stateNexus: string;
  harms: string[];
  rights: string[];
  groups: string[];
  decisionMode: string;
  severity: {
    scale: number;
    scope: number;
    irremediability: number;
    vulnerable: boolean;
    delayMakesIrremediable: boolean;
    tier: Tier;
  };
  likelyInvolvement: string;
  clocks: string[];
  /** `ACCEPT`, or `DECLINE:` and the code. */
  eligibility: string;
  notes: string;
}

/** A complaint as it comes in, in the words of the person, with the reading that the demo and the tests hold it to. */
export interface OpenCaseRecord {
  id: string;
  language: string;
  channel: string;
  identityMode: string;
  complainantRole: string;
  narrative: string;
  desiredOutcome: string;
  contact: { kind: string; value: string; safeContact?: string } | null;
  whenHappened: string;
  systemKnown: string;
  awareOfAiUse: boolean | null;
  fearOfReprisal: string;
  reprisalText: string;
  accommodation: string | null;
  expected: ExpectedReading;
}

const FORM_FIELDS = [
  'language',
  'channel',
  'identityMode',
  'complainantRole',
  'narrative',
  'desiredOutcome',
  'contact',
  'whenHappened',
  'systemKnown',
  'awareOfAiUse',
  'fearOfReprisal',
  'reprisalText',
  'accommodation',
] as const;

let kept: OpenCaseRecord[] | undefined;

/** The 26 complaints in 14 languages; read on first use only. */
export function openCases(): OpenCaseRecord[] {
  kept ??= JSON.parse(readFileSync(join(__dirname, 'open-cases.json'), 'utf8')) as OpenCaseRecord[];
  return kept;
}

/** The complaint with this id, such as `open-21`. */
export function openCase(id: string): OpenCaseRecord {
  const found = openCases().find((each) => each.id === id);
  if (!found) throw new Error(`There is no complaint "${id}" among the ${openCases().length} of the demo.`);
  return found;
}

/** The fields of the complaint form, exactly as the person filled them. */
export function complaintOf(record: OpenCaseRecord): ComplaintForm {
  return Object.fromEntries(FORM_FIELDS.map((field) => [field, record[field]])) as unknown as ComplaintForm;
}
