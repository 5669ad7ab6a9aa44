import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plainText, type Block, type Paper } from '../../../src/web/paper/paper';
import { Press } from '../../../src/web/paper/press';
import { readPdf, textOf, type Run } from './read-pdf';

const SRC = join(__dirname, '../../../src');

const press = new Press();
const paperOf = (blocks: Block[], isRightToLeft = false): Paper => ({
  title: 'Notes',
  language: isRightToLeft ? 'ar' : 'en',
  isRightToLeft,
  blocks,
});
const setOwn = async (text: string) => readPdf(await press.pdf(paperOf([{ kind: 'own', text }])));
/** The first drawing of every font is the box for what it does not have. */
const isBox = (glyph: string) => glyph.endsWith(':0000');
/** Where a word of Latin letters stands. */
const placeOf = (runs: Run[], word: string) => runs.find(({ text }) => text.includes(word))!.x;

const HOSTILE = [
  '#import "/etc/passwd": *',
  '#read("/etc/passwd")',
  '#sys.inputs #panic("x") #(while true {})',
  '#include "@preview/cetz:0.3.0"',
  '$ sum_(i=0)^n x $ *bold* _it_ `raw` ```c raw```',
  '= Heading',
  '- item',
  '+ item',
  '/ Term: words',
  '@label <label> [content] {code} \\ \\u{41} ~ --- -- ... // none /* none */',
  '"]) #let x = 1',
  '\\"},{"kind":"title","text":"ours',
  '<script>alert(1)</script> &amp; {{ 7*7 }} {% x %}',
];

