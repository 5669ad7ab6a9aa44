import { cleanFlac } from './flac';
import { cleanHeif } from './heif';
import { cleanJpeg } from './jpeg';
import { cleanM4a } from './m4a';
import { cleanMp3 } from './mp3';
import { cleanOffice } from './office';
import { cleanOgg } from './ogg';
import { cleanPdf } from './pdf';
import { cleanPng } from './png';
import { cleanText } from './text';
import { cleanWav } from './wav';
import { cleanWebp } from './webp';
import { HeldBack, type HeldReason, type RemovedCode, type TurnedBy, type WorkingCopy } from './cleaned';
import { mediaTypeOf, type MediaType } from './media-type';

/** What becomes of a file: a working copy for staff, or the reason why there is none. */
export type Cleaned =
  | {
      kind: 'cleaned';
      content: Buffer;
      /** In the order of the alphabet; empty when there was nothing to remove. */
      removed: RemovedCode[];
      /** Degrees clockwise to stand upright: how the camera held the picture is written nowhere in the copy. */
      turnedBy: TurnedBy;
    }
  | { kind: 'held'; why: HeldReason };

type Cleaner = (content: Buffer) => WorkingCopy | Promise<WorkingCopy>;

const LARGEST_BYTES = 200_000_000;

/** Cleaners of what can also stand inside a document. */
const MEDIA_CLEANERS: Partial<Record<MediaType, Cleaner>> = {
  'image/jpeg': cleanJpeg,
  'image/png': cleanPng,
  'image/webp': cleanWebp,
  'image/heic': cleanHeif,
  'image/heif': cleanHeif,
  'image/avif': cleanHeif,
  'audio/mpeg': cleanMp3,
  'audio/wav': cleanWav,
  'audio/flac': cleanFlac,
  'audio/ogg': cleanOgg,
  'audio/mp4': cleanM4a,
};

const cleanDocument: Cleaner = (content) => cleanOffice(content, cleanMedium);

/** Every type that has a cleaner; all others are held back. */
export const CLEANERS: Partial<Record<MediaType, Cleaner>> = {
  ...MEDIA_CLEANERS,
  'application/pdf': cleanPdf,
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': cleanDocument,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': cleanDocument,
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': cleanDocument,
  'application/vnd.oasis.opendocument.text': cleanDocument,
  'application/vnd.oasis.opendocument.spreadsheet': cleanDocument,
  'application/vnd.oasis.opendocument.presentation': cleanDocument,
  'text/plain': cleanText,
};

/**
 * A copy of a file without metadata and with the same pixels, samples and texts, bit for bit as coded; or the reason why
 * there is none. A rebuilt colour profile gives the same colours. `mediaType` is what `mediaTypeOf` said. Cleaning a working copy again gives the same bytes. Never
 * rejects: whatever goes wrong means that the file is not passed on.
 */
export async function clean(content: Buffer, mediaType: MediaType): Promise<Cleaned> {
  if (content.length > LARGEST_BYTES) return { kind: 'held', why: 'TOO-LARGE' };
  const cleaner = Object.hasOwn(CLEANERS, mediaType) && CLEANERS[mediaType];
  if (!cleaner) return { kind: 'held', why: 'NO-CLEANER' };
  try {
    const { content: cleaned, removed, turnedBy } = await cleaner(content);
    return { kind: 'cleaned', content: cleaned, removed: [...removed].sort(), turnedBy };
  } catch (error) {
    return { kind: 'held', why: error instanceof HeldBack ? error.why : 'BROKEN' };
  }
}

async function cleanMedium(content: Buffer, removed: Set<RemovedCode>): Promise<Buffer> {
  const type = await mediaTypeOf(content);
  const cleaner = type && MEDIA_CLEANERS[type];
  if (!cleaner) throw new HeldBack('NO-CLEANER', 'a medium inside a document');
  const copy = await cleaner(content);
  for (const code of copy.removed) removed.add(code);
  return copy.content;
}
