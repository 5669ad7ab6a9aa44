import type { CustodyView } from '../../casework/record-views';
import { factLines } from './answer-lines';

/** What the page of one file's custody shows, to staff and to auditors; `path` is its address, `before` the entry that it ends before. */
export function custodyModel(custody: CustodyView, path: string, before: number | undefined) {
  return {
    file: custody,
    custodyPath: path,
    isEarlier: before !== undefined,
    lines: custody.lines.map(({ facts, ...line }) => ({
      ...line,
      facts: factLines(Object.fromEntries(Object.entries(facts).filter(([name]) => name !== 'evidence'))),
    })),
    isWhole: custody.originalIsThere && custody.workingCopyIsThere !== false,
  };
}
