import { deflateSync, inflateSync } from 'node:zlib';
import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFRawStream,
  PDFStream,
} from 'pdf-lib';
import sharp from 'sharp';
import { clean } from '../../../src/vault/cleaning/clean';
import { mark } from '../../../src/vault/cleaning/mark';
import { markedCopy } from '../../../src/vault/cleaning/marked-copy';
import type { MediaType } from '../../../src/vault/cleaning/media-type';
import { pdf } from './documents';

const MARK = 'Guest 3, RD-7K3F-9QXM, 2026-11-24';

async function workingCopy(content: Buffer, mediaType: MediaType): Promise<Buffer> {
  const cleaned = await clean(content, mediaType);
  if (cleaned.kind === 'held') throw new Error(`held back: ${cleaned.why}`);
  return cleaned.content;
}

/** What is drawn on each page, its streams one after the other. */
async function drawn(content: Buffer): Promise<string[]> {
  const document = await PDFDocument.load(content, { updateMetadata: false });
  return document.getPages().map(({ node }) => {
    const contents = node.Contents();
    const streams = contents instanceof PDFArray ? contents.asArray() : contents ? [contents] : [];
    return streams
      .map((each) => document.context.lookup(each, PDFStream) as PDFRawStream)
      .map((each) => Buffer.from(decodePDFRawStream(each).decode()).toString('latin1'))
      .join('\n');
  });
}

async function manyPages(): Promise<Buffer> {
  const document = await PDFDocument.load(await pdf());
  document.addPage([842, 595]).setRotation({ type: 'degrees' as never, angle: 90 });
  document.addPage([60, 4000]);
  const [copy] = await document.copyPages(document, [0]);
  document.addPage(copy);
  return Buffer.from(await document.save());
}

