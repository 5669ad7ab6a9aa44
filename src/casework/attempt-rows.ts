import type { Day } from '../platform/time';
import type { ContactAttempt } from '../records/entities/contact-attempt';
import type { CaseFile } from './case-file';

/** Since when the person is asked what the state is about: to answer an offer, or to say whether all is done; null in every other state. */
export function askedSince({ case: { state }, offers, clocks }: CaseFile): Day | null {
  if (state === 'remedy-proposed')
    return offers.findLast(({ kind }) => kind !== 'COUNTER_OFFER')?.madeOn ?? null;
  if (state === 'verification')
    return clocks.findLast(({ code }) => code === 'TARGET-VERIFICATION')?.startedOn ?? null;
  return null;
}

/** Those since the person was last heard, and since they are asked: the case counts how many of the newest they are. */
export function attemptsThatCount(file: CaseFile): ContactAttempt[] {
  const count = file.case.contactAttempts;
  const since = askedSince(file);
  const newest = count === 0 ? [] : file.contactAttempts.slice(-count);
  return newest.filter(({ triedOn }) => since === null || triedOn >= since);
}
