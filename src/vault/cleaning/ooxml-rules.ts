import { HeldBack, type RemovedCode } from './cleaned';
import { fileAddressIn } from './file-address';
import { callsOut } from './formulas';
import type { LinkIds } from './ooxml-links';
import { isClickable, leadsOutside } from './web-address';
import { checkFieldCode, toldByField } from './word-fields';
import { escaped, localName, unescaped, type XmlEdit } from './xml';
import type { XmlMarks } from './xml-marks';

const DROPPED_ELEMENTS = new Map<string, RemovedCode>([
  ['rsids', 'HISTORY'],
  ['docId', 'HISTORY'],
  ['creationId', 'HISTORY'],
  ['revisionPtr', 'HISTORY'],
  ['docVars', 'CUSTOM-DATA'],
  ['dataBinding', 'CUSTOM-DATA'],
  ['custDataLst', 'CUSTOM-DATA'],
  ['customProperties', 'CUSTOM-DATA'],
  ['customWorkbookViews', 'AUTHOR'],
  ['customSheetViews', 'AUTHOR'],
  ['reactions', 'AUTHOR'],
  ['mailMerge', 'LINKS'],
  ['attachedTemplate', 'LINKS'],
  ['absPath', 'LINKS'],
  ['attachedSchema', 'LINKS'],
  ['schemaLibrary', 'LINKS'],
  ['smartTagType', 'LINKS'],
  ['saveThroughXslt', 'LINKS'],
  ['webPublishItems', 'LINKS'],
  ['webPublishing', 'LINKS'],
  ['webVideoPr', 'LINKS'],
  // What happens when a pointer only passes by, and macros of a shape.
  ['hlinkHover', 'LINKS'],
  ['hlinkMouseOver', 'LINKS'],
  ['FmlaMacro', 'CUSTOM-DATA'],
  ['FmlaPict', 'CUSTOM-DATA'],
  ['DDE', 'CUSTOM-DATA'],
  ['printerSettings', 'PRINTER'],
]);

/** Attributes that name people wherever they stand, in small letters. */
const NAMING = new Set(
  'author user username userid displayname providerid userprovider initials owner ed lastmodifiedby createdby modifiedby refreshedby savedby editedby'.split(
    ' ',
  ),
);
/** Attributes that name people only on some elements: elsewhere they name sheets, styles and shapes. */
const NAMING_ON = new Map<string, readonly string[]>([
  ['cmAuthor', ['name']],
  ['author', ['name']],
  ['userInfo', ['name']],
  ['chgData', ['name']],
  ['scenario', ['comment']],
]);
/** Attributes that tell when somebody worked, in small letters. */
const TIMING = new Set(
  'date dateutc datetime dt created modified lastmodified refresheddate refresheddateiso'.split(' '),
);
/** Those of them that are no date in writing, and need not stand at all. */
const NUMBERED_TIMES = new Set(['refresheddate', 'refresheddateiso']);
/** Some attributes of the same names only switch something on. */
const SWITCH = /^(0|1|true|false|on|off)?$/;
/** Where a time must stand, no time at all. */
const NO_TIME = '2000-01-01T00:00:00';
/** Attributes that a document is valid without. */
const OPTIONAL = new Set(['ed', 'initials']);

/** Elements that do something with a link only when somebody clicks. */
const CLICKED = new Set(['hyperlink', 'hlinkClick']);
/** Attributes with a formula beside those that stand in elements; one of a rule for colours only when it says so. */
const WITH_FORMULA = new Set(['formula', 'textlink']);
/** What PowerPoint may do at a click: show another place; anything else starts a program, a macro or an object. */
const QUIET_ACTION =
  /^(ppaction:\/\/(noaction|hlinkshowjump|hlinksldjump|hlinkpres|hlinkfile|customshow|media)\b.*)?$/i;

/**
 * What changes in one part of a Word, Excel or PowerPoint document. `name` is its path, `ids` the names of its links,
 * `marks` what goes because of a field or a formula.
 * The edit throws HeldBack ACTIVE-CONTENT for what asks another program or fetches something.
 */
