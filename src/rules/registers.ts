// Source: UN Guiding Principles 13 and 17 to 22: what an organisation knows of the systems it uses, whom it has them from, whom it asked,
// what it did towards others, and which rules and decisions concern it.
// The one table of the registers beside the cases: what each asks, and which act of acts.ts each deed is, and so who may.
import type { Act } from './acts';
import { SYSTEM_FORM, SYSTEM_RECORD_FORM, VENDOR_FORM } from './ai-systems';
import { CASE_LAW_FORM, checkCaseLaw } from './case-law';
import { CASE_LAW_SEEDS } from './case-law-seeds';
import { checkEngagement, ENGAGEMENT_FORM } from './engagements';
import { FRAMEWORK_FORM } from './frameworks';
import { FRAMEWORK_SEEDS } from './framework-seeds';
import { checkLeverage, LEVERAGE_FORM } from './leverage';
import { STRIKE_FORM, type RegisterCheck, type RegisterForm } from './register-form';
import type { RegisterSeed } from './register-seed';
import { checkTender, TENDER_FORM } from './tenders';

export interface RegisterRow {
  /** What one entry is called in a sentence. */
  what: string;
  /** What the list is called. */
  title: string;
  addTitle: string;
  changeTitle: string;
  /** What is asked of an entry. */
  form: RegisterForm;
  /** The ask whose answer is what an entry is called. */
  calledBy: string;
  /** `open`: to see the forms. `verify`: to say that an entry was read against its source. */
  acts: { open: Act; keep: Act; retire: Act; verify?: Act };
  /** What is recorded of an entry as it happens, each with a number of its own; what is wrong is struck. */
  records?: { title: string; form: RegisterForm; strike: RegisterForm; acts: { record: Act; strike: Act } };
  /** Asks by whose answers the list can be narrowed. */
  filters: readonly string[];
}

/** A register of which every version of every entry is kept, its texts sealed. */
export interface VersionedRow extends RegisterRow {
  /** What the list says of itself. */
  about: string;
  /** Asks whose answers the list shows beside the name. */
  columns: readonly string[];
  /** The ask that names the day on which somebody has to look again. */
  dueBy?: string;
  check?: RegisterCheck;
  /** Rows to begin with. */
  seeds?: readonly RegisterSeed[];
}

const KEPT_IN_ROWS = {
  systems: {
    what: 'AI system',
    title: 'AI systems',
    addTitle: 'Add an AI system',
    changeTitle: 'Change the AI system',
    form: SYSTEM_FORM,
    calledBy: 'systemName',
    acts: { open: 'read-register-form', keep: 'keep-systems', retire: 'retire-system' },
    filters: ['useDomain', 'lifecycleStage', 'vendorNumber', 'stateNexus'],
    records: {
      title: 'Record what happened to it',
      form: SYSTEM_RECORD_FORM,
      strike: STRIKE_FORM,
      acts: { record: 'record-of-system', strike: 'strike-record-of-system' },
    },
  },
  vendors: {
    what: 'vendor',
    title: 'Vendors',
    addTitle: 'Add a vendor',
    changeTitle: 'Change the vendor',
    form: VENDOR_FORM,
    calledBy: 'companyName',
    acts: { open: 'read-register-form', keep: 'keep-vendors', retire: 'retire-vendor' },
    filters: ['leverage'],
  },
} as const satisfies Record<string, RegisterRow>;

export const VERSIONED = {
  engagements: {
    what: 'engagement',
    title: 'Engagements',
    about: 'Whom we asked, about what, and what changed because of it.',
    addTitle: 'Add an engagement',
    changeTitle: 'Correct the engagement',
    form: ENGAGEMENT_FORM,
    calledBy: 'engagementTitle',
    acts: { open: 'keep-engagements', keep: 'keep-engagements', retire: 'retire-engagement' },
    columns: ['heldOn', 'consultedGroups', 'changeAdopted', 'followUpDueOn'],
    filters: ['engagementKind', 'consultedGroups', 'changeAdopted', 'adviceFunded', 'systemNumbers'],
    dueBy: 'followUpDueOn',
    check: checkEngagement,
  },
  leverage: {
    what: 'measure of leverage',
    title: 'Leverage',
    about: 'What we did towards vendors to prevent or reduce harm, what they answered, and what came of it.',
    addTitle: 'Add a measure of leverage',
    changeTitle: 'Correct the measure of leverage',
    form: LEVERAGE_FORM,
    calledBy: 'measureTitle',
    acts: { open: 'keep-leverage', keep: 'keep-leverage', retire: 'retire-leverage' },
    columns: ['vendorNumber', 'leverageMeasure', 'takenOn', 'vendorReply', 'leverageResult', 'nextReviewOn'],
    filters: ['vendorNumber', 'leverageMeasure', 'vendorReply', 'leverageResult', 'systemNumbers'],
    dueBy: 'nextReviewOn',
    check: checkLeverage,
  },
  tenders: {
    what: 'tender',
    title: 'Tenders',
    about: 'What States and companies ask of bidders for human rights, and what we decided.',
    addTitle: 'Add a tender',
    changeTitle: 'Correct the tender',
    form: TENDER_FORM,
    calledBy: 'tenderTitle',
    acts: { open: 'keep-tenders', keep: 'keep-tenders', retire: 'retire-tender' },
    columns: ['country', 'buyerKind', 'hrddRequired', 'clauses', 'tenderDecision'],
    filters: [
      'tenderSide',
      'buyerKind',
      'hrddRequired',
      'clauses',
      'tenderDecision',
      'redLines',
      'systemNumbers',
    ],
    check: checkTender,
  },
  frameworks: {
    what: 'framework',
    title: 'Frameworks',
    about: 'Laws, principles, standards and policies that apply here, and their gaps as cases show them.',
    addTitle: 'Add a framework',
    changeTitle: 'Correct the framework',
    form: FRAMEWORK_FORM,
    calledBy: 'frameworkName',
    acts: {
      open: 'keep-frameworks',
      keep: 'keep-frameworks',
      retire: 'retire-framework',
      verify: 'verify-framework',
    },
    columns: ['frameworkKind', 'jurisdictionName', 'inForce', 'appliesFrom'],
    filters: ['frameworkKind', 'inForce', 'frameworkGaps'],
    seeds: FRAMEWORK_SEEDS,
  },
  'case-law': {
    what: 'decision',
    title: 'Case law',
    about: 'Decisions of courts and authorities about harm by AI.',
    addTitle: 'Add a decision',
    changeTitle: 'Correct the decision',
    form: CASE_LAW_FORM,
    calledBy: 'caseTitle',
    acts: {
      open: 'keep-case-law',
      keep: 'keep-case-law',
      retire: 'retire-case-law',
      verify: 'verify-case-law',
    },
    columns: ['court', 'decidedYear', 'useDomains'],
    filters: ['harms', 'rights', 'useDomains'],
    check: checkCaseLaw,
    seeds: CASE_LAW_SEEDS,
  },
} as const satisfies Record<string, VersionedRow>;

/** By the word that names a register in every address. */
export const REGISTERS = { ...KEPT_IN_ROWS, ...VERSIONED };

export type RegisterName = keyof typeof REGISTERS;
export const REGISTER_NAMES = Object.keys(REGISTERS) as RegisterName[];
export type VersionedName = keyof typeof VERSIONED;
export const VERSIONED_NAMES = Object.keys(VERSIONED) as VersionedName[];

export function isVersioned(name: RegisterName): name is VersionedName {
  return Object.hasOwn(VERSIONED, name);
}
