import { PDFDocument, PDFName, PDFString } from 'pdf-lib';
import { clean } from '../../../src/vault/cleaning/clean';
import { REMOVED } from '../../../src/vault/cleaning/cleaned';
import type { MediaType } from '../../../src/vault/cleaning/media-type';
import { docx, links, odf, pdf } from './documents';

/** What a look-up in a plain object finds without anybody having put it there. */
const INHERITED = Object.getOwnPropertyNames(Object.prototype);
const WORD: MediaType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const OPEN: MediaType = 'application/vnd.oasis.opendocument.text';

/** How a document can come by such a name, at each place where a cleaner looks a name up. */
const places: [string, MediaType, (name: string) => Promise<Buffer>][] = [
  ['an element', WORD, (name) => docx({ 'word/comments.xml': `<a><${name}/><${name}>b</${name}></a>` })],
  [
    'an attribute',
    WORD,
    (name) => docx({ 'word/comments.xml': `<a ${name}="1" w:${name}="2"><cm ${name}="3"/></a>` }),
  ],
  [
    'an element with names of people and times',
    WORD,
    (name) => docx({ 'word/comments.xml': `<a><${name} name="x" userName="y" dt="2026-01-02"/></a>` }),
  ],
  ...['http://schemas.openxmlformats.org/officeDocument/2006/relationships', 'http://example.org'].map(
    (base): (typeof places)[number] => [
      `a link of a kind of ${base}`,
      WORD,
      (name) =>
        docx({ 'word/_rels/document.xml.rels': links([`${base}/${name}`, 'comments.xml'], [name, 'x.xml']) }),
    ],
  ),
  ['a part', WORD, (name) => docx({ [`word/x${name}.xml`]: '<a/>' })],
  ['a part of OpenDocument', OPEN, (name) => odf('text', { [`x${name}.xml`]: '<a/>' })],
  [
    'an element in a remark',
    OPEN,
    (name) => odf('text', { 'content.xml': `<a><o:annotation><${name}>b</${name}></o:annotation></a>` }),
  ],
  ['an attribute of OpenDocument', OPEN, (name) => odf('text', { 'content.xml': `<a ${name}="1"/>` })],
  [
    'a setting',
    OPEN,
    (name) =>
      odf('text', {
        'settings.xml': `<a xmlns:config="c"><config:config-item config:name="${name}" config:type="${name}">1</config:config-item></a>`,
      }),
  ],
  ...(['Root', 'Page', 'Resources', 'Annotation', 'Form'] as const).map((where): (typeof places)[number] => [
    `a key of PDF in ${where}`,
    'application/pdf',
    (name) => pdf({ extend: (document) => plant(document, where, name) }),
  ]),
  ...['Type', 'Subtype', 'S', 'FT', 'N'].map((key): (typeof places)[number] => [
    `a name of PDF as ${key}`,
    'application/pdf',
    (name) =>
      pdf({
        extend: (document) =>
          document
            .getPage(0)
            .node.set(
              PDFName.of('Annots'),
              document.context.obj([{ Subtype: 'Link', Rect: [0, 0, 1, 1], A: { S: 'URI' }, [key]: name }]),
            ),
      }),
  ]),
];

function plant(
  document: PDFDocument,
  where: 'Root' | 'Page' | 'Resources' | 'Annotation' | 'Form',
  name: string,
): void {
  const { context, catalog } = document;
  const page = document.getPage(0).node;
  const dict = context.obj({ Subtype: 'Text', Rect: [0, 0, 1, 1] });
  page.set(PDFName.of('Annots'), context.obj([dict]));
  const form = context.stream('', { Subtype: 'Form', BBox: [0, 0, 1, 1] });
  page.Resources()!.set(PDFName.of('XObject'), context.obj({ F: context.register(form) }));
  const target = {
    Root: catalog,
    Page: page,
    Resources: page.Resources()!,
    Annotation: dict,
    Form: form.dict,
  };
  target[where].set(PDFName.of(name), PDFString.of('x'));
}

describe.each(places)('a name that every object has, as %s', (_, type, make) => {
  it.each(INHERITED)('is only a name: %s', async (name) => {
    const result = await clean(await make(name), type);
    if (result.kind === 'held') throw new Error(`held: ${result.why}`);
    expect(result.removed.filter((code) => !Object.keys(REMOVED).includes(code))).toEqual([]);
    expect(structuredClone(result.removed)).toEqual(result.removed);
  });
});

describe('a kind of file that every object has', () => {
  it.each(INHERITED)('has no cleaner: %s', async (name) => {
    expect(await clean(Buffer.from('a'), name as MediaType)).toEqual({ kind: 'held', why: 'NO-CLEANER' });
  });
});
