import { broken, HeldBack } from './cleaned';

/** What to do with parts of a document. Names are without prefix; `name` of an attribute is as written. */
export interface XmlEdit {
  /** `blank` keeps the element and empties it. `within` are the elements around it, the nearest last; `start` is where it begins. */
  element?: (
    local: string,
    within: readonly string[],
    attributes: ReadonlyMap<string, string>,
    start: number,
  ) => 'keep' | 'drop' | 'blank';
  /** Told when a blanked element had something in it. */
  emptied?: () => void;
  /** The value to write, escaped as it was read; null takes the attribute out. */
  attribute?: (name: string, value: string, element: string) => string | null;
}

/** What is told of a document while it is read. */
export interface XmlVisit {
  opens?: (tag: Tag, start: number, within: readonly string[]) => void;
  /** `depth` counts the element itself, from 1. */
  closes?: (tag: Tag, start: number, depth: number) => void;
  /** Text and character data as they are meant, escapes undone. */
  text?: (text: string, within: readonly string[]) => void;
  /** Comments, declarations and processing instructions. */
  others?: (start: number, end: number) => void;
}

export interface Tag {
  name: string;
  local: string;
  attributes: Map<string, string>;
  closes: boolean;
  isEmpty: boolean;
  end: number;
}

/** Writers of documents stay far below; deeper ones make readers slow. */
const MOST_NESTED = 1_000;
const NAME = /[^\s<>&"'=/]+/y;
const ATTRIBUTE = /\s+([^\s=<>"'/]+)\s*=\s*("[^"<]*"|'[^'<]*')/y;
const END = /\s*(\/?)>/y;

/**
 * Copies a document, text letter for letter, with the elements and attributes changed as told; comments and processing
 * instructions go. Throws HeldBack BROKEN when it is not well-formed UTF-8, BOMB when it declares entities.
 * Source: XML 1.0 (Fifth Edition).
 */
export function editXml(bytes: Buffer, edit: XmlEdit): Buffer {
  const xml = decoded(bytes);
  const out: string[] = [];
  /** Up to here everything is written or left out. */
  let done = 0;
  /** How deep the element is whose content is left out, 0 for none; and whether its own tags stay. */
  let leftOut = 0;
  let withTags = false;
  const replace = (from: number, to: number, by: string): void => {
    if (leftOut > 0) return;
    out.push(xml.slice(done, from), by);
    done = to;
  };
  walk(xml, {
    opens: (tag, start, within) => {
      if (leftOut > 0) return;
      const verdict = edit.element?.(tag.local, within, tag.attributes, start) ?? 'keep';
      const written = verdict === 'drop' ? '' : rewritten(tag, edit);
      if (written !== null) replace(start, tag.end, written);
      if (verdict === 'keep' || tag.isEmpty) return;
      replace(tag.end, tag.end, '');
      leftOut = within.length + 1;
      withTags = verdict === 'blank';
    },
    closes: (tag, start, depth) => {
      if (leftOut !== depth) return;
      leftOut = 0;
      if (withTags && start > done) edit.emptied?.();
      done = withTags ? start : tag.end;
    },
    others: (start, end) => {
      if (start > 0 || !xml.startsWith('<?xml ')) replace(start, end, '');
    },
  });
  return Buffer.from([...out, xml.slice(done)].join(''));
}

/** Tells what is in a document without changing it. Throws as editXml does. */
export function readXml(bytes: Buffer, visit: XmlVisit): void {
  walk(decoded(bytes), visit);
}

function walk(xml: string, visit: XmlVisit): void {
  const open: string[] = [];
  const within: string[] = [];
  const text = (from: number, to: number, isEscaped: boolean): void => {
    if (visit.text && to > from)
      visit.text(isEscaped ? unescaped(xml.slice(from, to)) : xml.slice(from, to), within);
  };
  let at = 0;
  const other = (start: number, end: number): void => {
    at = end;
    visit.others?.(start, end);
  };
  while (at < xml.length) {
    const start = xml.indexOf('<', at);
    text(at, start < 0 ? xml.length : start, true);
    if (start < 0) break;
    if (xml.startsWith('<!--', start)) other(start, after(xml, '-->', start + 4));
    else if (xml.startsWith('<![CDATA[', start)) {
      at = after(xml, ']]>', start);
      text(start + 9, at - 3, false);
    } else if (xml.startsWith('<?', start)) other(start, after(xml, '?>', start));
    else if (xml.startsWith('<!', start)) {
      const end = after(xml, '>', start);
      if (xml.slice(start, end).includes('[')) throw new HeldBack('BOMB', 'entities of its own');
      other(start, end);
    } else {
      const tag = readTag(xml, start);
      at = tag.end;
      if (tag.closes) {
        visit.closes?.(tag, start, open.length);
        if (open.pop() !== tag.name) throw broken('elements are not nested');
        within.pop();
        continue;
      }
      visit.opens?.(tag, start, within);
      if (tag.isEmpty) continue;
      if (open.push(tag.name) > MOST_NESTED) throw new HeldBack('BOMB', 'elements nested too deep');
      within.push(tag.local);
    }
  }
  if (open.length > 0) throw broken('an element without an end');
}

function readTag(xml: string, start: number): Tag {
  const closes = xml[start + 1] === '/';
  NAME.lastIndex = start + (closes ? 2 : 1);
  const name = NAME.exec(xml)?.[0];
  if (name === undefined) throw broken('an element without a name');
  const attributes = new Map<string, string>();
  let to = NAME.lastIndex;
  ATTRIBUTE.lastIndex = to;
  for (let found = ATTRIBUTE.exec(xml); found; found = ATTRIBUTE.exec(xml)) {
    if (attributes.has(found[1]!)) throw broken('an attribute twice');
    attributes.set(found[1]!, found[2]!.slice(1, -1));
    to = ATTRIBUTE.lastIndex;
  }
  END.lastIndex = to;
  const end = END.exec(xml);
  const isEmpty = end?.[1] === '/';
  if (!end || (closes && (isEmpty || attributes.size > 0))) throw broken('a tag without an end');
  return { name, local: localName(name), attributes, closes, isEmpty, end: END.lastIndex };
}

/** The tag with changed attributes; null when nothing changes in it, so that what is not touched stays byte for byte. */
function rewritten(tag: Tag, edit: XmlEdit): string | null {
  if (!edit.attribute || tag.attributes.size === 0) return null;
  let changed = false;
  const attributes: string[] = [];
  for (const [name, value] of tag.attributes) {
    const written = edit.attribute(name, value, tag.local);
    changed ||= written !== value;
    if (written !== null) attributes.push(` ${name}="${written.replaceAll('"', '&quot;')}"`);
  }
  return changed ? `<${tag.name}${attributes.join('')}${tag.isEmpty ? '/' : ''}>` : null;
}

export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

const ESCAPED = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['amp', '&'],
]);

/** A text as it is meant: references to letters undone (4.1). What is none stays as it stands. */
export function unescaped(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return ESCAPED.get(name as string) ?? whole;
    const code = hex === undefined ? Number(decimal) : parseInt(hex as string, 16);
    return code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
  });
}

/** A text as it can stand in a document. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function after(xml: string, mark: string, from: number): number {
  const at = xml.indexOf(mark, from);
  if (at < 0) throw broken('something opened is not closed');
  return at + mark.length;
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw broken('a text that is not UTF-8');
  }
}
