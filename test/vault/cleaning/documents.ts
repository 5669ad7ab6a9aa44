import { strToU8, zipSync, type Zippable } from 'fflate';
import { PDFDocument, PDFName, PDFString, StandardFonts, type PDFObject } from 'pdf-lib';
import { picture, segment, withMetadata, XMP } from './pictures';
import { AUTHOR, PLACE, SECRET } from './traces';

export const SENTENCE = 'They refused my claim and gave no reason.';

/** A page with text and a photo; `extend` adds to the document before it is written. */
export async function pdf({
  useObjectStreams = true,
  extend,
}: { useObjectStreams?: boolean; extend?: (pdf: PDFDocument) => void } = {}): Promise<Buffer> {
  const document = await PDFDocument.create();
  const page = document.addPage([300, 200]);
  const photo = await document.embedJpg(await withMetadata(picture()).jpeg().toBuffer());
  page.drawImage(photo, { x: 10, y: 10, width: 66, height: 42 });
  page.drawText(SENTENCE, {
    x: 10,
    y: 100,
    size: 12,
    font: await document.embedFont(StandardFonts.Helvetica),
  });
  extend?.(document);
  return Buffer.from(await document.save({ useObjectStreams }));
}

/** What programs leave behind: information, XMP at two places and one that nothing leads to, thumbnail, names. */
export function leaveTraces(document: PDFDocument): void {
  document.setAuthor(AUTHOR);
  document.setTitle(SECRET);
  const { context, catalog } = document;
  const stream = (dict: Record<string, string>, text: string): PDFObject =>
    context.register(context.flateStream(Buffer.from(text), dict));
  const page = document.getPage(0).node;
  catalog.set(PDFName.of('Metadata'), stream({ Type: 'Metadata', Subtype: 'XML' }, XMP));
  page.set(PDFName.of('Metadata'), stream({ Type: 'Metadata', Subtype: 'XML' }, XMP));
  stream({ Type: 'Metadata', Subtype: 'XML' }, `${XMP}${PLACE}`);
  const odd = context.obj({ Made: 'Somewhere' });
  odd.set(PDFName.of('Metadata'), stream({ Type: 'Metadata', Subtype: 'XML' }, XMP));
  page.set(PDFName.of('Odd'), odd);
  page.set(PDFName.of('Thumb'), stream({}, SECRET));
  const program = context.obj({ Private: PDFString.of(SECRET) });
  page.set(PDFName.of('PieceInfo'), context.obj({ Program: program }));
  page.set(PDFName.of('LastModified'), PDFString.of(`D:2026 ${SECRET}`));
  const remark = context.obj({
    Type: 'Annot',
    Subtype: 'Text',
    Rect: [1, 2, 3, 4],
    Contents: PDFString.of('Please check.'),
    T: PDFString.of(AUTHOR),
    M: PDFString.of(SECRET),
    NM: PDFString.of(SECRET),
  });
  const link = context.obj({
    Type: 'Annot',
    Subtype: 'Link',
    Rect: [1, 2, 3, 4],
    A: { S: 'URI', URI: PDFString.of(`file:///C:/Users/${AUTHOR}/claim.docx`) },
  });
  page.set(PDFName.of('Annots'), context.obj([remark, link]));
}

/** Appends a revision in which the object `number` is `text`, as programs do when they save. */
export function revised(content: Buffer, number: number, text: string): Buffer {
  const tail = content.toString('latin1');
  const before = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(tail)![1]);
  const root = /\/Root (\d+ 0 R)/.exec(tail)![1];
  const object = `\n${number} 0 obj\n${text}\nendobj\n`;
  const table = `xref\n${number} 1\n${String(content.length + 1).padStart(10, '0')} 00000 n \n`;
  const trailer = `trailer\n<</Size 99 /Root ${root} /Prev ${before}>>\nstartxref\n${content.length + object.length}\n%%EOF\n`;
  return Buffer.concat([content, Buffer.from(object + table + trailer, 'latin1')]);
}

export type Files = Record<string, string | Buffer>;

