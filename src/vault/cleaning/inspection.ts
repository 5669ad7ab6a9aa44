import type { Cleaned } from './clean';
import type { MediaType } from './media-type';

/** A file that is read whole, or the first and last bytes of one that is too large for that. The bytes are given away. */
export type Inspection = { content: Uint8Array; toClean: boolean } | { head: Uint8Array; tail: Uint8Array };

/** What a thread says, one after the other. */
export type Told = { mediaType: MediaType | null } | { cleaned: Cleaned };
