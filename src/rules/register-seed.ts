// Source: our own shape. A row that a register shows before anybody of the organisation wrote into it.

import type { Day } from '../platform/time';

/** Own entries of a register with such rows are counted from here, so that later versions of this program can add rows. */
export const OWN_FROM = 1001;

export interface RegisterSeed {
  /** Stable; cases cite it. */
  number: number;
  /** Answers of the form of the register; what is left out is not known. */
  said: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  /** That these words were compared with a source, by whoever wrote them; null: they were not. Nobody of the organisation stands for that. */
  checked: SeedCheck | null;
}

export interface SeedCheck {
  on: Day;
  /** The address that was read. */
  against: string;
}
