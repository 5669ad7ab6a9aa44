import { fileTypeFromBuffer } from 'file-type/core';
import { boxesIn, topBoxes } from './boxes';
import { OFFICE_TYPES, officeTypeOf } from './office';
import { endsAsZip } from './zip';

/** Every kind of file that is accepted; whether it can be cleaned is another question. */
export const MEDIA_TYPES = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/heic',
  'image/heif',
  'image/avif',
  'application/pdf',
  ...OFFICE_TYPES,
  'application/msword',
  'application/vnd.ms-excel',
  'application/vnd.ms-powerpoint',
  'application/rtf',
  'audio/mpeg',
  'audio/wav',
  'audio/flac',
  'audio/ogg',
  'audio/mp4',
  'video/mp4',
  'video/quicktime',
  'video/webm',
  'text/plain',
] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

const ACCEPTED: ReadonlySet<string> = new Set(MEDIA_TYPES);
/** What file-type calls some of them. */
const ALSO_CALLED = new Map<string, MediaType>([
  ['image/apng', 'image/png'],
  ['audio/x-flac', 'audio/flac'],
  ['audio/vnd.wave', 'audio/wav'],
  ['audio/x-m4a', 'audio/mp4'],
]);
/** Names in the directory of a compound file ([MS-CFB], 2.6), UTF-16 with its final zero. */
const COMPOUND: readonly (readonly [string, MediaType])[] = [
  ['WordDocument', 'application/msword'],
  ['Workbook', 'application/vnd.ms-excel'],
  ['Book', 'application/vnd.ms-excel'],
  ['PowerPoint Document', 'application/vnd.ms-powerpoint'],
];
const DIRECTORY_ENTRY_BYTES = 128;
/** Some readers look for a PDF's header this far into a file. */
const PDF_HEADER_WITHIN = 1_024;

/**
 * What the content is, by its bytes alone; null for what is not accepted: nothing at all, programs, archives, HTML, SVG
 * and files that are two things at once. Never rejects. Trailing data behind a picture or recording does not change its
 * type: the cleaner drops it.
 */
export async function mediaTypeOf(content: Buffer): Promise<MediaType | null> {
  if (content.length === 0) return null;
  const start = content.toString('latin1', 0, 8);
  if (start.startsWith('PK')) return officeTypeOf(content);
  if (start.startsWith('%PDF-')) return endsAsZip(content) ? null : 'application/pdf';
  if (start.startsWith('{\\rtf')) return endsAsZip(content) ? null : 'application/rtf';
  if (start === '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1') return compoundType(content);
  // To file-type the mark of UTF-16 is a sync of MPEG layer I, in which nobody records.
  if (start.startsWith('\xff\xfe')) return null;
  const found = await binaryType(content);
  if (found === 'video/mp4' || found === 'audio/mp4') return isoMediaType(content);
  return found ?? (isPlainText(content) ? 'text/plain' : null);
}

/**
 * What a file is that is too large to be looked at whole, by its first and last bytes (`EndsOfFile`); null for what is not accepted, and for
 * every kind that its ends alone do not tell: office documents and text. Never rejects.
 */
export async function largeMediaTypeOf(head: Buffer, tail: Buffer): Promise<MediaType | null> {
  if (head.toString('latin1', 0, 5) === '%PDF-') return endsAsZip(tail) ? null : 'application/pdf';
  const found = await binaryType(head);
  return found && /^(image|audio|video)\//.test(found) ? found : null;
}

async function binaryType(content: Buffer): Promise<MediaType | null> {
  try {
    const told = (await fileTypeFromBuffer(content))?.mime.split(';', 1)[0] ?? '';
    const type = ALSO_CALLED.get(told) ?? told;
    return ACCEPTED.has(type) ? (type as MediaType) : null;
  } catch {
    return null; // file-type gives up on files cut off in their header
  }
}

function compoundType(content: Buffer): MediaType | null {
  const found = COMPOUND.find(([name]) => {
    const bytes = Buffer.from(`${name}\0`, 'utf16le');
    for (let at = content.indexOf(bytes); at >= 0; at = content.indexOf(bytes, at + 1))
      if (at % DIRECTORY_ENTRY_BYTES === 0 && content[at + 64] === bytes.length) return true;
    return false;
  });
  return found?.[1] ?? null;
}

/** Recorders call sound alone by the same brand as films: the tracks tell. */
function isoMediaType(content: Buffer): MediaType | null {
  try {
    const movie = topBoxes(content).boxes.find(({ type }) => type === 'moov');
    if (!movie) return 'video/mp4';
    const kinds = boxesIn(content, movie.body, movie.end)
      .filter(({ type }) => type === 'trak')
      .flatMap(({ body, end }) => boxesIn(content, body, end).filter(({ type }) => type === 'mdia'))
      .flatMap(({ body, end }) => boxesIn(content, body, end).filter(({ type }) => type === 'hdlr'))
      .map(({ body }) => content.toString('latin1', body + 8, body + 12));
    return kinds.includes('soun') && !kinds.includes('vide') ? 'audio/mp4' : 'video/mp4';
  } catch {
    return null; // boxes that do not fit: neither
  }
}

/** UTF-8 without control characters that no program would take for markup, a script or a PDF. */
function isPlainText(content: Buffer): boolean {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return false; // not UTF-8
  }
  // eslint-disable-next-line no-control-regex -- control characters are what text must not have
  if (/[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]/.test(text)) return false;
  return (
    !/^\s*(<[a-z!?/]|#!|%!PS)/i.test(text.slice(0, 2_000)) &&
    !text.slice(0, PDF_HEADER_WITHIN).includes('%PDF-')
  );
}
