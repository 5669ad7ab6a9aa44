import { HELD_REASONS, type HeldReason, type RemovedCode } from '../../rules/evidence-handling';

export { HELD_REASONS, REMOVED, type HeldReason, type RemovedCode } from '../../rules/evidence-handling';

/** Degrees clockwise by which the picture has to be turned to stand upright. */
export type TurnedBy = 0 | 90 | 180 | 270;

/** What a cleaner hands back: new bytes, and what is no longer in them. */
export interface WorkingCopy {
  content: Buffer;
  removed: Set<RemovedCode>;
  turnedBy: TurnedBy;
}

/** How a cleaner says that there will be no working copy. */
export class HeldBack extends Error {
  constructor(
    readonly why: HeldReason,
    detail = '',
  ) {
    super(`${HELD_REASONS[why]} ${detail}`.trim());
  }
}

export function broken(detail: string): HeldBack {
  return new HeldBack('BROKEN', detail);
}

const MOST_PIXELS = 400_000_000;

/** Holds back a picture that no viewer could unfold in memory. Sizes in pixels. */
export function checkPixels(width: number, height: number): void {
  if (width * height > MOST_PIXELS) throw new HeldBack('BOMB', `${width} × ${height} pixels`);
}

/** More chunks, blocks, segments, boxes or tables than any device or program writes into one file. */
export const MOST_PIECES = 100_000;
/** More frames or pages of sound than half a day has. */
export const MOST_FRAMES = 2_000_000;

/** Counts what a file is made of: calls beyond `most` throw HeldBack BOMB, so that no file keeps its reader busy for long. */
export function countOf(what: string, most = MOST_PIECES): (more?: number) => void {
  let count = 0;
  return (more = 1) => {
    count += more;
    if (count > most) throw new HeldBack('BOMB', `too many ${what}`);
  };
}
