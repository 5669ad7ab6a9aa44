import { deflateSync, inflateSync } from 'node:zlib';
import { PDFArray, PDFDict, PDFDocument, PDFName, PDFRawStream, PDFRef, PDFString } from 'pdf-lib';
import { clean } from '../../../src/vault/cleaning/clean';
import { leaveTraces, pdf, revised } from './documents';
import { noise, pixels, picture, withMetadata } from './pictures';
import { AUTHOR, PLACE, SECRET, tracesIn } from './traces';

async function cleaned(content: Buffer): Promise<{ content: Buffer; removed: string[] }> {
  const result = await clean(content, 'application/pdf');
  if (result.kind === 'held') throw new Error(`held: ${result.why}`);
  return result;
}

/** What the pages draw: the unfolded content streams, and the pictures as coded. */
async function drawn(content: Buffer): Promise<{ contents: Buffer[]; pictures: Buffer[] }> {
  const document = await PDFDocument.load(content, { updateMetadata: false });
  const contents = document.getPages().flatMap(({ node }) => {
    const streams = node.Contents();
    const all =
      streams instanceof PDFArray ? streams.asArray().map((ref) => document.context.lookup(ref)) : [streams];
    return all.map((stream) => inflateSync((stream as PDFRawStream).contents));
  });
  const pictures = document.context
    .enumerateIndirectObjects()
    .map(([, object]) => object)
    .filter((object) => object instanceof PDFRawStream)
    .filter(({ dict }) => dict.get(PDFName.of('Filter')) === PDFName.of('DCTDecode'))
    .map((stream) => Buffer.from(stream.contents));
  return { contents, pictures };
}

async function held(change: (document: PDFDocument) => void): Promise<string> {
  const result = await clean(await pdf({ extend: change }), 'application/pdf');
  return result.kind === 'held' ? result.why : 'cleaned';
}

