import type { UnmetNeed } from '../../platform/refusal';
import type { RegisterRow } from '../../rules/registers';

/** Which entries of a register are wanted; what is left out narrows nothing. */
export interface RegisterFilter {
  /** Each has to stand in a text of the entry. */
  words: readonly string[];
  /** Answers by ask, as an address holds them: a code, a number, yes or no. */
  answers: Readonly<Record<string, string>>;
  standing?: 'in-use' | 'retired';
  verified?: boolean;
  /** Only those whose day to look again is over. */
  due?: boolean;
}

export const EVERY_ENTRY: RegisterFilter = { words: [], answers: {} };

/** What of an entry is looked at. */
export interface FilteredEntry {
  answers: Readonly<Record<string, unknown>>;
  retiredOn: string | null;
  verifiedOn?: string | null;
  overdue?: boolean;
}

const YES_NO = ['yes', 'no'];
/** What can be asked of every register, and what it may say; words may say anything. */
export const REGISTER_CHOICES: Readonly<Record<string, readonly string[]>> = {
  standing: ['in-use', 'retired'],
  verified: YES_NO,
  due: ['yes'],
};

/** The choices that a register has. */
export function choicesFor(row: RegisterRow): string[] {
  return Object.keys(REGISTER_CHOICES).filter(
    (name) => (name !== 'verified' || row.acts.verify) && (name !== 'due' || 'dueBy' in row),
  );
}

/** What of a query string can be read, and everything that cannot. */
export function readRegisterFilter(
  row: RegisterRow,
  query: Readonly<Record<string, unknown>>,
): { filter: RegisterFilter; faults: UnmetNeed[] } {
  const faults: UnmetNeed[] = [];
  const answers: Record<string, string> = {};
  const chosen: Record<string, string> = {};
  let words: string[] = [];
  const choices = choicesFor(row);
  for (const [name, value] of Object.entries(query)) {
    if (value === '' || value === undefined) continue;
    const text = typeof value === 'string' && value.length <= 200 ? value : null;
    if (text !== null && name === 'words') words = wordsIn(text);
    else if (text !== null && row.filters.includes(name)) answers[name] = text;
    else if (text !== null && choices.includes(name) && REGISTER_CHOICES[name]!.includes(text))
      chosen[name] = text;
    else
      faults.push({
        name: 'filter',
        field: name.slice(0, 64),
        sentence: 'The list is not narrowed by this.',
      });
  }
  const { standing, verified, due } = chosen;
  const filter: RegisterFilter = {
    words,
    answers,
    ...(standing ? { standing: standing as 'in-use' | 'retired' } : {}),
    ...(verified ? { verified: verified === 'yes' } : {}),
    ...(due ? { due: true } : {}),
  };
  return { filter, faults };
}

/** Whether an entry is wanted. */
export function isWanted(row: RegisterRow, entry: FilteredEntry, filter: RegisterFilter): boolean {
  if (filter.standing && (entry.retiredOn === null) !== (filter.standing === 'in-use')) return false;
  if (filter.verified !== undefined && ((entry.verifiedOn ?? null) !== null) !== filter.verified)
    return false;
  if (filter.due && !entry.overdue) return false;
  for (const [name, wanted] of Object.entries(filter.answers))
    if (!saidIn(entry.answers[name]).includes(wanted)) return false;
  if (filter.words.length === 0) return true;
  const texts = Object.entries(row.form.asks)
    .filter(([, { kind }]) => kind === 'text')
    .map(([name]) => (entry.answers[name] ?? '') as string);
  const said = fold(texts.join('\n'));
  return filter.words.every((word) => said.includes(word));
}

function saidIn(answer: unknown): string[] {
  if (answer === null || answer === undefined) return [];
  if (typeof answer === 'boolean') return [answer ? 'yes' : 'no'];
  return [answer].flat().map(String);
}

function wordsIn(text: string): string[] {
  return fold(text).split(/\s+/).filter(Boolean).slice(0, 20);
}

function fold(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
