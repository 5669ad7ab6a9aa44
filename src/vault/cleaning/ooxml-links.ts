import { posix } from 'node:path';
import { broken, HeldBack, type RemovedCode } from './cleaned';
import { isClickable } from './web-address';
import { editXml, unescaped, type XmlEdit } from './xml';
import type { ZipFiles } from './zip';

/** Who names kinds of links: ECMA-376 in both of its forms, the package, Microsoft's additions of a year and month. */
const KNOWN_KIND =
  /^http:\/\/(?:schemas\.openxmlformats\.org\/(?:officeDocument|package)\/2006\/relationships|purl\.oclc\.org\/ooxml\/officeDocument\/relationships|schemas\.microsoft\.com\/office\/\d{4}\/(?:\d{2}\/)?relationships)\/(?:metadata\/)?([a-z]+(?:-[a-z]+)*)$/i;

const words = (text: string): string[] => text.trim().split(/\s+/);

/** Links to parts that somebody sees or hears, and to what decides how they look; small letters, without hyphens. */
const KEPT_LINKS = new Set(
  words(`
  officedocument styles theme themeoverride image hyperlink font chart chartex chartstyle chartcolorstyle chartusershapes
  diagramdata diagramlayout diagramquickstyle diagramcolors diagramdrawing audio video media drawing vmldrawing comments
  settings websettings fonttable numbering footnotes endnotes header footer glossarydocument commentsextended
  worksheet chartsheet dialogsheet sharedstrings table tablesinglecells pivottable pivotcachedefinition
  pivotcacherecords sheetmetadata externallink externallinkpath xlpathmissing threadedcomment person slicer slicercache timeline
  timelinecache rdrichvalue rdrichvaluestructure rdrichvaluetypes richvaluerel
  slide slidemaster slidelayout notesslide notesmaster handoutmaster presprops viewprops tablestyles commentauthors authors
`),
);

/** What goes with parts that are known to tell; all other links go too, as data of programs. */
const REMOVED_WITH = new Map<string, RemovedCode>([
  ['coreproperties', 'PROPERTIES'],
  ['extendedproperties', 'PROPERTIES'],
  ['customproperties', 'PROPERTIES'],
  ['classificationlabels', 'PROPERTIES'],
  ['thumbnail', 'THUMBNAIL'],
  ['printersettings', 'PRINTER'],
  ['people', 'AUTHOR'],
  ['documenttasks', 'AUTHOR'],
  ['usernames', 'AUTHOR'],
  ['commentsextensible', 'TIME'],
  ['changesinfo', 'HISTORY'],
  ['revisioninfo', 'HISTORY'],
  ['revisionheaders', 'HISTORY'],
  ['revisionlog', 'HISTORY'],
  ['attachedtemplate', 'LINKS'],
  ['mailmergesource', 'LINKS'],
  ['mailmergeheadersource', 'LINKS'],
  ['recipientdata', 'LINKS'],
  ['origin', 'SIGNATURE'],
]);
const ACTIVE_LINK =
  /\/(vbaProject|wordVbaData|oleObject|package|control|activeXControlBinary|xlMacrosheet|xlIntlMacrosheet|connections|webextension\w*|attachedToolbars)$/i;
/** What it leads to is shown as part of the text, and is of a kind that no cleaner reads. */
const UNREADABLE_LINK = /\/(aFChunk|subDocument)$/i;

const ROOT_LINKS = '_rels/.rels';

/** Names of links of one part: those that lead nowhere any more, and those that lead to the web when somebody clicks. */
export interface LinkIds {
  gone: ReadonlySet<string>;
  clicked: ReadonlySet<string>;
}

export const NO_IDS: LinkIds = { gone: new Set(), clicked: new Set() };

interface Links {
  bytes: Buffer;
  targets: string[];
  ids: LinkIds;
}

export interface Reached {
  /** Names of parts that links lead to from the root, the root ('') included. */
  parts: Set<string>;
  /** Cleaned link parts by name. */
  links: Map<string, Buffer>;
  /** For each part with links. */
  ids: Map<string, LinkIds>;
}

