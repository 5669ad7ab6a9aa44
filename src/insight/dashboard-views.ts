import type { AgeBand, ClockBand, Spread } from '../rules/figures';
import type { ClockCode } from '../rules/clocks';
import type { RoleCode } from '../rules/roles';
import type { Stage, State } from '../rules/states';
import type { TaskKind } from '../rules/tasks';
import type { Day } from '../platform/time';

/** What the numbers of a view mean, sentence by sentence; they stand beside them wherever they are shown. */
interface Defined {
  asOf: Day;
  definitions: readonly string[];
}

/** Cases by when they are due, each as the queue finds them under the same words: what is due today is due within a week, too. */
export interface DueCounts {
  open: number;
  legallyLate: number;
  overdue: number;
  today: number;
  week: number;
}

/** Kinds of what somebody has to do in a case. */
export interface TaskKindCount {
  kind: TaskKind;
  open: number;
  overdue: number;
}

/** One thing to do. */
export interface Task {
  kind: TaskKind;
  reference: string;
  /** Number of the thing in its case; null where it is the case itself. */
  n: number | null;
  /** A code of the thing: a clock, an action, an addressee, a step that was proposed; null where it has none. */
  code: string | null;
  dueOn: Day | null;
  overdue: boolean;
}

/** A step that was proposed and waits for somebody’s agreement. */
export interface Agreement {
  reference: string;
  step: string;
  dueOn: Day | null;
}

export interface OwnWork extends Defined {
  all: DueCounts;
  stages: (DueCounts & { stage: Stage })[];
  kinds: TaskKindCount[];
  /** Earliest due first, at most `MOST_TASKS`. */
  tasks: Task[];
}

/** How much somebody has to do. */
export interface LoadRow {
  personId: string;
  name: string;
  /** False: the person has left, and their places wait to be handed over. */
  active: boolean;
  open: number;
  legallyLate: number;
  overdue: number;
  /** Cases in which they were asked onto the team and have not answered. */
  asked: number;
  /** A case in which somebody has two roles counts in both. */
  roles: { role: RoleCode; open: number }[];
}

export interface Load extends Defined {
  people: LoadRow[];
  /** Open cases, and those of them that nobody works on, by stage. */
  stages: { stage: Stage; open: number; unassigned: number }[];
}

export interface AgeingRow extends Spread {
  stage: Stage;
  bands: Record<AgeBand, number>;
}

export interface Ageing extends Defined {
  stages: AgeingRow[];
  all: Spread;
}

export interface ClockUseRow {
  code: ClockCode;
  basis: 'legal' | 'internal';
  running: number;
  bands: Record<ClockBand, number>;
}

/** A clock that has used much of its time. */
export interface UsedClock {
  reference: string;
  code: ClockCode;
  basis: 'legal' | 'internal';
  dueOn: Day;
  percent: number;
  band: ClockBand;
}

export interface ClockUse extends Defined {
  clocks: ClockUseRow[];
  /** The most used first, legal before our own, at most `MOST_TASKS`. */
  mostUsed: UsedClock[];
}

export interface DwellRow extends Spread {
  state: State;
}

export interface Dwell extends Defined {
  from: Day;
  to: Day;
  states: DwellRow[];
}

/** So many tasks or clocks are listed. */
export const MOST_TASKS = 100;