describe('a document', () => {
  it.each(HOSTILE)('shows what a person wrote as it is, and runs none of it: %s', async (text) => {
    const [shown] = (await setOwn(text)).runs
      .map((run) => run.text)
      .join('')
      .split('1 / 1');
    expect(shown!.replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
  });

  it('has the words of a text from right to left in their order', async () => {
    const { runs } = await setOwn('أولا ONE ثانيا TWO ثالثا THREE رابعا');
    const places = ['ONE', 'TWO', 'THREE'].map((word) => placeOf(runs, word));
    expect(places).toEqual([...places].sort((a, b) => b - a));
    const mixed = (await setOwn('first ONE أولا TWO ثانيا THREE')).runs;
    expect(placeOf(mixed, 'ONE')).toBeLessThan(placeOf(mixed, 'TWO'));
    expect(placeOf(mixed, 'TWO')).toBeLessThan(placeOf(mixed, 'THREE'));
  });

  it('begins at the side where its language begins', async () => {
    const left = (await readPdf(await press.pdf(paperOf([{ kind: 'choices', answers: ['yes'] }])))).runs[0]!;
    const right = (await readPdf(await press.pdf(paperOf([{ kind: 'choices', answers: ['نعم'] }], true))))
      .runs[0]!;
    expect(left.x).toBeLessThan(150);
    expect(right.x).toBeGreaterThan(450);
  });

  it.each([
    ['Arabic, where letters change with their neighbours', 'ككك', 'ك\u200cك\u200cك'],
    ['Persian, with letters of its own', 'گچپ', 'گ\u200cچ\u200cپ'],
    ['Hindi, where letters are written into one', 'क्ष', 'क्\u200cष'],
  ])('joins the letters of %s', async (_, joined, apart) => {
    const glyphs = async (text: string) => (await setOwn(text)).runs[0]!.glyphs;
    expect(await glyphs(joined)).not.toEqual(await glyphs(apart));
    expect((await glyphs(joined)).some(isBox)).toBe(false);
  });

  it.each([
    ['Arabic', 'NotoSansArabic', 'أوقف النظام إعانتي ولم يجبني أحد'],
    ['Persian', 'NotoSansArabic', 'سیستم هوش مصنوعی درخواست مرا رد کرد'],
    ['Hindi', 'NotoSans', 'सिस्टम ने मेरा आवेदन अस्वीकार किया'],
    ['Chinese', 'NotoSansSC', '自动系统拒绝了我的申请'],
    ['Russian', 'NotoSans', 'Система отказала мне'],
    ['French', 'NotoSans', 'Le système m’a refusé l’aide, çà et là'],
    ['emoji', 'NotoEmoji', '😀🙏'],
  ])('draws every letter of %s', async (_, font, text) => {
    const { runs } = await setOwn(text);
    expect(runs.some((run) => run.font.includes(font))).toBe(true);
    expect(runs.flatMap(({ glyphs }) => glyphs).filter(isBox)).toEqual([]);
  });

  it.each([
    ['English', 'What happened'],
    ['Arabic', 'ماذا حدث'],
    ['Hindi', 'क्या हुआ'],
    ['Chinese', '发生了什么'],
    ['Russian', 'Что случилось'],
  ])('draws headings of %s in bold, and nothing else', async (_, text) => {
    const { runs } = await readPdf(
      await press.pdf(
        paperOf([
          { kind: 'title', text },
          { kind: 'heading', text },
          { kind: 'words', text },
        ]),
      ),
    );
    const lines = [...new Set(runs.filter((run) => !run.text.includes('1')).map(({ y }) => y))];
    const isBold = lines.map((y) =>
      runs.filter((run) => run.y === y).every(({ font }) => font.includes('Bold')),
    );
    expect(isBold).toEqual([true, true, false]);
  });

  it('shows a box for a sign that no font of ours has, one for each', async () => {
    const { runs } = await setOwn('before བོད་སྐད ሰላም after');
    expect(runs.map(({ text }) => text).join('')).toMatch(/before .*after/s);
    expect(runs.flatMap(({ glyphs }) => glyphs).filter(isBox).length).toBeGreaterThanOrEqual(6);
  });

  it('holds twenty thousand signs of every script, and a run without any place to break', async () => {
    for (const text of [
      'The machine said no and nobody answered me. '.repeat(455),
      'أوقف النظام الآلي إعانتي ولم يجبني أحد بعد ذلك. '.repeat(417),
      '自动系统拒绝了我的申请，没有人解释原因。'.repeat(1000),
      'x'.repeat(20_000),
      'e\u0301'.repeat(10_000),
    ]) {
      const { pages, runs } = await setOwn(text);
      expect([text.slice(0, 20), pages]).toEqual([text.slice(0, 20), expect.any(Number)]);
      expect(pages).toBeGreaterThan(2);
      // Latin letters are one glyph each: none is lost beyond the edge.
      if (text.startsWith('x'))
        expect(
          runs
            .map((run) => run.text)
            .join('')
            .split('x').length - 1,
        ).toBe(20_000);
      expect(Math.max(...runs.map(({ x }) => x))).toBeLessThan(595 - 22);
      expect(Math.max(...runs.map(({ y }) => y))).toBeLessThan(842);
    }
  });

  it('is made of control characters, halves of letters, overrides and nothing at all', async () => {
    for (const text of [
      '',
      '\n\n\n',
      '\u0000\u0001\u001b[31m',
      '\ud83d',
      '\u202eedirrevo',
      '\u2067\u2067',
      '\ufeff',
      '\u200b'.repeat(99),
    ])
      expect((await setOwn(text)).pages).toBe(1);
    expect(await textOf(await press.pdf(paperOf([{ kind: 'own', text: 'a\u0000b' }])))).toContain('a\ufffdb');
  });

  it('has every kind of block, and a word in its properties that tells nothing: no name, no day, no hour', async () => {
    const blocks: Block[] = [
      { kind: 'title', text: 'A title' },
      { kind: 'heading', text: 'A heading' },
      { kind: 'words', text: 'Words' },
      { kind: 'small', text: 'Small words' },
      { kind: 'signs', text: 'abcdef\n— key 0=' },
      { kind: 'place', lines: 4 },
      { kind: 'choices', answers: ['One', 'Two'] },
      {
        kind: 'frame',
        blocks: [
          { kind: 'digits', text: '12345 67890' },
          {
            kind: 'drawing',
            svg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1h-1z"/></svg>',
          },
        ],
      },
    ];
    const bytes = await press.pdf(paperOf(blocks));
    const { document } = await readPdf(bytes);
    const text = await textOf(bytes);
    for (const words of ['A title', 'A heading', 'Words', 'Small words', '12345 67890', 'One', 'abcdef'])
      expect(text).toContain(words);
    expect([
      document.getTitle(),
      document.getAuthor(),
      document.getSubject(),
      document.getKeywords(),
    ]).toEqual(['Notes', undefined, undefined, undefined]);
    expect([document.getCreationDate(), document.getModificationDate()]).toEqual([undefined, undefined]);
    expect(bytes.toString('latin1')).not.toMatch(/CreationDate|ModDate|D:20\d\d|xmp:[A-Z]\w*Date/);
    expect(plainText({ blocks })).toBe(
      'A title\n=======\n\nA heading\n=========\n\nWords\n\nSmall words\n\nabcdef\n— key 0=\n\n\n\n\n\n\n\n[ ] One\n[ ] Two\n\n12345 67890\n',
    );
  });

  it('is the same for the same words, so that it tells nothing else', async () => {
    const paper = paperOf([{ kind: 'own', text: 'The machine said no.' }]);
    expect((await press.pdf(paper)).equals(await press.pdf(paper))).toBe(true);
  });

  it('is set while others wait, each its own', async () => {
    const texts = Array.from({ length: 6 }, (_, n) => `words of person ${n}`);
    const set = await Promise.all(
      texts.map((text) => press.pdf(paperOf([{ kind: 'own', text }])).then(textOf)),
    );
    for (const [n, text] of set.entries())
      expect(texts.map((each) => text.includes(each))).toEqual(texts.map((_, at) => at === n));
  });

  it('is refused where too many wait, and the press goes on', async () => {
    const own = new Press();
    const waiting = Array.from({ length: 26 }, () => own.pdf(paperOf([{ kind: 'words', text: 'x' }])));
    const ended = await Promise.allSettled(waiting.slice(20));
    expect(
      ended.map((each) => each.status === 'rejected' && (each.reason as { kind?: string }).kind),
    ).toEqual(Array.from({ length: 6 }, () => 'unavailable'));
    await Promise.all(waiting.slice(0, 20));
    expect((await own.pdf(paperOf([{ kind: 'words', text: 'x' }]))).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('leaves its text in no file', async () => {
    const secret = `only here ${Math.random().toString(36).slice(2)}`;
    const before = new Date(Date.now() - 2_000);
    await press.pdf(paperOf([{ kind: 'own', text: `${secret}\n`.repeat(500) }]));
    const folders = [...new Set([tmpdir(), '/tmp', '/var/tmp', process.cwd(), join(SRC, 'web/paper')])];
    const written = folders
      .filter((folder) => existsSync(folder))
      .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
      .filter((path) => {
        const stat = statSync(path, { throwIfNoEntry: false });
        return stat?.isFile() && stat.mtime >= before && stat.size < 50_000_000;
      });
    expect(written.filter((path) => existsSync(path) && readFileSync(path).includes(secret))).toEqual([]);
  });
});

describe('a start of the house', () => {
  it('loads neither the compiler nor a font', () => {
    const script = `
      require(${JSON.stringify(join(__dirname, '../../records/typescript-child.js'))});
      require(${JSON.stringify(join(SRC, 'web/paper/press.ts'))});
      process.stdout.write(JSON.stringify(Object.keys(require.cache).filter((path) => /typst|google-fonts/.test(path))));`;
    expect(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })).toBe('[]');
  });
});