export function zip(files: Files, stored: string[] = []): Buffer {
  const zippable: Zippable = {};
  for (const [name, content] of Object.entries(files))
    zippable[name] = [
      typeof content === 'string' ? strToU8(content) : content,
      { level: stored.includes(name) ? 0 : 6 },
    ];
  return Buffer.from(zipSync(zippable, { mtime: new Date(2026, 5, 1) }));
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const MAIN = 'application/vnd.openxmlformats-officedocument';

export function links(...targets: [type: string, target: string, outside?: boolean][]): string {
  const each = targets.map(
    ([type, target, outside], index) =>
      `<Relationship Id="rId${index + 1}" Type="${type.includes('/') ? type : `${OFFICE}/${type}`}" Target="${target}"${outside ? ' TargetMode="External"' : ''}/>`,
  );
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${each.join('')}</Relationships>`;
}

function contentTypes(parts: Record<string, string>): string {
  const each = Object.entries(parts).map(
    ([name, type]) => `<Override PartName="/${name}" ContentType="${MAIN}.${type}+xml"/>`,
  );
  return `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/>${each.join('')}</Types>`;
}

const properties = (): Files => ({
  'docProps/core.xml': `${XML}<cp:coreProperties xmlns:cp="x" xmlns:dc="y"><dc:creator>${AUTHOR}</dc:creator></cp:coreProperties>`,
  'docProps/app.xml': `${XML}<Properties><Company>${SECRET}</Company></Properties>`,
  'docProps/custom.xml': `${XML}<Properties><property name="${PLACE}"/></Properties>`,
});

const rootLinks = (main: string): string =>
  links(
    ['officeDocument', main],
    [`${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml'],
    ['extended-properties', 'docProps/app.xml'],
    ['custom-properties', '/docProps/custom.xml'],
    [`${PACKAGE}/relationships/metadata/thumbnail`, 'docProps/thumbnail.jpeg'],
  );

/** What a reader of the Word document sees; some of it looks like metadata. */
export const WORD_TEXT = [
  SENTENCE,
  'w:author="nobody" &amp; w:rsidR=&quot;1&quot; ',
  'inserted',
  'deleted',
  'field',
];

export async function docx(extra: Files = {}): Promise<Buffer> {
  const photo = await withMetadata(picture()).jpeg().toBuffer();
  const [plain, odd, inserted, deleted, field] = WORD_TEXT;
  const who = `w:author="${AUTHOR}" w:date="2026-01-02T03:04:05Z"`;
  return zip({
    '[Content_Types].xml': contentTypes({
      'word/document.xml': 'wordprocessingml.document.main',
      'docProps/app.xml': 'extended-properties',
      'word/people.xml': 'wordprocessingml.people',
    }),
    '_rels/.rels': rootLinks('word/document.xml'),
    'word/_rels/document.xml.rels': links(
      ['image', 'media/image1.jpeg'],
      ['comments', 'comments.xml'],
      ['settings', 'settings.xml'],
      ['http://schemas.microsoft.com/office/2011/relationships/people', 'people.xml'],
      ['customXml', '../customXml/item1.xml'],
      ['hyperlink', 'https://example.org/help', true],
      ['hyperlink', `file:///C:\\Users\\${AUTHOR}\\claim.docx`, true],
      ['image', `https://tracker.example/${SECRET}.png`, true],
      ['printerSettings', 'printerSettings/printerSettings1.bin'],
      ['footnotes', `missing-${SECRET}.xml`],
    ),
    'word/document.xml': `${XML}<w:document xmlns:w="w" xmlns:r="r" xmlns:a="a"><!-- ${SECRET} --><?odd ${SECRET}?><w:body><w:p w:rsidR="00AB12CD" w:rsidRDefault="00AB12CE"><w:r w:rsidRPr="00AB12CF"><w:t>${plain}</w:t></w:r><w:r><w:t xml:space="preserve">${odd}</w:t></w:r><w:ins w:id="1" ${who}><w:r><w:t>${inserted}</w:t></w:r></w:ins><w:del w:id="2" ${who}><w:r><w:delText>${deleted}</w:delText></w:r></w:del><w:sdt><w:sdtPr><w:dataBinding w:xpath="${SECRET}"/></w:sdtPr><w:sdtContent><w:r><w:t>${field}</w:t></w:r></w:sdtContent></w:sdt><w:drawing><wp:docPr id="1" descr='C:\\Users\\${AUTHOR}\\p.jpg'/><a:blip r:embed="rId1"/></w:drawing></w:p></w:body></w:document>`,
    'word/comments.xml': `${XML}<w:comments xmlns:w="w"><w:comment w:id="0" w:author="${AUTHOR}" w:initials="${PLACE}" w:date="2026-01-02T03:04:05Z"><w:p><w:r><w:t>Is this so?</w:t></w:r></w:p></w:comment></w:comments>`,
    'word/settings.xml': `${XML}<w:settings xmlns:w="w"><w:zoom w:percent="100"/><w:rsids><w:rsidRoot w:val="00AB12CD"/><w:rsid w:val="${SECRET}"/></w:rsids><w:docVars><w:docVar w:name="n" w:val="${SECRET}"/></w:docVars><w:evenAndOddHeaders/></w:settings>`,
    'word/people.xml': `${XML}<w15:people xmlns:w15="w15"><w15:person w15:author="${AUTHOR}"/></w15:people>`,
    'word/media/image1.jpeg': photo,
    'word/printerSettings/printerSettings1.bin': Buffer.from(SECRET, 'utf16le'),
    'customXml/item1.xml': `<a>${SECRET}</a>`,
    'word/orphan.xml': `<a>${SECRET}</a>`,
    'docProps/thumbnail.jpeg': photo,
    ...properties(),
    ...extra,
  });
}

export function xlsx(): Buffer {
  return zip({
    '[Content_Types].xml': contentTypes({ 'xl/workbook.xml': 'spreadsheetml.sheet.main' }),
    '_rels/.rels': rootLinks('xl/workbook.xml'),
    'xl/_rels/workbook.xml.rels': links(
      ['worksheet', 'worksheets/sheet1.xml'],
      ['http://schemas.microsoft.com/office/2017/10/relationships/person', 'persons/person.xml'],
    ),
    'xl/workbook.xml': `${XML}<workbook xmlns:r="r"><xr:revisionPtr documentId="${SECRET}"/><fileSharing userName="${AUTHOR}"/><mc:AlternateContent><mc:Choice Requires="x15"><x15ac:absPath url="C:\\Users\\${AUTHOR}\\"/></mc:Choice></mc:AlternateContent><sheets><sheet name="Claims" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/worksheets/_rels/sheet1.xml.rels': links(
      ['printerSettings', '../printerSettings/printerSettings1.bin'],
      ['comments', '../comments1.xml'],
      [
        'http://schemas.microsoft.com/office/2017/10/relationships/threadedComment',
        '../threadedComments/threadedComment1.xml',
      ],
    ),
    'xl/worksheets/sheet1.xml': `${XML}<worksheet xmlns:r="r"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>${SENTENCE}</t></is></c></row></sheetData><pageSetup orientation="portrait" r:id="rId1"/></worksheet>`,
    'xl/printerSettings/printerSettings1.bin': Buffer.from(SECRET, 'utf16le'),
    'xl/comments1.xml': `${XML}<comments><authors><author>${AUTHOR}</author></authors><commentList><comment ref="A1" authorId="0"><text><t>Why?</t></text></comment></commentList></comments>`,
    'xl/threadedComments/threadedComment1.xml': `${XML}<ThreadedComments><threadedComment ref="A1" dT="2026-01-02T03:04:05.00" personId="{1}" id="{2}"><text>Why not?</text></threadedComment></ThreadedComments>`,
    'xl/persons/person.xml': `${XML}<personList><person displayName="${AUTHOR}" id="{1}" userId="S::${PLACE}" providerId="AD"/></personList>`,
    'docProps/thumbnail.jpeg': Buffer.from(SECRET),
    ...properties(),
  });
}

export function pptx(): Buffer {
  return zip({
    '[Content_Types].xml': contentTypes({ 'ppt/presentation.xml': 'presentationml.presentation.main' }),
    '_rels/.rels': rootLinks('ppt/presentation.xml'),
    'ppt/_rels/presentation.xml.rels': links(
      ['slide', 'slides/slide1.xml'],
      ['commentAuthors', 'commentAuthors.xml'],
      ['http://schemas.microsoft.com/office/2018/10/relationships/authors', 'authors.xml'],
    ),
    'ppt/presentation.xml': `${XML}<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst></p:presentation>`,
    'ppt/slides/_rels/slide1.xml.rels': links(['comments', '../comments/comment1.xml']),
    'ppt/slides/slide1.xml': `${XML}<p:sld xmlns:p="p" xmlns:a="a"><a:t>${SENTENCE}</a:t></p:sld>`,
    'ppt/commentAuthors.xml': `${XML}<p:cmAuthorLst xmlns:p="p"><p:cmAuthor id="0" name="${AUTHOR}" initials="${PLACE}"/></p:cmAuthorLst>`,
    'ppt/authors.xml': `${XML}<p188:authorLst xmlns:p188="p"><p188:author id="{1}" name="${AUTHOR}" initials="Z" userId="S::${SECRET}" providerId="AD"/></p188:authorLst>`,
    'ppt/comments/comment1.xml': `${XML}<p:cmLst xmlns:p="p"><p:cm authorId="0" dt="2026-01-02T03:04:05.000"><p:text>Unclear</p:text></p:cm></p:cmLst>`,
    'docProps/thumbnail.jpeg': Buffer.from(SECRET),
    ...properties(),
  });
}

export async function odf(
  kind: 'text' | 'spreadsheet' | 'presentation' = 'text',
  extra: Files = {},
): Promise<Buffer> {
  const files: Files = {
    mimetype: `application/vnd.oasis.opendocument.${kind}`,
    'content.xml': `${XML}<office:document-content xmlns:office="o" xmlns:text="t" xmlns:dc="d" xmlns:meta="m" xmlns:xlink="l" xmlns:draw="w"><office:scripts/><office:body><office:text><text:tracked-changes><text:changed-region><text:insertion><office:change-info><dc:creator>${AUTHOR}</dc:creator><dc:date>2026-01-02T03:04:05</dc:date></office:change-info></text:insertion></text:changed-region></text:tracked-changes><text:p>${SENTENCE}<office:annotation><dc:creator>${AUTHOR}</dc:creator><dc:date>2026-01-02T03:04:05</dc:date><meta:creator-initials>${PLACE}</meta:creator-initials><text:p>Is this so?</text:p></office:annotation></text:p><text:a xlink:href="https://example.org/help">help</text:a><draw:frame><draw:image xlink:href="Pictures/photo.jpg"/></draw:frame><text:section-source xlink:href="file:///home/${SECRET}/a.odt"/></office:text></office:body></office:document-content>`,
    'styles.xml': `${XML}<office:document-styles xmlns:office="o" xmlns:style="s" xmlns:x="x"><style:text-properties x:rsid="0012ab" x:paragraph-rsid="0012ac"/></office:document-styles>`,
    'settings.xml': `${XML}<office:document-settings xmlns:office="o" xmlns:config="c"><config:config-item config:name="PrinterName">${SECRET}</config:config-item><config:config-item config:name="Zoom">100</config:config-item></office:document-settings>`,
    'meta.xml': `${XML}<office:document-meta xmlns:office="o" xmlns:dc="d"><office:meta><dc:creator>${AUTHOR}</dc:creator></office:meta></office:document-meta>`,
    'Thumbnails/thumbnail.png': Buffer.from(SECRET),
    'Pictures/photo.jpg': await withMetadata(picture()).jpeg().toBuffer(),
    'Pictures/unlisted.jpg': Buffer.from(SECRET),
    ...extra,
  };
  const listed = Object.keys(files).filter((name) => name !== 'mimetype' && !name.includes('unlisted'));
  const entries = listed.map(
    (name) => `<manifest:file-entry manifest:full-path="${name}" manifest:media-type=""/>`,
  );
  const manifest = `${XML}<manifest:manifest xmlns:manifest="m"><manifest:file-entry manifest:full-path="/" manifest:media-type=""/>${entries.join('')}</manifest:manifest>`;
  return zip({ ...files, 'META-INF/manifest.xml': manifest }, ['mimetype']);
}

/** A JPEG with a segment that no cleaner understands. */
export async function unknownJpeg(): Promise<Buffer> {
  const jpeg = await picture().jpeg().toBuffer();
  return Buffer.concat([jpeg.subarray(0, 2), segment(0x02, SECRET), jpeg.subarray(2)]);
}
