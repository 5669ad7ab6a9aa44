// Source: our list of kinds, states of force and gaps; what each framework asks stands with its own source in framework-seeds.ts.
import { free, line, many, one, day, PLAIN_TEXT, type RegisterForm } from './register-form';

export const FRAMEWORK_KINDS = {
  'FK-UN': { label: 'Principles and guidance of the United Nations' },
  'FK-TREATY': { label: 'Treaty' },
  'FK-LAW': { label: 'Law' },
  'FK-INTERGOV': { label: 'Other guidance between governments' },
  'FK-STANDARD': { label: 'Technical or management standard' },
  'FK-REPORTING': { label: 'Standard of reporting or rating' },
  'FK-OWN': { label: 'Our own policy' },
} as const satisfies Record<string, { label: string }>;
export const FRAMEWORK_KIND_CODES = Object.keys(FRAMEWORK_KINDS);

export const FORCE_STATES = {
  'FS-FORCE': { label: 'In force' },
  'FS-LATER': { label: 'Adopted; applies later' },
  'FS-CONTESTED': { label: 'Sources disagree since when or to whom it applies' },
  'FS-CHANGING': { label: 'In force; a change is under way' },
  'FS-VOLUNTARY': { label: 'Voluntary' },
  'FS-DRAFT': { label: 'Draft' },
  'FS-ENDED': { label: 'Not in force any more' },
} as const satisfies Record<string, { label: string }>;
export type ForceState = keyof typeof FORCE_STATES;
export const FORCE_STATE_CODES = Object.keys(FORCE_STATES) as ForceState[];

/** What people harmed miss in a framework, as cases show. */
export const FRAMEWORK_GAPS = {
  'FG-SCOPE': { label: 'Does not reach those who deploy' },
  'FG-REMEDY': { label: 'Gives no remedy' },
  'FG-KNOW': { label: 'People do not learn that AI was used' },
  'FG-EXPLAIN': { label: 'No explanation that can be used' },
  'FG-PROOF': { label: 'The person has to prove what only we know' },
  'FG-COLLECTIVE': { label: 'No way for groups' },
  'FG-BORDER': { label: 'Stops at borders' },
  'FG-ENFORCE': { label: 'Nobody enforces it' },
  'FG-DAYS': { label: 'No day by which something has to happen' },
  'FG-STATE': { label: 'Leaves out what States do' },
} as const satisfies Record<string, { label: string }>;
export const FRAMEWORK_GAP_CODES = Object.keys(FRAMEWORK_GAPS);

export const FRAMEWORK_FORM = {
  asks: {
    frameworkName: line('Name', 200),
    frameworkKind: one('Kind', FRAMEWORK_KIND_CODES),
    jurisdictionName: line('Where it holds', 120),
    frameworkAsks: free('What it asks, in our own words', PLAIN_TEXT),
    frameworkSource: line('Where to read it: number, article, address', 500),
    inForce: one('Is it in force?', FORCE_STATE_CODES),
    appliesFrom: day('Day from which it applies'),
    frameworkGaps: many('Gaps that we observed', FRAMEWORK_GAP_CODES),
    gapsText: free('What we observed', PLAIN_TEXT),
    goodPractice: free('What works well in it', PLAIN_TEXT),
  },
  must: ['frameworkName', 'frameworkKind', 'jurisdictionName', 'frameworkAsks', 'frameworkSource', 'inForce'],
} as const satisfies RegisterForm;
