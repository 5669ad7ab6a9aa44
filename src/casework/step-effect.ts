import type { ClockKeeper } from './keep-clocks';
import type { StepContext } from './step-context';

/** What a step does beyond state, clocks, answers, letter and entry. */
export type StepEffect = (step: StepContext, clocks: ClockKeeper) => Promise<void> | void;