/**
 * Follows the links of a package from its root and takes out those of a kind nobody needs to see the document.
 * Throws HeldBack ACTIVE-CONTENT, NO-CLEANER or BROKEN. Source: ECMA-376 part 2, 6.5.
 */
export function followLinks(parts: ZipFiles, removed: Set<RemovedCode>): Reached {
  const queue = [''];
  const reached: Reached = { parts: new Set(queue), links: new Map(), ids: new Map() };
  for (const source of queue) {
    const name =
      source === ''
        ? ROOT_LINKS
        : posix.join(posix.dirname(source), '_rels', `${posix.basename(source)}.rels`);
    const content = parts.get(name);
    if (!content) continue;
    const { bytes, targets, ids } = cleanLinks(content, source, parts, removed);
    reached.links.set(name, bytes);
    reached.ids.set(source, ids);
    for (const target of targets) {
      if (reached.parts.has(target)) continue;
      reached.parts.add(target);
      queue.push(target);
    }
  }
  if (reached.parts.size < 2) throw broken('a document without parts');
  return reached;
}

function cleanLinks(content: Buffer, source: string, parts: ZipFiles, removed: Set<RemovedCode>): Links {
  const targets: string[] = [];
  const gone = new Set<string>();
  const clicked = new Set<string>();
  const bytes = editXml(content, {
    element: (local, _within, attributes) => {
      if (local !== 'Relationship') return 'keep';
      const drop = (code?: RemovedCode): 'drop' => {
        gone.add(attributes.get('Id') ?? '');
        if (code) removed.add(code);
        return 'drop';
      };
      const type = attributes.get('Type') ?? '';
      if (ACTIVE_LINK.test(type)) throw new HeldBack('ACTIVE-CONTENT', 'a link');
      if (UNREADABLE_LINK.test(type)) throw new HeldBack('NO-CLEANER', 'a document inside a document');
      const kind = (KNOWN_KIND.exec(type)?.[1] ?? '').toLowerCase().replaceAll('-', '');
      if (!KEPT_LINKS.has(kind)) return drop(REMOVED_WITH.get(kind) ?? 'CUSTOM-DATA');
      if (isOutside(attributes)) {
        if (isClicked(attributes)) clicked.add(attributes.get('Id') ?? '');
        return 'keep';
      }
      const target = posix
        .join('/', posix.dirname(source), targetPath(attributes.get('Target') ?? '', source))
        .slice(1);
      if (!parts.has(target)) return drop();
      targets.push(target);
      return 'keep';
    },
  });
  return { bytes: editXml(bytes, outsideLinks(bytes, removed)), targets, ids: { gone, clicked } };
}

/** A path from the root begins with a slash; anything else counts from the folder of the part. */
function targetPath(target: string, source: string): string {
  const path = target.split('#', 1)[0]!;
  return path.startsWith('/') ? posix.relative(posix.join('/', posix.dirname(source)), path) : path;
}

/** Throws HeldBack BROKEN for a link that is neither inside nor outside. */
function isOutside(attributes: ReadonlyMap<string, string>): boolean {
  const mode = unescaped(attributes.get('TargetMode') ?? 'Internal');
  if (mode !== 'External' && mode !== 'Internal') throw broken('a link of no mode');
  return mode === 'External';
}

function isClicked(attributes: ReadonlyMap<string, string>): boolean {
  return (attributes.get('Type') ?? '').endsWith('/hyperlink') && isClickable(attributes.get('Target') ?? '');
}

/** Links out of the document: addresses of the web that somebody may click stay, everything fetched or local goes. */
function outsideLinks(bytes: Buffer, removed: Set<RemovedCode>): XmlEdit {
  const blank = new Set<string>();
  editXml(bytes, {
    element: (_local, _within, attributes) => {
      const target = attributes.get('Target') ?? '';
      const stays = !isOutside(attributes) || isClicked(attributes) || target === 'about:blank';
      if (!stays) blank.add(target);
      return 'keep';
    },
  });
  if (blank.size > 0) removed.add('LINKS');
  return { attribute: (name, value) => (name === 'Target' && blank.has(value) ? 'about:blank' : value) };
}
