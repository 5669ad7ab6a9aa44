import { broken } from './cleaned';
import type { PdfFile, PdfObject } from './pdf-file';
import { isLayer } from './pdf-rules';
import { PdfRef, writeValue, type PdfDict, type PdfValue } from './pdf-values';

/** A value and all that stands directly in it; a value is handed out before its own are looked up, so it may change. */
export function* valuesIn(value: PdfValue): Generator<PdfValue> {
  const queue = [value];
  for (const one of queue) {
    yield one;
    const inside = one instanceof Map ? one.values() : Array.isArray(one) ? one : [];
    for (const child of inside) queue.push(child);
  }
}

/** The pages that are still in the document: others may only hang on a bookmark or a tag. */
export function pagesOf(file: PdfFile): Set<number> {
  const root = file.resolve(file.root);
  if (!(root instanceof Map)) throw broken('no root');
  const seen = new Set<number>();
  const queue = [root.get('Pages')];
  for (const node of queue) {
    if (!(node instanceof PdfRef) || seen.has(node.number)) continue;
    seen.add(node.number);
    const value = file.resolve(node);
    const kids = value instanceof Map ? file.resolve(value.get('Kids')) : undefined;
    if (Array.isArray(kids)) for (const kid of kids) queue.push(kid);
  }
  if (seen.size < 2) throw broken('no pages');
  return seen;
}

/**
 * A file of the objects that the root leads to, counted and written in the order in which they are met. `nameLayer` sees each layer with
 * its number before it is written.
 */
export function writePdf(
  root: PdfRef,
  objects: ReadonlyMap<number, PdfObject>,
  nameLayer: (layer: PdfDict, number: number) => void = () => undefined,
): Buffer {
  let layers = 0;
  const numbers = new Map<number, number>();
  const order: PdfObject[] = [];
  const reach = ({ number }: PdfRef): void => {
    const object = objects.get(number);
    if (!object || numbers.has(number)) return;
    order.push(object);
    numbers.set(number, order.length);
  };
  reach(root);
  const pieces: Buffer[] = [];
  for (const { value, stream } of order) {
    for (const one of valuesIn(value))
      if (one instanceof PdfRef) reach(one);
      else if (one instanceof Map && isLayer(one)) nameLayer(one, (layers += 1));
    const text = writeValue(value, (ref) => numbers.get(ref.number) ?? 0);
    const data = stream ? [Buffer.from('\nstream\n'), stream, Buffer.from('\nendstream')] : [];
    const head = Buffer.from(`${pieces.length + 1} 0 obj\n`);
    pieces.push(Buffer.concat([head, text, ...data, Buffer.from('\nendobj\n')]));
  }
  return assemble(pieces);
}

function assemble(written: readonly Buffer[]): Buffer {
  const head = Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1');
  let at = head.length;
  const entries = written.map(({ length }) => {
    at += length;
    return `${String(at - length).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 ${written.length + 1}\n0000000000 65535 f \n${entries.join('')}`;
  const trailer = `trailer\n<</Size ${written.length + 1}\n/Root 1 0 R\n>>\nstartxref\n${at}\n%%EOF\n`;
  return Buffer.concat([head, ...written, Buffer.from(table + trailer)]);
}
