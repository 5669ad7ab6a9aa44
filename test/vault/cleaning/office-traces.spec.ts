import { strFromU8, unzipSync } from 'fflate';
import type { MediaType } from '../../../src/vault/cleaning/media-type';
import { cleanedTwice } from './cleaned-twice';
import { odf, SENTENCE, zip } from './documents';
import { office, typeOf, type Kind } from './small-office';
import { AUTHOR, PLACE, SECRET, tracesIn } from './traces';

const OPEN: MediaType = 'application/vnd.oasis.opendocument.text';
const TRANSITIONAL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const STRICT = 'http://purl.oclc.org/ooxml/officeDocument/relationships';
const MICROSOFT = 'http://schemas.microsoft.com/office';
const WHEN = '2026-11-20T23:14:07.321';

function everything(content: Buffer): string {
  return Object.values(unzipSync(content))
    .map((file) => strFromU8(file, true))
    .join('\n');
}

const who = (more = ''): string => `userId="S::${PLACE}" providerId="AD" userName="${AUTHOR}" ${more}`;

describe('a part that only tells who worked on a document', () => {
  it.each<[string, Kind, string, string, 'part' | 'root']>([
    ['changes', 'PowerPoint', `${MICROSOFT}/2016/11/relationships/changesInfo`, 'HISTORY', 'part'],
    ['revisions', 'PowerPoint', `${MICROSOFT}/2015/10/relationships/revisionInfo`, 'HISTORY', 'part'],
    ['tags', 'PowerPoint', `${TRANSITIONAL}/tags`, 'CUSTOM-DATA', 'part'],
    ['tags, strict', 'PowerPoint', `${STRICT}/tags`, 'CUSTOM-DATA', 'part'],
    ['log of revisions', 'Excel', `${TRANSITIONAL}/revisionHeaders`, 'HISTORY', 'part'],
    ['users', 'Excel', `${TRANSITIONAL}/usernames`, 'AUTHOR', 'part'],
    ['tasks', 'Word', `${MICROSOFT}/2019/05/relationships/documenttasks`, 'AUTHOR', 'part'],
    ['times of remarks', 'Word', `${MICROSOFT}/2018/08/relationships/commentsExtensible`, 'TIME', 'part'],
    ['properties, strict', 'Word', `${STRICT}/extendedProperties`, 'PROPERTIES', 'root'],
    ['own properties, strict', 'Word', `${STRICT}/customProperties`, 'PROPERTIES', 'root'],
    [
      'properties of another make',
      'Word',
      'http://example.org/relationships/extended-properties',
      'CUSTOM-DATA',
      'root',
    ],
    [
      'a known kind of another make',
      'Word',
      'http://example.org/relationships/styles',
      'CUSTOM-DATA',
      'part',
    ],
    ['what nobody knows', 'Excel', `${MICROSOFT}/2031/01/relationships/telemetry`, 'CUSTOM-DATA', 'part'],
  ])('goes with its link and its type: %s', async (_, kind, type, code, where) => {
    const original = office(kind, type, `<x ${who()}>${SECRET}</x>`, where);
    const copy = await cleanedTwice(original, typeOf(kind));
    expect([tracesIn(copy.content), copy.removed]).toEqual([[], [code]]);
    expect(everything(copy.content)).toContain(SENTENCE);
    expect(everything(copy.content)).not.toContain('odd/x.xml');
  });

  it.each([TRANSITIONAL, STRICT])(
    'stays when a reader needs it, whoever named its link: %s',
    async (base) => {
      const copy = await cleanedTwice(
        office('Word', `${base}/styles`, '<styles>needed</styles>'),
        typeOf('Word'),
      );
      expect(everything(copy.content)).toContain('<styles>needed</styles>');
    },
  );

  it('takes with it what only leads to it', async () => {
    const gone = `<p:p xmlns:r="r"><b><p:custDataLst><p:tags r:id="rId1"/></p:custDataLst></b><x r:link="rId1">1</x><y r:id="rId9"/></p:p>`;
    const files = unzipSync(office('PowerPoint', `${TRANSITIONAL}/tags`, `<a>${SECRET}</a>`));
    const parts = Object.fromEntries(Object.entries(files).map(([name, file]) => [name, Buffer.from(file)]));
    const copy = await cleanedTwice(zip({ ...parts, 'ppt/presentation.xml': gone }), typeOf('PowerPoint'));
    expect(everything(copy.content)).toContain('<p:p xmlns:r="r"><b></b><y r:id="rId9"/></p:p>');
  });
});

