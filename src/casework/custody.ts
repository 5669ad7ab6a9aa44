import type { EntityManager } from 'typeorm';
import { ROWS_ON_A_PAGE } from '../platform/pages';
import type { FileFault } from '../rules/evidence-handling';
import type { Entry } from '../records/entities/entry';
import { findEntries } from '../records/find-entries';
import { historyOf, lineOf, type UnnamedLine } from './history';

/** The file as it was sent, or the copy without metadata. */
export type FileKind = 'ORIGINAL' | 'WORKING';

/** How entries name the file they are about; canonical JSON has no spaces. */
const ABOUT_A_FILE = '%"evidence":%';
const ABOUT_SEVERAL = '%"evidence":[%';

const FACTS_OF_A_FILE = ['evidence', 'sha256', 'sizeInBytes', 'scan', 'handling', 'workingSha256'];

/** Which file of a row of evidence an act hands out. */
const OPENS: Record<string, FileKind> = { 'open-evidence': 'WORKING', 'open-original': 'ORIGINAL' };

/** The entries of a case that are about its files, oldest first: what happened to them is written nowhere else. */
export async function custodyOf(db: EntityManager, ledgerId: string): Promise<UnnamedLine[]> {
  const lines = await historyOf(db, ledgerId, ABOUT_A_FILE);
  return lines.flatMap(oneEach).filter(({ facts }) => typeof facts.evidence === 'number');
}

/** Entries about one file, oldest first; `before`: where the page before these ends, null where there is none. */
export interface CustodyPage {
  lines: UnnamedLine[];
  before: number | null;
}

/** The newest entries about one file of a case, or those before one: of other files only those are read that came with others. */
export async function custodyOfFile(
  db: EntityManager,
  ledgerId: string,
  file: number,
  before?: number,
): Promise<CustodyPage> {
  const like = [[...aboutFile(file), ABOUT_SEVERAL]];
  const lines: UnnamedLine[] = [];
  let entries: Entry[];
  let end = before;
  do {
    entries = await findEntries(db, ledgerId, { like, before: end, newest: ROWS_ON_A_PAGE + 1 });
    end = entries[0]?.n;
    lines.unshift(...entries.map(lineOf).flatMap(oneEach).filter(isAbout(file)));
  } while (entries.length > ROWS_ON_A_PAGE && lines.length <= ROWS_ON_A_PAGE);
  return newestOf(lines);
}

/** The same of entries that are read already. */
export function custodyIn<T extends Pick<UnnamedLine, 'n' | 'facts'>>(
  lines: readonly T[],
  file: number,
  before = Infinity,
): { lines: T[]; before: number | null } {
  return newestOf(lines.filter(isAbout(file)).filter(({ n }) => n < before));
}

const isAbout = (file: number) => (line: Pick<UnnamedLine, 'facts'>) => line.facts.evidence === file;

function newestOf<T extends { n: number }>(lines: T[]): { lines: T[]; before: number | null } {
  const page = lines.slice(-ROWS_ON_A_PAGE);
  return { lines: page, before: page.length < lines.length ? page[0]!.n : null };
}

/** Numbers of the files that an entry brought, of one or of several that came with the complaint. */
export function broughtBy({ act, facts }: Pick<UnnamedLine, 'act' | 'facts'>): number[] {
  return ['add-evidence', 'mask-file', 'lodge', 'take-in-mail'].includes(act)
    ? [facts.evidence].flat().filter((n): n is number => typeof n === 'number')
    : [];
}

/** Files that came with the complaint stand in its entry together, a list for each of these facts. */
function oneEach(line: UnnamedLine): UnnamedLine[] {
  const { evidence } = line.facts;
  if (!Array.isArray(evidence)) return [line];
  return evidence.map((_, at) => ({
    ...line,
    facts: Object.fromEntries(
      FACTS_OF_A_FILE.flatMap((name) => {
        const list = line.facts[name];
        return Array.isArray(list) && list[at] !== null ? [[name, list[at] as unknown]] : [];
      }),
    ),
  }));
}

/** By number of the evidence, what is reported of its files. */
export type Faults = ReadonlyMap<number, Partial<Record<FileKind, FileFault>>>;

/** What is reported of these files. One is opened only when it proved whole: that ends a report. Of others no entry is read. */
export async function faultsOf(
  db: EntityManager,
  ledgerId: string,
  numbers: readonly number[],
): Promise<Faults> {
  const reports = await linesOf(db, ledgerId, ['report-file-fault'], numbers);
  if (reports.length === 0) return new Map();
  const reported = [...new Set(reports.map(({ facts }) => facts.evidence as number))];
  const openings = await linesOf(db, ledgerId, Object.keys(OPENS), reported, reports[0]!.n);
  return faultsIn([...reports, ...openings].sort((a, b) => a.n - b.n));
}

/** Entries of these acts about these files, after one of the history, oldest first. */
async function linesOf(
  db: EntityManager,
  ledgerId: string,
  acts: readonly string[],
  numbers: readonly number[],
  after?: number,
): Promise<UnnamedLine[]> {
  if (numbers.length === 0) return [];
  const like = [acts.map((act) => `%"act":"${act}"%`), numbers.flatMap(aboutFile)];
  return (await findEntries(db, ledgerId, { like, after })).map(lineOf);
}

/** How an entry names one file alone. */
function aboutFile(n: number): string[] {
  return [`%"evidence":${n},%`, `%"evidence":${n}}%`];
}

function faultsIn(lines: readonly UnnamedLine[]): Faults {
  const faults = new Map<number, Partial<Record<FileKind, FileFault>>>();
  for (const { act, facts } of lines) {
    const n = facts.evidence as number;
    const known = faults.get(n) ?? {};
    const opened = OPENS[act];
    if (opened) delete known[opened];
    else known[facts.file as FileKind] = facts.fault as FileFault;
    faults.set(n, known);
  }
  return faults;
}
