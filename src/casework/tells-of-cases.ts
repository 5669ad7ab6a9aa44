import type { EntryBody } from '../ledger/entry';

/** Facts that are a number of cases, or name a batch that holds some. */
const FACTS = ['shown', 'batch'];
/** Rows of the house that there are because of cases. */
const TABLES = ['pattern_reviews', 'register_cases'];

/**
 * Whether an entry of the house tells what there was among cases: about which system there is a review, how many a search showed, which
 * were to be erased. Held against what one is shown oneself, it tells of a case that one is kept out of: to such an auditor its hash is told.
 */
export function tellsOfCases({ facts, rows }: Pick<EntryBody, 'facts' | 'rows'>): boolean {
  return FACTS.some((fact) => fact in facts) || rows.some(({ table }) => TABLES.includes(table));
}
