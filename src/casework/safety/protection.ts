import { newId } from '../../platform/ids';
import type { Day } from '../../platform/time';
import { ProtectionMeasure } from '../../records/entities/protection-measure';
import {
  protectionStands,
  reviewDay,
  type ProtectionState,
  type ReprisalLevel,
} from '../../rules/protection';
import { STATES, type State } from '../../rules/states';
import type { StepName } from '../../rules/steps';
import type { CaseFile } from '../case-file';
import { nameOf, type Names } from '../case-objects';
import { nextNumber, type StepContext } from '../step-context';
import type { StepEffect } from '../step-effect';
import { askOwner } from '../team/team-effects';
import { standingMerger } from '../triage/mergers';
import type { ProtectionView } from './views';

/** The protection plan: what is planned for somebody, what is in force, and that somebody looks whether it holds. */
export const PROTECTION_EFFECTS: Partial<Record<StepName, StepEffect>> = {
  'plan-protection': async (step) => {
    const ownerId = step.answer<string>('owner');
    let n = nextNumber(step.file.protection);
    for (const measure of step.answer<string[]>('protectionMeasures'))
      await step.insert(ProtectionMeasure, {
        id: newId(),
        caseId: step.caseId,
        n: n++,
        measure,
        protects: step.answer('protects'),
        status: 'PLANNED' satisfies ProtectionState,
        wished: step.answer<boolean | undefined>('protectionWished') ?? null,
        ownerId,
        plannedOn: step.today,
        begunOn: null,
        reviewedOn: null,
        reviewOn: step.answer('reviewOn'),
        endedOn: null,
      });
    await askOwner(step, ownerId);
  },
  'begin-protection': (step) => change(step, { status: 'IN_FORCE', begunOn: step.today }),
  'review-protection': (step) => change(step, { reviewedOn: step.today, reviewOn: step.answer('reviewOn') }),
  'end-protection': (step) => change(step, { status: 'ENDED', endedOn: step.today }),
};

function change(
  step: StepContext,
  patch: Partial<ProtectionMeasure> & { status?: ProtectionState },
): Promise<void> {
  const { id } = step.file.protection.find(({ n }) => n === step.answers.protectionNumber)!;
  return step.update(ProtectionMeasure, id, patch);
}

/**
 * Whoever rates the risk of reprisal, or raises it by what was reported, sets the day by which it is looked at again. A case that has ended
 * has none: its reviews are clocks of their own. One that goes on again has one from that day. One that is joined to another case keeps its
 * day as long as what it tells of is looked at there.
 */
export function keepReprisalReview({ file, patch, row: { step }, today }: StepContext, to: State): void {
  const row = file.case;
  const staysWatched =
    to === 'closed' &&
    row.reprisalReviewOn !== null &&
    (step === 'close-merged' || standingMerger(file) !== undefined);
  const level = (patch.reprisalLevel ?? row.reprisalLevel) as ReprisalLevel | null;
  const wasOver = STATES[row.state as State].ended && row.reprisalReviewOn === null;
  if (STATES[to].ended && !staysWatched) {
    if (row.reprisalReviewOn !== null) patch.reprisalReviewOn = null;
  } else if (level !== null && (patch.reprisalLevel !== undefined || wasOver))
    patch.reprisalReviewOn = reviewDay(level, today);
}

/** A risk that rises brings forward the day on which somebody looks at what stands; none is ever put off. */
export async function bringReviewsForward(step: StepContext): Promise<void> {
  const level = step.patch.reprisalLevel as ReprisalLevel | null | undefined;
  if (!level) return;
  const reviewOn = reviewDay(level, step.today);
  for (const row of step.file.protection)
    if (protectionStands(row.status) && row.reviewOn > reviewOn)
      await step.update(ProtectionMeasure, row.id, { reviewOn });
}

/** For staff, oldest first. */
export function protectionViews(
  { protection }: Pick<CaseFile, 'protection'>,
  names: Names,
  today: Day,
): ProtectionView[] {
  return protection.map((row) => ({
    n: row.n,
    measure: row.measure,
    protects: row.protects,
    status: row.status,
    wished: row.wished,
    owner: nameOf(names, row.ownerId),
    plannedOn: row.plannedOn,
    begunOn: row.begunOn,
    reviewedOn: row.reviewedOn,
    reviewOn: row.reviewOn,
    reviewDue: protectionStands(row.status) && row.reviewOn <= today,
    endedOn: row.endedOn,
  }));
}
