import type { Day } from '../../platform/time';
import type { SeedCheck } from '../../rules/register-seed';
import type { VersionedName } from '../../rules/registers';
import type { State } from '../../rules/states';

/** So many cases, actions or repetitions are listed of a system. */
export const MOST_LISTED = 100;

/** A text that was emptied for good. */
export interface EmptiedTextView {
  part: string;
  label: string;
  emptiedOn: Day;
  emptiedBy: string;
  reason: string;
}

/** A line of a register that keeps versions, as the version says that counts. */
export interface RegisterLineView {
  number: number;
  revision: number;
  version: number;
  entryName: string;
  /** By ask; null: nobody said. */
  answers: Record<string, unknown>;
  retiredOn: Day | null;
  /** Nobody here wrote it: it is a row to begin with. */
  toBeginWith: boolean;
  /** Since when somebody stands for what it says; null: nobody does. */
  verifiedOn: Day | null;
  /** When whoever wrote the program compared these words with a source, and which; null: they did not, or the words are others now. */
  checked: SeedCheck | null;
  /** The day to look at it again is over. */
  overdue: boolean;
}

/** What an entry said from some day on. */
export interface RegisterVersionView {
  n: number;
  /** Null: it is a row to begin with. */
  recordedOn: Day | null;
  recordedBy: string | null;
  answers: Record<string, unknown>;
  verifiedOn: Day | null;
  verifiedBy: string | null;
  verifiedSource: string | null;
}

/** A case in which an entry was used. */
export interface RegisterCaseView {
  reference: string;
  state: State;
  linkedOn: Day;
}

/** An entry with everything that it ever said; cases are those alone that the reader may see. */
export interface RegisterEntryView extends RegisterLineView {
  /** Newest first. */
  versions: RegisterVersionView[];
  cases: RegisterCaseView[];
  emptied: EmptiedTextView[];
}

/** An entry of some register, named from elsewhere. */
export interface NamedEntryView {
  register: VersionedName;
  number: number;
  entryName: string;
  retiredOn: Day | null;
  overdue: boolean;
  answers: Record<string, unknown>;
}

/** A decision that shares harms or the use domain of a case. */
export interface FittingDecisionView {
  number: number;
  caseTitle: string;
  court: string;
  decidedYear: number;
  legalPoint: string;
  verifiedOn: Day | null;
  checked: SeedCheck | null;
  sharedHarms: string[];
  sharesUseDomain: boolean;
}

/** What of the registers belongs to a case. */
export interface BesideCaseView {
  used: { register: VersionedName; number: number; entryName: string; linkedOn: Day }[];
  /** Those that fit best first, at most `MOST_FITTING`. */
  caseLaw: FittingDecisionView[];
}

export const MOST_FITTING = 5;

/** A company in the register. */
export interface VendorView {
  number: number;
  revision: number;
  companyName: string;
  country: string | null;
  /** A code of `LEVERAGE_LEVELS`. */
  leverage: string | null;
  leverageActions: string | null;
  remarks: string | null;
  retiredOn: Day | null;
}

/** A system that names a company, and as what. */
export interface VendorSystemView {
  number: number;
  systemName: string;
  as: ('VENDOR' | 'PROVIDER' | 'IMPORTER')[];
  retiredOn: Day | null;
}

/** A company as a system names it. */
export interface MakerView {
  number: number;
  companyName: string;
  leverage: string | null;
}

/** A line of the register of AI systems. */
export interface SystemRowView {
  number: number;
  systemName: string;
  /** A code of `USE_DOMAINS`. */
  useDomain: string;
  /** Point of Annex III or Annex I that the domain hints at; never a legal conclusion. */
  annexIII: string | null;
  lifecycleStage: string;
  vendor: MakerView | null;
  retiredOn: Day | null;
  /** Cases that name it, of those that the reader may see. */
  cases: number;
}

/** Something that happened to a system. */
export interface SystemRecordView {
  n: number;
  recordKind: string;
  happenedOn: Day;
  recordTitle: string;
  recordText: string | null;
  /** Codes of `TENDER_CLAUSES`. */
  clauses: string[];
  recordedOn: Day;
  struckOn: Day | null;
  strikeReason: string | null;
}

/** A case that names a system. */
export interface SystemCaseView {
  reference: string;
  state: State;
  tier: string | null;
  lodgedOn: Day;
}

/** A corrective action that is not done. */
export interface OpenActionView {
  reference: string;
  n: number;
  /** A code of `REMEDY_ACTIONS`. */
  action: string;
  status: string;
  dueOn: Day;
  overdue: boolean;
}

/** A case in which a harm came again after a guarantee of non-repetition about the same system was done. */
export interface RecurrenceView {
  reference: string;
  /** A code of `HARMS`. */
  harm: string;
  lodgedOn: Day;
  /** The case and action that were to prevent it, and when that was done. */
  after: { reference: string; n: number; action: string; doneOn: Day };
}

/** What a case taught about a system. */
export interface SystemLessonView {
  reference: string;
  n: number;
  /** Codes of `ROOT_CAUSES`. */
  rootCauses: string[];
  /** Of the record of the system that takes it up. */
  recordNumber: number | null;
  recordedOn: Day;
}

/** An AI system with what hangs on it; whatever comes from cases, of those alone that the reader may see. */
export interface SystemView extends SystemRowView {
  revision: number;
  purpose: string;
  provider: MakerView | null;
  importer: MakerView | null;
  /** The version that was last put into use. */
  version: string | null;
  /** Prompt of the domain for a review under the AI Act. */
  hint: string;
  emptied: EmptiedTextView[];
  stateNexus: string | null;
  stateBody: string | null;
  stateCountry: string | null;
  stateOrderConflict: boolean | null;
  decidesOnPeople: boolean | null;
  usedAtWork: boolean | null;
  logMonths: number | null;
  logPlace: string | null;
  remarks: string | null;
  /** Whether a tender or contract has clauses on human rights; null: none is recorded. */
  tenderHasClauses: boolean | null;
  /** What the register lacks, as sentences. */
  missing: string[];
  /** Newest first. */
  records: SystemRecordView[];
  /** The newest first, at most `MOST_LISTED`; `cases` says how many there are. */
  newestCases: SystemCaseView[];
  harms: { code: string; count: number }[];
  openActionCount: number;
  /** The earliest due first, at most `MOST_LISTED`. */
  openActions: OpenActionView[];
  /** Of the cases listed, after the last `MOST_LISTED` actions that were to prevent it. */
  recurrences: RecurrenceView[];
  /** The newest first, at most `MOST_LISTED`. */
  lessons: SystemLessonView[];
}