describe('a trace in a part that stays', () => {
  it.each<[string, Kind, string, string[]]>([
    ['presence', 'PowerPoint', `<a><p15:presenceInfo ${who()}/></a>`, ['AUTHOR']],
    ['reactions', 'Word', `<a><cr:reactions><cr:user ${who()}/></cr:reactions></a>`, ['AUTHOR']],
    [
      'a reaction elsewhere',
      'Word',
      `<a><cr:info dateUtc="${WHEN}"><cr:user ${who()}/></cr:info></a>`,
      ['AUTHOR', 'TIME'],
    ],
    ['who refreshed', 'Excel', `<a refreshedBy="${AUTHOR}" refreshedDate="45981.9681"/>`, ['AUTHOR', 'TIME']],
    [
      'a scenario',
      'Excel',
      `<a><scenario name="best" user="${AUTHOR}" comment="Created by ${AUTHOR}"/></a>`,
      ['AUTHOR'],
    ],
    [
      'views of people',
      'Excel',
      `<a><customWorkbookViews><customWorkbookView name="${AUTHOR} - Personal View"/></customWorkbookViews></a>`,
      ['AUTHOR'],
    ],
    ['a comment in a log', 'Excel', `<a><rcmt author="${AUTHOR}" cell="A1"/></a>`, ['AUTHOR']],
    ['who may write', 'Word', `<a><w:permStart w:id="1" w:ed="NGO\\${AUTHOR}"/></a>`, ['AUTHOR']],
    [
      'who changed a slide',
      'PowerPoint',
      `<a><chgData name="${AUTHOR}" dt="${WHEN}" created="${WHEN}"/></a>`,
      ['AUTHOR', 'TIME'],
    ],
    [
      'who saved',
      'Excel',
      `<a lastModifiedBy="${AUTHOR}" modified="${WHEN}" displayName="${PLACE}"/>`,
      ['AUTHOR', 'TIME'],
    ],
    [
      'a path behind words',
      'Word',
      `<a><wp:docPr descr="Photo at C:\\Users\\${AUTHOR}\\x.jpg"/></a>`,
      ['LINKS'],
    ],
    [
      'a path that is escaped',
      'Word',
      `<a><wp:docPr descr="Photo at C&#58;&#x5C;Users\\${AUTHOR}\\x.jpg"/></a>`,
      ['LINKS'],
    ],
    ['a share behind words', 'PowerPoint', `<a title="see \\\\server\\${AUTHOR}\\x.jpg"/>`, ['LINKS']],
    ['a home in brackets', 'Word', `<a title="photo (/home/${AUTHOR}/x.jpg)"/>`, ['LINKS']],
    [
      'an address in a field',
      'Word',
      `<w:fldSimple w:instr=' HYPERLINK "C:\\Users\\${AUTHOR}\\a.docx" '/>`,
      ['LINKS'],
    ],
    [
      'an address in the pieces of a field',
      'Word',
      `<a><w:fldChar w:fldCharType="begin"/><w:instrText> HYPERLINK "C:\\Us</w:instrText><w:instrText>ers\\${AUTHOR}\\a.docx" </w:instrText><w:fldChar w:fldCharType="separate"/><w:t>my letter</w:t><w:fldChar w:fldCharType="end"/><w:instrText> PAGE </w:instrText></a>`,
      ['LINKS'],
    ],
  ])('is gone: %s', async (_, kind, text, codes) => {
    const original = office(kind, '', text, 'main');
    expect(tracesIn(original).length).toBeGreaterThan(0);
    const copy = await cleanedTwice(original, typeOf(kind));
    expect([tracesIn(copy.content), copy.removed]).toEqual([[], codes]);
    expect(everything(copy.content)).not.toMatch(/2026-11-20|45981/);
  });

  it.each<[string, Kind, string]>([
    ['what an Excel table is called', 'Excel', '<table displayName="Claims" name="Claims"/>'],
    ['whether a slide shows its date', 'PowerPoint', '<p:hf sldNum="0" hdr="0" ftr="0" dt="0"/>'],
    ['the formats of numbers', 'Excel', '<numFmt formatCode="_-* #,##0.00\\ _-;d/m/yyyy\\ h:mm"/>'],
    ['addresses of the web', 'Word', '<w:fldSimple w:instr=\' HYPERLINK "https://example.org/home/a" \'/>'],
    [
      'other fields',
      'Word',
      '<a><w:fldChar w:fldCharType="begin"/><w:instrText> = </w:instrText><w:fldChar w:fldCharType="begin"/><w:instrText> PAGE </w:instrText><w:fldChar w:fldCharType="separate"/><w:t>LINK</w:t><w:fldChar w:fldCharType="end"/><w:instrText> + 1 </w:instrText><w:fldChar w:fldCharType="end"/></a>',
    ],
    ['fields that show included things', 'Word', '<w:fldSimple w:instr=" TOC \\o &quot;DDE&quot; \\h "/>'],
  ])('is none: %s', async (_, kind, text) => {
    const copy = await cleanedTwice(office(kind, '', text, 'main'), typeOf(kind));
    expect(everything(copy.content)).toContain(text);
  });

  it.each<[string, string, string[]]>([
    [
      'a name deep in a remark',
      `<o:annotation><t:list><dc:creator>${AUTHOR}</dc:creator></t:list></o:annotation>`,
      ['AUTHOR'],
    ],
    [
      'the name of a remark',
      `<o:annotation o:name="${AUTHOR}"/><o:annotation-end o:name="${AUTHOR}"/>`,
      ['CUSTOM-DATA'],
    ],
    ['an old remark', `<o:annotation o:author="${AUTHOR}" o:create-date="${WHEN}"/>`, ['AUTHOR', 'TIME']],
    ['a path behind words', `<d:frame d:title="see /home/${AUTHOR}/x.odt"/>`, ['LINKS']],
    [
      'a setting in words',
      `<c:config-item c:name="${SECRET}" c:type="string">${AUTHOR}</c:config-item><c:config-item c:name="ViewId" c:type="string">view2</c:config-item>`,
      ['CUSTOM-DATA'],
    ],
  ])('of OpenDocument is gone: %s', async (_, text, codes) => {
    const plain = (await cleanedTwice(await odf(), OPEN)).content;
    const parts = Object.fromEntries(
      Object.entries(unzipSync(plain)).map(([name, file]) => [name, Buffer.from(file)]),
    );
    const copy = await cleanedTwice(zip({ ...parts, 'content.xml': `<a>${text}</a>` }, ['mimetype']), OPEN);
    expect([tracesIn(copy.content), copy.removed]).toEqual([[], codes]);
  });
});
