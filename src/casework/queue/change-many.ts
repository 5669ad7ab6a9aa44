import { Injectable } from '@nestjs/common';
import type { Officer } from '../../people/visitor';
import { Refusal, type UnmetNeed } from '../../platform/refusal';
import { Openings } from '../openings';
import { TakeStep } from '../take-step';

/** Steps that can be taken in many cases at once: none changes a state, and none speaks to the person. */
export const STEPS_OF_MANY = ['assign', 'write-internal-note'] as const;
export type StepOfMany = (typeof STEPS_OF_MANY)[number];

export const CASES_AT_ONCE = 100;

/** A case, and the revision in which it was chosen: pressed twice, the second time is refused as stale. */
export interface ChosenCase {
  reference: string;
  revision: number;
}

/** What became of one case, or would become of it; `problems` empty: the step is taken. */
export interface CaseOutcome extends ChosenCase {
  problems: string[];
}

export interface ManyChanges {
  step: StepOfMany;
  cases: readonly ChosenCase[];
  answers: Record<string, unknown>;
}

/** Takes one step in many cases: each its own change, so that what was done stays when another is refused. */
@Injectable()
export class ChangeMany {
  constructor(
    private readonly takeStep: TakeStep,
    private readonly openings: Openings,
  ) {}

  /**
   * What would happen in each case, found out by doing it and undoing it; nothing is changed. What a case is refused for is read of it: that
   * stands in its history.
   */
  preview(visitor: Officer, changes: ManyChanges): Promise<CaseOutcome[]> {
    return this.each(visitor, changes, { onlyTry: true });
  }

  /** Says of each case what became of it, in the order in which they were chosen. */
  run(visitor: Officer, changes: ManyChanges): Promise<CaseOutcome[]> {
    return this.each(visitor, changes, { onlyTry: false });
  }

  private async each(
    visitor: Officer,
    { step, cases, answers }: ManyChanges,
    { onlyTry }: { onlyTry: boolean },
  ): Promise<CaseOutcome[]> {
    if (cases.length === 0 || cases.length > CASES_AT_ONCE)
      throw new Refusal('invalid', 'Nothing was changed.', [
        {
          name: 'answer',
          field: 'cases',
          sentence:
            cases.length === 0 ? 'Choose at least one case.' : `Choose at most ${CASES_AT_ONCE} cases.`,
        },
      ]);
    const outcomes: CaseOutcome[] = [];
    for (const { reference, revision } of cases) {
      const problems = await problemsOf(() =>
        this.openings.ofRefusal(visitor, reference, () =>
          this.takeStep.run({ reference, revision, step, visitor, answers }, { onlyTry }),
        ),
      );
      outcomes.push({ reference, revision, problems });
    }
    return outcomes;
  }
}

/** Answers that are missing or fit no case are the fault of the form, not of a case. */
async function problemsOf(work: () => Promise<unknown>): Promise<string[]> {
  try {
    await work();
    return [];
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind === 'invalid' || error.isOfServer) throw error;
    const needs: readonly UnmetNeed[] = error.needs;
    const unanswered = needs.filter(({ name }) => name === 'answer');
    if (unanswered.length > 0) throw new Refusal('invalid', 'Nothing was changed.', unanswered);
    return needs.length > 0 ? needs.map(({ sentence }) => sentence) : [error.message];
  }
}
