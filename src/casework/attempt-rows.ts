import type { ContactAttempt } from '../records/entities/contact-attempt';
import type { CaseFile } from './case-file';

/** Those since the person was last heard: the case counts how many of the newest they are. */
export function attemptsThatCount({
  case: { contactAttempts: count },
  contactAttempts,
}: CaseFile): ContactAttempt[] {
  return count === 0 ? [] : contactAttempts.slice(-count);
}
