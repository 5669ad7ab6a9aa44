import { HeldBack, type RemovedCode } from './cleaned';
import { fileAddressIn } from './file-address';
import { readXml } from './xml';
import type { XmlMarks } from './xml-marks';

/** Fields that ask another program or fetch a file when they are opened, refreshed or printed (ECMA-376 part 1, 17.16.5). */
const ACTIVE_FIELDS =
  'DDEAUTO DDE LINK INCLUDEPICTURE INCLUDETEXT INCLUDE IMPORT EMBED RD DATABASE CONTROL HTMLACTIVEX HTMLCONTROL PRINT';
const STARTS_ACTIVE = new RegExp(`^[\\s"']*(${ACTIVE_FIELDS.replaceAll(' ', '|')})(?![a-z])`, 'i');
const HOLDS_ACTIVE = new RegExp(`(?<![a-z])(DDEAUTO|DDE|INCLUDEPICTURE|INCLUDETEXT)(?![a-z])`, 'i');
/** Fields that show who works on a document, where it lies or when it was changed (17.16.5). */
const TELLING_FIELDS = new Map<string, RemovedCode>([
  ...'AUTHOR LASTSAVEDBY USERNAME USERINITIALS USERADDRESS'
    .split(' ')
    .map((name): [string, RemovedCode] => [name, 'AUTHOR']),
  ...'FILENAME TEMPLATE'.split(' ').map((name): [string, RemovedCode] => [name, 'LINKS']),
  ...'CREATEDATE SAVEDATE PRINTDATE EDITTIME'.split(' ').map((name): [string, RemovedCode] => [name, 'TIME']),
  ...'DOCPROPERTY DOCVARIABLE INFO'.split(' ').map((name): [string, RemovedCode] => [name, 'PROPERTIES']),
]);
const OF_PEOPLE = /creator|lastModifiedBy|manager|company/i;
const HAS_FIELDS = /instrText|InstrText|fldSimple|fldChar|dataBinding/;
const INSTRUCTIONS = new Set(['instrText', 'delInstrText']);
const IN_CODE = new Set(['instrText', 'delInstrText', 't', 'delText']);
/** Writers of letters stay far below. */
const MOST_NESTED = 100;

interface Field {
  code: string;
  /** Where the elements begin that its code stands in. */
  elements: number[];
  /** Behind the code stands what the field shows. */
  isResult: boolean;
  /** What goes with what it shows. */
  tells: RemovedCode | undefined;
}

/** Throws HeldBack ACTIVE-CONTENT for the code of a field that fetches something or asks another program. */
export function checkFieldCode(code: string): void {
  if (STARTS_ACTIVE.test(code)) throw new HeldBack('ACTIVE-CONTENT', 'a field');
}

/** What a field with this code shows of somebody, undefined for all others. */
export function toldByField(code: string): RemovedCode | undefined {
  return TELLING_FIELDS.get(/^[\s"']*([a-z]+)(?![a-z])/i.exec(code)?.[1]?.toUpperCase() ?? '');
}

/**
 * Puts the codes of a Word part's fields together, which may stand in pieces, and says which elements are emptied: the
 * code of a field with the address of a file, the code and the text of one that shows who works on the document, and what
 * a form shows of the document's properties. Throws HeldBack ACTIVE-CONTENT for fields that fetch something or ask another
 * program, and for those whose kind is itself worked out by a field; BOMB for far too many inside each other.
 */
export function tellingFields(part: Buffer): XmlMarks {
  const marks: XmlMarks = new Map();
  if (!HAS_FIELDS.test(part.toString('latin1'))) return marks;
  const blank = (start: number, code: RemovedCode): unknown => marks.set(start, { verdict: 'blank', code });
  const stray: Field = { code: '', elements: [], isResult: false, tells: undefined };
  const open = [stray];
  /** Elements around that show something of somebody, by their depth. */
  const showing: { depth: number; tells: RemovedCode | undefined }[] = [];
  let current = 0;
  const judge = (field: Field): void => {
    if (field.isResult) return;
    checkFieldCode(field.code);
    field.tells = toldByField(field.code);
    const code = field.tells ?? (fileAddressIn(field.code) >= 0 ? 'LINKS' : undefined);
    if (code) for (const element of field.elements) blank(element, code);
  };
  const mark = (type: string): void => {
    const top = open.at(-1)!;
    if (type === 'begin') {
      if (top !== stray && !top.isResult && /^\s*(?!=)\S*$/.test(top.code))
        throw new HeldBack('ACTIVE-CONTENT', 'a field of a computed kind');
      open.push({ code: '', elements: [], isResult: false, tells: undefined });
      if (open.length > MOST_NESTED) throw new HeldBack('BOMB', 'fields nested too deep');
    } else if (top !== stray) {
      judge(top);
      top.isResult = true;
      if (type === 'end') open.pop();
    }
  };
  readXml(part, {
    opens: ({ local, attributes, isEmpty }, start, within) => {
      if (IN_CODE.has(local)) current = start;
      const named = (wanted: string): string =>
        [...attributes].find(([name]) => name.endsWith(wanted))?.[1] ?? '';
      if (local === 'fldChar') mark(named('fldCharType'));
      else if (local === 'dataBinding' && showing.length > 0 && OF_PEOPLE.test(named('xpath')))
        showing.at(-1)!.tells = 'AUTHOR';
      else if ((local === 'sdt' || local === 'fldSimple') && !isEmpty)
        showing.push({ depth: within.length + 1, tells: toldByField(named('instr')) });
    },
    closes: (_tag, _start, depth) => {
      if (showing.at(-1)?.depth === depth) showing.pop();
    },
    text: (text, within) => {
      const local = within.at(-1) ?? '';
      if (!IN_CODE.has(local)) return;
      const top = open.at(-1)!;
      const told = [...open, ...showing].find(({ tells }) => tells)?.tells;
      if (told) blank(current, told);
      if (top.isResult || !(top === stray ? INSTRUCTIONS : IN_CODE).has(local)) return;
      top.code += text;
      if (INSTRUCTIONS.has(local)) top.elements.push(current);
    },
  });
  if (HOLDS_ACTIVE.test(stray.code)) throw new HeldBack('ACTIVE-CONTENT', 'a field');
  for (const field of open) judge(field);
  return marks;
}
