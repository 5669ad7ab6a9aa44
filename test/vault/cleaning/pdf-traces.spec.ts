import { PDFDocument, PDFName, PDFString } from 'pdf-lib';
import { clean } from '../../../src/vault/cleaning/clean';
import { cleanedTwice } from './cleaned-twice';
import { pdf } from './documents';
import { AUTHOR, PLACE, SECRET, tracesIn } from './traces';

describe('a PDF', () => {
  const change = (extend: (document: PDFDocument) => void): Promise<Buffer> => pdf({ extend });
  const set = (document: PDFDocument, on: 'root' | 'page', key: string, value: unknown): void => {
    const target = on === 'root' ? document.catalog : document.getPage(0).node;
    target.set(PDFName.of(key), document.context.obj(value as never));
  };
  const apart = (document: PDFDocument, name: string) => document.context.register(PDFName.of(name));

  it.each<[string, (document: PDFDocument) => void]>([
    ...['Launch', 'SubmitForm', 'JavaScript', 'ImportData', 'GoToE', 'Rendition'].map(
      (name): [string, (document: PDFDocument) => void] => [
        `whose kind ${name} stands elsewhere`,
        (document) =>
          set(document, 'page', 'Annots', [
            { Subtype: 'Link', Rect: [0, 0, 1, 1], A: { S: apart(document, name) } },
          ]),
      ],
    ),
    [
      'whose kind stands two references away',
      (document) => {
        const far = document.context.register(apart(document, 'Launch'));
        set(document, 'page', 'Annots', [{ Subtype: 'Link', Rect: [0, 0, 1, 1], A: { S: far } }]);
      },
    ],
    [
      'that is a film whose kind stands elsewhere',
      (document) =>
        set(document, 'page', 'Annots', [{ Subtype: apart(document, 'RichMedia'), Rect: [0, 0, 1, 1] }]),
    ],
    ...['Print', 'SaveAs', 'Quit'].map((name): [string, (document: PDFDocument) => void] => [
      `that opens with the command ${name}`,
      (document) => set(document, 'root', 'OpenAction', { S: 'Named', N: name }),
    ]),
    ...['URI', 'ResetForm', 'Hide', 'GoToR', 'Odd'].flatMap(
      (name): [string, (document: PDFDocument) => void][] => [
        [`that opens with ${name}`, (document) => set(document, 'root', 'OpenAction', { S: name })],
        [
          `that opens with ${name}, elsewhere`,
          (document) =>
            set(
              document,
              'root',
              'OpenAction',
              document.context.register(document.context.obj({ S: apart(document, name) })),
            ),
        ],
        [
          `that does ${name} when it is closed`,
          (document) => set(document, 'root', 'AA', { WC: { S: name } }),
        ],
        [
          `whose page does ${name} when it is shown`,
          (document) => set(document, 'page', 'AA', { O: { S: name } }),
        ],
        [
          `whose button does ${name} when it is passed`,
          (document) =>
            set(document, 'page', 'Annots', [
              { Subtype: 'Widget', Rect: [0, 0, 1, 1], AA: { E: { S: name } } },
            ]),
        ],
        [
          `that does ${name} after it turned a page`,
          (document) =>
            set(document, 'root', 'OpenAction', {
              S: 'GoTo',
              Next: [{ S: 'Named', N: 'NextPage', Next: { S: name } }],
            }),
        ],
      ],
    ),
  ])('with an action %s is held back', async (_, extend) => {
    expect(await clean(await change(extend), 'application/pdf')).toEqual({
      kind: 'held',
      why: 'ACTIVE-CONTENT',
    });
  });

  it('that opens at a page, and links that somebody may click, stays', async () => {
    const content = await change((document) => {
      set(document, 'root', 'OpenAction', [document.getPage(0).ref, 'Fit']);
      const uri = PDFString.of('https://example.org/help');
      set(document, 'page', 'Annots', [{ Subtype: 'Link', Rect: [0, 0, 1, 1], A: { S: 'URI', URI: uri } }]);
    });
    const copy = await cleanedTwice(content, 'application/pdf');
    expect(copy.content.includes('https://example.org/help')).toBe(true);
    expect(copy.content.includes('/OpenAction [')).toBe(true);
  });

  const named = (words: string) => PDFString.of(words);
  it.each<[string, (document: PDFDocument) => void, string[]]>([
    [
      'who wrote a remark whose kind stands elsewhere',
      (document) =>
        set(document, 'page', 'Annots', [
          { Subtype: apart(document, 'Text'), Rect: [0, 0, 1, 1], T: named(AUTHOR) },
        ]),
      ['AUTHOR'],
    ],
    [
      'what XMP is whose kind stands elsewhere',
      (document) =>
        set(document, 'page', 'Group', {
          X: document.context.register(
            document.context.stream(SECRET, { Type: apart(document, 'Metadata') }),
          ),
        }),
      ['XMP'],
    ],
    [
      'where a drawing came from',
      (document) => {
        const form = document.context.stream('q Q', {
          Subtype: 'Form',
          BBox: [0, 0, 1, 1],
          'PTEX.FileName': named(`/home/${AUTHOR}/fig.pdf`),
          'PTEX.InfoDict': { Author: named(AUTHOR), Creator: named(SECRET) },
        });
        set(document, 'page', 'Resources', { XObject: { F: document.context.register(form) } });
      },
      ['LINKS', 'PROPERTIES'],
    ],
    [
      'what a thread of articles tells',
      (document) =>
        set(document, 'page', 'B', [{ T: { I: { Author: named(AUTHOR), Title: named(SECRET) } } }]),
      ['PROPERTIES'],
    ],
    [
      'what a program adds to a page',
      (document) => set(document, 'page', 'ADBE_Owner', named(AUTHOR)),
      ['CUSTOM-DATA'],
    ],
    [
      'what a program adds to the tree of pages',
      (document) => document.catalog.Pages().set(PDFName.of('Owner'), named(AUTHOR)),
      ['CUSTOM-DATA'],
    ],
    [
      'what a program adds to a font, a list of properties and a picture',
      (document) => {
        const image = document.context.stream('a', {
          Subtype: 'Image',
          Width: 1,
          Height: 1,
          ColorSpace: 'DeviceGray',
          BitsPerComponent: 8,
          Owner: named(PLACE),
          Alternates: [],
        });
        set(document, 'page', 'Resources', {
          Font: { A: { Type: 'Font', Subtype: 'Type1', BaseFont: 'Courier', Owner: named(AUTHOR) } },
          Properties: { P: { Owner: named(SECRET), ActualText: named('kept') } },
          XObject: { I: document.context.register(image) },
        });
      },
      ['CUSTOM-DATA', 'OTHER-PICTURES'],
    ],
    [
      'what a program adds to remarks and bookmarks',
      (document) => {
        const root = document.context.nextRef();
        document.context.assign(
          root,
          document.context.obj({ First: { Title: named('kept'), Parent: root, Owner: named(SECRET) } }),
        );
        set(document, 'root', 'Outlines', root);
        set(document, 'page', 'Annots', [
          { Subtype: 'Link', Rect: [0, 0, 1, 1], PA: { S: 'URI', URI: named(AUTHOR) }, RC: named(PLACE) },
        ]);
      },
      ['CUSTOM-DATA'],
    ],
    [
      'who layers belong to and what they are called',
      (document) => {
        const { context } = document;
        const layer = (name: string) =>
          context.register(
            context.obj({
              Type: 'OCG',
              Name: named(name),
              Usage: { User: { Type: 'Ind', Name: named(AUTHOR) }, CreatorInfo: { Creator: named(PLACE) } },
            }),
          );
        const [first, second] = [layer(SECRET), layer(AUTHOR)];
        set(document, 'root', 'OCProperties', {
          OCGs: [first, second],
          D: {
            Name: named(AUTHOR),
            Creator: named(PLACE),
            ON: [first, second],
            Order: [[named(SECRET), first], second],
          },
          Configs: [{ Name: named(AUTHOR), BaseState: 'ON' }],
        });
      },
      ['AUTHOR', 'CUSTOM-DATA'],
    ],
    [
      'properties that somebody gave to a part of a page',
      (document) =>
        set(document, 'page', 'Group', { O: 'UserProperties', P: [{ N: named(AUTHOR), V: named(SECRET) }] }),
      ['CUSTOM-DATA'],
    ],
    ...['vnd.sun.star.script:', 'javascript:', 'ms-word:ofe|u|', '//server/', ''].map(
      (scheme): [string, (document: PDFDocument) => void, string[]] => [
        `where a link that is none of the web leads: ${scheme}`,
        (document) =>
          set(document, 'page', 'Annots', [
            { Subtype: 'Link', Rect: [0, 0, 1, 1], A: { S: 'URI', URI: named(`${scheme}${SECRET}`) } },
          ]),
        ['LINKS'],
      ],
    ),
    [
      'who made something, anywhere',
      (document) =>
        set(document, 'page', 'Group', {
          X: { Author: named(AUTHOR), Producer: named(SECRET), ModDate: named(PLACE) },
        }),
      ['AUTHOR', 'TIME'],
    ],
  ])('no longer tells %s', async (_, extend, codes) => {
    const original = await change(extend);
    expect(tracesIn(original).length).toBeGreaterThan(0);
    const copy = await cleanedTwice(original, 'application/pdf');
    expect(tracesIn(copy.content)).toEqual([]);
    for (const code of codes) expect(copy.removed).toContain(code);
    if (tracesIn(original, ['kept']).length > 0) expect(tracesIn(copy.content, ['kept'])).toEqual(['kept']);
    const document = await PDFDocument.load(copy.content, { updateMetadata: false });
    expect(document.getPageCount()).toBe(1);
  });
});
