import { HeldBack, type RemovedCode } from './cleaned';
import { fileAddressIn } from './file-address';
import { checkFieldCode, isFieldCode } from './word-fields';
import { escaped, localName, unescaped, type XmlEdit } from './xml';

const DROPPED_ELEMENTS = new Map<string, RemovedCode>([
  ['rsids', 'HISTORY'],
  ['docId', 'HISTORY'],
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

/**
 * What changes in one part of a Word, Excel or PowerPoint document. `name` is its path, `gone` the names of links that it
 * lost, `telling` the numbers of elements with the code of fields that hold somebody's address of a file.
 * The edit throws HeldBack ACTIVE-CONTENT for what asks another program.
 */
export function ooxmlEdit(
  name: string,
  gone: ReadonlySet<string>,
  telling: ReadonlySet<number>,
  removed: Set<RemovedCode>,
): XmlEdit {
  const isWorkbook = name.startsWith('xl/');
  let fieldCodes = -1;
  const tell = <T>(code: RemovedCode, value: T): T => {
    removed.add(code);
    return value;
  };
  return {
    element: (local, within, attributes) => {
      if (local === 'ddeLink' || local === 'oleLink')
        throw new HeldBack('ACTIVE-CONTENT', `an element ${local}`);
      if (isFieldCode(local) && telling.has((fieldCodes += 1))) return tell('LINKS', 'blank');
      if (isWorkbook && local === 'author' && within.at(-1) === 'authors') return 'blank';
      if (leadsNowhere(local, attributes, gone)) return 'drop';
      const code = DROPPED_ELEMENTS.get(local);
      return code ? tell(code, 'drop') : 'keep';
    },
    emptied: () => removed.add('AUTHOR'),
    attribute: (attribute, value, element) => {
      const local = localName(attribute);
      const isPrefixed = local !== attribute;
      const small = local.toLowerCase();
      if (small.startsWith('rsid')) return tell('HISTORY', null);
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
      if (element === 'fldSimple' && local === 'instr') checkFieldCode(meant);
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

/** Whether an element is there only for a part that is gone; what a page is printed with may stay without it. */
function leadsNowhere(
  local: string,
  attributes: ReadonlyMap<string, string>,
  gone: ReadonlySet<string>,
): boolean {
  if (gone.size === 0 || local === 'pageSetup') return false;
  for (const [name, value] of attributes) if (name.includes(':') && gone.has(value)) return true;
  return false;
}
