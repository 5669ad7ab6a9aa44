import { broken, HeldBack } from './cleaned';

/** What to do with parts of a document. Names are without prefix; `name` of an attribute is as written. */
export interface XmlEdit {
  /** `blank` keeps the element and empties it. */
  element?: (
    local: string,
    parent: string,
    attributes: ReadonlyMap<string, string>,
  ) => 'keep' | 'drop' | 'blank';
  /** Told when a blanked element had something in it. */
  emptied?: () => void;
  /** The value to write, escaped as it was read; null takes the attribute out. */
  attribute?: (name: string, value: string, element: string) => string | null;
}

const ATTRIBUTE = /\s+([^\s=<>"'/]+)\s*=\s*("[^"<]*"|'[^'<]*')/y;

/**
 * Copies a document, text letter for letter, with the elements and attributes changed as told; comments and processing
 * instructions go. Throws HeldBack BROKEN when it is not well-formed UTF-8, BOMB when it declares entities.
 * Source: XML 1.0 (Fifth Edition).
 */
export function editXml(bytes: Buffer, edit: XmlEdit): Buffer {
  const xml = decode(bytes);
  const out: string[] = [];
  const open: string[] = [];
  /** How deep the element is whose content is left out, 0 for none; and whether its own tags stay. */
  let leftOut = 0;
  let withTags = false;
  let at = 0;
  const write = (text: string): void => {
    if (leftOut === 0) out.push(text);
    else if (withTags && text !== '') edit.emptied?.();
  };
  while (at < xml.length) {
    const start = xml.indexOf('<', at);
    write(xml.slice(at, start < 0 ? xml.length : start));
    if (start < 0) break;
    const opening = xml.slice(start, start + 9);
    if (opening.startsWith('<!--')) at = after(xml, '-->', start + 4);
    else if (opening === '<![CDATA[') {
      at = after(xml, ']]>', start);
      write(xml.slice(start, at));
    } else if (opening.startsWith('<?')) {
      at = after(xml, '?>', start);
      if (start === 0 && opening.startsWith('<?xml ')) write(xml.slice(start, at));
    } else if (opening.startsWith('<!')) {
      at = after(xml, '>', start);
      if (xml.slice(start, at).includes('[')) throw new HeldBack('BOMB', 'entities of its own');
    } else {
      const tag = readTag(xml, start);
      at = tag.end;
      if (tag.closes) {
        if (open.pop() !== tag.name) throw broken('elements are not nested');
        const isLeftOut = leftOut === open.length + 1;
        if (isLeftOut) leftOut = 0;
        if (!isLeftOut || withTags) write(`</${tag.name}>`);
        continue;
      }
      const local = localName(tag.name);
      const parent = localName(open.at(-1) ?? '');
      const verdict = leftOut > 0 ? 'keep' : (edit.element?.(local, parent, tag.attributes) ?? 'keep');
      if (verdict !== 'drop') write(rewritten(xml.slice(start, at), tag, local, edit));
      if (tag.isEmpty) continue;
      open.push(tag.name);
      if (verdict === 'keep') continue;
      leftOut = open.length;
      withTags = verdict === 'blank';
    }
  }
  if (open.length > 0) throw broken('an element without an end');
  return Buffer.from(out.join(''));
}

interface Tag {
  name: string;
  attributes: Map<string, string>;
  closes: boolean;
  isEmpty: boolean;
  end: number;
}

function readTag(xml: string, start: number): Tag {
  const closes = xml[start + 1] === '/';
  const from = start + (closes ? 2 : 1);
  let to = from;
  while (to < xml.length && !/[\s/>]/.test(xml[to]!)) to += 1;
  const name = xml.slice(from, to);
  if (!/^[^\s<>&"'=]+$/.test(name)) throw broken('an element without a name');
  const attributes = new Map<string, string>();
  ATTRIBUTE.lastIndex = to;
  for (let found = ATTRIBUTE.exec(xml); found; found = ATTRIBUTE.exec(xml)) {
    if (attributes.has(found[1]!)) throw broken('an attribute twice');
    attributes.set(found[1]!, found[2]!.slice(1, -1));
    to = ATTRIBUTE.lastIndex;
  }
  while (to < xml.length && /\s/.test(xml[to]!)) to += 1;
  const isEmpty = xml[to] === '/' && !closes;
  if (xml[to + (isEmpty ? 1 : 0)] !== '>' || (closes && attributes.size > 0))
    throw broken('a tag without an end');
  return { name, attributes, closes, isEmpty, end: to + (isEmpty ? 2 : 1) };
}

/** The tag as it was when nothing changes in it, so that what is not touched stays byte for byte. */
function rewritten(raw: string, tag: Tag, local: string, edit: XmlEdit): string {
  let changed = false;
  const attributes: string[] = [];
  for (const [name, value] of tag.attributes) {
    const written = edit.attribute ? edit.attribute(name, value, local) : value;
    changed ||= written !== value;
    if (written !== null) attributes.push(` ${name}="${written.replaceAll('"', '&quot;')}"`);
  }
  return changed ? `<${tag.name}${attributes.join('')}${tag.isEmpty ? '/' : ''}>` : raw;
}

export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function after(xml: string, mark: string, from: number): number {
  const at = xml.indexOf(mark, from);
  if (at < 0) throw broken('something opened is not closed');
  return at + mark.length;
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw broken('a text that is not UTF-8');
  }
}