describe('a PDF', () => {
  it.each([true, false])(
    'keeps what its pages draw and no trace (object streams: %s)',
    async (useObjectStreams) => {
      const original = await pdf({ useObjectStreams, extend: leaveTraces });
      expect(tracesIn(original)).toEqual([AUTHOR, PLACE, SECRET]);
      const copy = await cleaned(original);
      expect(tracesIn(copy.content)).toEqual([]);
      const [before, after] = [await drawn(original), await drawn(copy.content)];
      expect(after.contents).toEqual(before.contents);
      expect(after.pictures.length).toBe(1);
      expect((await pixels(after.pictures[0]!)).data.equals((await pixels(before.pictures[0]!)).data)).toBe(
        true,
      );
      expect(copy.removed).toEqual([
        'AUTHOR',
        'COLOUR-PROFILE',
        'CUSTOM-DATA',
        'EXIF',
        'LINKS',
        'PROPERTIES',
        'THUMBNAIL',
        'TIME',
        'XMP',
      ]);
      expect((await cleaned(copy.content)).content.equals(copy.content)).toBe(true);
      expect((await cleaned(copy.content)).removed).toEqual([]);
    },
  );

  it('keeps remarks and where they stand, without who wrote them', async () => {
    const copy = await cleaned(await pdf({ extend: leaveTraces }));
    const document = await PDFDocument.load(copy.content, { updateMetadata: false });
    const [remark, link] = document
      .getPage(0)
      .node.Annots()!
      .asArray()
      .map((one) => document.context.lookup(one, PDFDict));
    expect(remark!.lookup(PDFName.of('Contents'), PDFString).asString()).toBe('Please check.');
    expect(remark!.has(PDFName.of('T'))).toBe(false);
    expect(link!.toString()).toContain('about:blank');
  });

  it('has no object that nothing leads to', async () => {
    const copy = (await cleaned(await pdf({ extend: leaveTraces }))).content;
    const document = await PDFDocument.load(copy, { updateMetadata: false });
    const seen = new Set<string>();
    const queue = [document.context.trailerInfo.Root];
    for (const one of queue) {
      const object = one instanceof PDFRef ? document.context.lookup(one) : one;
      if (one instanceof PDFRef && seen.size === seen.add(one.tag).size) continue;
      if (object instanceof PDFRawStream) queue.push(object.dict);
      if (object instanceof PDFDict) queue.push(...object.values());
      if (object instanceof PDFArray) queue.push(...object.asArray());
    }
    const all = document.context.enumerateIndirectObjects().map(([ref]) => ref.tag);
    expect(all.filter((tag) => !seen.has(tag))).toEqual([]);
  });

  it('shows its newest revision only; older ones are gone', async () => {
    const original = await pdf({
      useObjectStreams: false,
      extend: ({ catalog, context }) =>
        catalog.set(
          PDFName.of('PageLabels'),
          context.register(context.obj({ Nums: [0, { P: PDFString.of(SECRET) }] })),
        ),
    });
    const number = Number(/\/PageLabels (\d+) 0 R/.exec(original.toString('latin1'))![1]);
    const twice = revised(
      revised(original, number, `<</Nums [0 <</P (${PLACE})>>]>>`),
      number,
      '<</Nums [0 <</P (new)>>]>>',
    );
    expect(tracesIn(twice, [SECRET, PLACE])).toEqual([SECRET, PLACE]);
    const copy = await cleaned(twice);
    expect(tracesIn(copy.content)).toEqual([]);
    expect(copy.content.includes('(new)')).toBe(true);
    expect(copy.removed).toContain('HISTORY');
  });

  it('loses pages that are no longer in it, even when a bookmark still leads to one', async () => {
    const original = await pdf({
      extend: (document) => {
        const { context } = document;
        const gone = context.register(
          context.obj({ Type: 'Page', Contents: context.register(context.flateStream(SECRET)) }),
        );
        document.catalog.set(
          PDFName.of('Outlines'),
          context.register(context.obj({ First: { Dest: [gone, 'Fit'] } })),
        );
      },
    });
    expect(tracesIn(original, [SECRET])).toEqual([SECRET]);
    expect(tracesIn((await cleaned(original)).content)).toEqual([]);
  });

  it('loses signatures, which hold names', async () => {
    const copy = await cleaned(
      await pdf({
        extend: ({ catalog, context }) => {
          const signature = context.register(
            context.obj({ Type: 'Sig', ByteRange: [0, 1], Name: PDFString.of(AUTHOR) }),
          );
          const field = context.register(context.obj({ FT: 'Sig', T: PDFString.of('Field1'), V: signature }));
          catalog.set(PDFName.of('AcroForm'), context.obj({ SigFlags: 3, Fields: [field] }));
        },
      }),
    );
    expect(tracesIn(copy.content)).toEqual([]);
    expect(copy.content.includes('Field1')).toBe(true);
    expect(copy.removed).toContain('SIGNATURE');
  });

  it('cleans a photo that is folded twice', async () => {
    const jpeg = await withMetadata(picture()).jpeg().toBuffer();
    const original = await pdf({
      extend: (document) => {
        const { context } = document;
        const stream = context.flateStream(jpeg, { Type: 'XObject', Subtype: 'Image' });
        stream.dict.set(PDFName.of('Filter'), context.obj(['FlateDecode', 'DCTDecode']));
        document
          .getPage(0)
          .node.Resources()!
          .set(PDFName.of('Pattern'), context.obj({ P: context.register(stream) }));
      },
    });
    const copy = await cleaned(original);
    expect(tracesIn(copy.content)).toEqual([]);
    const { pictures } = await drawn(copy.content);
    expect(pictures.length).toBe(2);
    for (const one of pictures) expect((await pixels(one)).data.equals((await pixels(jpeg)).data)).toBe(true);
  });

  it.each<[string, (document: PDFDocument) => void]>([
    ['JavaScript', (document) => document.addJavaScript('main', 'app.alert(1)')],
    [
      'an action that starts a program',
      ({ catalog, context }) =>
        catalog.set(PDFName.of('OpenAction'), context.obj({ S: 'Launch', F: PDFString.of('cmd.exe') })),
    ],
    [
      'an embedded file',
      ({ catalog, context }) => {
        const file = context.register(
          context.obj({ Type: 'Filespec', EF: { F: context.register(context.stream('MZ')) } }),
        );
        catalog.set(
          PDFName.of('Names'),
          context.obj({ EmbeddedFiles: { Names: [PDFString.of('a'), file] } }),
        );
      },
    ],
    [
      'a form in XFA',
      ({ catalog, context }) =>
        catalog.set(PDFName.of('AcroForm'), context.obj({ XFA: [PDFString.of('x')] })),
    ],
    [
      'a film',
      (document) =>
        document
          .getPage(0)
          .node.set(
            PDFName.of('Annots'),
            document.context.obj([{ Type: 'Annot', Subtype: 'RichMedia', Rect: [0, 0, 1, 1] }]),
          ),
    ],
  ])('with %s is held back', async (_, change) => {
    expect(await held(change)).toBe('ACTIVE-CONTENT');
  });

  it('is held back when it is encrypted, broken, a trap, or has a picture without a cleaner', async () => {
    const plain = await pdf({ useObjectStreams: false });
    const text = plain.toString('latin1');
    const root = Number(/\/Root (\d+) 0 R/.exec(text)![1]);
    const encrypted = Buffer.from(text.replace('/Root', '/Encrypt 1 0 R\n/Root'), 'latin1');
    expect(await clean(encrypted, 'application/pdf')).toEqual({ kind: 'held', why: 'ENCRYPTED' });
    const jpeg2000 = await held(({ catalog, context }) =>
      catalog.set(
        PDFName.of('Outlines'),
        context.register(context.stream(noise(20), { Filter: 'JPXDecode' })),
      ),
    );
    expect(jpeg2000).toBe('NO-CLEANER');
    for (const [name, content] of [
      ['cut off', plain.subarray(0, -300)],
      ['something in front', Buffer.concat([Buffer.from('\n'), plain])],
      ['no pages', revised(plain, root, '<</Type /Catalog>>')],
      ['nested too deep', revised(plain, root, '['.repeat(100_000))],
    ] as const)
      expect([name, await clean(content, 'application/pdf')]).toEqual([
        name,
        { kind: 'held', why: 'BROKEN' },
      ]);
  });

  it('is held back when it unfolds too far', async () => {
    const bomb = await held(({ catalog, context }) => {
      const stream = context.stream(deflateSync(Buffer.alloc(210_000_000), { level: 1 }), {
        Subtype: 'Image',
      });
      stream.dict.set(PDFName.of('Filter'), context.obj(['FlateDecode', 'DCTDecode']));
      catalog.set(PDFName.of('Outlines'), context.register(stream));
    });
    expect(bomb).toBe('BOMB');
  });
});
