import { HeldBack, type RemovedCode } from './cleaned';
import type { CleanMedium } from './ooxml';
import { isFileAddress } from './file-address';
import { editXml, localName, type XmlEdit } from './xml';

const MANIFEST = 'META-INF/manifest.xml';
const DROPPED_PARTS: readonly (readonly [RegExp, RemovedCode])[] = [
  [/(^|\/)meta\.xml$/, 'PROPERTIES'],
  [/^manifest\.rdf$/, 'CUSTOM-DATA'],
  [/(^|\/)(Thumbnails|ObjectReplacements)\//, 'THUMBNAIL'],
  [/(^|\/)Configurations2\//, 'CUSTOM-DATA'],
  [/^META-INF\/.*signatures/i, 'SIGNATURE'],
  [/^(Versions\/|VersionList\.xml$)/, 'HISTORY'],
  [/(^|\/)layout-cache$/, 'CUSTOM-DATA'],
];
const ACTIVE_PART = /^(Basic|Scripts|Dialogs)\//i;
const ACTIVE_ELEMENTS = new Set(
  'script event-listener object-ole applet plugin floating-frame dde-source dde-connection-decl'.split(' '),
);
/** Who and when, in comments and tracked changes; elsewhere the same names are text that readers see. */
const IN_REMARKS: Record<string, RemovedCode> = {
  creator: 'AUTHOR',
  'creator-initials': 'AUTHOR',
  'sender-initials': 'AUTHOR',
  date: 'TIME',
  'date-string': 'TIME',
};
const REMARKS = new Set(['annotation', 'change-info']);
const TELLING_SETTINGS: Record<string, RemovedCode> = {
  PrinterName: 'PRINTER',
  PrinterSetup: 'PRINTER',
  PrinterPaperFromSetup: 'PRINTER',
  PrintFaxName: 'PRINTER',
  Rsid: 'HISTORY',
  RsidRoot: 'HISTORY',
  CurrentDatabaseDataSource: 'LINKS',
  CurrentDatabaseCommand: 'LINKS',
};

/**
 * Text, spreadsheet and presentation documents of OpenDocument: keeps what the manifest lists and a reader needs; texts
 * stay letter for letter. Rejects with HeldBack ENCRYPTED, ACTIVE-CONTENT, NO-CLEANER or BROKEN.
 * Source: OpenDocument 1.3 part 2 (packages) and part 3 (4.3 metadata, 5.5 tracked changes, 14.1 annotations).
 */
export async function cleanOdf(
  parts: ReadonlyMap<string, Buffer>,
  cleanMedium: CleanMedium,
  removed: Set<RemovedCode>,
): Promise<Map<string, Buffer>> {
  const manifest = parts.get(MANIFEST);
  if (!manifest) throw new HeldBack('BROKEN', 'a document without a manifest');
  const listed = listedParts(manifest);
  const files = new Map<string, Buffer>();
  for (const [name, content] of parts) {
    if (ACTIVE_PART.test(name)) throw new HeldBack('ACTIVE-CONTENT', 'a part');
    const dropped = DROPPED_PARTS.find(([pattern]) => pattern.test(name));
    if (dropped || !(listed.has(name) || name === 'mimetype' || name === MANIFEST))
      removed.add(dropped?.[1] ?? 'CUSTOM-DATA');
    else if (name === 'mimetype' || name === MANIFEST) files.set(name, content);
    else if (name.endsWith('.xml')) files.set(name, editXml(content, partEdit(removed)));
    else if (/(^|\/)Fonts\/[^/]+\.(ttf|otf)$/i.test(name)) files.set(name, content);
    else files.set(name, await cleanMedium(content, removed));
  }
  return files.set(MANIFEST, cleanManifest(manifest, files));
}

function listedParts(manifest: Buffer): Set<string> {
  const listed = new Set<string>();
  editXml(manifest, {
    element: (local, _parent, attributes) => {
      if (local === 'encryption-data') throw new HeldBack('ENCRYPTED', 'a document');
      listed.add(fullPath(attributes));
      return 'keep';
    },
  });
  return listed;
}

function cleanManifest(manifest: Buffer, files: ReadonlyMap<string, Buffer>): Buffer {
  const folders = new Set(['/']);
  for (const name of files.keys())
    for (let end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1))
      folders.add(name.slice(0, end + 1));
  return editXml(manifest, {
    element: (local, _parent, attributes) => {
      if (local !== 'file-entry') return 'keep';
      const path = fullPath(attributes);
      return files.has(path) || folders.has(path) ? 'keep' : 'drop';
    },
  });
}

/** Names of entries are escaped in the manifest as any XML is. */
function fullPath(attributes: ReadonlyMap<string, string>): string {
  const [, value] = [...attributes].find(([name]) => localName(name) === 'full-path') ?? ['', ''];
  const plain = value
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'");
  return plain.replaceAll('&amp;', '&');
}

function partEdit(removed: Set<RemovedCode>): XmlEdit {
  const tell = <T>(code: RemovedCode, value: T): T => {
    removed.add(code);
    return value;
  };
  return {
    element: (local, parent, attributes) => {
      if (ACTIVE_ELEMENTS.has(local)) throw new HeldBack('ACTIVE-CONTENT', `an element ${local}`);
      if (local === 'binary-data') throw new HeldBack('NO-CLEANER', 'a medium written as text');
      if (REMARKS.has(parent) && IN_REMARKS[local]) return tell(IN_REMARKS[local], 'drop');
      const setting =
        local === 'config-item' ? TELLING_SETTINGS[attributes.get('config:name') ?? ''] : undefined;
      return setting ? tell(setting, 'drop') : 'keep';
    },
    attribute: (name, value, element) => {
      const local = localName(name);
      if (/rsid$/.test(local)) return tell('HISTORY', null);
      const outside = local === 'href' && element !== 'a' && /^([a-z][a-z0-9+.-]*:|\/|\.\.\/)/i.test(value);
      return isFileAddress(value) || (outside && value !== 'about:blank')
        ? tell('LINKS', 'about:blank')
        : value;
    },
  };
}
