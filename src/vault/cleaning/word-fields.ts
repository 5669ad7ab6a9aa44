import { HeldBack } from './cleaned';
import { fileAddressIn } from './file-address';
import { readXml } from './xml';

/** Fields that ask another program or fetch a file when they are opened or refreshed (ECMA-376 part 1, 17.16.5). */
const ACTIVE_FIELDS = 'DDEAUTO DDE LINK INCLUDEPICTURE INCLUDETEXT INCLUDE IMPORT EMBED RD DATABASE CONTROL';
const STARTS_ACTIVE = new RegExp(`^[\\s"']*(${ACTIVE_FIELDS.replaceAll(' ', '|')})(?![a-z])`, 'i');
const HOLDS_ACTIVE = new RegExp(`(?<![a-z])(DDEAUTO|DDE|INCLUDEPICTURE|INCLUDETEXT)(?![a-z])`, 'i');
const HAS_FIELDS = /instrText|InstrText|fldSimple|fldChar/;
const INSTRUCTIONS = new Set(['instrText', 'delInstrText']);
const IN_CODE = new Set(['instrText', 'delInstrText', 't', 'delText']);

interface Field {
  code: string;
  /** The numbers of the elements that its code stands in. */
  elements: number[];
  /** Behind the code stands what the field shows. */
  isResult: boolean;
}

/** Throws HeldBack ACTIVE-CONTENT for the code of a field that fetches something or asks another program. */
export function checkFieldCode(code: string): void {
  if (STARTS_ACTIVE.test(code)) throw new HeldBack('ACTIVE-CONTENT', 'a field');
}

/** Whether an element is one that holds the code of a field, and so counts for `tellingFields`. */
export function isFieldCode(local: string): boolean {
  return INSTRUCTIONS.has(local);
}

/**
 * Puts the codes of a Word part's fields together, which may stand in pieces, and says which elements with code (by their
 * number, from 0) belong to one with the address of a file. Throws HeldBack ACTIVE-CONTENT for fields that fetch something
 * or ask another program, and for those whose kind is itself worked out by a field.
 */
export function tellingFields(part: Buffer): ReadonlySet<number> {
  const telling = new Set<number>();
  if (!HAS_FIELDS.test(part.toString('latin1'))) return telling;
  const stray: Field = { code: '', elements: [], isResult: false };
  const open = [stray];
  let elements = -1;
  const judge = ({ code, elements, isResult }: Field): void => {
    if (isResult) return;
    checkFieldCode(code);
    if (fileAddressIn(code) >= 0) for (const element of elements) telling.add(element);
  };
  const mark = (type: string): void => {
    const top = open.at(-1)!;
    if (type === 'begin') {
      if (top !== stray && !top.isResult && /^\s*(?!=)\S*$/.test(top.code))
        throw new HeldBack('ACTIVE-CONTENT', 'a field of a computed kind');
      open.push({ code: '', elements: [], isResult: false });
    } else if (top !== stray) {
      judge(top);
      top.isResult = true;
      if (type === 'end') open.pop();
    }
  };
  readXml(part, {
    opens: ({ local, attributes }) => {
      if (INSTRUCTIONS.has(local)) elements += 1;
      if (local === 'fldChar')
        mark([...attributes].find(([name]) => name.endsWith('fldCharType'))?.[1] ?? '');
    },
    text: (text, within) => {
      const local = within.at(-1) ?? '';
      const top = open.at(-1)!;
      if (top.isResult || !(top === stray ? INSTRUCTIONS : IN_CODE).has(local)) return;
      top.code += text;
      if (INSTRUCTIONS.has(local)) top.elements.push(elements);
    },
  });
  if (HOLDS_ACTIVE.test(stray.code)) throw new HeldBack('ACTIVE-CONTENT', 'a field');
  for (const field of open) judge(field);
  return telling;
}
