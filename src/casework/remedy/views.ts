import type { Day } from '../../platform/time';

export interface OfferView {
  n: number;
  kind: string;
  madeByRole: string;
  madeOn: Day;
  text: string;
  replyDueOn: Day | null;
  status: string;
  answeredOn: Day | null;
}

export interface RemedyActionView {
  n: number;
  action: string;
  label: string;
  form: string;
  description: string;
  owner: string;
  dueOn: Day;
  status: string;
  /** Number of the offer it is part of; null where it was planned afterwards. */
  offer: number | null;
  /** Whether the complainant agreed to it; null while nobody asked. */
  agreed: boolean | null;
  /** What the complainant said of it when she answered the offer. */
  wish: string | null;
  doneOn: Day | null;
  /** Staff only; null for the complainant. */
  evidence: string | null;
  /** The same. */
  cost: string | null;
  verificationQuestion: string | null;
  verificationResult: string | null;
  /** What is missing, in the words of the complainant. */
  verificationComment: string | null;
}

export interface InterimMeasureView {
  n: number;
  measure: string;
  label: string;
  status: string;
  reason: string;
  owner: string;
  dueOn: Day;
}
