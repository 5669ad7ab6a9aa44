import type { CustodyView } from '../../casework/record-views';
import { factLines } from './answer-lines';

/** What the page of one file's custody shows, to staff and to auditors. */
export function custodyModel(custody: CustodyView) {
  return {
    file: custody,
    lines: custody.lines.map(({ facts, ...line }) => ({
      ...line,
      facts: factLines(Object.fromEntries(Object.entries(facts).filter(([name]) => name !== 'evidence'))),
    })),
    isWhole: custody.originalIsThere && custody.workingCopyIsThere !== false,
  };
}
