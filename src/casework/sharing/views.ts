import type { Day } from '../../platform/time';
import type { PacketPart } from '../../records/entities/packet';
import type { SharedText } from '../../rules/sharing';

/** A text that can be passed on. */
export interface SharedTextView {
  kind: SharedText;
  n: number;
  /** Of the complaint: a code of `COMPLAINT_PARTS`; null of every other. */
  part: string | null;
  /** Role of whoever said it; of an answer to a request a code of `ASKED_OF`; null where the house wrote it. */
  from: string | null;
  /** Null where the house keeps no day of it. */
  on: Day | null;
}

/** One of them, opened, to be masked. */
export interface TextToMask extends SharedTextView {
  text: string;
  /** Passages of it that look as if they told of somebody. Names and contacts are among them only while they are open to the reader. */
  suggested: string[];
}

/** A text as it would be kept. */
export interface MaskedTextView {
  text: string;
  marks: number;
}

export interface RedactionView extends MaskedTextView {
  n: number;
  ofKind: SharedText;
  ofNumber: number;
  byRole: string;
  madeOn: Day;
}

/** A file that is a masked copy of another. */
export interface MaskedFileView {
  n: number;
  maskedFrom: number;
  mediaType: string;
}

export interface PacketView {
  n: number;
  parts: PacketPart[];
  byRole: string;
  madeOn: Day;
  /** The step with which it was passed on; null while it waits. */
  passedWith: string | null;
  passedOn: Day | null;
  downloads: number;
}

/** One packet with what stands in it. */
export interface OpenedPacketView extends PacketView {
  /** Its texts, exactly as they leave; null where there are files alone. */
  document: string | null;
  /** Why something goes whole, in the order of the parts; null for what is masked. */
  reasons: (string | null)[];
}

/** What there is to pass on. */
export interface SharingView {
  texts: SharedTextView[];
  /** Number before which there are earlier messages; null: there are none. */
  earlierMessages: number | null;
  redactions: RedactionView[];
  maskedFiles: MaskedFileView[];
  packets: PacketView[];
}
