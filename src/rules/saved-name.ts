// Sources: Unicode 16, UAX #9 (explicit directional formatting characters); Microsoft, Naming Files, Paths, and Namespaces;
// RFC 6266, 4.3 (a name from elsewhere is advice that may harm).

/**
 * Characters that nobody sees and that turn what follows around, so that “exe.gpj” is read as “jpg.exe”, or tell two equal names apart.
 * The joiners, which scripts need, and the Arabic and Syriac signs over numbers, which are seen, stay.
 */
const TURNS = /(?!\u200c|\u200d|[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2])\p{Cf}/gu;
const LONGEST = 120;
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)$/i;

/** How the names of files of each type may end; the first is added where none of them does. */
const ENDINGS: Record<string, readonly string[]> = {
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
  'image/png': ['png', 'apng'],
  'image/webp': ['webp'],
  'image/heic': ['heic'],
  'image/heif': ['heif', 'heic'],
  'image/avif': ['avif'],
  'application/pdf': ['pdf'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
  'application/vnd.oasis.opendocument.text': ['odt'],
  'application/vnd.oasis.opendocument.spreadsheet': ['ods'],
  'application/vnd.oasis.opendocument.presentation': ['odp'],
  'application/msword': ['doc'],
  'application/vnd.ms-excel': ['xls'],
  'application/vnd.ms-powerpoint': ['ppt'],
  'application/rtf': ['rtf'],
  'application/zip': ['zip'],
  'audio/mpeg': ['mp3'],
  'audio/wav': ['wav'],
  'audio/flac': ['flac'],
  'audio/ogg': ['ogg', 'oga', 'opus'],
  'audio/mp4': ['m4a', 'mp4'],
  'video/mp4': ['mp4', 'm4v'],
  'video/quicktime': ['mov', 'qt'],
  'video/webm': ['webm'],
  'text/plain': ['txt', 'text', 'log', 'csv', 'md'],
};

/** A name as it can be shown without being read in another order than it is written. */
export function withoutTurns(fileName: string): string {
  return fileName.replaceAll(TURNS, '');
}

/**
 * Under which name a browser may save a file of this type, at most 120 characters: without a folder, without what a system takes
 * for something else, and ending as its bytes are, whatever the sender called it. Never empty.
 */
export function savedName(fileName: string, mediaType: string): string {
  const plain = withoutTurns(fileName)
    .normalize('NFC')
    .replaceAll(/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"/\\|?*%]/gu, '_')
    .replaceAll(/^[\s.]+|[\s.]+$/g, '');
  const endings = ENDINGS[mediaType] ?? ['bin'];
  const dot = plain.lastIndexOf('.');
  const isRight = dot > 0 && endings.includes(plain.slice(dot + 1).toLowerCase());
  const [stem, ending] = isRight ? [plain.slice(0, dot), plain.slice(dot + 1)] : [plain, endings[0]!];
  const first = stem.split('.', 1)[0]!.trim();
  const safe = RESERVED.test(first) ? `_${stem}` : stem || 'file';
  return `${[...safe]
    .slice(0, LONGEST - ending.length - 1)
    .join('')
    .trimEnd()}.${ending}`;
}
