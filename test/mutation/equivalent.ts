/** A mutant that no test can notice, because the code means the same with it. */
export interface Equivalent {
  file: string;
  from: string;
  to: string;
  /** Why it is the same. */
  why: string;
}

export const EQUIVALENT: readonly Equivalent[] = [];
