import type { Wording } from '../../records/entities/wording';
import type { WordingText } from '../../rules/wordings';
import type { Vault } from '../../vault/vault';
import { SealedTexts } from '../registers/sealed-texts';

/** A version with its words, or with why they are gone. */
export type OpenedWording = Wording & { emptyingReason?: string };

/** The words of letters and text blocks. */
export function textsOfWordings(vault: Vault): SealedTexts<OpenedWording> {
  return new SealedTexts<OpenedWording>(vault, 'wordings', {
    subject: null,
    body: null,
    emptyingReason: undefined,
  });
}

/** Whether a version has words of ours, without opening them. */
export function isWorded({ body, textsSealed, emptiedOn }: Wording): boolean {
  return emptiedOn === null && (body !== null || textsSealed !== null);
}

/** Null: the built-in words, a block that is not offered, or words that are gone. */
export function textOf({ subject, body }: OpenedWording): WordingText | null {
  return subject === null || body === null ? null : { subject, body };
}