export function ooxmlEdit(
  name: string,
  ids: LinkIds,
  marks: Readonly<XmlMarks>,
  removed: Set<RemovedCode>,
): XmlEdit {
  const isWorkbook = name.startsWith('xl/');
  const losesFormulas = [...marks.values()].some(({ verdict }) => verdict === 'drop');
  let emptied: RemovedCode = 'AUTHOR';
  const tell = <T>(code: RemovedCode, value: T): T => {
    removed.add(code);
    return value;
  };
  return {
    element: (local, within, attributes, start) => {
      if (local === 'ddeLink' || local === 'oleLink')
        throw new HeldBack('ACTIVE-CONTENT', `an element ${local}`);
      const mark = marks.get(start);
      emptied = mark?.code ?? 'AUTHOR';
      if (mark) return mark.verdict === 'drop' ? tell(mark.code, 'drop') : 'blank';
      if (isWorkbook && local === 'author' && within.at(-1) === 'authors') return 'blank';
      if (local !== 'pageSetup' && namesOneOf(ids.gone, attributes)) return 'drop';
      const code = DROPPED_ELEMENTS.get(local);
      if (code) return tell(code, 'drop');
      if (!CLICKED.has(local) && namesOneOf(ids.clicked, attributes))
        throw new HeldBack('ACTIVE-CONTENT', 'a link that nobody clicks');
      return 'keep';
    },
    emptied: () => removed.add(emptied),
    attribute: (attribute, value, element) => {
      const local = localName(attribute);
      const isPrefixed = local !== attribute;
      const small = local.toLowerCase();
      if (small.startsWith('rsid') || isNumberOfCopy(local, isPrefixed, value, element))
        return tell('HISTORY', null);
      // What says that a formula fills several cells is worth nothing without one.
      if (losesFormulas && element === 'c' && local === 'cm') return null;
      if (TIMING.has(small) && !SWITCH.test(value)) {
        if (isPrefixed || NUMBERED_TIMES.has(small)) return tell('TIME', null);
        return value === NO_TIME ? value : tell('TIME', NO_TIME);
      }
      if (element === 'pageSetup' && isPrefixed && local === 'id') return tell('PRINTER', null);
      if (isNaming(small, local, element)) {
        if (isPrefixed && OPTIONAL.has(small)) return tell('AUTHOR', null);
        return value === '' ? value : tell('AUTHOR', '');
      }
      const meant = unescaped(value);
      if (element === 'fldSimple' && local === 'instr') {
        checkFieldCode(meant);
        const told = toldByField(meant);
        if (told) return tell(told, '');
      }
      checkQuiet(local, meant, element);
      if (small === 'macro' && meant !== '') return tell('CUSTOM-DATA', '');
      if (isFetched(small, meant)) return tell('LINKS', 'about:blank');
      const address = fileAddressIn(meant);
      if (address < 0) return value;
      return tell('LINKS', element === 'fldSimple' ? '' : escaped(meant.slice(0, address).trimEnd()));
    },
  };
}

/** The name of an Excel table is called displayName too, and formulas use it. */
function isNaming(small: string, local: string, element: string): boolean {
  if (small === 'displayname' && element === 'table') return false;
  return NAMING.has(small) || (NAMING_ON.get(element)?.includes(local) ?? false);
}

/** Whether an element says by an attribute with a prefix that it belongs to one of the links. */
function namesOneOf(ids: ReadonlySet<string>, attributes: ReadonlyMap<string, string>): boolean {
  if (ids.size === 0) return false;
  for (const [name, value] of attributes) if (name.includes(':') && ids.has(value)) return true;
  return false;
}

/** Numbers that programs give to documents and what stands in them: copies of the same file share them. */
function isNumberOfCopy(local: string, isPrefixed: boolean, value: string, element: string): boolean {
  if (local === 'uid') return isPrefixed && /^\{[0-9a-f-]{36}\}$/i.test(value);
  return local === 'codeName' && element === 'fileVersion';
}

/** Drawings of the older kind name files themselves; what is clicked may lead to the web. */
function isFetched(small: string, meant: string): boolean {
  return (
    (small === 'src' || small === 'href') && leadsOutside(meant) && !(small === 'href' && isClickable(meant))
  );
}

function checkQuiet(local: string, meant: string, element: string): void {
  const isFormula = WITH_FORMULA.has(local) || (element === 'cfvo' && local === 'val');
  if (isFormula && callsOut(meant)) throw new HeldBack('ACTIVE-CONTENT', 'a formula');
  if (local === 'action' && element.startsWith('hlink') && !QUIET_ACTION.test(meant))
    throw new HeldBack('ACTIVE-CONTENT', 'an action');
}
