import { broken, countOf, type RemovedCode, type WorkingCopy } from './cleaned';
import { cleanOdf } from './odf';
import { cleanOoxml, type CleanMedium } from './ooxml';
import { readZipDirectory, unfoldEntry, writeZip, ZipFiles } from './zip';

const OOXML_MAIN = new Map<string, OfficeType>([
  [
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ],
  [
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ],
  [
    'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml',
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  ],
]);
export const OFFICE_TYPES = [
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.presentation',
] as const;
export type OfficeType = (typeof OFFICE_TYPES)[number];

/** Far more than the list of parts of any document. */
const LONGEST_LIST_BYTES = 5_000_000;
/** In all parts together; a workbook of half a million cells has half as many. */
const MOST_TAGS = 4_000_000;
const MOST_ATTRIBUTES = 6_000_000;

/**
 * Which office document a zip archive is, by its own declaration of what is inside; null for macro documents, templates
 * and any other archive. Never throws. Source: ECMA-376 part 2, 7.2.3; OpenDocument 1.3 part 2, 3.3.
 */
export function officeTypeOf(content: Buffer): OfficeType | null {
  try {
    const entries = readZipDirectory(content);
    const first = entries[0];
    const list = entries.find(({ name }) => name === '[Content_Types].xml');
    if (list && entries.some(({ name }) => name === 'mimetype')) return null;
    if (first?.name === 'mimetype' && first.unfoldedBytes < 100) {
      const declared = unfoldEntry(content, first).toString('latin1');
      return OFFICE_TYPES.slice(3).find((type) => type === declared) ?? null;
    }
    if (!list || list.unfoldedBytes > LONGEST_LIST_BYTES) return null;
    const text = unfoldEntry(content, list).toString('latin1');
    const found = [...OOXML_MAIN].filter(([main]) => text.includes(`"${main}"`));
    return found.length === 1 && !/macroEnabled/i.test(text) ? found[0]![1] : null;
  } catch {
    return null; // not a whole archive: not a document
  }
}

/**
 * The same document without properties, authors, times, traces of editing, previews, printer settings and local links,
 * its pictures and recordings cleaned like any other. Always packed to the same bytes.
 * Rejects with HeldBack BOMB, ENCRYPTED, ACTIVE-CONTENT, NO-CLEANER or BROKEN.
 */
export async function cleanOffice(content: Buffer, cleanMedium: CleanMedium): Promise<WorkingCopy> {
  const parts = new Parts(content);
  const removed = new Set<RemovedCode>();
  if (parts.has('[Content_Types].xml') === parts.has('mimetype')) throw broken('no document or two');
  if (parts.has('[Content_Types].xml')) {
    const files = await cleanOoxml(parts, cleanMedium, removed);
    return { content: writeZip(files), removed, turnedBy: 0 };
  }
  const files = await cleanOdf(parts, cleanMedium, removed);
  return { content: writeZip(files, ['mimetype']), removed, turnedBy: 0 };
}

/** Parts of a document, each counted when it is unfolded: throws HeldBack BOMB for more markup than any program writes. */
class Parts extends ZipFiles {
  private readonly countTag = countOf('elements', MOST_TAGS);
  private readonly countAttribute = countOf('attributes', MOST_ATTRIBUTES);

  override get(name: string): Buffer | undefined {
    const content = super.get(name);
    if (!content || !/\.(xml|rels|vml|rdf)$/i.test(name)) return content;
    for (let at = content.indexOf('<'); at >= 0; at = content.indexOf('<', at + 1)) this.countTag();
    for (let at = content.indexOf('='); at >= 0; at = content.indexOf('=', at + 1)) this.countAttribute();
    return content;
  }
}
