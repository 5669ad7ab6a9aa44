// Source: process model 5.3 and 5.4: originals stay sealed, staff work with copies that tell nothing about who sent them.

/** What became of a file that was sent. */
export const EVIDENCE_HANDLING = {
  CLEANED: 'Staff open a working copy without metadata.',
  HELD: 'There is no working copy; staff open the original only with a reason.',
  QUARANTINED: 'A virus scanner found something harmful in it; nobody opens it.',
} as const;
export type EvidenceHandling = keyof typeof EVIDENCE_HANDLING;

/** Why a file has no working copy: a stable code, and what it means for the person who would have opened it. */
export const HELD_REASONS = {
  'NO-CLEANER': 'No cleaner without loss exists for this kind of file or for something inside it.',
  ENCRYPTED: 'The file is locked with a password or copy protection.',
  'ACTIVE-CONTENT': 'The file holds macros, scripts, embedded files or actions that could run when opened.',
  BROKEN: 'The file is damaged, incomplete or not what it says it is.',
  'TOO-LARGE': 'The file is larger than can be cleaned here.',
  BOMB: 'The file unfolds to far more than it seems to hold.',
  'TOO-COSTLY': 'Cleaning it took more time or memory than one file may take.',
} as const;

export type HeldReason = keyof typeof HELD_REASONS;

/** What a virus scanner said of a file when it came. */
export const SCAN_VERDICTS = {
  CLEAN: 'A virus scanner found nothing.',
  INFECTED: 'A virus scanner found something harmful.',
  UNSCANNED: 'No virus scanner is set; nobody looked.',
} as const;
export type ScanVerdict = keyof typeof SCAN_VERDICTS;

/** What can befall a file in the store behind the application's back. */
export const FILE_FAULTS = {
  MISSING: 'It is no longer in the store.',
  ALTERED: 'What lies in the store is not what was stored.',
} as const;
export type FileFault = keyof typeof FILE_FAULTS;

/** What a working copy no longer has. Codes only: what was in it is told to nobody. */
export const REMOVED = {
  EXIF: 'camera, place and time (Exif)',
  XMP: 'history and authorship (XMP)',
  IPTC: 'caption and credit (IPTC, Photoshop)',
  COMMENT: 'comments and texts beside the picture',
  THUMBNAIL: 'preview pictures',
  'OTHER-PICTURES': 'further pictures, depth maps and tracks hidden beside the main one',
  AUTHOR: 'names of authors and reviewers',
  TIME: 'times of making and changing',
  PROPERTIES: 'document properties',
  TAGS: 'tags of a recording',
  HISTORY: 'earlier versions and traces of editing',
  PRINTER: 'printer settings',
  LINKS: 'links to places on somebody’s computer',
  SIGNATURE: 'digital signatures, which hold certificates with names',
  'COLOUR-PROFILE': 'what a colour profile tells about a device and its maker',
  'CUSTOM-DATA': 'data of programs',
  TRAILING: 'data behind the end of the file',
} as const;

export type RemovedCode = keyof typeof REMOVED;
