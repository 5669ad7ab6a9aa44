import { HeldBack, type RemovedCode } from './cleaned';
import type { CleanMedium } from './ooxml';
import { fileAddressIn } from './file-address';
import { callsOut, tellsOfFile } from './formulas';
import { isClickable, leadsOutside } from './web-address';
import { editXml, escaped, localName, unescaped, type XmlEdit } from './xml';
import type { ZipFiles } from './zip';

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
/** In front of a formula stands which language it is written in. */
const LANGUAGE = /^\s*[a-z]+:(?=[=a-z(])/i;
const ACTIVE_PART = /^(Basic|Scripts|Dialogs)\//i;
const ACTIVE_ELEMENTS = new Set(
  'script event-listener object-ole applet plugin floating-frame dde-source dde-connection-decl submission connection-resource database-source-sql database-source-table database-source-query'.split(
    ' ',
  ),
);
/** Fields that show who works on a document, where it lies or when it was changed (part 3, 7.3 and 7.5). */
const TELLING_FIELDS = new Map<string, RemovedCode>([
  ...'author-name author-initials creator initial-creator printed-by sender-firstname sender-lastname sender-initials sender-title sender-position sender-email sender-phone-private sender-fax sender-company sender-phone-work sender-street sender-city sender-postal-code sender-country sender-state-or-province'
    .split(' ')
    .map((name): [string, RemovedCode] => [name, 'AUTHOR']),
  ...'creation-date creation-time modification-date modification-time print-date print-time editing-duration'
    .split(' ')
    .map((name): [string, RemovedCode] => [name, 'TIME']),
  ['file-name', 'LINKS'],
  ['template-name', 'LINKS'],
  ['editing-cycles', 'HISTORY'],
  ['user-defined', 'PROPERTIES'],
]);
/** Who and when, in comments and tracked changes; elsewhere the same names are text that readers see. */
const IN_REMARKS = new Map<string, RemovedCode>([
  ['creator', 'AUTHOR'],
  ['creator-initials', 'AUTHOR'],
  ['sender-initials', 'AUTHOR'],
  ['date', 'TIME'],
  ['date-string', 'TIME'],
]);
const REMARKS = new Set(['annotation', 'change-info']);
/** A remark and its end find each other by a name, which some programs make of times or people. */
const ENDS_OF_REMARKS = new Set(['annotation', 'annotation-end']);
/** How OpenOffice 1 wrote the same. */
const TELLING_ATTRIBUTES = new Map<string, RemovedCode>([
  ['author', 'AUTHOR'],
  ['creator', 'AUTHOR'],
  ['user-name', 'AUTHOR'],
  ['create-date', 'TIME'],
  ['create-date-string', 'TIME'],
  ['datasource', 'LINKS'],
  ['database-name', 'LINKS'],
]);
const TELLING_SETTINGS = new Map<string, RemovedCode>([
  ['PrinterName', 'PRINTER'],
  ['PrinterSetup', 'PRINTER'],
  ['PrinterPaperFromSetup', 'PRINTER'],
  ['PrintFaxName', 'PRINTER'],
  ['Rsid', 'HISTORY'],
  ['RsidRoot', 'HISTORY'],
  ['CurrentDatabaseDataSource', 'LINKS'],
  ['CurrentDatabaseCommand', 'LINKS'],
]);
/** Settings in words that say how a document is laid out and where it opens; other words and bytes go. */
const KEPT_WORDS = new Set(['ViewId', 'ActiveTable', 'PrinterIndependentLayout']);

/**
 * Text, spreadsheet and presentation documents of OpenDocument: keeps what the manifest lists and a reader needs; texts
 * stay letter for letter. Rejects with HeldBack ENCRYPTED, ACTIVE-CONTENT, NO-CLEANER or BROKEN.
 * Source: OpenDocument 1.3 part 2 (packages) and part 3 (4.3 metadata, 5.5 tracked changes, 14.1 annotations).
 */
export async function cleanOdf(
  parts: ZipFiles,
  cleanMedium: CleanMedium,
  removed: Set<RemovedCode>,
): Promise<Map<string, Buffer>> {
  const manifest = parts.get(MANIFEST);
  if (!manifest) throw new HeldBack('BROKEN', 'a document without a manifest');
  const listed = listedParts(manifest);
  const files = new Map<string, Buffer>();
  for (const name of parts.names()) {
    if (ACTIVE_PART.test(name)) throw new HeldBack('ACTIVE-CONTENT', 'a part');
    const dropped = DROPPED_PARTS.find(([pattern]) => pattern.test(name));
    if (dropped || !(listed.has(name) || name === 'mimetype' || name === MANIFEST))
      removed.add(dropped?.[1] ?? 'CUSTOM-DATA');
    else if (name === MANIFEST) files.set(name, manifest);
    else files.set(name, await cleanPart(name, parts.get(name)!, cleanMedium, removed));
  }
  return files.set(MANIFEST, cleanManifest(manifest, files));
}

async function cleanPart(
  name: string,
  content: Buffer,
  cleanMedium: CleanMedium,
  removed: Set<RemovedCode>,
): Promise<Buffer> {
  if (name === 'mimetype' || /(^|\/)Fonts\/[^/]+\.(ttf|otf)$/i.test(name)) return content;
  return name.endsWith('.xml') ? editXml(content, partEdit(removed)) : cleanMedium(content, removed);
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
  return unescaped(attributeNamed('full-path', attributes));
}

function attributeNamed(wanted: string, attributes: ReadonlyMap<string, string>): string {
  for (const [name, value] of attributes) if (localName(name) === wanted) return value;
  return '';
}

function partEdit(removed: Set<RemovedCode>): XmlEdit {
  const tell = <T>(code: RemovedCode, value: T): T => {
    removed.add(code);
    return value;
  };
  const remarks = new Map<string, string>();
  return {
    element: (local, within, attributes) => {
      if (ACTIVE_ELEMENTS.has(local)) throw new HeldBack('ACTIVE-CONTENT', `an element ${local}`);
      if (local === 'binary-data') throw new HeldBack('NO-CLEANER', 'a medium written as text');
      const remark = IN_REMARKS.get(local);
      if (remark && within.some((outer) => REMARKS.has(outer))) return tell(remark, 'drop');
      const field = TELLING_FIELDS.get(local);
      if (field) return tell(field, 'drop');
      if (isCell(local) && tellsOfFile(unescaped(attributeNamed('formula', attributes)))) return 'blank';
      const setting = local === 'config-item' && tellingSetting(attributes);
      return setting ? tell(setting, 'drop') : 'keep';
    },
    emptied: () => removed.add('LINKS'),
    attribute: (name, value, element) => {
      const local = localName(name);
      if (/rsid$/.test(local)) return tell('HISTORY', null);
      if (local === 'name' && ENDS_OF_REMARKS.has(element)) {
        const counted = remarks.get(value) ?? `remark${remarks.size + 1}`;
        remarks.set(value, counted);
        return counted === value ? value : tell('CUSTOM-DATA', counted);
      }
      const telling = TELLING_ATTRIBUTES.get(local);
      if (telling) return tell(telling, null);
      const meant = unescaped(value);
      const address = fileAddressIn(meant);
      if (isFormula(local, meant, element) && (address >= 0 || callsOut(meant.replace(LANGUAGE, '')))) {
        if (isCell(element)) return tell('LINKS', null);
        throw new HeldBack('ACTIVE-CONTENT', 'a formula');
      }
      const outside =
        (local === 'href' || local === 'src') &&
        (element === 'a' ? !/^(#|$)/.test(meant) && !isClickable(meant) : leadsOutside(meant));
      if (address === 0 || (outside && meant !== 'about:blank')) return tell('LINKS', 'about:blank');
      return address > 0 ? tell('LINKS', escaped(meant.slice(0, address).trimEnd())) : value;
    },
  };
}

function isCell(element: string): boolean {
  return element === 'table-cell' || element === 'covered-table-cell';
}

/** Formulas of cells, of names and of what is compared; those of drawings and of text only calculate (part 3, 19.171). */
function isFormula(local: string, meant: string, element: string): boolean {
  if (local === 'formula') return isCell(element);
  if (local === 'condition') return !meant.startsWith('ooow:');
  return local === 'expression' || (local === 'value' && element === 'condition');
}

function tellingSetting(attributes: ReadonlyMap<string, string>): RemovedCode | undefined {
  const name = attributeNamed('name', attributes);
  const isWords = ['string', 'base64Binary'].includes(attributeNamed('type', attributes));
  return TELLING_SETTINGS.get(name) ?? (isWords && !KEPT_WORDS.has(name) ? 'CUSTOM-DATA' : undefined);
}
