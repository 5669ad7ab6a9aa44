import { posix } from 'node:path';
import { broken, HeldBack, type RemovedCode } from './cleaned';
import { isFileAddress } from './file-address';
import { editXml, localName, type XmlEdit } from './xml';

const CONTENT_TYPES = '[Content_Types].xml';
const ROOT_LINKS = '_rels/.rels';
/** Parts that could run or unpack something. */
const ACTIVE_PART =
  /(^|\/)(vbaproject|vbadata|activex|embeddings|oleobject|macrosheets|externallinks\/.*ole|webextensions|connections\.xml)/i;
const ACTIVE_LINK =
  /\/(vbaProject|wordVbaData|oleObject|package|control|activeXControlBinary|xlMacrosheet|xlIntlMacrosheet|connections|webextension\w*|attachedToolbars)$/i;
/** Kinds of links (end of their type) whose parts go, and what goes with them. */
const DROPPED_LINKS: Record<string, RemovedCode> = {
  'core-properties': 'PROPERTIES',
  'extended-properties': 'PROPERTIES',
  'custom-properties': 'PROPERTIES',
  classificationlabels: 'PROPERTIES',
  thumbnail: 'THUMBNAIL',
  printersettings: 'PRINTER',
  customxml: 'CUSTOM-DATA',
  extensibility: 'CUSTOM-DATA',
  keymapcustomizations: 'CUSTOM-DATA',
  people: 'AUTHOR',
  attachedtemplate: 'LINKS',
  mailmergesource: 'LINKS',
  origin: 'SIGNATURE',
};
const DROPPED_ELEMENTS: Record<string, RemovedCode> = {
  rsids: 'HISTORY',
  docId: 'HISTORY',
  revisionPtr: 'HISTORY',
  docVars: 'CUSTOM-DATA',
  dataBinding: 'CUSTOM-DATA',
  mailMerge: 'LINKS',
  attachedTemplate: 'LINKS',
  absPath: 'LINKS',
  printerSettings: 'PRINTER',
};
/** Attributes without a prefix that name people, by element; in WordprocessingML they have one and are found by name. */
const NAMING: Record<string, readonly string[]> = {
  cmAuthor: ['name', 'initials'],
  author: ['name', 'initials', 'userId', 'providerId'],
  person: ['displayName', 'userId', 'providerId'],
  fileSharing: ['userName'],
  header: ['userName'],
  userInfo: ['name'],
};
const TIMES: Record<string, readonly string[]> = {
  cm: ['dt', 'created'],
  reply: ['created'],
  threadedComment: ['dT'],
  header: ['dateTime'],
  userInfo: ['dateTime'],
};
/** Where a time must stand, no time at all. */
const NO_TIME = '2000-01-01T00:00:00';

/** Cleans an embedded picture or recording and adds what it removed; rejects with HeldBack. */
export type CleanMedium = (content: Buffer, removed: Set<RemovedCode>) => Promise<Buffer>;

/**
 * Word, Excel and PowerPoint documents: keeps what links lead to from the root, so that no part stays that nothing
 * needs; texts stay letter for letter. Rejects with HeldBack ACTIVE-CONTENT, NO-CLEANER (a medium without a cleaner)
 * or BROKEN. Source: ECMA-376 part 1 (11–15, 17.13, 18) and part 2 (OPC); [MS-DOCX], [MS-XLSX], [MS-PPTX].
 */
export async function cleanOoxml(
  parts: ReadonlyMap<string, Buffer>,
  cleanMedium: CleanMedium,
  removed: Set<RemovedCode>,
): Promise<Map<string, Buffer>> {
  if ([...parts.keys()].some((name) => ACTIVE_PART.test(name)))
    throw new HeldBack('ACTIVE-CONTENT', 'a part');
  const links = new Map<string, Buffer>();
  const kept = reachableParts(parts, links, removed);
  const files = new Map<string, Buffer>();
  for (const [name, content] of parts) {
    if (name === CONTENT_TYPES) files.set(name, cleanContentTypes(content, kept));
    else if (links.has(name)) files.set(name, links.get(name)!);
    else if (kept.has(name)) files.set(name, await cleanPart(name, content, cleanMedium, removed));
  }
  return files;
}

/** Follows the links; puts cleaned link parts into `links`. */
function reachableParts(
  parts: ReadonlyMap<string, Buffer>,
  links: Map<string, Buffer>,
  removed: Set<RemovedCode>,
): Set<string> {
  const queue = [''];
  const seen = new Set<string>(queue);
  for (const source of queue) {
    const name =
      source === ''
        ? ROOT_LINKS
        : posix.join(posix.dirname(source), '_rels', `${posix.basename(source)}.rels`);
    const content = parts.get(name);
    if (!content) continue;
    const { bytes, targets } = cleanLinks(content, source, parts, removed);
    links.set(name, bytes);
    for (const target of targets) {
      if (seen.has(target)) continue;
      seen.add(target);
      queue.push(target);
    }
  }
  if (seen.size < 2) throw broken('a document without parts');
  return seen;
}

