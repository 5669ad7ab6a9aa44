import type { EntityManager } from 'typeorm';
import type { FileFault } from '../rules/evidence-handling';
import { historyOf, type UnnamedLine } from './history';

/** The file as it was sent, or the copy without metadata. */
export type FileKind = 'ORIGINAL' | 'WORKING';

/** How entries name the file they are about; canonical JSON has no spaces. */
const ABOUT_A_FILE = '%"evidence":%';

const FACTS_OF_A_FILE = ['evidence', 'sha256', 'sizeInBytes', 'scan', 'handling', 'workingSha256'];

/** Which file of a row of evidence an act hands out. */
const OPENS: Record<string, FileKind> = { 'open-evidence': 'WORKING', 'open-original': 'ORIGINAL' };

/** The entries of a case that are about its files, oldest first: what happened to them is written nowhere else. */
export async function custodyOf(db: EntityManager, ledgerId: string): Promise<UnnamedLine[]> {
  const lines = await historyOf(db, ledgerId, ABOUT_A_FILE);
  return lines.flatMap(oneEach).filter(({ facts }) => typeof facts.evidence === 'number');
}

/** Numbers of the files that an entry brought, of one or of several that came with the complaint. */
export function broughtBy({ act, facts }: Pick<UnnamedLine, 'act' | 'facts'>): number[] {
  return ['add-evidence', 'lodge', 'take-in-mail'].includes(act)
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

/** By number of the evidence, what was reported of its files. A file is opened only when it proved whole: that ends a report. */
export function faultsIn(lines: readonly UnnamedLine[]): Map<number, Partial<Record<FileKind, FileFault>>> {
  const faults = new Map<number, Partial<Record<FileKind, FileFault>>>();
  for (const { act, facts } of lines) {
    const n = facts.evidence as number;
    const known = faults.get(n) ?? {};
    const opened = OPENS[act];
    if (opened) delete known[opened];
    if (act === 'report-file-fault') known[facts.file as FileKind] = facts.fault as FileFault;
    faults.set(n, known);
  }
  return faults;
}
