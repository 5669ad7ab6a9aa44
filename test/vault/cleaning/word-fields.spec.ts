import { clean } from '../../../src/vault/cleaning/clean';
import { office, typeOf } from './small-office';

describe('a field of a Word document that fetches something or asks another program', () => {
  const FIELDS = [
    'DDE',
    'DDEAUTO',
    'ddeauto',
    'INCLUDEPICTURE',
    'INCLUDETEXT',
    'LINK',
    'IMPORT',
    'RD',
    'DATABASE',
  ];
  const mark = (type: string): string => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
  const code = (text: string, element = 'instrText'): string =>
    `<w:r><w:${element}>${text}</w:${element}></w:r>`;
  const forms: [string, (name: string) => string][] = [
    ['in one piece', (name) => mark('begin') + code(` ${name} c:\\cmd.exe "/k calc" `) + mark('end')],
    [
      'in letters',
      (name) => mark('begin') + [...name].map((letter) => code(letter)).join('') + code(' x') + mark('end'),
    ],
    ['in an attribute', (name) => `<w:fldSimple w:instr=" ${name} &quot;x&quot; "/>`],
    [
      'escaped',
      (name) =>
        mark('begin') + code(`&#${name.charCodeAt(0)};${name.slice(1)} x`) + mark('separate') + mark('end'),
    ],
    ['as character data', (name) => mark('begin') + code(`<![CDATA[${name} x]]>`) + mark('end')],
    ['that was deleted', (name) => mark('begin') + code(`${name} x`, 'delInstrText') + mark('end')],
    [
      'inside another',
      (name) =>
        mark('begin') + code(' IF 1 = 1 ') + mark('begin') + code(`${name} x`) + mark('end') + mark('end'),
    ],
    ['without an end', (name) => mark('begin') + code(`${name} x`)],
    [
      'whose kind another field works out',
      (name) =>
        mark('begin') +
        code(name.slice(0, 1)) +
        mark('begin') +
        code(' QUOTE 68 ') +
        mark('end') +
        code(' x') +
        mark('end'),
    ],
  ];

  it.each(forms.flatMap(([form, make]) => FIELDS.map((name) => [name, form, make(name)] as const)))(
    'is held back: %s %s',
    async (_name, _form, text) => {
      const content = office('Word', '', `<w:document><w:body>${text}</w:body></w:document>`, 'main');
      expect(await clean(content, typeOf('Word'))).toEqual({ kind: 'held', why: 'ACTIVE-CONTENT' });
    },
  );

  it('is held back when its code stands in no field', async () => {
    const content = office('Word', '', `<a>${code('x DDEAUTO c:\\cmd.exe')}</a>`, 'main');
    expect(await clean(content, typeOf('Word'))).toEqual({ kind: 'held', why: 'ACTIVE-CONTENT' });
  });

  it('is held back when the text is a document of another kind', async () => {
    const content = office('Word', 'aFChunk', '<html/>');
    expect(await clean(content, typeOf('Word'))).toEqual({ kind: 'held', why: 'NO-CLEANER' });
  });
});