function cleanLinks(
  content: Buffer,
  source: string,
  parts: ReadonlyMap<string, Buffer>,
  removed: Set<RemovedCode>,
): { bytes: Buffer; targets: string[] } {
  const targets: string[] = [];
  const bytes = editXml(content, {
    element: (local, _parent, attributes) => {
      if (local !== 'Relationship') return 'keep';
      const type = attributes.get('Type') ?? '';
      const code = DROPPED_LINKS[type.slice(type.lastIndexOf('/') + 1).toLowerCase()];
      if (code) removed.add(code);
      if (code) return 'drop';
      if (ACTIVE_LINK.test(type)) throw new HeldBack('ACTIVE-CONTENT', 'a link');
      if (attributes.get('TargetMode') === 'External') return 'keep';
      const target = posix
        .join('/', posix.dirname(source), targetPath(attributes.get('Target') ?? '', source))
        .slice(1);
      if (!parts.has(target)) return 'drop';
      targets.push(target);
      return 'keep';
    },
  });
  return { bytes: editXml(bytes, outsideLinks(bytes, removed)), targets };
}

/** A path from the root begins with a slash; anything else counts from the folder of the part. */
function targetPath(target: string, source: string): string {
  const path = target.split('#', 1)[0]!;
  return path.startsWith('/') ? posix.relative(posix.join('/', posix.dirname(source)), path) : path;
}

/** Links out of the document: addresses of the web that somebody may click stay, everything fetched or local goes. */
function outsideLinks(bytes: Buffer, removed: Set<RemovedCode>): XmlEdit {
  const blank = new Set<string>();
  editXml(bytes, {
    element: (_local, _parent, attributes) => {
      const target = attributes.get('Target') ?? '';
      const clicked =
        attributes.get('Type')?.endsWith('/hyperlink') && /^(https?|mailto|tel|ftp):/i.test(target);
      if (attributes.get('TargetMode') === 'External' && !clicked && target !== 'about:blank')
        blank.add(target);
      return 'keep';
    },
  });
  if (blank.size > 0) removed.add('LINKS');
  return { attribute: (name, value) => (name === 'Target' && blank.has(value) ? 'about:blank' : value) };
}

function cleanContentTypes(content: Buffer, kept: ReadonlySet<string>): Buffer {
  return editXml(content, {
    element: (local, _parent, attributes) =>
      local === 'Override' && !kept.has((attributes.get('PartName') ?? '').slice(1)) ? 'drop' : 'keep',
  });
}

async function cleanPart(
  name: string,
  content: Buffer,
  cleanMedium: CleanMedium,
  removed: Set<RemovedCode>,
): Promise<Buffer> {
  if (/\.(xml|vml)$/i.test(name)) return editXml(content, partEdit(name, removed));
  if (/\/fonts\/[^/]+\.(odttf|fntdata|ttf)$/i.test(name)) return content;
  return cleanMedium(content, removed);
}

function partEdit(name: string, removed: Set<RemovedCode>): XmlEdit {
  const isWorkbook = name.startsWith('xl/');
  const tell = <T>(code: RemovedCode, value: T): T => {
    removed.add(code);
    return value;
  };
  return {
    element: (local, parent) => {
      if (local === 'ddeLink' || local === 'oleLink')
        throw new HeldBack('ACTIVE-CONTENT', `an element ${local}`);
      if (isWorkbook && local === 'author' && parent === 'authors') return 'blank';
      return DROPPED_ELEMENTS[local] ? tell(DROPPED_ELEMENTS[local], 'drop') : 'keep';
    },
    emptied: () => removed.add('AUTHOR'),
    attribute: (attribute, value, element) => {
      const local = localName(attribute);
      const prefixed = local !== attribute;
      if (prefixed && local.startsWith('rsid')) return tell('HISTORY', null);
      if (prefixed && (local === 'date' || local === 'dateUtc')) return tell('TIME', null);
      if (prefixed && local === 'initials') return tell('AUTHOR', null);
      if (element === 'pageSetup' && prefixed && local === 'id') return tell('PRINTER', null);
      const naming = (prefixed && local === 'author') || NAMING[element]?.includes(attribute);
      if (naming && value !== '') return tell('AUTHOR', '');
      if (TIMES[element]?.includes(attribute) && value !== NO_TIME) return tell('TIME', NO_TIME);
      return isFileAddress(value) ? tell('LINKS', '') : value;
    },
  };
}
