import type { CaseFile } from '../case-file';
import { nameOf, type Names } from '../case-objects';
import type { OpenWords } from '../open-words';
import { standingHolds } from './holds';
import type { ErasureRequestView, HoldView } from './views';

/** Every legal hold of the case, those that were released too, by number. */
export function holdViews(file: CaseFile, words: OpenWords, names: Names): HoldView[] {
  const by = (id: string | null) => (id ? nameOf(names, id) : null);
  const untold = standingHolds(file)
    .filter(({ row }) => row === null)
    .map(({ n, ground, placedOn }) => ({
      n,
      ground,
      reason: null,
      placedBy: null,
      placedOn,
      reviewedBy: null,
      reviewedOn: null,
      releasedBy: null,
      releasedOn: null,
    }));
  const told = file.holds.map((hold) => ({
    n: hold.n,
    ground: hold.ground,
    reason: words.maybe('legal_holds', 'reasonSealed', hold.id, hold.reasonSealed),
    placedBy: by(hold.placedBy),
    placedOn: hold.placedOn,
    reviewedBy: by(hold.reviewedBy),
    reviewedOn: hold.reviewedOn,
    releasedBy: by(hold.releasedBy),
    releasedOn: hold.releasedOn,
  }));
  return [...untold, ...told];
}

/** What the complainant asked to have erased, oldest first. */
export function erasureRequestViews({ erasureRequests }: CaseFile): ErasureRequestView[] {
  return erasureRequests.map(({ n, scope, requestedOn, status, decidedOn }) => ({
    n,
    scope,
    requestedOn,
    status,
    decidedOn,
  }));
}
