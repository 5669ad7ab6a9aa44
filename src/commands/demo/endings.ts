import type { ClosureCode } from '../../rules/outcomes';
import type { State } from '../../rules/states';
import {
  appealThatChangesTheOutcome,
  closedWithoutRemedy,
  declined,
  lostContact,
  onlyLinked,
  referred,
  unsubstantiated,
  withdrawnWithOwnReview,
} from './endings/not-remedied';
import { remediedAndVerified, reopened, settledByDialogue } from './endings/remedied';
import type { Walk } from './walk';

export interface Ending {
  title: string;
  /** The complaint that ends so. */
  caseId: string;
  /** Where it reached the organisation some days before. */
  receivedDaysAgo?: number;
  walk: (walk: Walk) => Promise<void>;
  state: State;
  closureCode: ClosureCode | null;
}

/** Every way in which a case can end, each walked once by real steps. */
export const ENDINGS: readonly Ending[] = [
  {
    title: 'remedied and verified',
    caseId: 'open-01',
    walk: remediedAndVerified,
    state: 'closed',
    closureCode: 'CR-REM-V',
  },
  {
    title: 'settled by dialogue',
    caseId: 'open-20',
    walk: settledByDialogue,
    state: 'closed',
    closureCode: 'CR-SETTLED',
  },
  {
    title: 'not substantiated',
    caseId: 'open-19',
    walk: unsubstantiated,
    state: 'closed',
    closureCode: 'CR-UNSUB',
  },
  { title: 'declined', caseId: 'open-21', walk: declined, state: 'declined', closureCode: 'CR-DECLINED' },
  { title: 'referred', caseId: 'open-15', walk: referred, state: 'closed', closureCode: 'CR-REFERRED' },
  {
    title: 'withdrawn, with a review of our own',
    caseId: 'open-17',
    walk: withdrawnWithOwnReview,
    state: 'closed',
    closureCode: 'CR-WITHDRAWN',
  },
  {
    title: 'changed by an appeal',
    caseId: 'open-09',
    walk: appealThatChangesTheOutcome,
    state: 'closed',
    closureCode: 'CR-REM-V',
  },
  { title: 'reopened', caseId: 'open-06', walk: reopened, state: 'triage', closureCode: null },
  {
    title: 'closed without remedy',
    caseId: 'open-04',
    walk: closedWithoutRemedy,
    state: 'closed',
    closureCode: 'CR-NOREMEDY',
  },
  {
    title: 'only linked',
    caseId: 'open-10',
    walk: onlyLinked,
    state: 'closed',
    closureCode: 'CR-LINKED',
  },
  {
    title: 'closed for lost contact',
    caseId: 'open-11',
    receivedDaysAgo: 5,
    walk: lostContact,
    state: 'closed',
    closureCode: 'CR-LOSTCONTACT',
  },
];
