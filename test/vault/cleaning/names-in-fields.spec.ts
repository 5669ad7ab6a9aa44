import { strFromU8, unzipSync } from 'fflate';
import { clean } from '../../../src/vault/cleaning/clean';
import type { MediaType } from '../../../src/vault/cleaning/media-type';
import { cleanedTwice } from './cleaned-twice';
import { odf } from './documents';
import { office, typeOf } from './small-office';
import { AUTHOR, tracesIn } from './traces';

const TEXT: MediaType = 'application/vnd.oasis.opendocument.text';
const everything = (content: Buffer): string =>
  Object.values(unzipSync(content))
    .map((file) => strFromU8(file, true))
    .join('\n');
const mark = (type: string): string => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
const shown = (text: string): string => `<w:r><w:t>${text}</w:t></w:r>`;
const code = (text: string): string => `<w:r><w:instrText>${text}</w:instrText></w:r>`;

describe('what a field of a Word document shows of somebody', () => {
  const FIELDS: [string, string][] = [
    ['AUTHOR', 'AUTHOR'],
    ['author', 'AUTHOR'],
    ['LASTSAVEDBY', 'AUTHOR'],
    ['USERNAME', 'AUTHOR'],
    ['USERINITIALS', 'AUTHOR'],
    ['USERADDRESS', 'AUTHOR'],
    ['FILENAME', 'LINKS'],
    ['TEMPLATE', 'LINKS'],
    ['SAVEDATE', 'TIME'],
    ['CREATEDATE', 'TIME'],
    ['PRINTDATE', 'TIME'],
    ['DOCPROPERTY', 'PROPERTIES'],
    ['INFO', 'PROPERTIES'],
  ];
  const forms: [string, (name: string) => string][] = [
    [
      'in pieces',
      (name) =>
        mark('begin') +
        code(` ${name} `) +
        code('\\* MERGEFORMAT') +
        mark('separate') +
        shown('by ') +
        shown(AUTHOR) +
        mark('end'),
    ],
    ['in an attribute', (name) => `<w:fldSimple w:instr=" ${name} \\p ">${shown(AUTHOR)}</w:fldSimple>`],
    [
      'around another',
      (name) =>
        mark('begin') +
        code(` ${name} `) +
        mark('separate') +
        mark('begin') +
        code(' PAGE ') +
        mark('separate') +
        shown(AUTHOR) +
        mark('end') +
        mark('end'),
    ],
    ['without an end', (name) => mark('begin') + code(` ${name} `) + mark('separate') + shown(AUTHOR)],
  ];

  it.each(
    forms.flatMap(([form, make]) => FIELDS.map(([name, told]) => [name, form, told, make(name)] as const)),
  )('is gone: %s %s', async (_name, _form, told, text) => {
    const body = `<?xml version="1.0"?><w:document><!-- x -->${shown('before')}<w:p>${text}</w:p></w:document>`;
    const copy = await cleanedTwice(office('Word', '', body, 'main'), typeOf('Word'));
    expect([tracesIn(copy.content, [AUTHOR]), copy.removed]).toEqual([[], [told]]);
    expect(everything(copy.content)).toContain(shown('before'));
  });

  it('is gone where a form is bound to a property of the document, and text behind it stays', async () => {
    const form = (path: string, text: string): string =>
      `<w:sdt><w:sdtPr><w:dataBinding w:xpath="${path}"/></w:sdtPr><w:sdtContent>${shown(text)}</w:sdtContent></w:sdt>`;
    const body = `<?xml version="1.0"?><a>${form('/cp:coreProperties/dc:creator', AUTHOR)}${form('/x/title', 'title')}${shown('behind')}</a>`;
    const copy = await cleanedTwice(office('Word', '', body, 'main'), typeOf('Word'));
    expect([tracesIn(copy.content, [AUTHOR]), copy.removed]).toEqual([[], ['AUTHOR', 'CUSTOM-DATA']]);
    for (const text of ['title', 'behind']) expect(everything(copy.content)).toContain(shown(text));
  });

  it.each([
    'DATE \\@ "d. MMMM yyyy"',
    'TITLE',
    'PAGE',
    'REF author',
    'AUTHORITIES',
    'HYPERLINK "https://example.org"',
  ])('is nothing for %s, which stays with its text', async (name) => {
    const text = mark('begin') + code(` ${name} `) + mark('separate') + shown('as written') + mark('end');
    const copy = await cleanedTwice(
      office('Word', '', `<?xml version="1.0"?><a>${text}</a>`, 'main'),
      typeOf('Word'),
    );
    expect(everything(copy.content)).toContain(text);
    expect(copy.removed).toEqual([]);
  });

  it('is not looked for without an end', async () => {
    const body = `<?xml version="1.0"?><a>${(mark('begin') + code(' IF 1 ')).repeat(200)}</a>`;
    expect(await clean(office('Word', '', body, 'main'), typeOf('Word'))).toEqual({
      kind: 'held',
      why: 'BOMB',
    });
  });
});

describe('what a field of an OpenDocument text shows of somebody', () => {
  it.each([
    'author-name',
    'author-initials',
    'creator',
    'initial-creator',
    'printed-by',
    'sender-firstname',
    'sender-lastname',
    'sender-email',
    'sender-street',
    'file-name',
    'template-name',
    'user-defined',
    'modification-date',
    'creation-time',
    'print-date',
  ])('is gone: %s', async (field) => {
    const body = `<?xml version="1.0"?><a>before<text:${field} text:fixed="true">${AUTHOR}</text:${field}>behind</a>`;
    const first = await clean(await odf('text', { 'content.xml': body }), TEXT);
    if (first.kind === 'held') throw new Error(`held: ${first.why}`);
    const copy = await cleanedTwice(first.content, TEXT);
    expect(tracesIn(copy.content)).toEqual([]);
    expect(everything(copy.content)).toContain('beforebehind');
  });

  it('is not the date of a letter, nor its title', async () => {
    const body =
      '<a><text:date text:date-value="2026-01-02">2 January</text:date><text:title>My claim</text:title></a>';
    const first = await clean(await odf('text', { 'content.xml': body }), TEXT);
    expect(first.kind === 'cleaned' && everything(first.content)).toContain(body);
  });
});

describe('a number that a program gives to a document', () => {
  it.each([
    ['of a row', '<row xr:uid="{0A1B2C3D-0000-4000-8000-000000000001}"/>', '<row/>'],
    ['of a shape', '<a16:creationId id="{0A1B2C3D-0000-4000-8000-000000000001}"/>', ''],
    [
      'of a version',
      '<fileVersion appName="xl" codeName="{0A1B2C3D-0000-4000-8000-000000000001}"/>',
      '<fileVersion appName="xl"/>',
    ],
  ])('is gone: %s', async (_, text, left) => {
    const copy = await cleanedTwice(office('Excel', '', `<x>${text}</x>`, 'main'), typeOf('Excel'));
    expect(everything(copy.content)).toContain(`<x>${left}</x>`);
    expect(copy.removed).toEqual(['HISTORY']);
  });
});
