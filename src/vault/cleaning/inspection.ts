import type { Cleaned } from './clean';
import type { TurnedBy } from './cleaned';
import type { MediaType } from './media-type';

/** A file that is read whole, or the first and last bytes of one that is too large for that. The bytes are given away. */
export type Inspection = { content: Uint8Array; toClean: boolean } | { head: Uint8Array; tail: Uint8Array };

/** A working copy that is to bear a mark of ASCII letters. */
export interface Marking {
  content: Uint8Array;
  mediaType: string;
  mark: string;
  turnedBy: TurnedBy;
}

/** What a thread says, one after the other; of a copy that cannot be marked, nothing. */
export type Told = { mediaType: MediaType | null } | { cleaned: Cleaned } | { marked: Uint8Array };
