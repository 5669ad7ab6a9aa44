/** How long a text is and how long it may be, in characters as the machine counts them. */
export interface TextMeasure {
  length: number;
  most: number;
}

/** One thing that is missing or wrong: `name` is its code, `field` the answer concerned, `sentence` what to do about it. */
export interface UnmetNeed {
  name: string;
  sentence: string;
  field?: string;
  /** Of a text that is too long: how many characters it has, and how many can be taken. Pages say it behind the sentence. */
  measure?: TextMeasure;
  /** Steps that meet it, whose they are, and whether they can be taken in the state the case is in. */
  metBy?: { step: string; by: string[]; isOpen: boolean }[];
}

/** Why a request was refused; each kind has one HTTP status (see `REFUSAL_STATUS`). */
export type RefusalKind =
  | 'invalid'
  | 'not-signed-in'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'gone'
  | 'stale'
  | 'too-large'
  | 'unmet'
  | 'revision-missing'
  | 'too-many'
  | 'unavailable'
  | 'uncertain';

export const REFUSAL_STATUS: Record<RefusalKind, number> = {
  invalid: 400,
  'not-signed-in': 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  stale: 412,
  'too-large': 413,
  unmet: 422,
  'revision-missing': 428,
  'too-many': 429,
  unavailable: 503,
  uncertain: 503,
};

/**
 * The only error that travels to people: says what happened and, in `needs`, everything that is missing, at once.
 * Nothing was stored when it is thrown, but of the kind `uncertain`, where nobody can know. Its texts never hold what a rightsholder wrote.
 */
export class Refusal extends Error {
  constructor(
    readonly kind: RefusalKind,
    message: string,
    readonly needs: UnmetNeed[] = [],
  ) {
    super(message);
    this.name = 'Refusal';
  }

  get status(): number {
    return REFUSAL_STATUS[this.kind];
  }

  /** Whether the server could not do it at this moment: it says nothing of what was asked, so nobody may be told that theirs was wrong. */
  get isOfServer(): boolean {
    return this.kind === 'unavailable' || this.kind === 'uncertain';
  }
}