describe('a mark in the bytes of a copy', () => {
  it('stands on every page of a PDF above what is there, and names each as often as the page is large', async () => {
    const content = await workingCopy(await manyPages(), 'application/pdf');
    const marked = markedCopy({ content, mediaType: 'application/pdf', mark: MARK, turnedBy: 0 });
    const [before, after] = [await drawn(content), await drawn(marked)];
    expect(after).toHaveLength(4);
    for (const [n, page] of after.entries()) {
      expect(page.split(`(${MARK}) Tj`).length).toBeGreaterThan(3);
      expect(page).toContain(before[n]!.trim());
      expect(page.indexOf(before[n]!.trim())).toBeLessThan(page.indexOf(MARK));
      // What the page changed of its state is undone before the mark.
      expect(page.startsWith('q\n')).toBe(true);
    }
    expect(JSON.stringify(before)).not.toContain(MARK);
  });

  it('has its font and state on each page, beside those of the page', async () => {
    const content = await workingCopy(await pdf(), 'application/pdf');
    const marked = markedCopy({ content, mediaType: 'application/pdf', mark: MARK, turnedBy: 0 });
    const keys = async (bytes: Buffer) => {
      const resources = (await PDFDocument.load(bytes)).getPage(0).node.Resources()!;
      const of = (kind: string) => resources.lookupMaybe(PDFName.of(kind), PDFDict)?.keys().map(String) ?? [];
      return [of('Font'), of('ExtGState'), of('XObject')];
    };
    const [fonts, states, pictures] = await keys(content);
    expect(await keys(marked)).toEqual([
      [...fonts!, '/MarkOfRedress'],
      [...states!, '/MarkOfRedress'],
      pictures,
    ]);
  });

  it('leaves no earlier revision in the file, and marks twice where it is asked twice', async () => {
    const content = await workingCopy(await pdf(), 'application/pdf');
    const once = markedCopy({ content, mediaType: 'application/pdf', mark: MARK, turnedBy: 0 });
    expect(once.toString('latin1').match(/%%EOF/g)).toHaveLength(1);
    const twice = markedCopy({ content: once, mediaType: 'application/pdf', mark: 'Guest 4', turnedBy: 0 });
    const [page] = await drawn(twice);
    expect(page).toContain(MARK);
    expect(page).toContain('(Guest 4) Tj');
  });

  it('lies over a JPEG on a page of its size, turned as it was held, in which its bytes are as they were', async () => {
    const content = await workingCopy(
      await sharp({ create: { width: 400, height: 300, channels: 3, background: 'teal' } })
        .jpeg()
        .toBuffer(),
      'image/jpeg',
    );
    const marked = markedCopy({ content, mediaType: 'image/jpeg', mark: MARK, turnedBy: 90 });
    expect(marked.includes(content)).toBe(true);
    const document = await PDFDocument.load(marked);
    const page = document.getPage(0);
    expect([page.getSize(), page.getRotation().angle]).toEqual([{ width: 300, height: 225 }, 90]);
    expect((await drawn(marked))[0]).toContain(MARK);
  });

  it.each([
    ['with transparency', (picture: sharp.Sharp) => picture.png()],
    ['without it', (picture: sharp.Sharp) => picture.removeAlpha().png()],
    ['in shades of grey', (picture: sharp.Sharp) => picture.removeAlpha().greyscale().png()],
    ['of few colours', (picture: sharp.Sharp) => picture.removeAlpha().png({ palette: true, colours: 8 })],
  ])('lies over a PNG %s whose pixels are as they were', async (_, coded) => {
    const noise = Buffer.from(
      Array.from({ length: 40 * 30 * 4 }, (__, n) => (n * 7919 + (n >> 3) * 31) % 256),
    );
    const raw = sharp(noise, { raw: { width: 40, height: 30, channels: 4 } });
    const content = await workingCopy(await coded(raw).toBuffer(), 'image/png');
    const marked = markedCopy({ content, mediaType: 'image/png', mark: MARK, turnedBy: 0 });
    const document = await PDFDocument.load(marked);
    const picture = document
      .getPage(0)
      .node.Resources()!
      .lookup(PDFName.of('XObject'), PDFDict)
      .lookup(PDFName.of('Picture'), PDFStream) as PDFRawStream;
    const mask = picture.dict.lookupMaybe(PDFName.of('SMask'), PDFStream) as PDFRawStream | undefined;
    const { data, info } = await sharp(content).raw().toBuffer({ resolveWithObject: true });
    const told = Buffer.from(picture.contents);
    if (mask) {
      const [colours, seen] = [inflateSync(told), inflateSync(Buffer.from(mask.contents))];
      const joined = Buffer.alloc(data.length);
      for (let at = 0; at < info.width * info.height; at += 1) {
        colours.copy(joined, at * 4, at * 3, at * 3 + 3);
        joined[at * 4 + 3] = seen[at]!;
      }
      expect(joined.equals(data)).toBe(true);
    } else expect(inflateSync(told)).toEqual(inflateSync(idatOf(content)));
    expect(info.channels === 4).toBe(mask !== undefined);
    expect((await drawn(marked))[0]).toContain(MARK);
  });

  it('stands in no file of another kind, nor in one that cannot be read, and takes no longer than it may', async () => {
    const of = (mediaType: string, content: Buffer, limits?: { timeInMs: number; heapInMb: number }) =>
      mark({ content: Uint8Array.from(content), mediaType, mark: MARK, turnedBy: 0 }, limits);
    const good = await workingCopy(await pdf(), 'application/pdf');
    expect((await of('application/pdf', good))!.includes(`(${MARK}) Tj`)).toBe(true);
    expect(await of('text/plain', Buffer.from('words'))).toBeNull();
    expect(await of('application/pdf', Buffer.from('%PDF-1.7 nothing'))).toBeNull();
    expect(await of('image/png', deflateSync('no picture'))).toBeNull();
    expect(await of('application/pdf', good, { timeInMs: 1, heapInMb: 256 })).toBeNull();
  });

  it('says only letters that every viewer has', async () => {
    const content = await workingCopy(await pdf(), 'application/pdf');
    const marked = markedCopy({ content, mediaType: 'application/pdf', mark: 'A (b) \\ é', turnedBy: 0 });
    expect((await drawn(marked))[0]).toContain('(A \\(b\\) \\\\ ?) Tj');
  });
});

/** The coded rows of a PNG. */
function idatOf(content: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 8; at < content.length; at += 12 + content.readUInt32BE(at))
    if (content.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(content.subarray(at + 8, at + 8 + content.readUInt32BE(at)));
  return Buffer.concat(parts);
}
