import type { Day } from '../../platform/time';
import { disposalDueOn, type KeptBack, type RetentionYears, type ScheduleCode } from '../../rules/retention';
import type { CaseFile } from '../case-file';
import { openRequest, standingHolds } from './holds';

/** Why this case cannot be erased under this schedule on this day; null when it can. */
export function keptBack(
  file: CaseFile,
  schedule: ScheduleCode,
  today: Day,
  years: RetentionYears,
): KeptBack | null {
  const due = disposalDueOn(schedule, file.case, years);
  if (due === null || due > today) return 'REOPENED';
  if (standingHolds(file).length > 0) return 'ON_HOLD';
  if (openRequest(file)) return 'REQUEST_OPEN';
  return file.case.nextDueOn === null ? null : 'STILL_OWED';
}
